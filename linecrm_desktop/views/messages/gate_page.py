"""Check and send: the checks at the left; what will be sent, what it costs and the last step at the right.

LINE is asked for the month's messages first. A send is frozen in one transaction that runs all checks once more.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import gate
from linecrm_desktop.campaigns.asking import Outside
from linecrm_desktop.campaigns.freezing import freeze
from linecrm_desktop.campaigns.gate import GateReport, Tone
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.messages import library
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.text import _, ngettext, when
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.gate.check_rows import CheckRows, counts
from linecrm_desktop.views.gate.columns import lay_out_gate
from linecrm_desktop.views.gate.confirm_card import ConfirmCard
from linecrm_desktop.views.messages.cost_card import CostCard
from linecrm_desktop.views.messages.gate_world import Answers, asker
from linecrm_desktop.views.messages.practice_mark import practice_mark
from linecrm_desktop.views.messages.summary_card import SummaryCard
from linecrm_desktop.views.messages.taken_out_dialog import show_taken_out
from linecrm_desktop.views.messages.tester_dialog import TESTERS, ask_test
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.writing import writing

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report

_TAKEN_OUT = {"consent": Why.REFUSED, "cap": Why.CAPPED}
"""Checks that name the friends whom they took out."""


class _Found(NamedTuple):
    report: GateReport
    brief: Brief
    trouble: TagwellError | None
    """Why LINE could not be asked."""
    at: datetime
    """When it was looked at, by the shop's clock."""


class GatePage(QWidget):
    """The gate for one message."""

    back_asked = Signal(int)
    """Back to the message with this id."""
    bubble_asked = Signal(int, int, int)
    """Back to a message, to one bubble of a variant, both from 0."""
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
        self._outside = Outside()
        self._asked: frozenset[str] | None = None
        """What was asked of the world; None while it is being asked."""
        self._at = desk.day().local(desk.now())
        self._pictures: dict[str, bytes] = {}
        """Of accounts, by their addresses."""
        self._report: GateReport | None = None
        self._build_head()
        self._build_cards()
        self._lay_out()
        self._connect()
        self.retranslate()

    def open(self, message_id: int) -> None:
        """Check a message, beginning with a question to LINE."""
        self._message_id, self._outside, self._report = message_id, Outside(), None
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
        self.print.setText(_("Print this check…"))
        self.print_action.setText(_("Print this check…"))
        for card in (self.mark, self.rows, self.summary, self.cost, self.confirm):
            card.retranslate()
        if self._report is not None and self.isVisible():
            self._inspect()  # the checks speak the language that they were run in

    def _build_head(self) -> None:
        self.head = PageHead()
        self.print = self.head.add_button("", "printer", name="printCheck")
        self.print_action = QAction(self)
        self.print_action.setObjectName("printCheckAction")
        self.print_action.setShortcut(QKeySequence.StandardKey.Print)
        self.test = writing(self.head.add_button("", "device-mobile", name="askTest"))
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
        checked = (self.mark, self.rows, self.again)
        lay_out_gate(self, self.head, checked, (self.banner, self.summary, self.cost, self.confirm))

    def _connect(self) -> None:
        self.head.went_back.connect(self.left)
        self.back.clicked.connect(lambda: self.back_asked.emit(self._message_id))
        QShortcut(QKeySequence("Escape"), self, self.back.click)
        self.test.clicked.connect(lambda: self._ask_test())
        QShortcut(QKeySequence("Ctrl+T"), self, self.test.click)
        self.print.clicked.connect(self._print)
        self.print_action.triggered.connect(self._print)
        self.rows.read_changed.connect(self._show_read)
        self.rows.fix_asked.connect(self._fix)
        self.confirm.confirmed.connect(self._freeze)
        self.confirm.when.chosen.connect(lambda moment: self._answer(send_at=moment))
        self.banner.action.clicked.connect(self._ask_line)

    def _ask_line(self) -> None:
        """Ask LINE and the links, then check."""
        self._asked = None
        work = asker(self._desk, self._message_id, dict(self._pictures))
        self._desk.jobs.run(_("Asking LINE about the message"), work, self._take_answers, self._not_asked)

    def _take_answers(self, answers: Answers) -> None:
        self._outside, self._asked = answers.outside, answers.asked.keys
        account = answers.outside.account
        if account is not None and account.picture_url and answers.picture is not None:
            self._pictures[account.picture_url] = answers.picture
        self.confirm.show_picture(answers.picture)
        self._inspect(answers.trouble)

    def _not_asked(self, error: Exception) -> None:
        self._desk.dialogs.show_error(error)
        self._inspect()

    def _inspect(self, trouble: TagwellError | None = None) -> None:
        message, day, now, outside = self._message_id, self._desk.day(), self._desk.now(), self._outside

        def look(session: Session) -> _Found:
            report = gate.inspect(session, message, day, now, outside.quota, outside=outside)
            return _Found(report, library.load(session, message).brief, trouble, day.local(now))

        self._desk.jobs.read(look, self._show, key="messages.gate")

    def _show(self, found: _Found) -> None:
        report, brief, trouble, self._at = found
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
        if self._asked is not None and not report.questions.keys <= self._asked:
            self._ask_line()  # the message was changed under an open gate

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
        message, day, now, outside = self._message_id, self._desk.day(), self._desk.now(), self._outside
        read = frozenset(self.rows.read)

        def write(session: Session) -> tuple[tuple[int, GateReport], Changes]:
            n, quota = report.recipients, outside.quota
            campaign = freeze(session, message, n, day, now, read, quota, outside=outside)
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

    def paper(self) -> "Report | None":
        """Return the checks as they are shown, for a file on paper; None while they run."""
        if self._report is None:
            return None
        from linecrm_desktop.views.messages.gate_paper import paper

        return paper(self._desk.shop.name, self._report, self._brief, self.rows.read, self._at, self._desk.day())

    def _print(self) -> None:
        from linecrm_desktop.views.report import printing

        report = self.paper()
        if report is not None:
            printing.preview(report, self.window())

    def _ask_test(self, variant: int | None = None) -> None:
        ask_test(self._desk, self._message_id, self._brief.segment_id, self, variant)

    def _fix(self, key: str) -> None:
        report = self._report
        if report is None:
            return
        check = next(check for check in report.checks if check.key == key)
        match key, check.tone:
            case "quiet", _tone:
                self.confirm.when.start_choosing()
            case "tested", Tone.WARNING:
                self.asked_for.emit(TESTERS)
            case "tested", _tone:
                self._ask_test(check.variant)
            case (("consent" | "cap"), _tone):
                show_taken_out(self._desk, self._message_id, _TAKEN_OUT[key], self)
            case "informed", _tone:
                self._answer(only_informed=not self._brief.only_informed)
            case ("content", Tone.UNCHECKED) | ("quota", Tone.BLOCKED) if self._can_ask(key):
                self._ask_line()
            case "content", _tone if check.bubble is not None:
                self.bubble_asked.emit(self._message_id, check.variant, check.bubble)
            case (("brief" | "kept_back" | "content" | "first_contact"), _tone):
                self.back_asked.emit(self._message_id)
            case ("quota", Tone.WARNING) | ("account", _):
                self.asked_for.emit(Place(Page.SETTINGS))
            case _other:
                self.asked_for.emit(Place(Page.SEGMENTS, self._brief.segment_id))

    def _can_ask(self, key: str) -> bool:
        return key == "content" or self._outside.quota is None


def _advice(report: GateReport, read: set[str]) -> tuple[str, str]:
    """Return tone and sentence of what to do first."""
    if report.blocking:
        n = len(report.blocking)
        first = ngettext("Fix {n} thing first: {what}", "Fix {n} things first: {what}", n)
        return "bad", first.format(n=n, what=report.blocking[0].sentence)
    if not report.can_send(read):
        return "warn", _("Read the warnings and tick them, then type the number.")
    return "good", _("Ready to send: {counts}.").format(counts=counts(report, read))
