"""The friends' table: a paged list with those friends that are checked for something to be done with them."""

from array import array
from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import Qt, Signal

from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends.directory import FriendRow
from linecrm_desktop.text import _
from linecrm_desktop.views.friends import cells
from linecrm_desktop.views.friends.columns import Column
from linecrm_desktop.views.widgets.paged_model import Fetch, Index, PagedModel

ROW_ROLE = Qt.ItemDataRole.UserRole
"""The whole FriendRow behind a cell."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""The real value of a cell."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NUMBERS = (Column.SPENT, Column.ORDERS)


class FriendTableModel(PagedModel[FriendRow]):
    """Friends in order, with those that are checked for something to be done with them."""

    checked_changed = Signal()
    columns = Column

    def __init__(self, fetch: Fetch[FriendRow], day: Callable[[], ShopDay], currency: str, parent: Any = None) -> None:
        super().__init__(fetch, parent)
        self._day = day
        self._currency = currency
        self._checked: set[int] = set()

    def show_ids(self, ids: "array[int]") -> None:
        """Show these friends in this order; checks on friends who are no longer listed are dropped."""
        before = len(self._checked)
        if self._checked:
            self._checked &= set(ids)
        super().show_ids(ids)
        if len(self._checked) != before:
            self.checked_changed.emit()

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

    def _value(self, row: FriendRow, column: Column, role: int) -> Any:
        if role == ROW_ROLE:
            return row
        if role == SORT_ROLE:
            return cells.value(row, column)
        maker = cells.MAKERS.get(Qt.ItemDataRole(role)) if role < Qt.ItemDataRole.UserRole else cells.PAINTED.get(role)
        return None if maker is None else maker(row, column, cells.Shown(self._day(), self._currency))

    def _set_checked(self, checked: set[int]) -> None:
        if checked != self._checked:
            self._checked = checked
            self._all_changed()
            self.checked_changed.emit()
