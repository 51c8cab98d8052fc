"""Lets a screen reader say something without moving the focus."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent


def announce(source: QObject, text: str) -> None:
    """Let a screen reader say this, politely: after what it is saying."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(source, text))
