"""The cards of the coverage page: one question with its gap, what a refusal does, and the request that is due next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from linecrm_desktop.consent.coverage import Kept, Question
from linecrm_desktop.days import ShopDay
from linecrm_desktop.requests import words
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import _, ngettext, number, percent, short_date
from linecrm_desktop.views.widgets.basics import Card, button, clear, label, restyle
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip
from linecrm_desktop.views.widgets.flow import FlowLayout
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import reading

REFUSAL_DAYS = 30


class QuestionCard(Card):
    """A question, the share that is answered as a number and a bar, and below it the gap and what to do about it."""

    gap_asked = Signal()
    answered_asked = Signal()
    next_asked = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"coverage_{name}")
        self.title, self.share = label("", "strong", wrap=True), label("—", "number")
        self.answered = button("", "crumb", name=f"{name}Answered")
        self.bar = ShareBar()
        self.gap, self.next = button("", "crumb", name=f"{name}Gap"), button("", "link", name=f"{name}Next")
        top, foot = QHBoxLayout(), FlowLayout(gap=14)
        for link in (self.answered, self.gap, self.next):
            link.setProperty("snug", True)
        top.addWidget(self.share)
        top.addWidget(self.answered)
        top.addStretch(1)
        for link in (self.gap, self.next):
            foot.addWidget(link)
        self.body.setSpacing(6)
        self.body.addWidget(self.title)
        self.body.addLayout(top)
        self.body.addWidget(self.bar)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        if name == Question.ALL_THREE:
            restyle(self, "card", "")
            restyle(self, "tone", "good")
        self.gap.clicked.connect(self.gap_asked)
        self.answered.clicked.connect(self.answered_asked)
        self.next.clicked.connect(self.next_asked)

    def show_question(self, title: str, answered: int, friends: int, gap: str, then: str) -> None:
        """Show how many of all friends have the answer; the two texts are the links below."""
        share = answered / friends if friends else 0.0
        self.title.setText(title)
        self.share.setText(percent(share) if friends else "—")
        self.answered.setText(_("{n} of {total}").format(n=number(answered), total=number(friends)))
        self.answered.setAccessibleName(_("Show the friends with this answer: {title}").format(title=title))
        self.bar.show_share(share, title)
        self.gap.setText(gap)
        self.next.setText(then)
        self.next.setVisible(bool(then) and answered < friends)
        self.setAccessibleName(f"{title} {self.share.text()}")


class RefusalCard(Card):
    """What happens when a friend refuses, step by step, and whether it was kept."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("refusalCard")
        self.title = label("", "section", wrap=True)
        self.note = label("", "caption", wrap=True)
        self.note.setObjectName("refusalsKept")
        head, self._steps = QHBoxLayout(), QHBoxLayout()
        head.addWidget(PictureLabel("hand-palm", "bad", 20))
        head.addWidget(self.title, 1)
        self._steps.setSpacing(8)
        self.body.addLayout(head)
        self.body.addLayout(self._steps)
        self.body.addWidget(self.note)
        self.body.addStretch(1)

    def show_kept(self, kept: Kept) -> None:
        """Say everything, with the numbers of the last days."""
        self.title.setText(_("When a friend refuses, marketing stops at once"))
        clear(self._steps)
        steps = (
            _("Refusal recorded"),
            _("Taken out of segments, queues and scheduled sends"),
            _("Stays off, even if an import says yes"),
            _("Only the friend can turn it on again"),
        )
        for at, step in enumerate(steps):
            if at:
                self._steps.addWidget(PictureLabel("arrow-right"))
            self._steps.addWidget(_step(step), 1)
        refusals = ngettext("Last {days} days: {n} refusal.", "Last {days} days: {n} refusals.", kept.refusals)
        after = ngettext(
            "{n} marketing message was sent after a refusal.",
            "{n} marketing messages were sent after a refusal.",
            kept.sent_after,
        )
        said = (
            _("Order and delivery notices may still be sent."),
            refusals.format(days=number(REFUSAL_DAYS), n=number(kept.refusals)),
            after.format(n=number(kept.sent_after)),
        )
        self.note.setText(" ".join(said))


class DueCard(Card):
    """The request that must be answered next."""

    opened = Signal(object)
    """The request's id, or None for the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("dueCard")
        self._request: int | None = None
        self.title, self.chip = label("", "section"), ChipLabel()
        self.who, self.when = label("", "strong", wrap=True), label("", "caption", wrap=True)
        self.open = reading(button("", "primary", name="openRequest"))
        self.closed = label("", "caption", wrap=True)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.chip)
        foot.addWidget(self.open)
        foot.addWidget(self.closed, 1)
        self.body.addLayout(head)
        self.body.addWidget(self.who)
        self.body.addWidget(self.when)
        self.body.addLayout(foot)
        self.body.addStretch(1)
        self.open.clicked.connect(lambda: self.opened.emit(self._request))

    def show_requests(self, rows: list[RequestRow], day: ShopDay) -> None:
        """Show the one of these that is due first, and how many are closed."""
        waiting = sorted((row for row in rows if row.is_open), key=lambda row: row.answer_by)
        first = waiting[0] if waiting else None
        self._request = first.id if first else None
        self.title.setText(_("Requests"))
        self.chip.setVisible(first is not None)
        self.when.setVisible(first is not None)
        if first is None:
            self.who.setText(_("No request waits for an answer."))
        else:
            self.chip.show_chip(status_chip("bad" if first.is_pressing(day.today) else "warn", words.state(first, day)))
            facts = {"number": first.name, "friend": words.friend(first), "wants": words.wants(first)}
            self.who.setText(_("{number} {friend}: {wants}").format(**facts))
            dates = {"asked": short_date(first.asked, day.today), "by": words.answer_by(first, day.today)}
            self.when.setText(_("Asked {asked} · answer by {by}").format(**dates))
        self.open.setText(_("Open the request") if first else _("Open requests"))
        closed = len(rows) - len(waiting)
        self.closed.setText(ngettext("{n} closed", "{n} closed", closed).format(n=number(closed)))


def _step(text: str) -> QWidget:
    made = Card(margins=(10, 8, 10, 8))
    words = label(text, wrap=True)
    words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    made.body.addWidget(words)
    made.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    return made
