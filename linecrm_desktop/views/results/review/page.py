"""The tag review: tiles, the table of proposals, the heat grid, and the evidence of the chosen proposal.

Enter accepts the chosen proposal, N puts it off, U takes the answer back. Nothing changes a tag before the review is
finished.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QTableView, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.results.review import words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.proposals import Kind
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.results.review.acts import ReviewActs
from linecrm_desktop.views.results.review.answer_cell import AnswerCell
from linecrm_desktop.views.results.review.evidence_card import EvidenceCard
from linecrm_desktop.views.results.review.grid_card import GridCard
from linecrm_desktop.views.results.review.head import ReviewHead
from linecrm_desktop.views.results.review.reading import Shown, answered, read, remember
from linecrm_desktop.views.results.review.table import HEADS, Column, ProposalModel
from linecrm_desktop.views.widgets.basics import Card, button
from linecrm_desktop.views.widgets.mixed_delegate import MixedDelegate
from linecrm_desktop.views.widgets.parts import EmptyState
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.tables import dress
from linecrm_desktop.views.widgets.writing import writing

_WIDTHS = {
    Column.PROPOSAL: 92,
    Column.TAGS: 210,
    Column.EVIDENCE: 220,
    Column.SURE: 64,
    Column.DECISION: 190,
}
_SHOWN = frozenset({Word.TAGS, Word.FRIENDS, Word.IMPORTS, Word.CAMPAIGNS})
_TABLE_HEIGHT = 330
_CELL, _CHIP = 18, 54
"""What a cell has at both sides of its word, and what a chip has with its icon."""


class ReviewPage(QWidget):
    """Week 4: what each tag earned, and what to do with it."""

    asked_for = Signal(object)
    changed = Signal()
    """There is something to finish now, or not any more."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: Shown | None = None
        self._wanted = ""
        self._is_stale = True
        self.acts = ReviewActs(desk, self, self._take_answers, self._read)
        self._build_parts()
        self._build_table()
        self._lay_out()
        self._connect()
        self.retranslate()

    def show_now(self) -> None:
        """Count when nothing was counted yet, or when the shop changed since."""
        if self._is_stale:
            self._read()

    def reload(self, changed: Changes) -> None:
        """Count again, at once or when it is looked at the next time."""
        if changed & _SHOWN:
            self._is_stale = True
            if self.isVisible():
                self._read()

    def retranslate(self) -> None:
        """Say everything anew."""
        self.table.setAccessibleName(_("Proposals for tags"))
        self.finish.setText(_("Finish review"))
        self.model.retranslate()
        self._fit_columns()
        self._show()

    def can_finish(self) -> bool:
        """Say whether anything was accepted that is not made yet."""
        return self._shown is not None and self._shown.has_to_finish

    def shown(self) -> Shown | None:
        """Return what was counted; None where nothing was, or nothing can be said yet."""
        return self._shown if self.pages.currentIndex() else None

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "tag-review", self.model

    def _build_parts(self) -> None:
        self.finish: QPushButton = button("", "primary", name="reviewFinishButton")
        self.head = ReviewHead()
        self.card = EvidenceCard(self._desk.day(), self._desk.shop.currency)
        self.grid = GridCard(self._desk.shop.currency)
        self.empty = EmptyState("hourglass")
        self.empty.sentence.setObjectName("reviewEmptySentence")
        self.empty.action.setObjectName("reviewEmptyAction")

    def _build_table(self) -> None:
        self.model = ProposalModel(self._desk.shop.currency, self)
        self.table = QTableView()
        self.table.setObjectName("reviewTable")
        self.table.setModel(self.model)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        dress(self.table, stretch=Column.WHY)
        self.table.setItemDelegate(MixedDelegate(self.table))

    def _fit_columns(self) -> None:
        """Make columns as wide as the words in them are in the language in use."""
        scale = theme.text_scale()
        head, plain = QFontMetrics(theme.font(12, strong=True)), QFontMetrics(theme.font(13))
        words_in = {Column.PROPOSAL: (words.KINDS, _CHIP), Column.SURE: (words.SURE, _CELL)}
        for column, width in _WIDTHS.items():
            room = [round(width * scale), head.horizontalAdvance(_(HEADS[column])) + _CELL]
            names, edges = words_in.get(column, ({}, 0))
            room += [
                plain.horizontalAdvance(_(name)) + round(edges * scale)
                for kind, name in names.items()
                if kind is not Kind.NOT_ENOUGH
            ]
            self.table.setColumnWidth(column, max(room))

    def _lay_out(self) -> None:
        inside, cards = QVBoxLayout(), QHBoxLayout()
        inside.setContentsMargins(20, 14, 20, 16)
        inside.setSpacing(12)
        frame = Card(margins=(1, 1, 1, 1))
        frame.body.addWidget(self.table)
        cards.setSpacing(12)
        cards.addWidget(self.grid, 11)
        cards.addWidget(self.card, 12)
        inside.addWidget(self.head)
        inside.addWidget(frame)
        inside.addLayout(cards)
        inside.addStretch()
        whole = QWidget()
        whole.setLayout(inside)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(whole)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)

    def _connect(self) -> None:
        theme.signals().changed.connect(self._fit_columns)
        self.finish.clicked.connect(lambda: self._shown and self.acts.finish(self._shown))
        self.empty.action.clicked.connect(lambda: self.asked_for.emit(Place(Page.MESSAGES, part="new")))
        self.head.clear.clicked.connect(lambda: self._shown and self.acts.accept_clear(self._shown))
        self.head.all_asked.connect(self._show)
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._choose())
        self.card.accepted.connect(lambda: self._with_item(self._accept))
        self.card.put_off.connect(lambda: self._with_item(self._put_off))
        self.card.taken_back.connect(lambda: self._with_item(self.acts.take_back))
        self.card.friends_asked.connect(lambda: self._with_item(self._show_friends))
        for keys, act in (
            (("Return", "Enter"), self._accept),
            (("N",), self._put_off),
            (("U", "Backspace"), self.acts.take_back),
        ):
            for key in keys:
                shortcut = writing(QShortcut(QKeySequence(key), self.table))
                shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
                shortcut.activated.connect(partial(self._with_item, act))

    def _read(self) -> None:
        day = self._desk.day()
        self._is_stale = False
        self.head.show_counting()
        self._desk.jobs.read(lambda session: read(session, day), self._take, key="results.review")

    def _take(self, shown: Shown) -> None:
        now = self._desk.now()
        self._shown = shown
        if self._desk.shop.may_write:
            self._desk.jobs.write(lambda session: (remember(session, shown.items, now), frozenset()))
        self._show()

    def _take_answers(self, done: Callable[[Session], object]) -> None:
        """Write an answer down and show all answers anew; what was counted stays."""
        shown, day, now = self._shown, self._desk.day(), self._desk.now()
        if shown is None:
            return

        def write(session: Session) -> tuple[Shown, Changes]:
            remember(session, shown.items, now)
            done(session)
            return answered(session, shown, day), frozenset()

        self._desk.jobs.write(write, self._show_answers)

    def _show_answers(self, shown: Shown) -> None:
        """Show the answers, and go on with the next proposal that waits."""
        self._shown = shown
        waiting = [item.proposed.key for item in shown.items if item.decided is None]
        mine = [item for item in shown.items if item.proposed.key == self._wanted]
        if mine and mine[0].decided is not None and waiting and self.table.hasFocus():
            order = [item.proposed.key for item in shown.items]
            later = [key for key in waiting if order.index(key) > order.index(self._wanted)]
            self._wanted = (later or waiting)[0]
        self._show()

    def _show(self) -> None:
        shown = self._shown
        looked = shown.looked if shown else None
        is_empty = looked is None or not (looked.sends or looked.proposals)
        self._say_empty(is_counted=looked is not None)
        self.pages.setCurrentIndex(0 if is_empty else 1)
        if shown is not None and looked is not None:
            self.head.show_look(shown)
            self.model.show_rows([*shown.items, *(shown.rest if self.head.shows_all() else ())])
            self._place_buttons()
            self.grid.show_grid(looked.grid)
            self._select()
        self.finish.setEnabled(self.can_finish())
        self.changed.emit()

    def _say_empty(self, *, is_counted: bool) -> None:
        if not is_counted:
            self.empty.show_text(_("Counting what each tag earned…"))
            return
        self.empty.show_text(
            _("No send is old enough yet to say what a tag earned. Come back when the first window is over."),
            _("Write a message"),
        )

    def _place_buttons(self) -> None:
        for row, item in enumerate(self.model.records):
            index = self.model.index(row, Column.DECISION)
            if item.proposed.kind is Kind.NOT_ENOUGH:
                continue
            cell = AnswerCell(item)
            cell.accepted.connect(partial(self._act_on, item, self._accept))
            cell.put_off.connect(partial(self._act_on, item, self._put_off))
            cell.taken_back.connect(partial(self._act_on, item, self.acts.take_back))
            self.table.setIndexWidget(index, cell)

    def _select(self) -> None:
        """Choose the wanted proposal, else the first one."""
        row = max(0, self.model.row_of(self._wanted))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)
        self._choose()

    def _choose(self) -> None:
        item = self._item()
        if item is not None:
            self._wanted = item.proposed.key
        self.card.show_item(item)

    def _item(self) -> Item | None:
        return self.model.row_at(self.table.currentIndex().row())

    def _with_item(self, act: Callable[[Item], None]) -> None:
        item = self._item()
        if item is not None:
            act(item)

    def _act_on(self, item: Item, act: Callable[[Item], None]) -> None:
        """Do what a button in a row says, and choose that row."""
        self._wanted = item.proposed.key
        self._select()
        act(item)

    def _accept(self, item: Item) -> None:
        if self._shown is not None and item.decided is None:
            self.acts.accept(item, self.card.reason.text(), self._shown.tags)

    def _put_off(self, item: Item) -> None:
        if item.decided is None:
            self.acts.put_off(item, self.card.reason.text())

    def _show_friends(self, item: Item) -> None:
        self.asked_for.emit(Place(Page.FRIENDS, item.proposed.tags[0].id, "tag"))
