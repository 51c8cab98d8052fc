"""The table of segments: sorted and searched, several rows can be chosen, and the choice outlives new numbers."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSortFilterProxyModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from linecrm_desktop.days import ShopDay
from linecrm_desktop.views.segments.listing import Listed
from linecrm_desktop.views.segments.table_model import Column, SegmentTableModel
from linecrm_desktop.views.widgets.record_model import SORT_ROLE
from linecrm_desktop.views.widgets.spark_delegate import SparkDelegate
from linecrm_desktop.views.widgets.tables import dress

_ROW = 34
_MOST = 12
"""So many rows are shown at once; the rest is scrolled."""
_WIDTHS = {
    Column.NAME: 220,
    Column.MADE_FROM: 122,
    Column.MATCH: 72,
    Column.REACH: 72,
    Column.TREND: 118,
    Column.SENT: 80,
    Column.USED: 70,
    Column.HEALTH: 172,
}


class SegmentTable(QTableView):
    """Shows Listed records; a name is written in place with F2."""

    renamed = Signal(object, str)

    def __init__(self, day: Callable[[], ShopDay]) -> None:
        super().__init__()
        self.setObjectName("segmentTable")
        self.records = SegmentTableModel(day, self)
        self.records.renamed.connect(self.renamed)
        self.shown = QSortFilterProxyModel(self)
        self.shown.setSourceModel(self.records)
        self.shown.setSortRole(SORT_ROLE)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.shown)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        dress(self, stretch=Column.DECIDES, widths=_WIDTHS, row_height=_ROW)
        self.setItemDelegateForColumn(Column.TREND, SparkDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # The key belongs to the action "Rename"; a double click opens.
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def show_segments(self, listed: list[Listed]) -> None:
        """Show these; rows that were chosen stay chosen, and a name that is being written is not taken away."""
        chosen, current = {one.row.id for one in self.chosen()}, self.current()
        self.records.show_rows(listed)
        self.setMinimumHeight(_ROW * (min(len(listed), _MOST) + 1) + 4)
        keep = QItemSelectionModel.SelectionFlag
        for row in range(self.shown.rowCount()):
            index = self.shown.index(row, Column.NAME)
            one = self.at(index)
            if one is not None and one.row.id in chosen:
                self.selectionModel().select(index, keep.Select | keep.Rows)
            if one is not None and current is not None and one.row.id == current.row.id:
                self.selectionModel().setCurrentIndex(index, keep.NoUpdate)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the row with the cursor when nothing is chosen, so that the keys of the actions mean something."""
        super().focusInEvent(event)
        if not self.selectionModel().hasSelection() and self.currentIndex().isValid():
            self.selectRow(self.currentIndex().row())

    def write_name(self) -> None:
        """Let the name of the row with the cursor be written in place."""
        index = self.currentIndex()
        if index.isValid():
            name = index.siblingAtColumn(Column.NAME)
            self.setCurrentIndex(name)
            self.edit(name)

    def chosen(self) -> list[Listed]:
        """Return the segments of the chosen rows, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [one for row in rows if (one := self.at(self.shown.index(row, 0))) is not None]

    def current(self) -> Listed | None:
        """Return the segment that the cursor is on."""
        return self.at(self.currentIndex())

    def at(self, index: QModelIndex) -> Listed | None:
        """Return the segment of a row that is shown."""
        return self.records.row_at(self.shown.mapToSource(index).row()) if index.isValid() else None
