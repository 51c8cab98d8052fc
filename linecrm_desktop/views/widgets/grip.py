"""The handle by which something in a list is dragged; with the keyboard, Alt and an arrow move it."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from linecrm_desktop.views.widgets.basics import IconButton


class Grip(IconButton):
    """Says when it is lifted; whoever owns the list begins the drag."""

    lifted = Signal()

    def __init__(self, name: str) -> None:
        super().__init__("", "dots-six-vertical", "flat")
        self.setProperty("kind", "flat")
        self.setProperty("small", True)
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setFixedSize(20, 28)
        self._pressed_at: QPoint | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        away = (event.position().toPoint() - self._pressed_at).manhattanLength() if self._pressed_at else 0
        if away >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.lifted.emit()
            return
        super().mouseMoveEvent(event)
