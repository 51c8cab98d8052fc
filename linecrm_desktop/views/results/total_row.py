"""The sum under a table: one row that stays at the bottom, its columns as wide as those above."""

from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QAbstractItemView, QTableView

from linecrm_desktop.results.totals import Totals
from linecrm_desktop.text import _, money, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.results.table import HEADS, NUMBERS, Column, figure_hint
from linecrm_desktop.views.results.wording import UNKNOWN, share_of
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate
from linecrm_desktop.views.widgets.record_model import RecordModel
from linecrm_desktop.views.widgets.tables import dress


class TotalModel(RecordModel[Totals]):
    """One row: all sends that are shown, together."""

    columns = Column
    heads = HEADS
    numbers = NUMBERS

    def __init__(self, currency: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._currency = currency

    def text(self, record: Totals, column: Column) -> str:
        its, per = record, record.per_message
        sends = ngettext("{n} message together", "All {n} messages", its.sends).format(n=number(its.sends))
        return {
            Column.MESSAGE: sends,
            Column.ACCEPTED: number(its.accepted),
            Column.OPENED: share_of(its.line.seen, its.seen_of),
            Column.CLICKED: share_of(its.line.pressed, its.pressed_of),
            Column.ORDERS: number(its.orders),
            Column.REVENUE: money(its.revenue, self._currency, digits=0),
            Column.PER_MESSAGE: UNKNOWN if per is None else money(per, self._currency, digits=0),
            Column.BLOCKS: UNKNOWN if its.blocked is None else number(its.blocked),
        }.get(column, "")

    def look(self, record: Totals, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.FontRole:
                return QFont(theme.font(13, strong=True))
            case Qt.ItemDataRole.ToolTipRole if column in (Column.OPENED, Column.CLICKED):
                return figure_hint(record.line.seen if column is Column.OPENED else record.line.pressed)
        return None


class TotalRow(QTableView):
    """Shows that row under another table and follows its columns."""

    def __init__(self, above: QTableView, currency: str) -> None:
        super().__init__()
        self.setObjectName("resultsTotal")
        self._above = above
        self._rows = TotalModel(currency, self)
        self.setModel(self._rows)
        dress(self)
        self.horizontalHeader().hide()
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setProperty("sum", True)
        self._fit()
        theme.signals().changed.connect(self._fit)
        above.horizontalHeader().sectionResized.connect(lambda column, _was, now: self.setColumnWidth(column, now))
        above.horizontalScrollBar().valueChanged.connect(self.horizontalScrollBar().setValue)

    def show_total(self, found: Totals) -> None:
        """Show these sums."""
        self._rows.show_rows([found])
        for column in Column:
            self.setColumnWidth(column, self._above.columnWidth(column))
        parts = [self._rows.text(found, column) for column in Column]
        self.setAccessibleName(
            "; ".join(f"{_(HEADS[at])}: {part}" for at, part in zip(Column, parts, strict=True) if part)
        )

    def cell(self, column: Column) -> str:
        """Return what a cell says."""
        return str(self._rows.data(self._rows.index(0, column)))

    def retranslate(self) -> None:
        """Say the row anew."""
        self._rows.retranslate()

    def _fit(self) -> None:
        height = max(ChipDelegate.row_height, self.fontMetrics().height() + 12)
        self.verticalHeader().setDefaultSectionSize(height)
        self.setFixedHeight(height)
