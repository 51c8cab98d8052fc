"""The shop's own segments as a table."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from linecrm_desktop.text import _, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.segments.reading import Listed
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
_SMALL = 50
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    DECIDES = 1
    MATCH = 2
    REACH = 3
    HEALTH = 4


class SegmentTableModel(QAbstractTableModel):
    """Rows are Listed records; it knows no database."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Listed] = []

    def show_rows(self, rows: list[Listed]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> Listed:
        """Return the record of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        names = (_("Segment"), _("Helps decide"), _("Match"), _("Reach"), _("Health"))
        return names[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(row, column)
        if role == SORT_ROLE:
            return _sort_value(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole and column is Column.NAME:
            return theme.font(13, strong=True)
        if role == CHIPS_ROLE and column is Column.HEALTH:
            return [health(row)]
        return None


def health(row: Listed) -> Chip:
    """Return how a segment is doing, the worst first."""
    if row.reach is None:
        return status_chip("bad", _("Rules not complete"))
    if row.reach.reachable < _SMALL:
        return status_chip("warn", _("Too small"))
    return status_chip("good", _("Healthy"))


def _text(row: Listed, column: Column) -> str:
    match column:
        case Column.NAME:
            return row.row.name
        case Column.DECIDES:
            return row.row.helps_decide
        case Column.MATCH:
            return number(row.reach.match) if row.reach else "—"
        case Column.REACH:
            return number(row.reach.reachable) if row.reach else "—"
        case Column.HEALTH:
            return health(row).text


def _sort_value(row: Listed, column: Column) -> Any:
    if column in (Column.MATCH, Column.REACH):
        found = row.reach
        return -1 if found is None else found.match if column is Column.MATCH else found.reachable
    return _text(row, column).casefold()


def _alignment(column: int) -> Qt.AlignmentFlag:
    right = column in (Column.MATCH, Column.REACH)
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
