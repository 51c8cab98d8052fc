"""What each step of a journey came to: all its sends together, and whether the step works."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QObject, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStackedWidget, QTableView, QVBoxLayout, QWidget

from linecrm_desktop.results.lift import sentence
from linecrm_desktop.results.steps import StepResult
from linecrm_desktop.text import N_, _, money, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.results.wording import UNKNOWN, interval_of, said_of, share_of, verdict_chip
from linecrm_desktop.views.widgets.basics import Card
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.interval_delegate import INTERVAL_ROLE, CellInterval, IntervalDelegate
from linecrm_desktop.views.widgets.parts import EmptyState
from linecrm_desktop.views.widgets.record_model import RecordModel
from linecrm_desktop.views.widgets.tables import dress


class Column(IntEnum):
    """The columns, in order."""

    PATH = 0
    STEP = 1
    SENDS = 2
    ACCEPTED = 3
    OPENED = 4
    CLICKED = 5
    ORDERS = 6
    PER_MESSAGE = 7
    BLOCKS = 8
    LIFT = 9
    WORD = 10


_HEADS = {
    Column.PATH: N_("Path"),
    Column.STEP: N_("Step"),
    Column.SENDS: N_("Sends"),
    Column.ACCEPTED: N_("Accepted"),
    Column.OPENED: N_("Opened"),
    Column.CLICKED: N_("Clicked"),
    Column.ORDERS: N_("Orders"),
    Column.PER_MESSAGE: N_("Per message"),
    Column.BLOCKS: N_("Blocks"),
    Column.LIFT: N_("Lift, points"),
    Column.WORD: N_("Did it work?"),
}
_WIDTHS = {
    Column.PATH: 170,
    Column.SENDS: 64,
    Column.ACCEPTED: 76,
    Column.OPENED: 76,
    Column.CLICKED: 76,
    Column.ORDERS: 68,
    Column.PER_MESSAGE: 92,
    Column.BLOCKS: 64,
    Column.LIFT: 130,
    Column.WORD: 150,
}


class StepTableModel(RecordModel[StepResult]):
    """Steps in the order of their paths."""

    columns = Column
    heads = _HEADS
    numbers = range(Column.SENDS, Column.LIFT)

    def __init__(self, currency: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._currency = currency

    def text(self, record: StepResult, column: Column) -> str:
        its = record.totals
        return {
            Column.PATH: record.path,
            Column.STEP: _step(record),
            Column.SENDS: number(its.sends),
            Column.ACCEPTED: number(its.accepted),
            Column.OPENED: share_of(its.line.seen, its.seen_of),
            Column.CLICKED: share_of(its.line.pressed, its.pressed_of),
            Column.ORDERS: number(its.orders),
            Column.PER_MESSAGE: (
                UNKNOWN if its.per_message is None else money(its.per_message, self._currency, digits=0)
            ),
            Column.BLOCKS: UNKNOWN if its.blocked is None else number(its.blocked),
            Column.LIFT: said_of(record.lift),
            Column.WORD: verdict_chip(record.lift.verdict).text,
        }[column]

    def look(self, record: StepResult, column: Column, role: int) -> Any:
        match role:
            case Qt.ItemDataRole.ToolTipRole if column is Column.WORD:
                return sentence(record.lift)
            case _ if role == CHIPS_ROLE and column is Column.WORD:
                return [verdict_chip(record.lift.verdict)]
            case _ if role == INTERVAL_ROLE and column is Column.LIFT:
                found = interval_of(record.lift)
                return CellInterval(found, *self._scale()) if found else None
        return None

    def _scale(self) -> tuple[float, float]:
        ends = [row.lift.interval for row in self.records if row.lift.interval is not None]
        return min([-1.0, *(end.low * 100 for end in ends)]), max([1.0, *(end.high * 100 for end in ends)])


def step_rows(
    found: Sequence[StepResult], currency: str
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], frozenset[int]]:
    """Return the table as texts: its header, its rows, and which columns are numbers."""
    model = StepTableModel(currency)
    rows = tuple(tuple(model.text(one, column) for column in Column) for one in found)
    return tuple(_(_HEADS[column]) for column in Column), rows, frozenset(model.numbers)


def _step(record: StepResult) -> str:
    if record.place is None:
        return _("{message} (taken out of the path)").format(message=record.message)
    return _("Step {n} · {message}").format(n=number(record.place), message=record.message)


class StepsPage(QWidget):
    """The table of steps, or what there is to do for a first one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.empty = EmptyState("path")
        self.empty.sentence.setObjectName("stepsEmptySentence")
        self.empty.action.setObjectName("stepsEmptyAction")
        self.model = StepTableModel(desk.shop.currency, self)
        self.table = QTableView()
        self.table.setObjectName("stepResults")
        self.table.setModel(self.model)
        dress(self.table, stretch=Column.STEP)
        self.table.setItemDelegate(IntervalDelegate(self.table))
        frame, inside = Card(margins=(1, 1, 1, 1)), QWidget()
        frame.body.addWidget(self.table)
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 14, 20, 16)
        column.addWidget(frame)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._pages)
        theme.signals().changed.connect(self._fit_columns)

    def show_steps(self, found: Sequence[StepResult]) -> None:
        """Show these steps."""
        self.model.show_rows(found)
        self._pages.setCurrentIndex(1 if found else 0)

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        return "results_journeys", self.model

    def retranslate(self) -> None:
        self.model.retranslate()
        self._fit_columns()
        self.table.setAccessibleName(_("Steps of journeys"))
        self.empty.show_text(
            _("No step of a journey was sent yet. Results of steps stand here, all their sends together."),
            _("Open journeys"),
        )

    def _fit_columns(self) -> None:
        letters = QFontMetrics(theme.font(12, strong=True))
        for column, width in _WIDTHS.items():
            name = letters.horizontalAdvance(_(_HEADS[column])) + 18
            self.table.setColumnWidth(column, max(round(width * theme.text_scale()), name))
