"""The table of segments: sorted and searched, several rows can be chosen, and the choice outlives new numbers."""

from collections.abc import Callable

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from linecrm_desktop.days import ShopDay
from linecrm_desktop.views import theme
from linecrm_desktop.views.segments.listing import Listed
from linecrm_desktop.views.segments.table_model import Column, SegmentTableModel
from linecrm_desktop.views.widgets.record_model import sorted_rows
from linecrm_desktop.views.widgets.spark_delegate import SparkDelegate
from linecrm_desktop.views.widgets.tables import dress

_ROW = 34
_MOST = 12
"""So many rows are shown at once; the rest is scrolled."""
_NAME_MOST = 300
"""A longer name is cut, with the whole one in its tooltip; at 100 % text size."""
_DECIDES_LEAST = 150
"""Room for the decision, which has what the others leave; at 100 % text size."""
_BESIDE_HEAD = 16 + 20
"""What a head has beside its text: the padding of the style sheet, and the arrow of the sorting."""
_OPTIONAL = (Column.USED, Column.MADE_FROM, Column.TREND, Column.SENT)
"""Columns that go when there is not enough room, the first one first."""


class SegmentTable(QTableView):
    """Shows Listed records; a name is written in place with F2."""

    renamed = Signal(object, str)

    def __init__(self, day: Callable[[], ShopDay]) -> None:
        super().__init__()
        self.setObjectName("segmentTable")
        self.records = SegmentTableModel(day, self)
        self.records.renamed.connect(self.renamed)
        self.shown = sorted_rows(self.records, self)
        self.shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.shown)
        self.setSortingEnabled(True)
        self.sortByColumn(Column.NAME, Qt.SortOrder.AscendingOrder)
        dress(self, stretch=Column.DECIDES, row_height=_ROW)
        self.setItemDelegateForColumn(Column.TREND, SparkDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        # The key belongs to the action "Rename"; a double click opens.
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._by_hand: set[int] = set()
        self._is_fitting = False
        self.horizontalHeader().sectionResized.connect(self._note_width)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self.fit_columns)
        theme.signals().changed.connect(self._fit.start)
        self.records.headerDataChanged.connect(self._fit.start)

    def show_segments(self, listed: list[Listed]) -> None:
        """Show these; rows that were chosen stay chosen, and a name that is being written is not taken away."""
        chosen, current = {one.row.id for one in self.chosen()}, self.current()
        self.records.show_rows(listed)
        rows = min(len(listed), _MOST)
        self.setMinimumHeight(_ROW * rows + self.horizontalHeader().sizeHint().height() + 4)
        self.fit_columns()
        keep = QItemSelectionModel.SelectionFlag
        for row in range(self.shown.rowCount()):
            index = self.shown.index(row, Column.NAME)
            one = self.at(index)
            if one is not None and one.row.id in chosen:
                self.selectionModel().select(index, keep.Select | keep.Rows)
            if one is not None and current is not None and one.row.id == current.row.id:
                self.selectionModel().setCurrentIndex(index, keep.NoUpdate)

    def fit_columns(self) -> None:
        """Make each column as wide as its head and texts want; hide optional ones that leave no room."""
        self._is_fitting = True
        widths = {column: self._width_for(column) for column in Column if column is not Column.DECIDES}
        room = self.viewport().width() - round(_DECIDES_LEAST * theme.text_scale())
        for column in _OPTIONAL:
            hides = sum(widths.values()) > room
            self.setColumnHidden(column, hides)
            if hides:
                del widths[column]
        for column, width in widths.items():
            self.setColumnWidth(column, width)
        self._is_fitting = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def _width_for(self, column: Column) -> int:
        """Return the width that a person gave a column, or the one that its head and its texts ask for."""
        if column in self._by_hand:
            return self.columnWidth(column)
        rows = range(min(self.shown.rowCount(), _MOST))
        texts = max((self.sizeHintForIndex(self.shown.index(row, column)).width() for row in rows), default=0)
        if column is Column.NAME:
            texts = min(texts, round(_NAME_MOST * theme.text_scale()))
        head = str(self.shown.headerData(column, Qt.Orientation.Horizontal))
        return max(texts, QFontMetrics(theme.font(12, strong=True)).horizontalAdvance(head) + _BESIDE_HEAD)

    def _note_width(self, column: int, _before: int, now: int) -> None:
        if not self._is_fitting and now and column != Column.DECIDES:
            self._by_hand.add(column)

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
