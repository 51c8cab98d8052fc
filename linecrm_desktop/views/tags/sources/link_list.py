"""The list of links: sorted by any column, several can be chosen."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.tags.sources.table import Column, LinkTableModel
from linecrm_desktop.views.widgets.record_model import sorted_rows
from linecrm_desktop.views.widgets.tables import dress

_WIDTHS = {Column.FRIENDS: 84, Column.CODE: 76, Column.KIND: 196, Column.TAG: 170, Column.LAST: 130}
"""How wide columns are at 100 % text; where there is no room, the last ones go first."""
_PLACE_LEAST = 150


class LinkList(QWidget):
    """Shows rows; says which are chosen."""

    chosen_changed = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, day: ShopDay) -> None:
        super().__init__()
        self.model = LinkTableModel(day, self)
        self._sorted = sorted_rows(self.model, self)
        self.table = QTableView()
        self.table.setObjectName("links")
        self.table.setModel(self._sorted)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)
        dress(self.table, stretch=Column.PLACE)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table)
        theme.signals().changed.connect(self._fit_columns)
        self.table.selectionModel().selectionChanged.connect(lambda *_changed: self.chosen_changed.emit())
        self.table.customContextMenuRequested.connect(
            lambda where: self.menu_asked.emit(self.table.viewport().mapToGlobal(where))
        )

    def show_rows(self, rows: Sequence[LinkRow]) -> None:
        """Show these links; those that were chosen stay so, else the newest one in use is."""
        before = {row.id for row in self.chosen()}
        known = {row.id for row in self.model.records}
        fresh = {row.id for row in rows} - known if known else set[int]()
        self.model.show_rows(rows)
        self._choose(fresh or before)

    def chosen(self) -> list[LinkRow]:
        """Return the links that are chosen, in the order of the list."""
        places = sorted(self.table.selectionModel().selectedRows(), key=lambda index: index.row())
        found = (self.model.row_at(self._sorted.mapToSource(place).row()) for place in places)
        return [row for row in found if row is not None]

    def retranslate(self) -> None:
        self.table.setAccessibleName(_("Entry links"))
        self.model.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        """Give the columns the width that their text needs at its size, and hide those for which there is no room."""
        scale = theme.text_scale()
        room = self.width() - round(_PLACE_LEAST * scale)
        for column, width in _WIDTHS.items():
            needed = round(width * scale)
            room -= needed
            self.table.setColumnWidth(column, needed)
            self.table.setColumnHidden(column, room < 0)

    def _choose(self, ids: set[int]) -> None:
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        places = [place for place, row in enumerate(self.model.records) if row.id in ids] or [0]
        selection = self.table.selectionModel()
        selection.clearSelection()
        for place in places[: len(self.model.records)]:
            index = self._sorted.mapFromSource(self.model.index(place, 0))
            selection.select(index, flags)
        first = self._sorted.mapFromSource(self.model.index(places[0], 0))
        selection.setCurrentIndex(first, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.table.scrollTo(first)
