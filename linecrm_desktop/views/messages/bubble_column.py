"""The bubbles of a message, one under the other, and the button for the next one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.messages.blocks import Bubble
from linecrm_desktop.messages.limits import BUBBLES_MAX
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.text import _, ngettext
from linecrm_desktop.views.messages.bubble_card import BubbleCard
from linecrm_desktop.views.messages.facts import NOBODY
from linecrm_desktop.views.messages.scrolled import scrolled
from linecrm_desktop.views.widgets.basics import button, label


class BubbleColumn(QFrame):
    """Shows bubbles and says what a person did with them."""

    edited = Signal(int)
    added = Signal()
    duplicated = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    fallback_asked = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[BubbleCard] = []
        self._filling = NOBODY
        self._build_list()
        self._build_foot()
        self._lay_out()
        self.retranslate()

    def show_bubbles(self, bubbles: tuple[Bubble, ...]) -> None:
        """Show these bubbles; cards that are there stay, so that the cursor stays."""
        while len(self.cards) > len(bubbles):
            card = self.cards.pop()
            self._list.removeWidget(card)
            card.deleteLater()
        while len(self.cards) < len(bubbles):
            self._add_card()
        for card, bubble in zip(self.cards, bubbles, strict=True):
            card.show_bubble(bubble)
        self._show_room()

    def show_filling(self, filling: Filling) -> None:
        """Count the bubbles with these friends' values."""
        self._filling = filling
        for card in self.cards:
            card.show_filling(filling)

    def focus(self, position: int) -> None:
        """Put the cursor into a bubble."""
        if 0 <= position < len(self.cards):
            self.cards[position].text.setFocus()
            self._scroll.ensureWidgetVisible(self.cards[position])

    def retranslate(self) -> None:
        self.add.setText(_("Add a bubble"))
        for card in self.cards:
            card.retranslate()
        self._show_room()

    def _build_list(self) -> None:
        inside = QWidget()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._list)
        whole.addStretch()
        self._scroll = scrolled(inside)

    def _build_foot(self) -> None:
        self.add = button("", "default", "plus", "addBubble")
        self.add.clicked.connect(self.added)
        self._room = label("", "caption")
        self._room.setObjectName("room")

    def _lay_out(self) -> None:
        column, foot = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(16, 14, 16, 14)
        column.addWidget(self._scroll, 1)
        foot.addWidget(self.add)
        foot.addWidget(self._room)
        foot.addStretch()
        column.addLayout(foot)

    def _add_card(self) -> None:
        card = BubbleCard(len(self.cards))
        card.show_filling(self._filling)
        for theirs, ours in (
            (card.edited, self.edited),
            (card.duplicated, self.duplicated),
            (card.removed, self.removed),
            (card.moved, self.moved),
            (card.fallback_asked, self.fallback_asked),
        ):
            theirs.connect(ours)
        self.cards.append(card)
        self._list.addWidget(card)

    def _show_room(self) -> None:
        n = len(self.cards)
        self.add.setEnabled(n < BUBBLES_MAX)
        self.add.setToolTip("" if n < BUBBLES_MAX else _("LINE takes at most {n} bubbles in one message.").format(n=n))
        sentence = ngettext(
            "{n} of {most} bubbles. It counts as one message per friend.",
            "{n} of {most} bubbles. They count as one message per friend.",
            n,
        )
        self._room.setText(sentence.format(n=n, most=BUBBLES_MAX))
