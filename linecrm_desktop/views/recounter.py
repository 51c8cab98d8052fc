"""Looks every minute, while a shop is open, whether a segment is to be counted again, and keeps its numbers."""

from PySide6.QtCore import QObject, QTimer

from linecrm_desktop.campaigns.recounting import count_due
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.segments.counts import record
from linecrm_desktop.views.desk import Desk

_EVERY_MS = 60_000


class Recounter(QObject):
    """Counts off the GUI thread; a count that takes longer than a minute is not begun twice."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_counting = False
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        if desk.shop.may_write:
            self._timer.start()

    def look(self) -> None:
        """Count what is due now."""
        if self._is_counting:
            return
        self._is_counting = True
        day, now = self._desk.day(), self._desk.now()
        self._desk.jobs.read(lambda session: count_due(session, day, now), self._keep, self._failed)

    def _keep(self, found: dict[int, tuple[int, int]]) -> None:
        self._is_counting = False
        day, now = self._desk.day(), self._desk.now()
        if found:
            self._desk.jobs.write(lambda session: (record(session, found, day, now), changes(Word.SEGMENTS)))

    def _failed(self, error: Exception) -> None:
        """Say it once; a shop that cannot be read would say it every minute."""
        self._timer.stop()
        self._desk.dialogs.show_error(error)
