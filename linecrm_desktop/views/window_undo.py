"""What Ctrl+Z means in the window: the part that is shown may have an undo of its own, such as a draft; else the shop.

Fields of text keep the key for themselves even when nothing was typed, so that after a change in Settings, where the
cursor stays in a field, it would do nothing at all: there it is given to the window.
"""

from typing import Any

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence, QUndoGroup, QUndoStack
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QTextEdit, QWidget


class WindowUndo(QUndoGroup):
    """Knows which stack is meant, and lets fields without anything to take back pass the key on."""

    def __init__(self, shop: QUndoStack, parent: QObject) -> None:
        super().__init__(parent)
        self._shop = shop
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._watch)

    def follow(self, view: Any) -> None:
        """Mean the undo that a page says it has now; without one, the shop's."""
        own = getattr(view, "undo_stack", None)
        stack = (own() if own is not None else None) or self._shop
        self.addStack(stack)
        self.setActiveStack(stack)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        can_undo, can_redo = _own(watched)
        is_undo, is_redo = (
            event.matches(key) for key in (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)
        )
        if (is_undo and not can_undo) or (is_redo and not can_redo):
            event.ignore()
            return True
        return False

    def _watch(self, before: QWidget | None, now: QWidget | None) -> None:
        if before is not None:
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)


def _own(field: QObject) -> tuple[bool, bool]:
    """Say what a field can take back, and do again, of its own; what is no field of text is left alone."""
    focused = field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox) else field
    if isinstance(focused, QLineEdit):
        return focused.isUndoAvailable(), focused.isRedoAvailable()
    if isinstance(focused, (QPlainTextEdit, QTextEdit)):
        return focused.document().isUndoAvailable(), focused.document().isRedoAvailable()
    return True, True
