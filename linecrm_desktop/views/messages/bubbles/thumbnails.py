"""The pictures of a bubble in small, for its line while the form is closed."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from linecrm_desktop.views.messages.looks import Looks
from linecrm_desktop.views.widgets.basics import clear

_MOST, _WIDE, _HIGH = 5, 64, 44


class Thumbnails(QWidget):
    """Shows those of some pictures that are there already."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self._addresses: Sequence[str] = ()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(6)
        self._drawn: list[int] = []
        self._is_offered = True
        looks.changed.connect(self._show)

    @property
    def count(self) -> int:
        """How many are there to see."""
        return len(self._drawn)

    def offer(self, is_offered: bool) -> None:
        """Be seen while there is something to see, or not at all."""
        self._is_offered = is_offered
        self.setVisible(is_offered and bool(self._drawn))

    def show_pictures(self, addresses: Sequence[str]) -> None:
        """Show the pictures at these addresses."""
        self._addresses = addresses
        self._show()

    def _show(self) -> None:
        there = [shown for address in self._addresses if (shown := self._looks.shown.get(address)) is not None]
        keys = [picture.cacheKey() for picture in there[:_MOST]]
        if keys == self._drawn:
            return
        self._drawn = keys
        clear(self._row)
        for picture in there[:_MOST]:
            shown = QLabel()
            shown.setFixedSize(_WIDE, _HIGH)
            shown.setPixmap(_cut(picture, self.devicePixelRatioF()))
            self._row.addWidget(shown)
        self._row.addStretch()
        self.offer(self._is_offered)


def _cut(picture: QPixmap, ratio: float) -> QPixmap:
    """Return the middle of a picture in the size of a thumbnail."""
    side = QSize(round(_WIDE * ratio), round(_HIGH * ratio))
    whole, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    large = picture.scaled(side, whole, smooth)
    left, top = (large.width() - side.width()) // 2, (large.height() - side.height()) // 2
    cut = large.copy(left, top, side.width(), side.height())
    cut.setDevicePixelRatio(ratio)
    return cut
