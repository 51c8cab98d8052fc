"""Backs the shop up when the day asks for it, and says in the line at the bottom when that last happened."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from linecrm_desktop.errors import OutsideError, TagwellError
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.safekeeping import backups
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.store.backup import Backup
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import CHECKED_AT_ONCE, check_whole
from linecrm_desktop.text import _, when
from linecrm_desktop.views.desk import Desk

_FIRST_MS, _EVERY_MS = 60_000, 600_000
"""Not at the very start: the first minute belongs to the person."""


@dataclass(frozen=True, slots=True)
class Standing:
    """When the shop was last backed up, and what went wrong since."""

    last: Backup | None
    trouble: str = ""


class Keeper(QObject):
    """Asks the world's clock again and again, because a laptop sleeps."""

    told = Signal(object)
    """A Standing."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.standing = Standing(backups.last(self.plan, desk.shop.path))
        self._is_busy = False
        self._timer = QTimer(self)
        self._timer.setInterval(_FIRST_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    @property
    def plan(self) -> Plan:
        """The plan in use."""
        return backups.plan_for(self._desk.shop.path, self._desk.choices.kept)

    def look(self) -> None:
        """Back up if it is due; the first time, read a large file whole before anything is copied from it."""
        if self._timer.interval() == _FIRST_MS:
            self._timer.setInterval(_EVERY_MS)
            self._check_large()
        if self._desk.shop.may_write and backups.is_due(self.plan, self._desk.shop.path, self._desk.day()):
            self.back_up(is_asked=False)

    def back_up(self, *, is_asked: bool = True) -> None:
        """Back up now; what goes wrong with a backup that nobody asked for is only said in passing."""
        if self._is_busy:
            return
        self._is_busy = True
        plan, now, day = self.plan, self._desk.now(), self._desk.day()

        def work(database: Database, task: Task) -> tuple[Backup, Changes]:
            return backups.make(database, plan, now, day, task), changes(Word.HOME)

        def failed(error: Exception) -> None:
            self._failed(error, is_asked=is_asked)

        self._desk.jobs.run(_("Backing up"), work, self._made, failed, stopped=self._stopped)

    def stop(self) -> None:
        """Look no more: the shop's file is about to be closed."""
        self._timer.stop()

    def in_words(self) -> str:
        """Say how the shop stands; nothing to whoever may only look, whose computer makes no backups."""
        if not self._desk.shop.may_write:
            return ""
        last = self.standing.last
        if self.standing.trouble:
            return _("Backup failed")
        if last is None:
            return _("No backup yet")
        return _("Backup: {when}").format(when=when(last.at, self._desk.day().today))

    def _check_large(self) -> None:
        path = self._desk.shop.path
        try:
            size = path.stat().st_size
        except OSError:
            # The drive may be taken out; the next that reads or backs up says so.
            return
        if size < CHECKED_AT_ONCE:
            return

        def work(database: Database, _task: Task) -> tuple[None, Changes]:
            check_whole(path, database.key)
            return None, changes()

        self._desk.jobs.run(_("Checking the shop file"), work, lambda _nothing: None)

    def _made(self, made: Backup) -> None:
        self._is_busy = False
        self._tell(Standing(made))

    def _failed(self, error: Exception, *, is_asked: bool) -> None:
        self._is_busy = False
        said = error.sentence() if isinstance(error, TagwellError) else ""
        self._tell(Standing(self.standing.last, said or type(error).__name__))
        if said and not is_asked:
            self._desk.toast(said, None)
            return
        if isinstance(error, OutsideError):
            error.again = self.back_up
        self._desk.dialogs.show_error(error)

    def _stopped(self) -> None:
        self._is_busy = False

    def _tell(self, standing: Standing) -> None:
        self.standing = standing
        self.told.emit(standing)
