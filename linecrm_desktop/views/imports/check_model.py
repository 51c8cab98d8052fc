"""The rows of a dry run as a table, and the filter by verdict."""

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSortFilterProxyModel, Qt

from linecrm_desktop.imports.plan import Sample
from linecrm_desktop.text import _, number
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import Chip, status_chip

Index = QModelIndex | QPersistentModelIndex


class Column(IntEnum):
    """The columns, from left to right."""

    LINE = 0
    VERDICT = 1
    WHO = 2
    CELLS = 3
    WHY = 4


class CheckModel(QAbstractTableModel):
    """Rows are Sample records."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[Sample, ...] = ()

    def show_rows(self, rows: tuple[Sample, ...]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def at(self, row: int) -> Sample:
        """Return the record of a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            (_("Row"), _("Verdict"), _("Who"), _("In the file"), _("Why"))[section] if section < len(Column) else None
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        sample, column = self._rows[index.row()], Column(index.column())
        if role == CHIPS_ROLE and column is Column.VERDICT:
            return [verdict_chip(sample.verdict)]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return _text(sample, column)
        if role == Qt.ItemDataRole.UserRole:
            return sample.verdict
        return None


def verdict_chip(verdict: str) -> Chip:
    """Return the chip of a verdict."""
    words = {"new": _("New"), "updated": _("Updated"), "unchanged": _("Unchanged"), "rejected": _("Rejected")}
    looks = {"new": ("info", "user-plus"), "updated": ("good", "pencil-simple"), "unchanged": ("plain", "equals")}
    tone, picture = looks.get(verdict, ("bad", "x-circle"))
    return status_chip(tone, words[verdict], picture)


def _text(sample: Sample, column: Column) -> str:
    match column:
        case Column.LINE:
            return number(sample.line)
        case Column.VERDICT:
            return verdict_chip(sample.verdict).text
        case Column.WHO:
            return sample.name or sample.key
        case Column.CELLS:
            return " · ".join(cell for cell in sample.cells if cell)
        case Column.WHY:
            return sample.sentence


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
