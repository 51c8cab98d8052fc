"""The evidence card of the chosen proposal: every number behind it, what was answered before, and the answer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import lift
from linecrm_desktop.results.review import words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.proposals import Kind, Proposed
from linecrm_desktop.text import N_, _, money, ngettext, number, percent
from linecrm_desktop.views.results.review.answer_cell import accept_words
from linecrm_desktop.views.results.review.table import ICONS, TONES
from linecrm_desktop.views.widgets.basics import Card, button, clear, label
from linecrm_desktop.views.widgets.charts.bars import Bar, Bars
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.chips import ChipLabel, tag_chip
from linecrm_desktop.views.widgets.flow import FlowLayout
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import writing

_QUESTIONS = {
    Kind.KEEP: N_("Keep {tags}?"),
    Kind.SPLIT: N_("Split {tags}?"),
    Kind.MERGE: N_("Merge {tags}?"),
    Kind.RETIRE: N_("Retire {tags}?"),
    Kind.NOT_ENOUGH: N_("{tags}: not enough evidence"),
}

_FULL = 0.9
"""So much of its ground the longer bar fills."""


class EvidenceCard(Card):
    """One proposal, looked at closely."""

    accepted = Signal()
    put_off = Signal()
    taken_back = Signal()
    friends_asked = Signal()

    def __init__(self, day: ShopDay, currency: str) -> None:
        super().__init__()
        self._day, self._currency = day, currency
        self._icon = PictureLabel("push-pin", "text2", 18)
        self._title = label("", "section", wrap=True)
        self._title.setObjectName("reviewTitle")
        self._why = label("", "strong", wrap=True)
        self._parts = Chart()
        self._parts.setObjectName("reviewParts")
        self._new = QWidget()
        self._new_tags = FlowLayout(self._new, gap=6)
        self._grid = QGridLayout()
        self._grid.setVerticalSpacing(4)
        self._grid.setHorizontalSpacing(16)
        self._grid.setColumnStretch(1, 1)
        self._says = label("", "second", wrap=True)
        self._says.setObjectName("reviewLift")
        self._before = label("", "second", wrap=True)
        self._before.setObjectName("reviewBefore")
        self.reason = writing(QLineEdit())
        self.reason.setObjectName("reviewReason")
        self.accept = button("", "primary", name="reviewAccept")
        self.later = writing(button("", name="reviewLater"))
        self.back = writing(button("", name="reviewBack"))
        self.friends = button("", "link", name="reviewFriends")
        self._lay_out()
        for pressed, signal in (
            (self.accept, self.accepted),
            (self.later, self.put_off),
            (self.back, self.taken_back),
            (self.friends, self.friends_asked),
        ):
            pressed.clicked.connect(signal)

    def show_item(self, item: Item | None) -> None:
        """Show this proposal, or that none is chosen."""
        self.setVisible(item is not None)
        if item is None:
            return
        one = item.proposed
        self._icon.show_icon(ICONS[one.kind], "text2" if one.kind is Kind.NOT_ENOUGH else TONES[one.kind])
        self._title.setText(question(one))
        self._why.setText(_("{sentence}.").format(sentence=words.why(one, self._currency)))
        self._show_parts(one)
        self._show_numbers(one)
        self._says.setText(lift.sentence(one.card.lift) if one.card.delivered else "")
        self._says.setVisible(bool(self._says.text()))
        before = [_today_words()] if one.card.by_today else []
        told = words.earlier(item, self._day, self._currency)
        self._before.setText(" ".join([*before, *([told] if told else [])]))
        self._before.setVisible(bool(self._before.text()))
        self._show_answer(item)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        for part in (self._why, self._parts, self._new):
            self.body.addWidget(part)
        self.body.addLayout(self._grid)
        for part in (self._says, self._before, self.reason):
            self.body.addWidget(part)
        for part in (self.accept, self.later, self.back, self.friends):
            foot.addWidget(part)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.body.addStretch()

    def _show_parts(self, one: Proposed) -> None:
        self._parts.setVisible(one.parts is not None)
        self._new.setVisible(one.parts is not None)
        if one.parts is None:
            return
        told = [(one.parts[0], "did", "of", "chart1"), (one.parts[1], "did_other", "of_other", "chart3")]
        bars: list[Bar] = []
        most = max(int(one.numbers[did]) / int(one.numbers[of]) for _tag, did, of, _role in told)
        for tag, did, of, role in told:
            who, whole = int(one.numbers[did]), int(one.numbers[of])
            note = _("{did} of {of}").format(did=number(who), of=number(whole))
            bars.append(Bar(tag.name, who / whole, percent(who / whole), role, note))
        self._parts.show_drawing(Bars(tuple(bars), whole=most / _FULL, track=True), _("What the two parts did"))
        clear(self._new_tags)
        self._new_tags.addWidget(label(_("New tags:")))
        for name in words.new_names(one):
            self._new_tags.addWidget(ChipLabel(tag_chip(name, one.tags[0].type)))

    def _show_numbers(self, one: Proposed) -> None:
        clear(self._grid)
        card = one.card
        each = "—" if card.per_message is None else money(card.per_message, self._currency, digits=0)
        last = "—"
        if card.last_days is not None:
            last = ngettext("{n} day ago", "{n} days ago", card.last_days).format(n=number(card.last_days))
        said = _("; ").join(text or _("not said") for text in card.helps_decide)
        rows = (
            (_("Sends"), number(card.sends)),
            (_("Delivered"), number(card.delivered)),
            (_("Kept back"), number(card.kept_back)),
            (_("Revenue per message"), each),
            (_("Friends today"), number(card.friends)),
            (_("Last send"), last),
            (_("Helps decide"), said),
        )
        for at, (name, value) in enumerate(rows):
            row, column = (at // 2, 2 * (at % 2)) if at < len(rows) - 1 else (at, 0)
            self._grid.addWidget(label(name, "second"), row, column)
            self._grid.addWidget(label(value, "strong", wrap=True), row, column + 1, 1, 1 if at < len(rows) - 1 else 3)
        self._grid.setColumnStretch(3, 1)

    def _show_answer(self, item: Item) -> None:
        can_answer = item.proposed.kind is not Kind.NOT_ENOUGH
        is_open = can_answer and item.decided is None
        self.accept.setText(accept_words(item))
        self.later.setText(_("Not now"))
        self.back.setText(_("Take the answer back"))
        self.friends.setText(_("See the friends"))
        self.reason.setPlaceholderText(_("Why? One line, if you like"))
        self.reason.setAccessibleName(_("Why you decide so"))
        self.reason.setText(item.decided.why if item.decided else "")
        self.reason.setReadOnly(not is_open)
        self.reason.setVisible(is_open or bool(self.reason.text()))
        for part in (self.accept, self.later):
            part.setVisible(is_open)
        self.back.setVisible(item.decided is not None and not item.decided.is_made)


def question(one: Proposed) -> str:
    """Ask about a proposal by the names of its tags."""
    return _(_QUESTIONS[one.kind]).format(tags=words.quoted(one))


def _today_words() -> str:
    return _("Counted by who carries the tags today, because the shop did not know them when these messages were sent.")
