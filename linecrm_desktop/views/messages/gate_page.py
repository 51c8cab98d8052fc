"""Check and send: the checks at the left; what will be sent, what it costs and the last step at the right.

LINE is asked for the month's messages first. A send is frozen in one transaction that runs all checks once more.
"""

from datetime import timedelta
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import connecting, gate
from linecrm_desktop.campaigns.freezing import freeze
from linecrm_desktop.campaigns.gate import GateReport, Tone
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Task, Word, changes
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.messages import library
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _, ngettext, when
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.gate.check_rows import CheckRows, counts
from linecrm_desktop.views.gate.confirm_card import ConfirmCard
from linecrm_desktop.views.line_access import line_of
from linecrm_desktop.views.messages.cost_card import CostCard
from linecrm_desktop.views.messages.practice_mark import practice_mark
from linecrm_desktop.views.messages.scrolled import scrolled
from linecrm_desktop.views.messages.summary_card import SummaryCard
from linecrm_desktop.views.messages.tester_dialog import TESTERS, ask_test
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner

_RIGHT_WIDTH = 400


class _Found(NamedTuple):
    report: GateReport
    brief: Brief
    trouble: TagwellError | None
    """Why LINE could not be asked."""


class GatePage(QWidget):
    """The gate for one message."""

    back_asked = Signal(int)
    """Back to the message with this id."""
    left = Signal()
    asked_for = Signal(object)
    frozen = Signal(int, str)
    """The id and name of a campaign that a person has just confirmed."""
    planned = Signal(int, object)
    """The id of a campaign that was confirmed for later, and its moment."""
    answered = Signal(int, object)
    """The id of the message, and the answers of its brief that were changed here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._message_id = 0
        self._brief = Brief()
        self._quota: Quota | None = None
        self._report: GateReport | None = None
        self._build_head()
        self._build_cards()
        self._lay_out()
        self._connect()
        self.retranslate()

    def open(self, message_id: int) -> None:
        """Check a message, beginning with a question to LINE."""
        self._message_id, self._quota, self._report = message_id, None, None
        self.rows.forget()
        self.confirm.begin()
        self.banner.show_text("info", _("The checks are running."))
        self._ask_line()

    def reload(self, changed: Changes) -> None:
        """Check again when something in the shop changed under an open gate."""
        if self.isVisible() and self._report is not None and changed - {Word.CAMPAIGNS}:
            self._inspect()

    def retranslate(self) -> None:
        name = self._report.message_name if self._report else ""
        self.head.show_title(_("Check and send"), name, _("Messages"))
        self.back.setText(_("Back to the message"))
        self.test.setText(_("Send a test…"))
        for card in (self.rows, self.summary, self.cost, self.confirm):
            card.retranslate()

    def _build_head(self) -> None:
        self.head = PageHead()
        self.test = self.head.add_button("", "device-mobile", name="askTest")
        self.back = self.head.add_button("", "arrow-left", name="backToMessage")
        self.mark = practice_mark(self._desk)

    def _build_cards(self) -> None:
        self.rows = CheckRows()
        self.banner = Banner()
        self.banner.setObjectName("gateBanner")
        self.summary = SummaryCard()
        self.cost = CostCard()
        self.confirm = ConfirmCard(self._desk)
        self.again = Banner()
        self.again.setObjectName("checkedAgain")

    def _lay_out(self) -> None:
        inside = QWidget()
        columns, left, right = QHBoxLayout(inside), QVBoxLayout(), QVBoxLayout()
        columns.setContentsMargins(20, 16, 20, 16)
        columns.setSpacing(12)
        for column, parts in (
            (left, (self.mark, self.rows, self.again)),
            (right, (self.banner, self.summary, self.cost, self.confirm)),
        ):
            column.setSpacing(12)
            for part in parts:
                column.addWidget(part)
            column.addStretch()
        holder = QWidget()
        holder.setFixedWidth(_RIGHT_WIDTH)
        holder.setLayout(right)
        right.setContentsMargins(0, 0, 0, 0)
        columns.addLayout(left, 1)
        columns.addWidget(holder)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(scrolled(inside), 1)

    def _connect(self) -> None:
        self.head.went_back.connect(self.left)
        self.back.clicked.connect(lambda: self.back_asked.emit(self._message_id))
        QShortcut(QKeySequence("Escape"), self, self.back.click)
        self.test.clicked.connect(self._ask_test)
        QShortcut(QKeySequence("Ctrl+T"), self, self.test.click)
        self.rows.read_changed.connect(self._show_read)
        self.rows.fix_asked.connect(self._fix)
        self.confirm.confirmed.connect(self._freeze)
        self.confirm.when.chosen.connect(lambda moment: self._answer(send_at=moment))
        self.banner.action.clicked.connect(self._ask_line)

    def _ask_line(self) -> None:
        """Read the month's messages from LINE, keep them, then check."""

        def ask(database: Database, _task: Task) -> tuple[Quota, Changes]:
            with line_of(self._desk, database) as connection:
                quota = connecting.read_quota(connection)
            with database.write() as session:
                connecting.remember_quota(session, quota, self._desk.now())
            return quota, changes()

        self._desk.jobs.run(_("Reading the month’s messages from LINE"), ask, self._take_quota, self._no_quota)

    def _take_quota(self, quota: Quota) -> None:
        self._quota = quota
        self._inspect()

    def _no_quota(self, error: Exception) -> None:
        if not isinstance(error, TagwellError):
            self._desk.dialogs.show_error(error)
        self._inspect(error if isinstance(error, TagwellError) else None)

    def _inspect(self, trouble: TagwellError | None = None) -> None:
        message, day, now, quota = self._message_id, self._desk.day(), self._desk.now(), self._quota

        def look(session: Session) -> _Found:
            report = gate.inspect(session, message, day, now, quota)
            return _Found(report, library.load(session, message).brief, trouble)

        self._desk.jobs.read(look, self._show, key="messages.gate")

    def _show(self, found: _Found) -> None:
        report, brief, trouble = found
        self._report, self._brief = report, brief
        self.rows.show_report(report)
        leaves = report.send_at.date() if report.send_at else self._desk.day().today
        until = leaves + timedelta(days=brief.metric_days)
        self.summary.show_report(report, brief, until, self._desk.day().today)
        self.cost.show_report(report)
        self.head.show_title(_("Check and send"), report.message_name, _("Messages"))
        self._show_again(report)
        self._show_read()
        if trouble is not None:
            self.banner.show_text("bad", trouble.sentence(), _("Try again"))
        elif self.confirm.typed.isEnabled():
            self.confirm.typed.setFocus()

    def _show_again(self, report: GateReport) -> None:
        self.again.setVisible(report.send_at is not None)
        if report.send_at is not None:
            words = _(
                "These checks run again at {time}, just before the first message. If one turns red, nothing is sent "
                "and the list of messages says why."
            )
            self.again.show_text("info", words.format(time=when(report.send_at, self._desk.day().today)))

    def _show_read(self) -> None:
        if self._report is None:
            return
        tone, text = _advice(self._report, self.rows.read)
        self.banner.show_text(tone, text)
        self.confirm.show_report(self._report, self.rows.read)

    def _freeze(self) -> None:
        report = self._report
        if report is None:
            return
        message, day, now, quota = self._message_id, self._desk.day(), self._desk.now(), self._quota
        read = frozenset(self.rows.read)

        def write(session: Session) -> tuple[tuple[int, GateReport], Changes]:
            campaign = freeze(session, message, report.recipients, day, now, read, quota)
            return (campaign, report), changes(Word.CAMPAIGNS, Word.MESSAGES)

        self._report = None
        self._desk.jobs.write(write, self._is_frozen, self._not_frozen)

    def _is_frozen(self, confirmed: tuple[int, GateReport]) -> None:
        campaign, report = confirmed
        if report.send_at is not None:
            self.planned.emit(campaign, report.send_at)
        else:
            self.frozen.emit(campaign, report.message_name)

    def _not_frozen(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self.confirm.release()
        self._inspect()

    def _answer(self, **answers: object) -> None:
        """Keep answers of the brief that are given here, then check again; a number that changes is typed anew."""
        message, now = self._message_id, self._desk.now()

        def write(session: Session) -> tuple[None, Changes]:
            library.answer(session, message, now, **answers)
            return None, changes(Word.MESSAGES)

        self.answered.emit(message, answers)
        self._desk.jobs.write(write, lambda _nothing: self._inspect())

    def _ask_test(self) -> None:
        ask_test(self._desk, self._message_id, self._brief.segment_id, self)

    def _fix(self, key: str) -> None:
        report = self._report
        if report is None:
            return
        tone = next(check.tone for check in report.checks if check.key == key)
        if key == "quiet":
            self.confirm.when.start_choosing()
        elif key == "tested" and tone is Tone.WARNING:
            self.asked_for.emit(TESTERS)
        elif key == "tested":
            self._ask_test()
        elif key == "informed":
            self._answer(only_informed=not self._brief.only_informed)
        elif key in ("brief", "kept_back", "content", "first_contact"):
            self.back_asked.emit(self._message_id)
        elif key == "quota" and self._quota is None:
            self._ask_line()
        elif key == "quota" and tone is Tone.WARNING:
            self.asked_for.emit(Place(Page.SETTINGS))
        else:
            self.asked_for.emit(Place(Page.SEGMENTS, self._brief.segment_id))


def _advice(report: GateReport, read: set[str]) -> tuple[str, str]:
    """Return tone and sentence of what to do first."""
    if report.blocking:
        n = len(report.blocking)
        first = ngettext("Fix {n} thing first: {what}", "Fix {n} things first: {what}", n)
        return "bad", first.format(n=n, what=report.blocking[0].sentence)
    if not report.can_send(read):
        return "warn", _("Read the warnings and tick them, then type the number.")
    return "good", _("Ready to send: {counts}.").format(counts=counts(report, read))
