"""The list of segments: the three core ones as cards, the shop's own in a table."""

from PySide6.QtCore import QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.segments.core import CORE
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.segments.core_card import CoreCard
from linecrm_desktop.views.segments.reading import Listed
from linecrm_desktop.views.segments.table_model import Column, SegmentTableModel
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.page_head import PageHead
from linecrm_desktop.views.widgets.parts import SearchField
from linecrm_desktop.views.widgets.record_model import SORT_ROLE
from linecrm_desktop.views.widgets.tables import dress

_ROW = 34


class SegmentListPage(QWidget):
    """Shows what is saved; asks to open, make, delete, or write to one."""

    opened = Signal(int)
    new_asked = Signal()
    core_asked = Signal()
    message_asked = Signal(int)
    delete_asked = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self._listed: list[Listed] = []
        self._build_head()
        self._build_cards()
        self._build_table()
        self._build_page()
        self._connect()
        self.retranslate()

    def show_segments(self, listed: list[Listed]) -> None:
        """Show the saved segments with their numbers."""
        self._listed = listed
        by_core = {one.row.core: one for one in listed}
        for card, core in zip(self.cards, CORE, strict=True):
            card.show_segment(by_core.get(core.key))
        own = [one for one in listed if one.row.core is None]
        self.model.show_rows(own)
        self.empty.setVisible(not own)
        self.table.setVisible(bool(own))
        self.table.setMinimumHeight(_ROW * (min(len(own), 12) + 1) + 4)
        self._show_words()

    def retranslate(self) -> None:
        self.new_button.setText(_("New segment"))
        self.search.show_placeholder(_("Find a segment"))
        self.own_title.setText(_("My segments"))
        self.empty.setText(_("No segments of your own yet. Start with one condition, then add one at a time."))
        for card in self.cards:
            card.retranslate()
        self.model.retranslate()
        self._show_words()

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Put the cursor into the search."""
        self.search.setFocus()

    def _build_head(self) -> None:
        self.head = PageHead()
        self.new_button = self.head.add_button("", "plus", "primary", "newSegment")

    def _build_cards(self) -> None:
        self.cards = [CoreCard(place, core) for place, core in enumerate(CORE, 1)]
        self._cards_row = QHBoxLayout()
        self._cards_row.setSpacing(12)
        for card in self.cards:
            self._cards_row.addWidget(card, 1)

    def _build_table(self) -> None:
        self.model = SegmentTableModel(self)
        self.sorted = QSortFilterProxyModel(self)
        self.sorted.setSourceModel(self.model)
        self.sorted.setSortRole(SORT_ROLE)
        self.sorted.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.table = QTableView()
        self.table.setObjectName("segmentTable")
        self.table.setModel(self.sorted)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        widths = {Column.NAME: 280, Column.MATCH: 90, Column.REACH: 90, Column.HEALTH: 180}
        dress(self.table, stretch=Column.DECIDES, widths=widths, row_height=_ROW)

    def _build_page(self) -> None:
        self.search = SearchField(name="segmentFind")
        self.search.setFixedWidth(220)
        self.own_title, self.empty = label("", "section"), label("", "second", wrap=True)
        self.empty.setObjectName("noSegments")
        own = Card(margins=(0, 10, 0, 0))
        head = QHBoxLayout()
        head.setContentsMargins(14, 0, 14, 0)
        head.addWidget(self.own_title, 1)
        head.addWidget(self.search)
        own.body.addLayout(head)
        self.empty.setContentsMargins(14, 4, 14, 14)
        own.body.addWidget(self.empty)
        own.body.addWidget(self.table)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(12)
        column.addLayout(self._cards_row)
        column.addWidget(own)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.head)
        page.addWidget(scroll, 1)

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_asked)
        self.search.textChanged.connect(self.sorted.setFilterFixedString)
        self.table.activated.connect(lambda index: self.opened.emit(self._at(index).row.id))
        self.table.doubleClicked.connect(lambda index: self.opened.emit(self._at(index).row.id))
        for card in self.cards:
            card.opened.connect(self.opened)
            card.message_asked.connect(self.message_asked)
            card.made.connect(self.core_asked)

    def current(self) -> Listed | None:
        """Return the segment that the cursor is on."""
        index = self.table.currentIndex()
        return self._at(index) if index.isValid() else None

    def _at(self, index: QModelIndex) -> Listed:
        return self.model.records[self.sorted.mapToSource(index).row()]

    def _show_words(self) -> None:
        count = len(self._listed)
        note = ngettext("{n} segment", "{n} segments", count).format(n=number(count))
        self.head.show_title(_("Segments"), note if count else "")
