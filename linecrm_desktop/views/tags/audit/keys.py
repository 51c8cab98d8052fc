"""Keys of one letter, which a list would otherwise take for a search."""

from typing import TypeGuard

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def is_letter(event: object) -> TypeGuard[QKeyEvent]:
    """Say whether a letter, a digit or Del was pressed, without Ctrl."""
    if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
        return False
    is_ours = bool(event.text().strip()) or event.key() == Qt.Key.Key_Delete
    moves = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab)
    return is_ours and not moves and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
