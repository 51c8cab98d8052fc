"""Prepares the day's run-sheet, while a shop is open, from seven in the morning on; sending stays with a person."""

from PySide6.QtCore import QObject, QTimer
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.journeys import due
from linecrm_desktop.views.desk import Desk

MORNING = 7
_EVERY_MS = 60_000


class RunSheet(QObject):
    """Looks once a minute whether a path has not been looked at today; at the start of the program too."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        QTimer.singleShot(0, self, self.look)

    def look(self) -> None:
        """Prepare the run-sheet when it is time and it was not done."""
        day = self._desk.day()
        if day.local(self._desk.now()).hour >= MORNING:
            self._desk.jobs.read(
                lambda session: due.wants_preparing(session, day), self._prepare, self._failed, key="window.run_sheet"
            )

    def _prepare(self, wanted: bool) -> None:
        if not wanted:
            return
        day, now = self._desk.day(), self._desk.now()

        def work(session: Session) -> tuple[None, Changes]:
            due.prepare(session, day, now)
            return None, changes(Word.JOURNEYS)

        self._desk.jobs.write(work)

    def _failed(self, error: Exception) -> None:
        """Say it once; a shop that cannot be read would say it every minute."""
        self._timer.stop()
        self._desk.dialogs.show_error(error)
