"""Asks LINE for opens and clicks: at a press, and quietly when Results is opened, once a day for each send.

What nobody asked for tells nobody when it fails: the numbers of before stay, with the moment they are of.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results import reading
from linecrm_desktop.results.reading import Asked
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.line_access import line_of

_AGAIN = timedelta(hours=1)
"""After a try that failed, Results may be opened for so long without another one."""


class LineAsking(QObject):
    """One question at a time, off the window's thread."""

    began = Signal()
    ended = Signal()

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_asking = False
        self._failed_at: datetime | None = None

    def ask(self) -> None:
        """Ask because a person wants it, and say what came of it."""
        self._run(self._say, self._desk.dialogs.show_error)

    def look(self) -> None:
        """Ask what is due today, if anything is; a shop that is not connected asks nobody."""
        now, practice = self._desk.now(), self._desk.shop.is_practice
        if (
            not self._desk.shop.may_write
            or self._is_asking
            or (self._failed_at is not None and now - self._failed_at < _AGAIN)
        ):
            return
        self._desk.jobs.read(
            lambda session: is_wanted(session, now, is_practice=practice), self._ask_quietly, key="results.line"
        )

    def _ask_quietly(self, wanted: bool) -> None:
        if wanted:
            self._run(None, self._keep_quiet)

    def _run(self, said: Callable[[Asked], None] | None, failed: Callable[[Exception], None]) -> None:
        if self._is_asking:
            return
        self._is_asking = True
        self.began.emit()

        def done(asked: Asked) -> None:
            self._end(None)
            if said is not None:
                said(asked)

        def fail(error: Exception) -> None:
            self._end(self._desk.now())
            failed(error)

        self._desk.jobs.run(
            _("Asking LINE for opens and clicks"), self._work, done, fail, stopped=lambda: self._end(None)
        )

    def _work(self, database: Database, task: Task) -> tuple[Asked, Changes]:
        desk = self._desk
        connect = partial(line_of, desk, database)
        asked = reading.read(database, connect, desk.now(), task, is_practice=desk.shop.is_practice)
        return asked, changes(Word.CAMPAIGNS)

    def _end(self, failed_at: datetime | None) -> None:
        self._is_asking, self._failed_at = False, failed_at
        self.ended.emit()

    def _keep_quiet(self, error: Exception) -> None:
        """Show only what is a bug of ours."""
        if not isinstance(error, TagwellError):
            self._desk.dialogs.show_error(error)

    def _say(self, asked: Asked) -> None:
        n = asked.read
        said = ngettext("LINE was asked {n} time.", "LINE was asked {n} times.", n).format(n=number(n))
        if not n:
            said = _("All numbers are up to date. LINE counts once a day, for 14 days after a message.")
        if asked.later:
            n = number(asked.later)
            said = _("{n} more have to wait: LINE may be asked 60 times an hour.").format(n=n)
        self._desk.toast(said, None)


def is_wanted(session: Session, now: datetime, *, is_practice: bool) -> bool:
    """Say whether LINE has something to tell that was not asked today, and may be asked in this hour."""
    if session.get_one(Shop, 1).line_account is None:
        return False
    return bool(reading.room(session, now) and reading.due(session, now, is_practice=is_practice))
