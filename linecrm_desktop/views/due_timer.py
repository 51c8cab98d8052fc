"""Looks, while a shop is open, whether a planned send is due; the Messages page then sends it."""

from PySide6.QtCore import QObject, QTimer, Signal

from linecrm_desktop.campaigns import scheduling
from linecrm_desktop.campaigns.scheduling import Due
from linecrm_desktop.views.desk import Desk

_EVERY_MS = 20_000


class DueTimer(QObject):
    """Asks the shop file by the clock of the world: a timer of hours would not survive a sleeping computer."""

    due = Signal(int, str)
    """The id and name of a send whose moment has come."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if desk.shop.may_write:
            self._timer.start()

    def look(self) -> None:
        """Ask what is due now."""
        now = self._desk.now()
        self._desk.jobs.read(lambda session: scheduling.due(session, now), self._tell, self._failed, key="window.due")

    def _tell(self, found: list[Due]) -> None:
        for one in found:
            self.due.emit(one.id, one.name)

    def _failed(self, error: Exception) -> None:
        """Say it once; a shop that cannot be read would say it again and again."""
        self._timer.stop()
        self._desk.dialogs.show_error(error)
