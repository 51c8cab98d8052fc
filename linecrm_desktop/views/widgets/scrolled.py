"""A part of a page that scrolls when the window is too small for it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget


class ScrollArea(QScrollArea):
    """Scrolls by the wheel and by the keys of any control inside; Tab goes to those controls, not to their ground."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def let_focus(self, name: str) -> None:
        """Let Tab come here because there is only text inside; a screen reader calls it by this name."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)


def scrolled(inside: QWidget) -> ScrollArea:
    """Return a frameless area that scrolls a part up and down."""
    area = ScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inside)
    # A scroll area paints its own ground where a style sheet is in use; the page's ground must show through.
    area.viewport().setAutoFillBackground(False)
    inside.setAutoFillBackground(False)
    return area
