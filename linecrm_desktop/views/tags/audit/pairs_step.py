"""Step 3: pairs of tags that may mean the same; M merges, K keeps both, N puts one inside the other, S skips."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.audit import lookalikes
from linecrm_desktop.audit.changes import KeepBoth, Later, Merge, Nest, Retire
from linecrm_desktop.audit.lookalikes import Pair
from linecrm_desktop.audit.plan import Choice
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.words import shown_name
from linecrm_desktop.text import _, ngettext, number, percent
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.audit.decision_panel import KEEP, MERGE, NEST, DecisionPanel
from linecrm_desktop.views.tags.audit.evidence import Evidence
from linecrm_desktop.views.tags.audit.keys import is_letter
from linecrm_desktop.views.tags.audit.state import LOOKALIKES, AuditState
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.two_lines import DONE_ROLE, TwoLines

_NAMED = 5
"""So many of the friends who have only the smaller tag are named."""


class PairsStep(QWidget):
    """A list of pairs, the evidence for the current one, and what to do."""

    decided = Signal(object)
    """A list of (key of the choice, Change)."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._state: AuditState | None = None
        self._choices: list[Choice] = []
        self.title = label("", "section")
        self.list = QListWidget()
        self.list.setObjectName("pairs")
        self.list.setItemDelegate(TwoLines(self.list))
        follow_selection(self.list)
        self.evidence, self.panel = Evidence(), DecisionPanel(desk)
        self.nothing, self.keys = label("", "second", wrap=True), label("", "caption", wrap=True)
        self._build()
        self.list.currentRowChanged.connect(lambda _row: self._show_current())
        self.list.installEventFilter(self)
        self.panel.taken.connect(self._take)
        self.panel.skipped.connect(self._next)

    def show_state(self, state: AuditState) -> None:
        """Show the pairs; the cursor stays where it is."""
        self._state = state
        row = max(0, self.list.currentRow())
        self._choices = [choice for choice in state.of(LOOKALIKES) if state.pair(choice) is not None]
        self.list.blockSignals(True)
        self.list.clear()
        for choice in self._choices:
            item = QListWidgetItem(self._line(state, choice))
            item.setData(DONE_ROLE, choice.change is not None)
            self.list.addItem(item)
        self.list.setCurrentRow(min(row, len(self._choices) - 1))
        self.list.blockSignals(False)
        count = len(self._choices)
        done = sum(choice.change is not None for choice in self._choices)
        said = ngettext("{n} pair · {done} decided", "{n} pairs · {done} decided", count)
        self.title.setText(said.format(n=number(count), done=number(done)))
        self._show_current()

    def retranslate(self) -> None:
        """Say everything anew."""
        self.panel.retranslate()
        self.list.setAccessibleName(_("Look-alike pairs"))
        if self._state is not None:
            self.show_state(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = {Qt.Key.Key_M: MERGE, Qt.Key.Key_K: KEEP, Qt.Key.Key_N: NEST}.get(Qt.Key(event.key()))
        is_skip = event.key() == Qt.Key.Key_S
        if (way is None and not is_skip) or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif self._choices and way is not None:
            self.panel.take_way(way)
        elif self._choices:
            self._next()

    def eventFilter(self, watched: object, event: object) -> bool:
        """Take the keys of this step before the list searches by letters."""
        if watched is self.list and is_letter(event):
            self.keyPressEvent(event)
            return True
        return False

    def _build(self) -> None:
        left = Card(margins=(1, 10, 1, 1))
        head = QHBoxLayout()
        head.setContentsMargins(12, 0, 12, 0)
        head.addWidget(self.title)
        left.body.addLayout(head)
        left.body.addWidget(self.list)
        left.body.addWidget(self.keys)
        self.keys.setContentsMargins(12, 0, 12, 10)
        panel = ScrollArea()
        panel.setWidget(self.panel)
        panel.setWidgetResizable(True)
        panel.setFrameShape(QFrame.Shape.NoFrame)
        panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.setMinimumWidth(280)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(left, 2)
        row.addWidget(self.evidence, 5)
        row.addWidget(panel, 3)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 14, 20, 14)
        page.addWidget(self.nothing)
        page.addLayout(row, 1)

    def _line(self, state: AuditState, choice: Choice) -> str:
        pair = state.pair(choice)
        one, other = (state.name(pair.one), state.name(pair.other)) if pair else ("", "")
        names = _("{one} and {other}").format(one=one, other=other)
        match choice.change:
            case Merge():
                said = _("merge agreed")
            case KeepBoth():
                said = _("both stay")
            case Nest():
                said = _("one inside the other")
            case Retire():
                said = _("one is retired")
            case Later():
                said = _("later")
            case _:
                said = _("not decided")
        share = percent(pair.containment if pair else 0, 0)
        told = _("{share} overlap · {said}").format(share=share, said=said)
        return f"{names}\n{told}"

    def _show_current(self) -> None:
        row, state = self.list.currentRow(), self._state
        pair = state.pair(self._choices[row]) if state and 0 <= row < len(self._choices) else None
        for part in (self.evidence, self.panel):
            part.setVisible(pair is not None)
        self.nothing.setVisible(pair is None)
        self.nothing.setText(_("No two tags look alike."))
        self.keys.setText(_("Keys: M merge, K keep both, N one inside the other, S skip, Ctrl+Z undo"))
        if pair is None or state is None:
            return
        one, other = state.tag(pair.one), state.tag(pair.other)
        if one is not None and other is not None:
            self.panel.show_pair(one, other, self._choices[row].change)
            self.evidence.show_pair(state, pair, [])
            self._desk.jobs.read(
                lambda session: only_smaller(session, state, pair),
                lambda names: self.evidence.show_pair(state, pair, names),
                key="tags.audit.only",
            )

    def _take(self, change: object) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._choices):
            self.decided.emit([(self._choices[row].key, change)])
            self._next()

    def _next(self) -> None:
        self.list.setCurrentRow(min(self.list.currentRow() + 1, self.list.count() - 1))
        self.list.setFocus()


def only_smaller(session: Session, state: AuditState, pair: Pair) -> list[str]:
    """Return the names of some friends who have only the smaller tag."""
    _one, other = lookalikes.disagreeing(state.facts.links, pair, _NAMED)
    return [shown_name(row.name) for row in directory.rows(session, other)]
