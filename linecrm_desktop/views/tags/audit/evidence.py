"""Why two tags may be one: circles to scale, shares in numbers, both side by side, who has only the smaller one."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.audit import words
from linecrm_desktop.audit.lookalikes import Pair
from linecrm_desktop.days import ShopDay
from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _, ngettext, number, percent, short_date
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.widgets.basics import Card, clear, label
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip
from linecrm_desktop.views.widgets.tables import show_texts, text_table
from linecrm_desktop.views.widgets.venn import Venn

_NOTHING = "—"
_ROW = 27


class Evidence(QWidget):
    """Shows what speaks for and against two tags being one."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.strength = label("", "section", wrap=True), ChipLabel()
        self.strength.setObjectName("pairStrength")
        self.venn, self._shares = Venn(), QVBoxLayout()
        self.table = text_table("pairTable")
        self.table.verticalHeader().setDefaultSectionSize(_ROW)
        self.only = label("", wrap=True)
        self.only.setObjectName("onlySmaller")
        top = Card()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.strength)
        body = QHBoxLayout()
        body.addWidget(self.venn, 3)
        body.addLayout(self._shares, 2)
        top.body.addLayout(head)
        top.body.addLayout(body, 1)
        middle = Card(margins=(0, 0, 0, 0))
        middle.body.addWidget(self.table)
        self._only_card = Card()
        self._only_card.body.addWidget(self.only)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(top, 4)
        column.addWidget(middle, 3)
        column.addWidget(self._only_card)

    def show_pair(self, state: AuditState, pair: Pair, names: list[str]) -> None:
        """Show two tags; `names` are some of the friends who have only the smaller one."""
        one, other = state.tag(pair.one), state.tag(pair.other)
        if one is None or other is None:
            return
        self.title.setText(_("“{one}” and “{other}”: the same thing?").format(one=one.name, other=other.name))
        self.table.setAccessibleName(self.title.text())
        strong = pair.is_strong(state.facts.limits)
        chip = status_chip("good", _("Strong evidence")) if strong else status_chip("info", _("Look closely"))
        self.strength.show_chip(chip)
        self.venn.show_sets((one.name, other.name), (pair.only_one, pair.both, pair.only_other), one.type)
        self._show_shares(pair, one, other)
        self._show_table(state, one, other)
        said = ngettext("{n} friend has only “{tag}”", "{n} friends have only “{tag}”", pair.only_other)
        told = said.format(n=number(pair.only_other), tag=other.name)
        self.only.setText(_("{who}: {names}").format(who=told, names=_(", ").join(names)) if names else told)
        self._only_card.setVisible(pair.only_other > 0)

    def _show_shares(self, pair: Pair, one: TagRow, other: TagRow) -> None:
        clear(self._shares)
        either = pair.size_one + pair.size_other - pair.both
        lines = (
            (_("Friends of “{other}” who also have “{one}”"), pair.containment, pair.both, pair.size_other),
            (_("Shared friends of both (Jaccard)"), pair.jaccard, pair.both, either),
        )
        for words_, share, part, whole in lines:
            text = words_.format(one=one.name, other=other.name)
            note = _("{part} of {whole}").format(part=number(part), whole=number(whole))
            self._add_share(text, percent(share, 0), share, note)
        same = pair.reason is not None
        reason = _(words.REASONS[pair.reason]) if pair.reason is not None else _("Only the people are the same.")
        self._add_share(_("Names mean the same"), _("Yes") if same else _("No"), float(same), reason)
        self._shares.addStretch(1)

    def _add_share(self, text: str, value: str, share: float, note: str) -> None:
        row = QHBoxLayout()
        row.addWidget(label(text, wrap=True), 1)
        row.addWidget(label(value, "strong"))
        self._shares.addLayout(row)
        self._shares.addWidget(ShareBar(share, text))
        self._shares.addWidget(label(note, "caption", wrap=True))
        self._shares.addSpacing(8)

    def _show_table(self, state: AuditState, one: TagRow, other: TagRow) -> None:
        day = state.facts.day
        rows = [
            (_("Type"), *(_(TAG_TYPES[tag.type]) for tag in (one, other))),
            (_("Friends"), *(number(tag.friends) for tag in (one, other))),
            (_("Helps decide"), *(tag.helps_decide or _("nothing yet") for tag in (one, other))),
            (_("Put on by hand"), *(number(state.facts.by_hand.get(tag.id, 0)) for tag in (one, other))),
            (_("Used by"), *(_(", ").join(state.used_by.get(tag.id, ())) or _NOTHING for tag in (one, other))),
            (_("Last used"), *(_last(tag, day) for tag in (one, other))),
        ]
        show_texts(self.table, ["", one.name, other.name], rows)
        self.table.setColumnWidth(0, 130)
        for column in (1, 2):
            self.table.horizontalHeader().setSectionResizeMode(column, self.table.horizontalHeader().ResizeMode.Stretch)


def _last(tag: TagRow, day: ShopDay) -> str:
    return short_date(day.local(tag.last_used).date(), day.today) if tag.last_used else _("never")
