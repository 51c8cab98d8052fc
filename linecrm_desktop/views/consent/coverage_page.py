"""Coverage: how far the three questions are answered, through which source the gaps came in, and what to do next."""

from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTableView, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.consent import coverage
from linecrm_desktop.consent.coverage import Covered, Kept, Part, Question, together, with_source
from linecrm_desktop.friends import ledger_list
from linecrm_desktop.friends.ledger_list import Happening
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.requests import register
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.consent.coverage_cards import REFUSAL_DAYS, DueCard, QuestionCard, RefusalCard
from linecrm_desktop.views.consent.coverage_tables import NewestColumn, NewestModel, SourceColumn, SourceModel, part_of
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.share_delegate import ShareDelegate
from linecrm_desktop.views.widgets.tables import dress, give_widths
from linecrm_desktop.views.widgets.writing import writing

_SHOWN = frozenset({Word.CONSENT, Word.FRIENDS, Word.IMPORTS, Word.CAMPAIGNS})
_NEWEST, _ROWS = 7, 10
"""So many things that were written down last are shown, and at most so many sources before the table scrolls."""
_SOURCE_WIDTHS = {SourceColumn.FRIENDS: 68, SourceColumn.INFORMED: 104, SourceColumn.CAN_OPT_OUT: 112}
_NEWEST_WIDTHS = {NewestColumn.WHEN: 154, NewestColumn.FRIEND: 100, NewestColumn.WHAT: 150, NewestColumn.TAKEN_OUT: 130}


_SHARE_OF_SOURCES, _SHARE_OF_NEWEST = 0.37, 0.56
"""How much of the page the two tables have, their edges taken off."""
_NAME, _BAR = 130, 36
"""Pixels that a source's name, or how we know, has at least, and those of a bar."""


@dataclass(frozen=True, slots=True)
class _Read:
    sources: list[Covered]
    newest: list[Happening]
    kept: Kept
    requests: list[RequestRow]


class CoveragePage(QWidget):
    """Three questions as shares, the sources with their gaps, the newest lines, a refusal's way, the next request."""

    asked_for = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found = _Read([], [], Kept(0, 0), [])
        self.cards = {question: QuestionCard(question) for question in Question}
        self.refusal, self.due = RefusalCard(), DueCard()
        self._build_tables()
        self._lay_out()
        self._connect()
        self._read()

    def show_place(self, _place: Place) -> None:
        """Show the newest numbers."""
        self._read()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN:
            self._read()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "consent_coverage", self.sources

    def retranslate(self) -> None:
        self._title.setText(_("By source"))
        self._ledger.setText(_("Ledger"))
        self._never.setText(_("can be added to, never edited"))
        self._whole.setText(_("Open the ledger"))
        self.table.setAccessibleName(_("By source"))
        self.newest_table.setAccessibleName(_("What was written down last"))
        for model in (self.sources, self.newest):
            model.retranslate()
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build_tables(self) -> None:
        self._title, self._friends, self._ledger = label("", "section"), label("", "second"), label("", "section")
        self._never, self._whole = label("", "second"), button("", "link", name="openLedger")
        self.sources, self.newest = SourceModel(self), NewestModel(self._desk.day, self)
        self.table, self.newest_table = QTableView(), QTableView()
        for table, model, name, stretch in (
            (self.table, self.sources, "coverage", int(SourceColumn.SOURCE)),
            (self.newest_table, self.newest, "newestLines", int(NewestColumn.HOW)),
        ):
            table.setObjectName(name)
            table.setModel(model)
            table.setFrameShape(QTableView.Shape.NoFrame)
            dress(table, stretch=stretch)
        self.table.setItemDelegate(ShareDelegate(self.table))
        self._fit()

    def _fit(self) -> None:
        """Give the columns the room of their texts; where it is scarce the bars go before the sources' names."""
        scale = theme.text_scale()
        give_widths(self.newest_table, _NEWEST_WIDTHS)
        needed = (sum(_NEWEST_WIDTHS.values()) + _NAME) * scale
        self.newest_table.setColumnHidden(NewestColumn.TAKEN_OUT, self.width() * _SHARE_OF_NEWEST < needed)
        is_scarce = self.width() * _SHARE_OF_SOURCES < (sum(_SOURCE_WIDTHS.values()) + _NAME) * scale
        bars = {column: _BAR if is_scarce and column is not SourceColumn.FRIENDS else 0 for column in _SOURCE_WIDTHS}
        give_widths(self.table, {column: width - bars[column] for column, width in _SOURCE_WIDTHS.items()})

    def _lay_out(self) -> None:
        inside = QWidget()
        page = QVBoxLayout(inside)
        page.setContentsMargins(20, 14, 20, 16)
        page.setSpacing(12)
        for parts in (
            [(card, 1) for card in self.cards.values()],
            [(self._card((self._title, self._friends), self.table), 12), (self._newest_card(), 18)],
            [(self.refusal, 5), (self.due, 2)],
        ):
            row = QHBoxLayout()
            row.setSpacing(12)
            for part, stretch in parts:
                row.addWidget(part, stretch)
            page.addLayout(row)
        page.addStretch(1)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    def _newest_card(self) -> Card:
        return self._card((self._ledger, self._never, self._whole), self.newest_table)

    def _card(self, heads: tuple[QWidget, ...], table: QTableView) -> Card:
        card, head = Card(margins=(1, 1, 1, 1)), QHBoxLayout()
        head.setContentsMargins(14, 10, 14, 8)
        head.setSpacing(8)
        for at, part in enumerate(heads):
            if at and at == len(heads) - 1:
                head.addStretch(1)
            head.addWidget(part)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        card.body.addWidget(table)
        card.body.addStretch(1)
        return card

    def _connect(self) -> None:
        for question, card in self.cards.items():
            card.gap_asked.connect(lambda question=question: self._show_friends(Part(None, question)))
            card.answered_asked.connect(
                lambda question=question: self._show_friends(Part(None, question, is_answered=True))
            )
        ways = {
            Question.SOURCE: Place(Page.SOURCES),
            Question.INFORMED: Place(Page.MESSAGES, part="new"),
            Question.CAN_OPT_OUT: Place(Page.SETTINGS, part="notices"),
        }
        for question, place in ways.items():
            writing(self.cards[question].next, place.writes)
            self.cards[question].next_asked.connect(lambda place=place: self.asked_for.emit(place))
        self._whole.clicked.connect(lambda: self.asked_for.emit(Place(Page.CONSENT, part="ledger")))
        self.table.clicked.connect(self._open)
        self.table.activated.connect(self._open)
        self.newest_table.activated.connect(lambda index: self._open_friend(self.newest.row_at(index.row())))
        self.due.opened.connect(lambda one: self.asked_for.emit(Place(Page.CONSENT, one, "requests")))
        theme.signals().changed.connect(self._fit)

    def _open(self, index: QModelIndex) -> None:
        record = self.sources.row_at(index.row())
        if record is not None:
            self._show_friends(part_of(record, index.column()))

    def _open_friend(self, one: Happening | None) -> None:
        if one is not None and one.friends == 1:
            self.asked_for.emit(Place(Page.FRIENDS, one.row.friend_id))

    def _show_friends(self, part: Part) -> None:
        self.asked_for.emit(Place(Page.FRIENDS, part="covered", about=part))

    def _read(self) -> None:
        day = self._desk.day()

        def read(session: Session) -> _Read:
            kept = coverage.since(session, day.days_ago(REFUSAL_DAYS - 1))
            newest = ledger_list.newest(session, _NEWEST)
            return _Read(coverage.by_source(session), newest, kept, register.rows(session, day))

        self._desk.jobs.read(read, self._take, key="coverage")

    def _take(self, found: _Read) -> None:
        self._found = found
        self.sources.show_rows(found.sources)
        self.newest.show_rows(found.newest)
        self._show()

    def _show(self) -> None:
        its, found = together(self._found.sources), self._found
        self._friends.setText(ngettext("{n} friend", "{n} friends", its.friends).format(n=number(its.friends)))
        refused = ngettext("{n} refused marketing and gets none", "{n} refused marketing and get none", its.refused)
        for question, (title, answered, then) in questions(found.sources).items():
            gap = its.friends - answered
            words = ngettext("{n} not answered", "{n} not answered", gap).format(n=number(gap))
            if question is Question.ALL_THREE:
                words = refused.format(n=number(its.refused))
            self.cards[question].show_question(title, answered, its.friends, words, then)
        self.refusal.show_kept(found.kept)
        self.due.show_requests(found.requests, self._desk.day())
        for table, rows in ((self.table, len(found.sources)), (self.newest_table, len(found.newest))):
            shown = max(1, min(rows, _ROWS))
            table.setFixedHeight(table.horizontalHeader().sizeHint().height() + shown * _row_height(table) + 2)


def questions(found: list[Covered]) -> dict[Question, tuple[str, int, str]]:
    """Return each question with how many friends have the answer, and what can be done about the others."""
    its = together(found)
    return {
        Question.SOURCE: (_("Where did the data come from?"), with_source(found), _("Give a source")),
        Question.INFORMED: (_("Was the friend informed?"), its.informed, _("Ask with a message")),
        Question.CAN_OPT_OUT: (_("Can they opt out?"), its.can_opt_out, _("Texts to opt out")),
        Question.ALL_THREE: (_("All three answered"), its.complete, ""),
    }


def _row_height(table: QTableView) -> int:
    return table.verticalHeader().defaultSectionSize()
