"""The table of drafts and sends."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import N_, _, when
from linecrm_desktop.views import icons, theme
from linecrm_desktop.views.messages.list_rows import ListRow, accepted_words, state_chip
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import status_chip

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, in order."""

    NAME = 0
    SEGMENT = 1
    STATE = 2
    ACCEPTED = 3
    AT = 4


_HEADS = {
    Column.NAME: N_("Message"),
    Column.SEGMENT: N_("Segment"),
    Column.STATE: N_("State"),
    Column.ACCEPTED: N_("Accepted by LINE"),
    Column.AT: N_("Sent or changed"),
}


class ListTableModel(QAbstractTableModel):
    """Drafts and sends as rows."""

    def __init__(self, day: ShopDay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self._rows: list[ListRow] = []

    def show_rows(self, rows: Sequence[ListRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row_at(self, row: int) -> ListRow | None:
        """Return a row, or None where there is none."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], Column(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._text(row, column)
            case Qt.ItemDataRole.FontRole if column is Column.NAME:
                return theme.font(13, strong=True)
            case Qt.ItemDataRole.ForegroundRole if column is Column.SEGMENT:
                return theme.colour("text2")
            case Qt.ItemDataRole.DecorationRole if column is Column.NAME:
                return icons.icon("pencil-simple" if row.is_draft else "paper-plane-tilt")
            case _ if role == CHIPS_ROLE and column is Column.STATE:
                practice = [status_chip("info", _("Practice"))] if row.is_practice else []
                return [state_chip(row), *practice]
            case _ if role == SORT_ROLE:
                return self._sorted_by(row, column)
        return None

    def _text(self, row: ListRow, column: Column) -> str:
        match column:
            case Column.NAME:
                return row.name
            case Column.SEGMENT:
                return row.segment
            case Column.STATE:
                return state_chip(row).text
            case Column.ACCEPTED:
                return accepted_words(row)
            case Column.AT:
                return when(self._day.local(row.at), self._day.today)

    def _sorted_by(self, row: ListRow, column: Column) -> Any:
        if column is Column.ACCEPTED:
            return row.accepted
        return row.at.timestamp() if column is Column.AT else self._text(row, column).casefold()
