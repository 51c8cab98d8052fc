"""Looks every minute, while a shop is open, whether a segment is to be counted again, and keeps its numbers."""

from PySide6.QtCore import QObject

from linecrm_desktop.campaigns.recounting import count_due
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.segments.counts import record
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.looking_again import LookingAgain

_EVERY_MS = 60_000


class Recounter(LookingAgain):
    """Counts off the GUI thread; a count that takes longer than a minute is not begun twice."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, _EVERY_MS, parent)
        self._is_counting = False

    def look(self) -> None:
        if self._is_counting:
            return
        self._is_counting = True
        day, now = self._desk.day(), self._desk.now()
        self._desk.jobs.read(lambda session: count_due(session, day, now), self._keep, self.missed)

    def _keep(self, found: dict[int, tuple[int, int]]) -> None:
        self._is_counting = False
        day, now = self._desk.day(), self._desk.now()
        if found:
            self._desk.jobs.write(lambda session: (record(session, found, day, now), changes(Word.SEGMENTS)))

    def missed(self, error: Exception) -> None:
        self._is_counting = False
        super().missed(error)
