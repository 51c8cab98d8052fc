"""What is pressed as a whole, and the key number that is one: to a screen reader each is one button."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.parts import PictureLabel

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Pressable(QAbstractButton):
    """A part with words in it. A click, Enter, Space and another program's press open what is behind it."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.clicked.connect(lambda: self.opened.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            self.paint_ring(QPainter(self), 4)

    def paint_ring(self, painter: QPainter, corner: int) -> None:
        """Draw the ring of the part that the keys work."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.pen("focus", 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), corner, corner)


class KpiTile(Pressable):
    """A key number: what it is, the number, one line that explains it.

    With an icon the number stands first, beside it.
    """

    def __init__(
        self, title: str = "", number: str = "—", note: str = "", icon_name: str = "", role: str = "text2"
    ) -> None:
        super().__init__()
        self.number = label(number, "number")
        self.title = label(title, "caption", wrap=True)
        self.note = label(note, "caption", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(2)
        for widget in (self.number, self.title, self.note) if icon_name else (self.title, self.number, self.note):
            words.addWidget(widget)
        self.bar = ShareBar()
        self.bar.hide()
        words.addSpacing(4)
        words.addWidget(self.bar)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(15, 11, 15, 11)
        row.setSpacing(12)
        if icon_name:
            row.addWidget(PictureLabel(icon_name, role, 20))
        row.addLayout(words, 1)
        theme.signals().changed.connect(self.update)
        self.show_number(title, number, note)

    def show_number(self, title: str, number: str, note: str = "") -> None:
        """Show a number."""
        self.title.setText(title)
        self.number.setText(number)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setAccessibleName(f"{title}: {number}")
        self.setAccessibleDescription(note)
        self.bar.setAccessibleName(title)

    def show_share(self, share: float | None) -> None:
        """Show a share as a bar under the note; None: no bar."""
        self.bar.show_share(share or 0.0)
        self.bar.setVisible(share is not None)

    def choose(self, chosen: bool) -> None:
        """Draw the tile as the chosen one of several, and say so to other programs."""
        self.setCheckable(True)
        self.setChecked(chosen)

    def nextCheckState(self) -> None:
        """Leave it to whoever shows the tiles which one is chosen."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2 if self.isChecked() else 1
        painter.setPen(theme.pen("accent" if self.isChecked() else "border", wide))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(wide / 2, wide / 2, -wide / 2, -wide / 2), 6, 6)
        if self.hasFocus():
            self.paint_ring(painter, 6)
