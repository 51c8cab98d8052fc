"""The table model of a list that may be endless: one vector of ids in order, and rows that come by pages of 200.

It knows no database: whoever makes it gives a `fetch` that brings the rows of some ids, at once or later.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable
from enum import IntEnum
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from linecrm_desktop.friends.directory import WINDOW

Index = QModelIndex | QPersistentModelIndex
_PAGES = 40
"""How many pages are kept."""


class HasId(Protocol):
    """What a row needs to be found again."""

    @property
    def id(self) -> int: ...


Row = TypeVar("Row", bound=HasId)
Fetch = Callable[[list[int], Callable[[list[Row]], None]], None]


class PagedModel(QAbstractTableModel, Generic[Row]):
    """Knows which ids are listed and the rows that were looked at; a list says what stands in its cells."""

    columns: type[IntEnum]

    def __init__(self, fetch: Fetch[Row], parent: Any = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Row]] = OrderedDict()
        self._asked: set[int] = set()
        self._before: dict[int, Row] = {}
        """Rows of the list shown before, so that a reload never blanks out what is known."""
        self._edition = 0

    def show_ids(self, ids: "array[int]") -> None:
        """Show these ids in this order."""
        self.beginResetModel()
        self._before = {id: row for page in self._pages.values() for id, row in page.items()}
        self._pages.clear()
        self._asked.clear()
        self._edition += 1
        self._ids = ids
        self.endResetModel()

    def ids(self) -> "array[int]":
        """Return all ids in order."""
        return self._ids

    def id_at(self, position: int) -> int | None:
        """Return the id at a position of the list."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def position_of(self, id: int) -> int | None:
        """Return where an id stands in the list."""
        try:
            return self._ids.index(id)
        except ValueError:
            return None

    def row_at(self, position: int) -> Row | None:
        """Return the row at a position, or None while it is being fetched."""
        id = self._ids[position]
        page = self._pages.get(position // WINDOW)
        if page is None:
            self._ask(position // WINDOW)
            page = self._pages.get(position // WINDOW)
        if page is None:
            return self._before.get(id)
        self._pages.move_to_end(position // WINDOW)
        return page.get(id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def retell(self) -> None:
        """Draw every cell anew, in the language and colours in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._all_changed()

    def _ask(self, page: int) -> None:
        """Fetch a page once; an answer for a list that is no longer shown is dropped."""
        if page in self._asked:
            return
        self._asked.add(page)
        edition = self._edition
        wanted = list(self._ids[page * WINDOW : (page + 1) * WINDOW])
        self._fetch(wanted, lambda rows: self._take(page, edition, rows))

    def _take(self, page: int, edition: int, rows: list[Row]) -> None:
        if edition != self._edition:
            return
        self._pages[page] = {row.id: row for row in rows}
        if len(self._pages) > _PAGES:
            gone, _rows = self._pages.popitem(last=False)
            self._asked.discard(gone)
        last = min((page + 1) * WINDOW, len(self._ids)) - 1
        self.dataChanged.emit(self.index(page * WINDOW, 0), self.index(last, len(self.columns) - 1))

    def _all_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(self.columns) - 1))
