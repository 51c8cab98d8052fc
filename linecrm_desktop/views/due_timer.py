"""Looks, while a shop is open, whether a planned send is due; the Messages page then sends it."""

from PySide6.QtCore import QObject, Signal

from linecrm_desktop.campaigns import scheduling
from linecrm_desktop.campaigns.scheduling import Due
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.looking_again import LookingAgain

_EVERY_MS = 20_000


class DueTimer(LookingAgain):
    """Asks the shop for sends whose moment has come."""

    due = Signal(int, str)
    """The id and name of a send whose moment has come."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, _EVERY_MS, parent)

    def look(self) -> None:
        now = self._desk.now()
        self._desk.jobs.read(lambda session: scheduling.due(session, now), self._tell, self.missed, key="window.due")

    def _tell(self, found: list[Due]) -> None:
        for one in found:
            self.due.emit(one.id, one.name)
