"""The table model of every short list: frozen records as rows, an IntEnum as columns. It knows no database."""

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from linecrm_desktop.text import _

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
"""What a row is sorted by in a column, where its text would sort wrongly."""
Index = QModelIndex | QPersistentModelIndex
Record = TypeVar("Record")
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def sorted_rows(model: QAbstractTableModel, parent: QObject) -> QSortFilterProxyModel:
    """Return the rows of a model as they can be sorted: by real values, and texts as the language orders them."""
    made = QSortFilterProxyModel(parent)
    made.setSourceModel(model)
    made.setSortRole(SORT_ROLE)
    made.setSortLocaleAware(True)
    return made


class RecordModel(QAbstractTableModel, Generic[Record]):
    """Shows records; a list says only what stands in a cell (`text`) and what is special about it (`look`)."""

    columns: type[IntEnum]
    heads: Mapping[Any, str]
    """The columns' names, marked for translation."""
    hints: Mapping[Any, str] = {}
    """What a column's name explains when the mouse rests on it."""
    numbers: Collection[int] = ()
    """Columns of numbers: they stand at the right."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.records: list[Record] = []

    def show_rows(self, rows: Sequence[Record]) -> None:
        """Show these rows; nothing happens when they are shown already, so that place and selection stay."""
        if list(rows) == self.records:
            return
        self.beginResetModel()
        self.records = list(rows)
        self.endResetModel()

    def row_at(self, row: int) -> Record | None:
        """Return the record of a row, or None where there is none."""
        return self.records[row] if 0 <= row < len(self.records) else None

    def retranslate(self) -> None:
        """Say all names and texts anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.records:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.records) - 1, len(self.columns) - 1))

    def text(self, record: Record, column: Any) -> str:
        """Return what a cell says."""
        raise NotImplementedError

    def sort_value(self, record: Record, column: Any) -> Any:
        """Return what a cell is sorted by."""
        return self.text(record, column).casefold()

    def look(self, record: Record, column: Any, role: int) -> Any:
        """Return what any other role shows: chips, fonts, colours, tooltips."""
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.records)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        column = self.columns(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return _(self.heads[column])
        if role == Qt.ItemDataRole.ToolTipRole and column in self.hints:
            return _(self.hints[column])
        return self._side(column) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        record, column = self.records[index.row()], self.columns(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.text(record, column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._side(column)
            case _ if role == SORT_ROLE:
                return self.sort_value(record, column)
        return self.look(record, column, role)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if column in self.numbers else _LEFT
