"""The first tab: filters, key numbers, a table of sends with its sum, and the cards of the chosen one."""

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.totals import total
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.results.detail import ChangeCard, FunnelCard, WayCard, line_source
from linecrm_desktop.views.results.filters import Filters
from linecrm_desktop.views.results.table import HEADS, Column, ResultsTableModel
from linecrm_desktop.views.results.tiles import Tiles
from linecrm_desktop.views.results.total_row import TotalRow
from linecrm_desktop.views.results.variants_card import VariantsCard
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import chips_width
from linecrm_desktop.views.widgets.interval_delegate import IntervalDelegate
from linecrm_desktop.views.widgets.record_model import sorted_rows
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.tables import dress

_WIDTHS = {
    Column.SENT: 66,
    Column.SEGMENT: 164,
    Column.ACCEPTED: 76,
    Column.OPENED: 72,
    Column.CLICKED: 72,
    Column.ORDERS: 62,
    Column.REVENUE: 94,
    Column.PER_MESSAGE: 98,
    Column.BLOCKS: 60,
    Column.LIFT: 112,
    Column.WORD: 138,
}
_OPTIONAL = (Column.SEGMENT, Column.BLOCKS, Column.CLICKED)
"""Columns that a narrow window leaves out, in this order."""
_EDGES, _NAME = 60, 120
"""Pixels beside the table, and those that a message's name has at least."""
_CELL = 20
"""Pixels around the chips of a cell."""
_ROWS = 5
_MOST_ROWS = 12


class MessagesPage(QWidget):
    """What the sends came to."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[Outcome] = []
        self._wanted: int | None = None
        self._widths: dict[Column, int] = {}
        self._build_parts()
        self._build_table()
        self._lay_out()
        self._connect()

    def show_sends(self, found: list[Outcome]) -> None:
        """Show these sends as far as the filters let them through."""
        self._found = found
        self.filters.show_sends(found, self._desk.day())
        self._show()

    def shown(self) -> list[Outcome]:
        """Return the sends in the table, in its order."""
        rows = range(self._sorted.rowCount())
        at = [self._sorted.mapToSource(self._sorted.index(row, 0)).row() for row in rows]
        return [self.model.records[row] for row in at]

    def want(self, campaign_id: int) -> None:
        """Choose a send, now or as soon as it is known; filters do not hide it."""
        self._wanted = campaign_id
        self.filters.show_all()
        self._show()

    def chosen(self) -> Outcome | None:
        """Return the send whose cards are shown."""
        return self.model.row_at(self._sorted.mapToSource(self.table.currentIndex()).row())

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        return "results", self._sorted

    def retranslate(self) -> None:
        self.table.setAccessibleName(_("Sends"))
        self.filters.retranslate()
        self.model.retranslate()
        self.sum.retranslate()
        self._fit_columns()
        self.nothing.setText(_("No send fits these choices."))
        self.everything.setText(_("Show all sends"))
        self.show_sends(self._found)

    def _build_parts(self) -> None:
        self.filters = Filters()
        self.tiles = Tiles(self._desk.shop.currency)
        self.change, self.funnel = ChangeCard(self._desk.day()), FunnelCard()
        self.variants, self.way = VariantsCard(), WayCard(self._desk.shop.currency)
        self.nothing, self.everything = label("", "second"), button("", "link", name="showAllSends")

    def _build_table(self) -> None:
        self.model = ResultsTableModel(
            self._desk.day(), self._desk.shop.currency, self, is_practice=self._desk.shop.is_practice
        )
        self._sorted = sorted_rows(self.model, self)
        self.table = QTableView()
        self.table.setObjectName("results")
        self.table.setModel(self._sorted)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        dress(self.table, stretch=Column.MESSAGE)
        self.table.setItemDelegate(IntervalDelegate(self.table))
        self.sum = TotalRow(self.table, self._desk.shop.currency)
        self._fit_columns()

    def _lay_out(self) -> None:
        inside, cards, lower, none = QVBoxLayout(), QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        inside.setContentsMargins(20, 14, 20, 16)
        inside.setSpacing(12)
        frame = Card(margins=(1, 1, 1, 1))
        frame.body.setSpacing(0)
        frame.body.addWidget(self.table)
        frame.body.addWidget(self.sum)
        self._cards = QWidget()
        both = QVBoxLayout(self._cards)
        both.setContentsMargins(0, 0, 0, 0)
        for row, parts in ((cards, (self.change, self.funnel)), (lower, (self.way, self.variants))):
            row.setSpacing(12)
            for part, share in zip(parts, (16, 10), strict=True):
                row.addWidget(part, share)
            both.addLayout(row)
        none.addWidget(self.nothing)
        none.addWidget(self.everything)
        none.addStretch()
        for part in (self.filters, self.tiles, frame):
            inside.addWidget(part)
        inside.addLayout(none)
        inside.addWidget(self._cards)
        inside.addStretch()
        whole, area, page = QWidget(), ScrollArea(), QVBoxLayout(self)
        whole.setLayout(inside)
        area.setWidgetResizable(True)
        area.setWidget(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)

    def _connect(self) -> None:
        self.filters.changed.connect(self._show)
        self.everything.clicked.connect(self.filters.show_all)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        theme.signals().changed.connect(self._fit_columns)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hide_columns()

    def _fit_columns(self) -> None:
        letters = QFontMetrics(theme.font(12, strong=True))
        for column, width in _WIDTHS.items():
            name = letters.horizontalAdvance(_(HEADS[column])) + 18
            self._widths[column] = max(round(width * theme.text_scale()), name)
            if column is Column.WORD:  # it may tell a day, which is not to be cut off
                self._widths[column] = max(self._widths[column], self._widest_word())
            self.table.setColumnWidth(column, self._widths[column])
        self._hide_columns()

    def _widest_word(self) -> int:
        chips = (self.model.index(row, Column.WORD).data(CHIPS_ROLE) for row in range(self.model.rowCount()))
        return max((chips_width(each) for each in chips), default=0) + _CELL

    def _hide_columns(self) -> None:
        """Leave out what can be done without where the window is narrow; a list that is saved has all of it."""
        room = self.width() - _EDGES - round(_NAME * theme.text_scale())
        needed = sum(self._widths.values())
        for column in _OPTIONAL:
            hidden = needed > room
            self.table.setColumnHidden(column, hidden)
            self.sum.setColumnHidden(column, hidden)
            needed -= self._widths[column] if hidden else 0

    def _show(self) -> None:
        shown, day = self.filters.chosen(self._found, self._desk.day()), self._desk.day()
        sums = total([one for one in shown if one.is_practice == self._desk.shop.is_practice])
        self.tiles.show_total(sums)
        self.sum.show_total(sums)
        self.filters.source.setText(line_source(sums.line, day))
        self.model.show_rows(shown)
        self._fit_columns()
        header = self.table.horizontalHeader().sizeHint().height()
        rows = min(_MOST_ROWS, max(_ROWS, len(shown)))
        self.table.setFixedHeight(header + rows * self.table.verticalHeader().defaultSectionSize() + 2)
        for part in (self.nothing, self.everything):
            part.setVisible(not shown)
        self._cards.setVisible(bool(shown))
        self._select()

    def _select(self) -> None:
        """Choose the wanted send, else the first one."""
        row = max(0, self.model.row_of(self._wanted)) if self._wanted is not None else 0
        index = self._sorted.mapFromSource(self.model.index(row, 0))
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(index, flags)
        self._choose()

    def _choose(self) -> None:
        found = self.chosen()
        if found is not None:
            self._wanted = found.id
            self.change.show_outcome(found)
            self.funnel.show_outcome(found, self._desk.day())
            self.variants.show_outcome(found)
            self.way.show_outcome(found)
