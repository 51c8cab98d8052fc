"""The shop's own segments as a table."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import Qt

from linecrm_desktop.text import N_, _, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.segments.reading import Listed
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.record_model import RecordModel

_SMALL = 50


class Column(IntEnum):
    """The columns, from left to right."""

    NAME = 0
    DECIDES = 1
    MATCH = 2
    REACH = 3
    HEALTH = 4


_HEADS = {
    Column.NAME: N_("Segment"),
    Column.DECIDES: N_("Helps decide"),
    Column.MATCH: N_("Match"),
    Column.REACH: N_("Reach"),
    Column.HEALTH: N_("Health"),
}


class SegmentTableModel(RecordModel[Listed]):
    """The shop's own segments with what each comes to."""

    columns = Column
    heads = _HEADS
    numbers = (Column.MATCH, Column.REACH)

    def text(self, record: Listed, column: Column) -> str:
        match column:
            case Column.NAME:
                return record.row.name
            case Column.DECIDES:
                return record.row.helps_decide
            case Column.MATCH:
                return number(record.reach.match) if record.reach else "—"
            case Column.REACH:
                return number(record.reach.reachable) if record.reach else "—"
            case Column.HEALTH:
                return health(record).text

    def sort_value(self, record: Listed, column: Column) -> Any:
        if column not in self.numbers:
            return super().sort_value(record, column)
        found = record.reach
        return -1 if found is None else found.match if column is Column.MATCH else found.reachable

    def look(self, record: Listed, column: Column, role: int) -> Any:
        if role == Qt.ItemDataRole.FontRole and column is Column.NAME:
            return theme.font(13, strong=True)
        return [health(record)] if role == CHIPS_ROLE and column is Column.HEALTH else None


def health(row: Listed) -> Chip:
    """Return how a segment is doing, the worst first."""
    if row.reach is None:
        return status_chip("bad", _("Rules not complete"))
    if row.reach.reachable < _SMALL:
        return status_chip("warn", _("Too small"))
    return status_chip("good", _("Healthy"))
