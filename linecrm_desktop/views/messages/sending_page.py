"""Watching a send: how far it is, who got it and who did not, and why. The send itself runs on without this page."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.copies import OldCopy
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.results import send_list
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import people_list
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages import send_facts
from linecrm_desktop.views.messages.delivery_table import Column, DeliveryTableModel
from linecrm_desktop.views.messages.doubt_card import DoubtCard
from linecrm_desktop.views.messages.plan_acts import PlanActs
from linecrm_desktop.views.messages.practice_mark import practice_mark
from linecrm_desktop.views.messages.send_card import SendCard
from linecrm_desktop.views.messages.send_facts import SendFacts
from linecrm_desktop.views.messages.send_numbers import SendNumbers
from linecrm_desktop.views.messages.sender import Sender
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner, Segmented
from linecrm_desktop.views.widgets.tables import dress
from linecrm_desktop.views.widgets.writing import writing

_PAUSE_MS = 200
"""News come faster than anybody reads; the page looks this often at most."""
_WIDTHS = {Column.TIME: 90, Column.FRIEND: 220, Column.VARIANT: 90, Column.RESULT: 150}


class SendingPage(QWidget):
    """One send."""

    left = Signal()
    asked_for = Signal(object)

    def __init__(self, desk: Desk, sender: Sender, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._sender = desk, sender
        self._plans = PlanActs(desk, sender, self)
        self._campaign_id = 0
        self._facts: SendFacts | None = None
        self._news = QTimer(self)
        self._news.setSingleShot(True)
        self._news.setInterval(_PAUSE_MS)
        self._build_head()
        self._build_list()
        self._lay_out()
        self._connect()
        self.retranslate()

    def open(self, campaign_id: int) -> None:
        """Watch a send."""
        self._campaign_id, self._facts = campaign_id, None
        self.card.wait()
        self._read()
        self.setFocus()

    def reload(self, changed: Changes) -> None:
        if self._campaign_id and Word.CAMPAIGNS in changed:
            self._read()

    def retranslate(self) -> None:
        self.results.setText(_("Open results"))
        self.setAccessibleName(_("Sending"))
        self.card.retranslate()
        self.doubt.retranslate()
        self.mark.retranslate()
        self._title.setText(_("One line per friend"))
        self.save.setText(_("Save list…"))
        self.table.setAccessibleName(_("One line per friend"))
        self.model.retranslate()
        self.numbers.retranslate()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and self.card.pause.isVisible():
            self.card.pause.click()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A table would take Space for its selection.
        key = event if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress else None
        if watched is self.table and key is not None and key.key() == Qt.Key.Key_Space:
            self.keyPressEvent(key)
            return True
        return super().eventFilter(watched, event)

    def _build_head(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.head = PageHead()
        self.results = self.head.add_button("", "chart-bar", name="openResults")
        self.mark = practice_mark(self._desk)
        self.card = SendCard(self._desk.day())
        self.doubt = DoubtCard()
        self.banner = Banner()
        self.banner.setObjectName("sendBanner")
        self.numbers = SendNumbers()

    def _build_list(self) -> None:
        self._title = label("", "section")
        self.shown = Segmented()
        self.shown.setObjectName("shown")
        self.save = writing(button("", "default", "download-simple", "saveList"))
        self.model = DeliveryTableModel(self._desk.day(), self)
        self.table = QTableView()
        self.table.setObjectName("deliveries")
        self.table.setModel(self.model)
        self.table.installEventFilter(self)
        dress(self.table, stretch=Column.WHY, widths=_WIDTHS)

    def _lay_out(self) -> None:
        page, inside, head = QVBoxLayout(self), QVBoxLayout(), QHBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(12)
        lines = Card(margins=(1, 8, 1, 1))
        head.setContentsMargins(14, 0, 14, 0)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self.shown)
        head.addWidget(self.save)
        lines.body.addLayout(head)
        lines.body.addWidget(self.table, 1)
        page.addWidget(self.head)
        page.addLayout(inside, 1)
        for part in (self.mark, self.card, self.doubt, self.numbers, self.banner):
            inside.addWidget(part)
        inside.addWidget(lines, 1)

    def _connect(self) -> None:
        self.head.went_back.connect(self.left)
        self.results.clicked.connect(lambda: self.asked_for.emit(Place(Page.RESULTS, self._campaign_id)))
        self.card.paused.connect(lambda: self._sender.pause(self._campaign_id))
        self.card.resumed.connect(self._go_on)
        self.card.stop_asked.connect(self._ask_stop)
        self.doubt.again_asked.connect(self._ask_again)
        self.doubt.left.connect(lambda: self._plans.leave_doubts(self._campaign_id))
        self.card.other_time.clicked.connect(self._ask_time)
        self.banner.action.clicked.connect(self._go_on)
        self.shown.chosen.connect(lambda _choice: self._read())
        self.save.clicked.connect(self._save)
        self.table.activated.connect(lambda index: self._show_friend(index.row()))
        self._sender.moved.connect(self._hear)
        self._news.timeout.connect(self._read)

    def _hear(self, campaign_id: int) -> None:
        if campaign_id == self._campaign_id and not self._news.isActive():
            self._news.start()

    def _read(self) -> None:
        campaign, shown = self._campaign_id, max(0, self.shown.current())
        self._desk.jobs.read(
            lambda session: send_facts.read(session, campaign, shown), self._take, key="messages.sending"
        )

    def _take(self, facts: SendFacts) -> None:
        self._facts = facts
        self._show()

    def _show(self) -> None:
        facts = self._facts
        if facts is None:
            self.shown.show_options([_("All"), _("Not sent"), _("Kept back"), _("Left out")])
            return
        sending = self._sender.is_sending(facts.id)
        self.head.show_title(_title(facts), facts.name, _("Messages"))
        self.results.setEnabled(facts.is_over)
        self.results.setToolTip("" if facts.is_over else _("Results are counted when the send is over."))
        self.card.show_facts(facts, self._desk.now(), sending=sending)
        self.doubt.show_doubts(None if sending else facts.doubts, self._desk.day())
        self.numbers.show_facts(facts)
        self._show_banner(facts, sending=sending)
        self.shown.show_options(_choices(facts))
        self.table.setColumnHidden(Column.VARIANT, not facts.variants)
        self.model.show_rows(facts.lines)

    def _show_banner(self, facts: SendFacts, *, sending: bool) -> None:
        trouble = self._sender.trouble(facts.id)
        if isinstance(trouble, TagwellError) and not sending and not facts.is_over:
            self.banner.show_text("bad", trouble.sentence(), _("Go on"))
        elif sending:
            next_friend = number(facts.standing.done + 1)
            text = _(
                "You can close this window. Sending stops safely and goes on from friend {n} when you open "
                "Tagwell again; nobody gets it twice."
            )
            self.banner.show_text("info", text.format(n=next_friend))
        elif facts.standing.state is CampaignState.DONE:
            self.banner.show_text("good", _accepted_words(facts))
        elif facts.standing.state is CampaignState.SCHEDULED:
            self.banner.show_text("info", _planned_words())
        else:
            note = facts.standing.note or _("It has not gone on yet. Press Go on to send to the others.")
            self.banner.show_text("warn", note)

    def _go_on(self) -> None:
        facts = self._facts
        if facts is None:
            return
        if facts.is_planned:
            self._plans.ask_now(facts.id, facts.name, facts.standing.waiting)
            return
        trouble = self._sender.trouble(facts.id)
        anyway = isinstance(trouble, OldCopy) and self._desk.dialogs.ask(
            _("Go on with an older copy"), trouble.sentence(), _("Go on all the same"), danger=True
        )
        if anyway or not isinstance(trouble, OldCopy):
            self._sender.start(facts.id, facts.name, anyway=anyway)

    def _ask_stop(self) -> None:
        if self._facts is not None:
            self._plans.ask_stop(self._facts.id, self._facts.standing.waiting)

    def _ask_again(self) -> None:
        if self._facts is not None and self._facts.doubts is not None:
            self._plans.ask_again(self._facts.id, self._facts.name, self._facts.doubts.copies)

    def _ask_time(self) -> None:
        if self._facts is not None:
            self._plans.ask_time(self._facts.id, self._facts.due_at)

    def _show_friend(self, row: int) -> None:
        line = self.model.row_at(row)
        if line is not None:
            self.asked_for.emit(Place(Page.FRIENDS, line.friend_id))

    def _save(self) -> None:
        name = f"deliveries_{self._desk.day().today.isoformat()}"
        campaign, day = self._campaign_id, self._desk.day()
        people_list.save(
            self._desk,
            _("Save list"),
            name,
            lambda session, path, asked: send_list.save(session, campaign, path, day, asked),
            "deliveries",
        )


def _title(facts: SendFacts) -> str:
    if facts.is_planned:
        return _("Planned")
    return _("Sent") if facts.is_over else _("Sending")


def _choices(facts: SendFacts) -> list[str]:
    return [
        _("All {n}").format(n=number(facts.standing.done)),
        _("Not sent {n}").format(n=number(facts.not_sent)),
        _("Kept back {n}").format(n=number(facts.standing.kept_back)),
        _("Left out {n}").format(n=number(facts.standing.left_out)),
    ]


def _planned_words() -> str:
    return _(
        "It leaves at its time while this window is open. All checks run once more just before; if one turns red, "
        "nothing is sent and it waits for you."
    )


def _accepted_words(facts: SendFacts) -> str:
    if facts.is_practice:
        return _("The rehearsal is over: {n} messages went to the practice LINE, and nobody got anything.").format(
            n=number(facts.standing.accepted)
        )
    n = facts.standing.accepted
    sentence = ngettext(
        "LINE accepted {n} message. That is LINE’s word, not a sign that a friend has read it.",
        "LINE accepted {n} messages. That is LINE’s word, not a sign that a friend has read them.",
        n,
    )
    return sentence.format(n=number(n))
