"""Approve and send: one line a step, what the checks say of each, and one number to type for all of them.

LINE is asked for the month's messages first. Approving freezes one send a step in one transaction that counts anew.
"""

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.campaigns.gate import GateReport
from linecrm_desktop.campaigns.gate_facts import Check, Tone
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.journeys import approving, due
from linecrm_desktop.journeys.approving import Approval, StepReport
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, clock, ngettext, number
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.gate.check_rows import CheckRow
from linecrm_desktop.views.gate.columns import lay_out_gate
from linecrm_desktop.views.gate.confirm_card import ConfirmCard
from linecrm_desktop.views.line_access import line_of
from linecrm_desktop.views.widgets.basics import Card, clear, label, line
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner

_SPLIT = ":"


class GatePage(QWidget):
    """The gate for what is due on paths."""

    left = Signal()
    approved = Signal(int)
    """How many messages were approved."""
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._steps: list[int] = []
        self._send_from: int | None = None
        self._quotas: dict[int | None, Quota] = {}
        self._approval: Approval | None = None
        self._read: set[str] = set()
        self.head = PageHead()
        self.banner = Banner()
        self.banner.setObjectName("approveBanner")
        self.steps, self.checks = Card(), Card(margins=(0, 0, 0, 0))
        self.checks.body.setSpacing(0)
        self.steps.setObjectName("approveSteps")
        self.confirm = ConfirmCard(desk)
        self._lay_out()
        self.head.went_back.connect(self.left)
        QShortcut(QKeySequence("Escape"), self, self.left.emit)
        self.confirm.confirmed.connect(self._approve)
        self.confirm.when.chosen.connect(self._choose_time)
        self.banner.action.clicked.connect(self._ask_line)
        self.retranslate()

    def open(self, steps: list[int], send_from: int | None) -> None:
        """Check steps, beginning with a question to LINE."""
        self._steps, self._send_from = steps, send_from
        self._quotas, self._approval, self._read = {}, None, set()
        self.confirm.begin()
        self.banner.show_text("info", _("The checks are running."))
        self._ask_line()

    def reload(self, changed: Changes) -> None:
        """Check again when something in the shop changed under an open gate."""
        if self.isVisible() and self._approval is not None and changed - {Word.CAMPAIGNS, Word.JOURNEYS}:
            self._inspect()

    def retranslate(self) -> None:
        self.head.show_title(_("Approve and send"), "", _("Journeys"))
        self.confirm.retranslate()
        if self._approval is not None:
            self._show(self._approval)

    def _lay_out(self) -> None:
        lay_out_gate(self, self.head, (self.steps, self.checks), (self.banner, self.confirm))

    def _ask_line(self) -> None:
        steps = self._steps

        def ask(database: Database, _task: Task) -> tuple[dict[int | None, Quota], Changes]:
            with database.read() as session:
                through = approving.accounts_of(session, steps)
            quotas: dict[int | None, Quota] = {}
            for channel_id in through:
                with line_of(self._desk, database, channel_id) as connection:
                    quotas[channel_id] = connecting.read_quota(connection)
                with database.write() as session:
                    connecting.remember_quota(session, quotas[channel_id], self._desk.now(), channel_id)
            return quotas, changes()

        self._desk.jobs.run(_("Reading the month’s messages from LINE"), ask, self._take_quotas, self._no_quota)

    def _take_quotas(self, quotas: dict[int | None, Quota]) -> None:
        self._quotas = quotas
        self._inspect()

    def _no_quota(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self._inspect()
        if isinstance(error, TagwellError):
            self.banner.show_text("bad", error.sentence(), _("Try again"))

    def _inspect(self) -> None:
        steps, day, now, quotas, at = self._steps, self._desk.day(), self._desk.now(), self._quotas, self._send_from

        def look(session: Session) -> tuple[Approval, Changes]:
            due.prepare(session, day, now)
            return approving.inspect(session, steps, day, now, quotas, at), changes()

        self._desk.jobs.write(look, self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self.left.emit()

    def _show(self, approval: Approval) -> None:
        self._approval = approval
        self._show_steps(approval)
        self._show_checks(approval)
        self._show_read()
        if self.confirm.typed.isEnabled():
            self.confirm.typed.setFocus()

    def _show_steps(self, approval: Approval) -> None:
        clear(self.steps.body)
        count = len(approval.steps)
        head = ngettext("{n} step", "{n} steps", count).format(n=number(count))
        self.steps.body.addWidget(label(head, "section"))
        for one in approval.steps:
            self.steps.body.addWidget(label(_step_words(one), wrap=True))
        if approval.nobody:
            words = ngettext(
                "For {n} step nobody can be written to today; its friends wait until tomorrow.",
                "For {n} steps nobody can be written to today; their friends wait until tomorrow.",
                len(approval.nobody),
            )
            self.steps.body.addWidget(label(words.format(n=number(len(approval.nobody))), "second", wrap=True))

    def _show_checks(self, approval: Approval) -> None:
        clear(self.checks.body)
        passed = 0
        for one in approval.steps:
            for check in one.gate.checks:
                if check.tone is Tone.PASSED:
                    passed += 1
                    continue
                row = CheckRow(_of_step(one, check), f"{one.step_id}{_SPLIT}{check.key}" in self._read)
                row.ticked.connect(self._tick)
                row.fix_asked.connect(self._fix)
                self.checks.body.addWidget(row)
                self.checks.body.addWidget(line())
        words = ngettext("{n} check passed.", "{n} checks passed.", passed).format(n=number(passed))
        said = label(words, "second")
        said.setContentsMargins(16, 10, 16, 10)
        self.checks.body.addWidget(said)

    def _tick(self, key: str, on: bool) -> None:
        self._read = self._read | {key} if on else self._read - {key}
        self._show_read()

    def _fix(self, key: str) -> None:
        step, _colon, what = key.partition(_SPLIT)
        approval = self._approval
        if approval is None:
            return
        one = next(one for one in approval.steps if str(one.step_id) == step)
        if what == "quota" and not self._quotas:
            self._ask_line()
        elif what == "quota":
            self.asked_for.emit(Place(Page.SETTINGS))
        elif what == "quiet":
            self.confirm.when.start_choosing()
        else:
            self.asked_for.emit(Place(Page.MESSAGES, one.message_id))

    def _show_read(self) -> None:
        approval = self._approval
        if approval is None:
            return
        merged = _merged(approval)
        read = self._read & {check.key for check in merged.checks} if merged is not None else set[str]()
        if merged is None:
            self.banner.show_text("bad", _("Nobody is left to send to today."))
            self.confirm.begin()
            return
        self.confirm.show_report(merged, read)
        if merged.blocking:
            n = len(merged.blocking)
            first = ngettext("Fix {n} thing first: {what}", "Fix {n} things first: {what}", n)
            self.banner.show_text("bad", first.format(n=n, what=merged.blocking[0].sentence))
        elif not merged.can_send(read):
            self.banner.show_text("warn", _("Read the warnings and tick them, then type the number."))
        else:
            self.banner.show_text("good", _("All checks passed. Type the number of all recipients together."))

    def _choose_time(self, moment: datetime | None) -> None:
        local = self._desk.day().local(moment or self._desk.now())
        self._send_from = local.hour * 60 + local.minute if moment is not None else 0
        self._inspect()

    def _approve(self) -> None:
        approval = self._approval
        if approval is None:
            return
        steps, day, now, quotas, at = self._steps, self._desk.day(), self._desk.now(), self._quotas, self._send_from
        read = frozenset(key.partition(_SPLIT)[2] for key in self._read)

        def write(session: Session) -> tuple[int, Changes]:
            due.prepare(session, day, now)
            approving.approve(session, steps, approval.recipients, day, now, read, quotas, at)
            return approval.recipients, changes(Word.CAMPAIGNS, Word.JOURNEYS)

        self._desk.jobs.write(write, self.approved.emit, self._not_approved)

    def _not_approved(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self.confirm.release()
        self._inspect()


def _of_step(one: StepReport, check: Check) -> Check:
    """Say of which path a check speaks; its key carries the step."""
    title = _("{path}, step {n}: {check}").format(path=one.gate.segment_name, n=number(one.number), check=check.title)
    return replace(check, key=f"{one.step_id}{_SPLIT}{check.key}", title=title)


def _merged(approval: Approval) -> GateReport | None:
    """Return one report for all steps, as the confirm card wants it: all checks, and the number of all together."""
    if not approval.steps:
        return None
    checks = tuple(_of_step(one, check) for one in approval.steps for check in one.gate.checks)
    moments = {one.gate.send_at for one in approval.steps}
    return replace(
        approval.steps[0].gate,
        checks=checks,
        recipients=approval.recipients,
        send_at=max((at for at in moments if at is not None), default=None),
    )


def _step_words(one: StepReport) -> str:
    words = ngettext(
        "{path}, step {n}, “{message}”: {recipients} recipient, {out} taken out, {held} kept back. Leaves {time}.",
        "{path}, step {n}, “{message}”: {recipients} recipients, {out} taken out, {held} kept back. Leaves {time}.",
        one.gate.recipients,
    )
    at = one.gate.send_at
    return words.format(
        path=one.gate.segment_name,
        n=number(one.number),
        message=one.gate.message_name,
        recipients=number(one.gate.recipients),
        out=number(one.gate.reach.match - one.gate.reach.reachable),
        held=number(one.gate.kept_back),
        time=clock(at) if at is not None else _("at once"),
    )
