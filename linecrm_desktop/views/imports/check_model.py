"""The rows of a dry run as a table, and the filter by verdict."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from linecrm_desktop.imports.plan import FIXES, Sample
from linecrm_desktop.text import N_, _, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip
from linecrm_desktop.views.widgets.record_model import Index, RecordModel


class Column(IntEnum):
    """The columns, from left to right."""

    LINE = 0
    VERDICT = 1
    WHO = 2
    CELLS = 3
    WHY = 4
    YOU_CAN = 5


_HEADS = {
    Column.LINE: N_("Row"),
    Column.VERDICT: N_("Verdict"),
    Column.WHO: N_("Who"),
    Column.CELLS: N_("In the file"),
    Column.WHY: N_("Why"),
    Column.YOU_CAN: N_("You can"),
}


class CheckModel(RecordModel[Sample]):
    """Rows of the file, each with its verdict."""

    columns = Column
    heads = _HEADS
    numbers = (Column.LINE,)

    def text(self, record: Sample, column: Column) -> str:
        match column:
            case Column.LINE:
                return number(record.line)
            case Column.VERDICT:
                return verdict_chip(record.verdict).text
            case Column.WHO:
                return record.name or record.key
            case Column.CELLS:
                return " · ".join(cell for cell in record.cells if cell)
            case Column.WHY:
                return record.sentence
            case Column.YOU_CAN:
                return _you_can(record)

    def look(self, record: Sample, column: Column, role: int) -> Any:
        if role == CHIPS_ROLE and column is Column.VERDICT:
            return [verdict_chip(record.verdict)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(record, column)
        if column is Column.YOU_CAN and role == Qt.ItemDataRole.FontRole and can_be_fixed(record):
            return theme.font(13, strong=True)
        if column is Column.YOU_CAN and role == Qt.ItemDataRole.ForegroundRole:
            return theme.colour("accent" if can_be_fixed(record) else "text2")
        return record.verdict if role == Qt.ItemDataRole.UserRole else None


def can_be_fixed(record: Sample) -> bool:
    """Say whether one press can change a row's verdict."""
    return bool(record.fix) or record.why == "conflict"


def _you_can(record: Sample) -> str:
    if record.verdict != "rejected":
        return ""
    if record.fix:
        return _(FIXES[record.fix])
    return _("Decide who it is…") if record.why == "conflict" else _("Cannot be fixed here")


def verdict_chip(verdict: str) -> Chip:
    """Return the chip of a verdict."""
    words = {"new": _("New"), "updated": _("Updated"), "unchanged": _("Unchanged"), "rejected": _("Rejected")}
    looks = {"new": ("info", "user-plus"), "updated": ("good", "pencil-simple"), "unchanged": ("plain", "equals")}
    tone, picture = looks.get(verdict, ("bad", "x-circle"))
    return status_chip(tone, words[verdict], picture)


class VerdictFilter(QSortFilterProxyModel):
    """Shows the rows of one verdict, or all."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._verdict = ""

    def show_verdict(self, verdict: str) -> None:
        """Show only rows of a verdict; empty: all."""
        self._verdict = verdict
        self.invalidate()

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        model = self.sourceModel()
        verdict = model.data(model.index(source_row, 0), Qt.ItemDataRole.UserRole)
        return self._verdict in ("", verdict) and super().filterAcceptsRow(source_row, source_parent)
