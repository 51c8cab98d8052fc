"""The small cards under the bar of a send: how far each variant is, who is kept back, and who was left out."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.campaigns.progress import VariantStanding
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.text import _, number
from linecrm_desktop.views.messages.send_facts import SendFacts
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import SegmentBar


class NumberCard(Card):
    """A title with a number, and a line under it."""

    def __init__(self, name: str, below: QWidget) -> None:
        super().__init__(margins=(16, 10, 16, 10))
        self.body.setSpacing(4)
        self.title, self.count = label("", "strong"), label("", "strong")
        self.count.setObjectName(name)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.count)
        self.body.addLayout(head)
        self.body.addWidget(below)


class VariantCard(NumberCard):
    """How far one variant is."""

    def __init__(self, letter: str) -> None:
        self._bar = SegmentBar()
        super().__init__(f"variant{letter}", self._bar)
        self._letter = letter
        self.body.addStretch()

    def show_standing(self, found: VariantStanding) -> None:
        """Show how many of its friends had their turn."""
        done, all_ = number(found.done), number(found.total)
        self.title.setText(_("Variant {letter}").format(letter=self._letter))
        self.count.setText(_("{n} of {all}").format(n=done, all=all_))
        waiting = found.total - found.done
        self._bar.show_bars([Bar(_("done"), found.done, done), Bar(_("waiting"), waiting, number(waiting), "border")])


class SendNumbers(QWidget):
    """The cards beside each other."""

    def __init__(self) -> None:
        super().__init__()
        self._kept_note, self._left_note = label("", "caption"), label("", "caption")
        self.variants = [VariantCard(letter) for letter in LETTERS]
        self.kept = NumberCard("keptBack", self._kept_note)
        self.left_out = NumberCard("leftOut", self._left_note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for card in (*self.variants, self.kept, self.left_out):
            row.addWidget(card, 1)
        self._show_variants(())

    def show_facts(self, facts: SendFacts) -> None:
        """Show the numbers of a send."""
        self._show_variants(facts.variants)
        self.kept.count.setText(number(facts.standing.kept_back))
        self.left_out.count.setText(number(facts.standing.left_out))

    def retranslate(self) -> None:
        self.kept.title.setText(_("Kept back"))
        self._kept_note.setText(_("get nothing, counted in Results"))
        self.left_out.title.setText(_("Left out"))
        reasons = _("blocked, refused, without a LINE ID or over the cap")
        self._left_note.setText(reasons)
        self._left_note.setToolTip(reasons)

    def _show_variants(self, found: tuple[VariantStanding, ...]) -> None:
        for position, card in enumerate(self.variants):
            card.setVisible(position < len(found))
            if position < len(found):
                card.show_standing(found[position])
