"""The Results screen: key numbers, a table of sends, and two cards for the chosen one."""

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.jobs import Changes, Word
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.text import _, long_date
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.results.detail import ChangeCard, WayCard
from linecrm_desktop.views.results.table import Column, ResultsTableModel
from linecrm_desktop.views.results.tiles import Tiles
from linecrm_desktop.views.widgets.basics import Card
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import Banner, EmptyState
from linecrm_desktop.views.widgets.record_model import SORT_ROLE
from linecrm_desktop.views.widgets.tables import dress

_WIDTHS = {
    Column.SENT: 70,
    Column.SEGMENT: 190,
    Column.ACCEPTED: 84,
    Column.LEFT_OUT: 76,
    Column.ORDERS: 70,
    Column.REVENUE: 100,
    Column.PER_MESSAGE: 100,
    Column.NOT_SENT: 84,
    Column.WORD: 250,
}
_SHOWN = frozenset({Word.CAMPAIGNS, Word.FRIENDS, Word.IMPORTS, Word.SETTINGS})
_TABLE_HEIGHT = 240


class ResultsView(QWidget):
    """What the sends came to."""

    page = Page.RESULTS
    asked_for = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._found: list[Outcome] = []
        self._wanted: int | None = None
        self._build_parts()
        self._build_table()
        self._lay_out()
        self._connect()
        self.retranslate()
        self._read()

    def show_place(self, place: Place) -> None:
        """Choose a send, or keep the one that is chosen."""
        if place.object_id is not None:
            self._wanted = place.object_id
        self._read()

    def reload(self, changed: Changes) -> None:
        if changed & _SHOWN:
            self._read()

    def retranslate(self) -> None:
        self.table.setAccessibleName(_("Sends"))
        self.model.retranslate()
        self.mark.show_text("info", _("Practice: nothing was sent. The numbers are a rehearsal."))
        self.empty.show_text(_("No results yet. They begin with the first message you send."), _("Write a message"), "")
        self._show()

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        """Return what the list is called as a file, and its rows."""
        return "results", self.table.model()

    def can_leave(self) -> bool:
        """Let a person go: nothing is written here."""
        return True

    def _build_parts(self) -> None:
        self.head = PageHead()
        self.mark = Banner()
        self.mark.setObjectName("practiceMark")
        self.tiles = Tiles(self._desk.shop.currency)
        self.change = ChangeCard(self._desk.day())
        self.way = WayCard(self._desk.shop.currency)
        self.empty = EmptyState("chart-bar")
        if not self._desk.shop.is_practice:
            self.mark.hide()

    def _build_table(self) -> None:
        self.model = ResultsTableModel(self._desk.day(), self._desk.shop.currency, self)
        self._sorted = QSortFilterProxyModel(self)
        self._sorted.setSourceModel(self.model)
        self._sorted.setSortRole(SORT_ROLE)
        self.table = QTableView()
        self.table.setObjectName("results")
        self.table.setModel(self._sorted)
        self.table.setMinimumHeight(_TABLE_HEIGHT)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        dress(self.table, stretch=Column.MESSAGE, widths=_WIDTHS)

    def _lay_out(self) -> None:
        inside, cards = QVBoxLayout(), QHBoxLayout()
        inside.setContentsMargins(20, 14, 20, 16)
        inside.setSpacing(12)
        frame = Card(margins=(1, 1, 1, 1))
        frame.body.addWidget(self.table)
        cards.setSpacing(12)
        cards.addWidget(self.change, 16)
        cards.addWidget(self.way, 10)
        for part in (self.mark, self.tiles, frame):
            inside.addWidget(part)
        inside.addLayout(cards)
        inside.addStretch()
        whole = QWidget()
        whole.setLayout(inside)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(whole)
        self.pages = QStackedWidget()
        self.pages.addWidget(self.empty)
        self.pages.addWidget(area)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        for part in (self.head, self.pages):
            page.addWidget(part)

    def _connect(self) -> None:
        self.empty.action.clicked.connect(lambda: self.asked_for.emit(Place(Page.MESSAGES, part="new")))
        self.table.selectionModel().currentRowChanged.connect(self._choose)

    def _read(self) -> None:
        day = self._desk.day()
        self._desk.jobs.read(lambda session: all_campaigns(session, day), self._take, key="results")

    def _take(self, found: list[Outcome]) -> None:
        self._found = found
        self._show()

    def _show(self) -> None:
        counted = _("counted on {date}").format(date=long_date(self._desk.day().today)) if self._found else ""
        self.head.show_title(_("Results"), counted)
        self.tiles.show_outcomes(self._found)
        self.pages.setCurrentIndex(1 if self._found else 0)
        self.model.show_rows(self._found)
        self._select()

    def _select(self) -> None:
        """Choose the wanted send, else the first one."""
        row = max(0, self.model.row_of(self._wanted)) if self._wanted is not None else 0
        index = self._sorted.mapFromSource(self.model.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self._choose()

    def _choose(self) -> None:
        found = self.model.row_at(self._sorted.mapToSource(self.table.currentIndex()).row())
        if found is not None:
            self._wanted = found.id
            self.change.show_outcome(found)
            self.way.show_outcome(found)
