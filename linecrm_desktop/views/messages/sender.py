"""Sends that run in this window: starts and pauses them, and remembers why one could not go on.

What became of each friend's copy stands in the shop file only; these objects know no numbers.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import scheduling, sending
from linecrm_desktop.campaigns.sending import SendSummary
from linecrm_desktop.channels import accounts
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.journeys import due as run_sheet
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.settings.send_marks import SendMarks
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.line_access import line_of

_TOUCHED = changes(Word.CAMPAIGNS)
Halt = Callable[[Session, int, datetime], None]


class Way(StrEnum):
    """Why a send may leave."""

    CONFIRMED = "confirmed"
    """A person has just typed the number, or goes on with it."""
    DUE = "due"
    NOW = "now"


class Run(QObject):
    """One send while this window is at it."""

    moved = Signal(int)
    """The campaign has news."""
    held = Signal(int, str)
    """A planned send did not leave, and why."""

    def __init__(self, desk: Desk, campaign_id: int, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.campaign_id = campaign_id
        self.task: Task | None = None
        self.trouble: Exception | None = None
        """Why the last try could not even speak to LINE."""

    def start(self, name: str, way: Way, *, anyway: bool) -> None:
        """Send, or go on sending; `anyway` although the file may be an older copy."""
        self.trouble = None

        def work(database: Database, task: Task) -> tuple[SendSummary, Changes]:
            return self._send(database, task, way, anyway=anyway), _TOUCHED

        self.task = self._desk.jobs.run(
            _("Sending “{name}”").format(name=name), work, self._done, self._failed, self._progress, self._ended
        )
        self._tell()

    def _send(self, database: Database, task: Task, way: Way, *, anyway: bool) -> SendSummary:
        if way is not Way.CONFIRMED:
            self._settle_paths(database)
        with database.read() as session:
            through = accounts.of_send(session, self.campaign_id)
        connect, marks, clock = partial(line_of, self._desk, database, through), SendMarks(), self._desk.clock
        web = self._desk.line.web
        match way:
            case Way.DUE:
                return scheduling.run_due(database, self.campaign_id, connect, task, clock, marks=marks, web=web)
            case Way.NOW:
                return scheduling.run_now(database, self.campaign_id, connect, task, clock, marks=marks, web=web)
            case Way.CONFIRMED:
                with connect() as line:
                    return sending.send(database, self.campaign_id, line, task, clock, marks=marks, anyway=anyway)

    def _settle_paths(self, database: Database) -> None:
        """Let those leave their path who bought, refused or blocked since its step was approved."""
        now = self._desk.clock()
        with database.write() as session:
            run_sheet.prepare(session, self._desk.day(), now)

    def _progress(self, _done: int, _total: int, _what: str) -> None:
        self._tell()

    def _done(self, summary: SendSummary) -> None:
        if summary.state is CampaignState.HELD:
            self.held.emit(self.campaign_id, summary.note)
        self._ended()

    def _failed(self, error: Exception) -> None:
        self.trouble = error
        self._ended()

    def _ended(self) -> None:
        self.task = None
        self._tell()

    def _tell(self) -> None:
        self.moved.emit(self.campaign_id)


class Sender(QObject):
    """Knows the sends of this window, one run each."""

    moved = Signal(int)
    """A campaign has news."""
    held = Signal(int, str)
    """A planned send did not leave, and why."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runs: dict[int, Run] = {}

    def is_sending(self, campaign_id: int) -> bool:
        """Whether this window is sending it now."""
        run = self._runs.get(campaign_id)
        return run is not None and run.task is not None

    def trouble(self, campaign_id: int) -> Exception | None:
        """Return why the last try could not even speak to LINE."""
        run = self._runs.get(campaign_id)
        return run.trouble if run is not None else None

    def start(self, campaign_id: int, name: str, *, anyway: bool = False) -> None:
        """Send, or go on sending; nothing happens when it runs already."""
        self._start(campaign_id, name, Way.CONFIRMED, anyway=anyway)

    def start_due(self, campaign_id: int, name: str) -> None:
        """Let a planned send leave whose moment has come, after all checks."""
        self._start(campaign_id, name, Way.DUE)

    def start_now(self, campaign_id: int, name: str) -> None:
        """Let a planned send leave because a person said so, after all checks."""
        self._start(campaign_id, name, Way.NOW)

    def _start(self, campaign_id: int, name: str, way: Way, *, anyway: bool = False) -> None:
        if self.is_sending(campaign_id):
            return
        if campaign_id not in self._runs:
            self._runs[campaign_id] = Run(self._desk, campaign_id, self)
            self._runs[campaign_id].moved.connect(self.moved)
            self._runs[campaign_id].held.connect(self.held)
        self._runs[campaign_id].start(name, way, anyway=anyway)

    def pause(self, campaign_id: int) -> None:
        """Let it end after the request that is under way."""
        self._halt(campaign_id, sending.pause)

    def stop(self, campaign_id: int) -> None:
        """End it for good."""
        self._halt(campaign_id, sending.stop)

    def _halt(self, campaign_id: int, how: Halt) -> None:
        now = self._desk.now()

        def halt(session: Session) -> tuple[int, Changes]:
            how(session, campaign_id, now)
            return campaign_id, _TOUCHED

        self._desk.jobs.write(halt, self._halted)

    def _halted(self, campaign_id: int) -> None:
        # The state is written first: a task that ended before would look like a send to go on with at the next start.
        run = self._runs.get(campaign_id)
        if run is not None and run.task is not None:
            run.task.stop()
        self.moved.emit(campaign_id)
