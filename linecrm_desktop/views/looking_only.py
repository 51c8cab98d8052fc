"""Greys what writes, for whoever may only look at a shared shop, and says why. The server would refuse it anyway."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.menus import Menus

WRITING = ("go:import", "record_refusal", "go:tag_new", "go:tag_audit", "go:message_new", "connect")
"""Actions of the menus that begin something which writes."""
_KINDS = ("primary", "danger")
"""The buttons of a page that make, save, send or delete."""
_WATCHED = (QEvent.Type.Show, QEvent.Type.EnabledChange, QEvent.Type.ToolTipChange)


class LookingOnly(QObject):
    """Keeps the writing buttons of the pages grey, whatever their pages do with them."""

    def __init__(self, pages: QWidget, menus: Menus, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = pages
        for name in WRITING:
            menus.action(name).setEnabled(False)
        app = QApplication.instance()
        if app is not None:
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grey a button as soon as it is shown, or as something lets it be pressed."""
        if event.type() in _WATCHED and isinstance(watched, QPushButton) and self._writes(watched):
            watched.setEnabled(False)
            if watched.toolTip() != reason():
                watched.setToolTip(reason())
        return False

    def _writes(self, button: QPushButton) -> bool:
        return button.property("kind") in _KINDS and self._pages.isAncestorOf(button)


def reason() -> str:
    """Say why nothing can be changed here."""
    return _("You may look at this shop and change nothing in it. Its owner can give you another part.")
