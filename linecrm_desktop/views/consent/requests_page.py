"""The tab of requests: the list with its deadlines, the chosen request, and what a copy of it would hold."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QTableView, QTableWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.models.data_request import Wants
from linecrm_desktop.requests import collecting, deadlines, register, words
from linecrm_desktop.requests.collecting import Section
from linecrm_desktop.requests.copying import Saved
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.settings import people
from linecrm_desktop.text import _, number
from linecrm_desktop.views import people_list, printed_list, saved_list, theme
from linecrm_desktop.views.consent.new_request import NewRequestDialog
from linecrm_desktop.views.consent.password_dialog import PasswordDialog
from linecrm_desktop.views.consent.request_acts import RequestActs
from linecrm_desktop.views.consent.request_card import RequestCard
from linecrm_desktop.views.consent.requests_table import Column, RequestsModel
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.edit_dialog import EditFriendDialog
from linecrm_desktop.views.erase_dialog import EraseDialog
from linecrm_desktop.views.staff import keep_who, who
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.parts import Banner, EmptyState, SearchField, Segmented
from linecrm_desktop.views.widgets.record_model import sorted_rows
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.tables import dress, show_texts, text_table

_SHOWN = frozenset({Word.CONSENT, Word.FRIENDS, Word.IMPORTS, Word.SETTINGS})
_WIDTHS = {Column.NUMBER: 68, Column.WANTS: 136, Column.ASKED: 64, Column.ANSWER_BY: 84, Column.STATE: 134}
_NAME, _EDGES = 84, 6
"""Pixels that a friend's name has at least, and those beside the table."""
_OPEN, _CLOSED, _ALL = range(3)
_ROW = 34


@dataclass(frozen=True, slots=True)
class _Read:
    rows: list[RequestRow]
    days: deadlines.Days
    people: tuple[str, ...]


class RequestsPage(QWidget):
    """What friends ask about their data."""

    asked_for = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("requestsPage")
        self._desk, self._acts = desk, RequestActs(desk)
        self._rows: list[RequestRow] = []
        self._wanted: int | None = None
        self.new = button("", "primary", "plus", "newRequest")
        self._build_list()
        self._build_side()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def show_place(self, place: Place) -> None:
        """Choose the request that a place names."""
        if place.object_id is not None:
            self.want(place.object_id)

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here that is not kept."""
        return True

    def want(self, request: int) -> None:
        """Choose a request, now or as soon as it is known; filters do not hide it."""
        self._wanted = request
        self.which.choose(_ALL)
        self.search.clear()
        self._show()

    def reload(self, changed: Changes) -> None:
        """Read again what others changed."""
        if changed & _SHOWN:
            self._read()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called on paper, and its rows."""
        return "requests", self._sorted

    def save_list(self) -> None:
        """Ask what for and where, then write the requests that are shown."""
        header, rows = saved_list.texts(self._sorted)
        people_list.save_rows(self._desk, "requests", access.REQUESTS, header, lambda _session: rows)

    def save_pdf(self) -> None:
        """Ask what for and where, then write the requests that are shown as PDF."""
        header, rows = saved_list.texts(self._sorted)
        report = printed_list.report(self._desk, _("Requests"), "requests", header, rows)
        paper = people_list.Paper(report, tuple(header), len(rows))
        people_list.save_pdf(self._desk, "requests", access.REQUESTS, lambda _session: paper)

    def retranslate(self) -> None:
        self.new.setText(_("New request"))
        self.search.show_placeholder(_("Find a request"))
        self.table.setAccessibleName(_("Requests"))
        self.parts.setAccessibleName(_("What is in the copy"))
        self.empty.show_text(_("No friend has asked about their data yet."))
        self.forever.show_text(
            "warn", _("Erasing cannot be undone. You will type the member number, and see what it cannot reach.")
        )
        self.model.retranslate()
        self._fit_columns()
        self._show()

    def chosen(self) -> RequestRow | None:
        """Return the request whose card is shown."""
        return self.model.row_at(self._sorted.mapToSource(self.table.currentIndex()).row())

    def _build_list(self) -> None:
        self.which = Segmented(["", "", ""])
        self.which.choose(_ALL)
        self.search = SearchField(name="requestSearch")
        self.model = RequestsModel(self._desk.day, self)
        self._sorted = sorted_rows(self.model, self)
        self.table = QTableView()
        self.table.setObjectName("requests")
        self.table.setModel(self._sorted)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        dress(self.table, stretch=Column.FRIEND)
        self.law = label("", "caption", wrap=True)
        self.law.setObjectName("requestLaw")
        self.empty = EmptyState("user-list")

    def _build_side(self) -> None:
        self.card = RequestCard()
        self.card.by.setText(who())
        self.parts: QTableWidget = text_table("requestParts")
        self.parts.horizontalHeader().setStretchLastSection(False)
        self.forever = Banner("warn")

    def _lay_out(self) -> None:
        left, head, side = Card(margins=(1, 1, 1, 1)), QHBoxLayout(), QWidget()
        head.setContentsMargins(14, 10, 14, 10)
        head.setSpacing(8)
        head.addWidget(self.which)
        head.addStretch(1)
        head.addWidget(self.search)
        head.addWidget(self.new)
        left.body.setSpacing(0)
        left.body.addLayout(head)
        left.body.addWidget(self.table, 1)
        left.body.addWidget(self.empty, 1)
        self.law.setContentsMargins(14, 10, 14, 10)
        left.body.addWidget(self.law)
        self._frame = Card(margins=(1, 1, 1, 1))
        self._frame.body.addWidget(self.parts)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.card, self._frame, self.forever):
            column.addWidget(part)
        column.addStretch(1)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(side)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 14, 20, 16)
        row.setSpacing(12)
        row.addWidget(left, 6)
        row.addWidget(area, 5)

    def _fit_columns(self) -> None:
        """Give each column the room for its texts; where there is too little, the day it was asked goes first."""
        widths = {column: round(width * theme.text_scale()) for column, width in _WIDTHS.items()}
        for column, width in widths.items():
            self.table.setColumnWidth(column, width)
        room = self.table.viewport().width() - _EDGES
        self.table.setColumnHidden(Column.ASKED, sum(widths.values()) + _NAME > room)

    def _connect(self) -> None:
        self.new.clicked.connect(self._ask_new)
        self.which.chosen.connect(lambda _place: self._show())
        self.search.textChanged.connect(lambda _text: self._show())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_chosen())
        self.card.by.editingFinished.connect(lambda: keep_who(self.card.by.text()))
        self.card.step_asked.connect(lambda _step: self._with_chosen(self._acts.do_next))
        self.card.ending_asked.connect(lambda: self._with_chosen(self._acts.end))
        self.card.copy_asked.connect(
            lambda: self._with_chosen(lambda row, by: self._acts.save_copy(row, by, self._tell_password))
        )
        self.card.erase_asked.connect(lambda: self._with_chosen(self._ask_erase))
        self.card.edit_asked.connect(lambda: self._with_chosen(self._ask_edit))
        self.card.friend_asked.connect(
            lambda: self._with_chosen(lambda row, _by: self.asked_for.emit(Place(Page.FRIENDS, row.friend_id)))
        )

    def _read(self) -> None:
        day = self._desk.day()

        def read(session: Session) -> _Read:
            return _Read(register.rows(session, day), deadlines.days(session), people.names(session))

        self._desk.jobs.read(read, self._show_read, key="requests.list")

    def _show_read(self, found: _Read) -> None:
        self._rows = found.rows
        self.law.setText(words.law(found.days))
        self.card.offer_people(found.people)
        self._show()

    def _show(self) -> None:
        """Show the rows that fit, and keep the chosen one, else choose the first."""
        keep = self._wanted if self._wanted is not None else getattr(self.chosen(), "id", None)
        waiting = sum(row.is_open for row in self._rows)
        counts = {"open": number(waiting), "closed": number(len(self._rows) - waiting), "all": number(len(self._rows))}
        names = (_("Open {open}"), _("Closed {closed}"), _("All {all}"))
        self.which.show_options([name.format(**counts) for name in names])
        self.model.show_rows([row for row in self._rows if self._fits(row)])
        for part, is_shown in ((self.empty, not self._rows), (self.table, bool(self._rows))):
            part.setVisible(is_shown)
        places = [at for at in range(self._sorted.rowCount()) if self._record(at).id == keep]
        if places and self._wanted == keep:
            self._wanted = None
        if self._sorted.rowCount():
            self.table.selectRow(places[0] if places else 0)
        self._show_chosen()

    def _record(self, at: int) -> RequestRow:
        return self.model.records[self._sorted.mapToSource(self._sorted.index(at, 0)).row()]

    def _fits(self, row: RequestRow) -> bool:
        wanted = self.search.text().strip().casefold()
        said = " ".join((row.name, words.friend(row), words.wants(row), row.about)).casefold()
        return wanted in said and self.which.current() in (_ALL, _OPEN if row.is_open else _CLOSED)

    def _show_chosen(self) -> None:
        row = self.chosen()
        self.card.setVisible(row is not None)
        self._frame.setVisible(False)
        self.forever.setVisible(row is not None and row.is_open and row.wants is Wants.ERASE)
        if row is None:
            return
        self.card.show_request(row, self._desk.day())
        friend, day = row.friend_id, self._desk.day()
        if friend is not None and row.is_open:
            self._desk.jobs.read(
                lambda session: collecting.collect(session, friend, day), self._show_parts, key="requests.parts"
            )

    def _show_parts(self, parts: tuple[Section, ...]) -> None:
        names = (_("What is in the copy"), _("Count"), _("File"))
        rows = [(part.title, number(part.count), _("CSV and PDF")) for part in parts]
        show_texts(self.parts, names, rows, numbers=1, after=1)
        self.parts.resizeColumnsToContents()
        self.parts.horizontalHeader().setSectionResizeMode(0, self.parts.horizontalHeader().ResizeMode.Stretch)
        self.parts.setFixedHeight(_ROW * len(rows) + self.parts.horizontalHeader().sizeHint().height() + 4)
        row = self.chosen()
        self._frame.setVisible(row is not None and row.is_open and row.friend_id is not None)

    def _with_chosen(self, act: Callable[[RequestRow, str], None]) -> None:
        row = self.chosen()
        if row is not None:
            act(row, self.card.by.text().strip())

    def _ask_new(self) -> None:
        dialog = NewRequestDialog(self._desk, self)
        dialog.written.connect(
            lambda friend, wants, asked, about: self._acts.write_down(friend, wants, asked, about, self.want)
        )
        dialog.open()

    def _ask_edit(self, row: RequestRow, _by: str) -> None:
        if row.friend_id is not None:
            EditFriendDialog(self._desk, row.friend_id, self).open()

    def _ask_erase(self, row: RequestRow, _by: str) -> None:
        if row.friend_id is not None:
            EraseDialog(self._desk, row.friend_id, self).open()

    def _tell_password(self, saved: Saved) -> None:
        PasswordDialog(saved, self).open()
