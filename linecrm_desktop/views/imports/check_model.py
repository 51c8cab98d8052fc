"""The rows of a dry run as a table, and the filter by verdict."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, QSortFilterProxyModel, Qt

from linecrm_desktop.imports.plan import Sample
from linecrm_desktop.text import N_, _, number
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


_HEADS = {
    Column.LINE: N_("Row"),
    Column.VERDICT: N_("Verdict"),
    Column.WHO: N_("Who"),
    Column.CELLS: N_("In the file"),
    Column.WHY: N_("Why"),
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
                if record.why == "conflict":
                    return " ".join((record.sentence, _("Open the row to decide.")))
                return record.sentence

    def look(self, record: Sample, column: Column, role: int) -> Any:
        if role == CHIPS_ROLE and column is Column.VERDICT:
            return [verdict_chip(record.verdict)]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.text(record, column)
        return record.verdict if role == Qt.ItemDataRole.UserRole else None


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
