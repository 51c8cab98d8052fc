"""The friends' table: one vector of ids in order, and rows that come by pages of 200 when they are looked at.

It knows no database: whoever makes it gives a `fetch` that brings the rows of some ids, at once or later.
"""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.directory import WINDOW, FriendRow
from linecrm_desktop.text import _
from linecrm_desktop.views.friends import cells
from linecrm_desktop.views.friends.columns import Column

Index = QModelIndex | QPersistentModelIndex
Fetch = Callable[[list[int], Callable[[list[FriendRow]], None]], None]
ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole FriendRow behind a cell."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The real value of a cell."""
_PAGES = 40
"""How many pages are kept."""


_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = (Column.SPENT, Column.ORDERS)


class FriendTableModel(QAbstractTableModel):
    """Friends in order, with those that are checked for something to be done with them."""

    checked_changed = Signal()

    def __init__(self, fetch: Fetch, day: Callable[[], ShopDay], currency: str, parent: Any = None) -> None:
        super().__init__(parent)
        self._fetch = fetch
        self._day = day
        self._currency = currency
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, FriendRow]] = OrderedDict()
        self._asked: set[int] = set()
        self._before: dict[int, FriendRow] = {}
        """Rows of the list shown before, so that a reload never blanks out what is known."""
        self._edition = 0
        self._checked: set[int] = set()

    def show_ids(self, ids: "array[int]") -> None:
        """Show these friends in this order; checks on friends who are no longer listed are dropped."""
        self.beginResetModel()
        self._before = {id: row for page in self._pages.values() for id, row in page.items()}
        self._pages.clear()
        self._asked.clear()
        self._edition += 1
        self._ids = ids
        before = len(self._checked)
        if self._checked:
            self._checked &= set(ids)
        self.endResetModel()
        if len(self._checked) != before:
            self.checked_changed.emit()

    def ids(self) -> "array[int]":
        """Return all ids in order."""
        return self._ids

    def checked(self) -> list[int]:
        """Return the checked friends in the order of the list."""
        return [id for id in self._ids if id in self._checked] if self._checked else []

    def checked_count(self) -> int:
        """Return how many friends are checked."""
        return len(self._checked)

    def check(self, ids: Iterable[int], *, on: bool = True) -> None:
        """Check or uncheck friends."""
        self._set_checked(self._checked | set(ids) if on else self._checked - set(ids))

    def check_all(self) -> None:
        """Check every friend of the list, also those who were never looked at."""
        self._set_checked(set(self._ids))

    def clear_checks(self) -> None:
        """Uncheck everybody."""
        self._set_checked(set())

    def friend_at(self, position: int) -> int | None:
        """Return the id at a position of the list."""
        return self._ids[position] if 0 <= position < len(self._ids) else None

    def position_of(self, friend_id: int) -> int | None:
        """Return where a friend stands in the list."""
        try:
            return self._ids.index(friend_id)
        except ValueError:
            return None

    def row_at(self, position: int) -> FriendRow | None:
        """Return the row at a position, or None while it is being fetched."""
        friend = self._ids[position]
        page = self._pages.get(position // WINDOW)
        if page is None:
            self._ask(position // WINDOW)
            page = self._pages.get(position // WINDOW)
        if page is None:
            return self._before.get(friend)
        self._pages.move_to_end(position // WINDOW)
        return page.get(friend)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cells.head(Column(section), self._currency)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cells.head(Column(section), self._currency) or _("Chosen")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section in _NUMBERS else _LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == Column.CHECK else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not self.checkIndex(index, self.CheckIndexOption.IndexIsValid):
            return None
        column = Column(index.column())
        if column == Column.CHECK and role in (Qt.ItemDataRole.CheckStateRole, SORT_ROLE):
            on = self._ids[index.row()] in self._checked
            return on if role == SORT_ROLE else Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column in _NUMBERS else _LEFT
        row = self.row_at(index.row())
        return None if row is None else self._value(row, column, role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != Column.CHECK:
            return False
        self.check([self._ids[index.row()]], on=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def retell(self) -> None:
        """Draw every cell anew, in the language and colours in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self._all_changed()

    def _value(self, row: FriendRow, column: Column, role: int) -> Any:
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return cells.value(row, column)
        maker = cells.MAKERS.get(Qt.ItemDataRole(role)) if role < Qt.ItemDataRole.UserRole else cells.PAINTED.get(role)
        return None if maker is None else maker(row, column, cells.Shown(self._day(), self._currency))

    def _ask(self, page: int) -> None:
        """Fetch a page once; an answer for a list that is no longer shown is dropped."""
        if page in self._asked:
            return
        self._asked.add(page)
        edition = self._edition
        wanted = list(self._ids[page * WINDOW : (page + 1) * WINDOW])
        self._fetch(wanted, lambda rows: self._take(page, edition, rows))

    def _take(self, page: int, edition: int, rows: list[FriendRow]) -> None:
        if edition != self._edition:
            return
        self._pages[page] = {row.id: row for row in rows}
        if len(self._pages) > _PAGES:
            gone, _rows = self._pages.popitem(last=False)
            self._asked.discard(gone)
        last = min((page + 1) * WINDOW, len(self._ids)) - 1
        self.dataChanged.emit(self.index(page * WINDOW, 0), self.index(last, len(Column) - 1))

    def _set_checked(self, checked: set[int]) -> None:
        if checked != self._checked:
            self._checked = checked
            self._all_changed()
            self.checked_changed.emit()

    def _all_changed(self) -> None:
        if self._ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._ids) - 1, len(Column) - 1))
