"""Greys what writes, for whoever may only look at a shared shop, and says why. The server would refuse it anyway.

What writes says so itself, where it is made (`widgets.writing`); nothing here knows a single button.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMenu, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.writing import writes

_WATCHED = (
    QEvent.Type.Show,
    QEvent.Type.EnabledChange,
    QEvent.Type.ToolTipChange,
    QEvent.Type.DynamicPropertyChange,
)


class LookingOnly(QObject):
    """Keeps all that is marked as writing grey, whatever its page does with it."""

    def __init__(self, window: QWidget, say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._say = say
        for part in window.findChildren(QObject):
            self._meet(part)
        self._app = QApplication.instance()
        if self._app is not None:
            self._app.installEventFilter(self)

    def stop(self) -> None:
        """Let everything be: the shop is closed."""
        if self._app is not None:
            self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Grey a part as soon as it is marked or shown, or as something lets it be used."""
        if event.type() in _WATCHED:
            self._meet(watched)
            if isinstance(watched, QMenu):
                watched.setToolTipsVisible(True)
        return False

    def _meet(self, part: QObject) -> None:
        if not writes(part):
            _clear(part)
        elif isinstance(part, QAction):
            part.enabledChanged.connect(self._keep_grey, Qt.ConnectionType.UniqueConnection)
            _grey(part)
        elif isinstance(part, QDialog):
            self._turn_away(part)
        elif isinstance(part, QAbstractItemView):
            _take_pen(part)
        elif isinstance(part, QWidget):
            _grey(part)
        elif isinstance(part, QShortcut):
            part.setEnabled(False)

    @Slot()
    def _keep_grey(self) -> None:
        action = self.sender()
        if isinstance(action, QAction) and writes(action) and action.isEnabled():
            action.setEnabled(False)

    def _turn_away(self, dialog: QDialog) -> None:
        """Close a dialog that a key opened: its buttons would all be grey."""
        if dialog.isVisible():
            QTimer.singleShot(0, dialog, dialog.reject)
            self._say(reason())


def _grey(part: QWidget | QAction) -> None:
    part.setEnabled(False)
    if part.toolTip() != reason():
        part.setToolTip(reason())


def _clear(part: QObject) -> None:
    """Let something be used that was taken for writing before."""
    if isinstance(part, QWidget | QAction) and part.toolTip() == reason():
        part.setToolTip("")
        part.setEnabled(True)


def _take_pen(table: QAbstractItemView) -> None:
    if table.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers:
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    if table.dragEnabled() or table.acceptDrops():
        table.setDragDropMode(QAbstractItemView.DragDropMode.NoDragDrop)


def reason_for_lists() -> str:
    """Say why no list of people leaves."""
    return _(
        "A list of people leaves a line about who took it, and you may write nothing in this shop. "
        "Its owner can save the list, or give you another part."
    )


def reason() -> str:
    """Say why nothing can be changed here."""
    return _("You may look at this shop and change nothing in it. Its owner can give you another part.")
