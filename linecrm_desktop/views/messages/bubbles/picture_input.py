"""The address of a picture, with what lies there below it: a thumbnail, its size, and what LINE would not take."""

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from linecrm_desktop.messages.pictures import Limits, limits
from linecrm_desktop.text import _, number
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.inputs import LineInput
from linecrm_desktop.views.messages.bubbles.specs import Spec
from linecrm_desktop.views.messages.looks import Look, Seen
from linecrm_desktop.views.widgets.basics import icon_button, label, restyle

_SIDE = 52


class PictureInput(QWidget):
    """One line for the address; it is looked at after a pause in typing and never waited for."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self._name, self._looks = spec.name, bench.looks
        self._limits = Limits()
        self.line = LineInput(spec, bench)
        self.line.edited.connect(self.edited)
        self.setFocusProxy(self.line)
        self.thumbnail = QLabel()
        self.thumbnail.setObjectName(f"{spec.name}Thumbnail")
        self.thumbnail.setFixedSize(_SIDE, _SIDE)
        self.thumbnail.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said = label("", "caption", wrap=True)
        self.said.setObjectName(f"{spec.name}Said")
        self.again = icon_button("arrows-clockwise", _("Look again"), f"{spec.name}Again")
        self.again.clicked.connect(lambda: self._looks.again(self._address))
        bench.adopt(self.again)
        self._below = QWidget()
        row = QHBoxLayout(self._below)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.thumbnail)
        row.addWidget(self.said, 1)
        row.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.line)
        column.addWidget(self._below)
        self._looks.changed.connect(self._show)
        self._show()

    @property
    def _address(self) -> str:
        return self.line.value() + self._limits.ending

    def value(self) -> str:
        return self.line.value()

    def show_value(self, value: str) -> None:
        self.line.show_value(value)
        self._show()

    def show_counts(self, counts: Counts, path: str) -> None:
        """An address is not counted while it is typed."""

    def mind(self, part: Any) -> None:
        """Know the bubble, card or product that the picture belongs to: it says what LINE takes."""
        self._limits = limits(part, self._name)
        self._show()

    def _show(self) -> None:
        look = self._looks.of(self._address) if self.line.value() else None
        self._below.setVisible(look is not None)
        if look is None:
            return
        wrong = look.problems(self._limits)
        self.said.setText("\n".join(filter(None, [_said(look), *wrong])))
        restyle(self.said, "role", "error" if wrong else "caption")
        self.again.setVisible(look.seen is not Seen.WAITING)
        self._draw(look.shown)

    def _draw(self, picture: QPixmap | None) -> None:
        self.thumbnail.setVisible(picture is not None)
        if picture is None:
            return
        ratio = self.devicePixelRatioF()
        keep, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        side = QSize(round(_SIDE * ratio), round(_SIDE * ratio))
        small = picture.scaled(side, keep, smooth)
        small.setDevicePixelRatio(ratio)
        self.thumbnail.setPixmap(small)


def _said(look: Look) -> str:
    match look.seen:
        case Seen.WAITING:
            return _("Looking at the picture…")
        case Seen.OFFLINE:
            return _("Not checked: this computer has no connection to the internet.")
        case Seen.THERE if look.picture is not None and look.picture.type:
            return _("{type} · {width} × {height} · {size}").format(
                type=look.picture.type.upper(),
                width=number(look.picture.width),
                height=number(look.picture.height),
                size=_size(look.picture.size),
            )
        case _:
            return ""


def _size(n: int) -> str:
    if n < 1_000_000:
        return _("{n} KB").format(n=number(max(1, round(n / 1000))))
    return _("{n} MB").format(n=number(n / 1_000_000, 1))
