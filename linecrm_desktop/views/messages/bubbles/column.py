"""The bubbles of a message, one under the other, and the menu for the next one."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from linecrm_desktop.messages import summary
from linecrm_desktop.messages.bubbles import Bubble, OptOutBubble, QuickReplies, count
from linecrm_desktop.messages.limits import BUBBLES_MAX, Problem
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.text import _, ngettext
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.messages.bubbles.bench import Bench
from linecrm_desktop.views.messages.bubbles.card import BubbleCard
from linecrm_desktop.views.messages.bubbles.specs import ICONS
from linecrm_desktop.views.messages.facts import NOBODY
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.scrolled import scrolled

_MIME = "application/x-tagwell-bubble"
_ONLY_ONE = (OptOutBubble, QuickReplies)


class BubbleColumn(QFrame):
    """Shows bubbles and says what a person did with them."""

    edited = Signal(int)
    added = Signal(object)
    """A bubble of the chosen kind, in which nothing is written yet."""
    duplicated = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    """The position, and how many places down (or up, with a minus)."""

    def __init__(self, bench: Bench, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bench = bench
        self.cards: list[BubbleCard] = []
        self._filling = NOBODY
        self.setAcceptDrops(True)
        self._build_list()
        self._build_foot()
        self._lay_out()
        self.retranslate()

    def show_bubbles(self, bubbles: Sequence[Bubble]) -> None:
        """Show these bubbles; cards that can stay do, so that the cursor stays."""
        for position, bubble in enumerate(bubbles):
            if position < len(self.cards) and self.cards[position].can_show(bubble):
                self.cards[position].show_bubble(bubble)
                continue
            if position < len(self.cards):
                self._drop(position)
            self._put(position, bubble)
        while len(self.cards) > len(bubbles):
            self._drop(len(self.cards) - 1)
        self._show_room()

    def show_filling(self, filling: Filling) -> None:
        """Count the bubbles with these friends' values."""
        self._filling = filling
        for card in self.cards:
            card.show_filling(filling)

    def offer_variables(self, names: Sequence[str]) -> None:
        """Let these variables be put in."""
        self._bench.offered[:] = names

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say at each bubble what LINE would not take."""
        for card in self.cards:
            card.show_problems([problem for problem in problems if problem.bubble == card.position])

    def focus(self, position: int) -> None:
        """Open a bubble and put the cursor into it."""
        if 0 <= position < len(self.cards):
            self.cards[position].begin()
            QTimer.singleShot(0, self.cards[position], lambda: self._scroll.ensureWidgetVisible(self.cards[position]))

    def offer(self) -> QMenu:
        """Return the menu of all kinds; what a message holds once at most is off when it is there."""
        menu = QMenu(self)
        menu.setObjectName("bubbleKinds")
        there = [card.bubble() for card in self.cards]
        is_full = count(there) >= BUBBLES_MAX
        for kind, picture in ICONS.items():
            action = menu.addAction(icon(picture), summary.kind_name(kind()))
            action.setData(kind)
            only = kind in _ONLY_ONE and any(isinstance(bubble, kind) for bubble in there)
            action.setEnabled(not only and (kind is QuickReplies or not is_full))
        menu.triggered.connect(lambda action: self.added.emit(action.data()()))
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def retranslate(self) -> None:
        self.add.setText(_("Add a bubble"))
        for card in self.cards:
            card.retranslate()
        self._show_room()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(_MIME):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        lifted = int(bytes(event.mimeData().data(_MIME).data()).decode())
        at = self._inside.mapFrom(self, event.position().toPoint()).y()
        before = sum(card.y() + card.height() // 2 < at for card in self.cards)
        step = before - lifted - (before > lifted)
        if step:
            self.moved.emit(lifted, step)
        event.acceptProposedAction()

    def _build_list(self) -> None:
        self._inside = QWidget()
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        whole = QVBoxLayout(self._inside)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._list)
        whole.addStretch(1)  # all free room is below: texts would grow for half of it
        self._scroll = scrolled(self._inside)

    def _build_foot(self) -> None:
        self.add = button("", "default", "plus", "addBubble")
        self.add.clicked.connect(lambda: self.offer().popup(self.add.mapToGlobal(self.add.rect().bottomLeft())))
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

    def _put(self, position: int, bubble: Bubble) -> None:
        card = BubbleCard(position, bubble, self._bench)
        card.show_filling(self._filling)
        for theirs, ours in (
            (card.edited, self.edited),
            (card.duplicated, self.duplicated),
            (card.removed, self.removed),
            (card.moved, self.moved),
        ):
            theirs.connect(ours)
        card.lifted.connect(self._carry)
        self.cards.insert(position, card)
        self._list.insertWidget(position, card)

    def _drop(self, position: int) -> None:
        card = self.cards.pop(position)
        self._list.removeWidget(card)
        card.hide()
        card.deleteLater()

    def _carry(self, position: int) -> None:
        data: Any = QMimeData()
        data.setData(_MIME, str(position).encode())
        drag = QDrag(self)
        drag.setMimeData(data)
        drag.setPixmap(self.cards[position].grab())
        drag.exec(Qt.DropAction.MoveAction)

    def _show_room(self) -> None:
        n = count([card.bubble() for card in self.cards])
        sentence = ngettext(
            "{n} of {most} bubbles. It counts as one message per friend.",
            "{n} of {most} bubbles. They count as one message per friend.",
            n,
        )
        self._room.setText(sentence.format(n=n, most=BUBBLES_MAX))
