"""Small parts of the detail panel: a section with its head, a text that is cut with a tooltip, a masked value."""

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, clear, label, line
from linecrm_desktop.views.widgets.writing import writing

REVEALED_MS = 30_000
"""How long a phone number or e-mail address is shown in full."""
FLAT_LINK = "QPushButton { min-height: 20px; }"
"""A link inside a line of text is no higher than the line."""


class Section(QWidget):
    """A heading, something at its right, and a grid of rows below; a thin line closes it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.title = label("", "section")
        self.head = QHBoxLayout()
        self.head.setContentsMargins(0, 0, 0, 0)
        self.head.addWidget(self.title)
        self.head.addStretch(1)
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        inner = QVBoxLayout()
        inner.setContentsMargins(14, 10, 14, 10)
        inner.setSpacing(6)
        inner.addLayout(self.head)
        inner.addLayout(self.grid)
        self.foot = QHBoxLayout()
        self.foot.setContentsMargins(0, 0, 0, 0)
        inner.addLayout(self.foot)
        column.addLayout(inner)
        column.addWidget(line())

    def empty(self) -> None:
        """Take all rows out."""
        clear(self.grid)

    def add_row(self, *widgets: QWidget, stretch: int = -1) -> None:
        """Add a row of widgets; `stretch` is the column that takes the room that is left."""
        row = self.grid.rowCount()
        for column, widget in enumerate(widgets):
            self.grid.addWidget(widget, row, column, Qt.AlignmentFlag.AlignVCenter)
        self.grid.setColumnStretch(len(widgets) - 1 if stretch < 0 else stretch, 1)


class MaskedValue(QWidget):
    """Something personal, hidden but for its ends until a person asks to see it; it hides again by itself.

    It only says that it is asked for: whoever holds it writes that down first, then reveals it.
    """

    asked_for = Signal()

    def __init__(self, name: str, masked: str, whole: str) -> None:
        super().__init__()
        self._masked, self._whole = masked, whole
        self.value = label(masked)
        self.value.setObjectName(name)
        self.show_link = writing(button("", "link", name=f"{name}Show"))  # who looks is written down first
        self.show_link.setStyleSheet(FLAT_LINK)
        self.show_link.clicked.connect(self.toggle)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REVEALED_MS)
        self._timer.timeout.connect(self.hide_value)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.value)
        row.addWidget(self.show_link)
        row.addStretch(1)
        self.hide_value()

    def toggle(self) -> None:
        """Ask to see what is hidden, or hide it at once."""
        if self._timer.isActive():
            self.hide_value()
        else:
            self.asked_for.emit()

    def reveal(self) -> None:
        """Show the value for a while."""
        self.value.setText(self._whole)
        self.show_link.setText(_("Hide"))
        self._timer.start()

    def hide_value(self) -> None:
        """Hide the value again."""
        self._timer.stop()
        self.value.setText(self._masked)
        self.show_link.setText(_("Show"))

    def hideEvent(self, event: QEvent) -> None:
        self.hide_value()


def surface(name: str) -> QFrame:
    """Return a frame on the colour of cards, without a border."""
    made = QFrame()
    made.setObjectName(name)
    made.setProperty("panel", "true")
    return made
