"""Prepares the day's run-sheet, while a shop is open, from seven in the morning on; sending stays with a person."""

from PySide6.QtCore import QObject, QTimer
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.journeys import due
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.looking_again import LookingAgain

MORNING = 7
_EVERY_MS = 60_000


class RunSheet(LookingAgain):
    """Looks once a minute whether a path has not been looked at today; at the start of the program too."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, _EVERY_MS, parent)
        if desk.shop.may_write:
            QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        day = self._desk.day()
        if day.local(self._desk.now()).hour >= MORNING:
            self._desk.jobs.read(
                lambda session: due.wants_preparing(session, day), self._prepare, self.missed, key="window.run_sheet"
            )

    def _prepare(self, wanted: bool) -> None:
        if not wanted:
            return
        day, now = self._desk.day(), self._desk.now()

        def work(session: Session) -> tuple[None, Changes]:
            due.prepare(session, day, now)
            return None, changes(Word.JOURNEYS)

        self._desk.jobs.write(work)
