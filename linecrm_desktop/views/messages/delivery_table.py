"""One line a friend of a send: when, who, what became of the copy, and why."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from linecrm_desktop.campaigns.progress import DeliveryLine
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.results.send_list import STATE_WORDS
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip

SORT_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_TONES = {
    DeliveryState.ACCEPTED: "good",
    DeliveryState.REFUSED: "bad",
    DeliveryState.IN_DOUBT: "warn",
    DeliveryState.STOPPED: "warn",
    DeliveryState.LEFT_OUT: "info",
    DeliveryState.KEPT_BACK: "info",
}


class Column(IntEnum):
    """The columns, in order."""

    TIME = 0
    FRIEND = 1
    RESULT = 2
    WHY = 3


_HEADS = {
    Column.TIME: N_("Time"),
    Column.FRIEND: N_("Friend"),
    Column.RESULT: N_("Result"),
    Column.WHY: N_("Why"),
}


class DeliveryTableModel(QAbstractTableModel):
    """The newest copies of one send."""

    def __init__(self, day: ShopDay, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._day = day
        self._lines: list[DeliveryLine] = []

    def show_lines(self, lines: Sequence[DeliveryLine]) -> None:
        """Show these lines; nothing happens when they are shown already, so that the place stays."""
        if list(lines) == self._lines:
            return
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line_at(self, row: int) -> DeliveryLine:
        """Return the copy of a row."""
        return self._lines[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _(_HEADS[Column(section)])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line, column = self._lines[index.row()], Column(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._text(line, column)
        if role == Qt.ItemDataRole.ToolTipRole and column is Column.WHY:
            return line.why or None
        if role == SORT_ROLE and column is Column.TIME:
            return line.at.timestamp() if line.at else 0.0
        if role == CHIPS_ROLE and column is Column.RESULT:
            return [_chip(line)]
        return None

    def _text(self, line: DeliveryLine, column: Column) -> str:
        match column:
            case Column.TIME:
                return self._day.local(line.at).strftime("%H:%M:%S") if line.at else ""
            case Column.FRIEND:
                return line.friend_name or _("Friend without a name")
            case Column.RESULT:
                return _chip(line).text
            case Column.WHY:
                return line.why


def _chip(line: DeliveryLine) -> Chip:
    if line.state is DeliveryState.ACCEPTED and line.tries > 1:
        return status_chip("warn", _("Tried again"))
    return status_chip(_TONES.get(line.state, "plain"), _(STATE_WORDS[line.state]))
