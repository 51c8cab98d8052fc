"""The plans with their prices; what LINE charges can be written into the cells."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import IntEnum

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem

from linecrm_desktop.errors import ShopError
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.prices import Plan, Step
from linecrm_desktop.text import _, money, number, price
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE
from linecrm_desktop.views.widgets.chips import status_chip
from linecrm_desktop.views.widgets.tables import NUMBER, dress

_TRIGGERS = (
    QTableWidget.EditTrigger.DoubleClicked,
    QTableWidget.EditTrigger.EditKeyPressed,
    QTableWidget.EditTrigger.AnyKeyPressed,
)


class Column(IntEnum):
    """What the columns hold."""

    PLAN = 0
    FEE = 1
    INCLUDED = 2
    EXTRA = 3
    OWN = 4


class PriceTable(QTableWidget):
    """As high as its rows: the page scrolls, not the table."""

    changed = Signal(object)
    """A plan as a person wrote it."""
    refused = Signal(str)
    """Why what was written is no price."""

    def __init__(self) -> None:
        super().__init__(0, len(Column))
        self.setObjectName("prices")
        self._plans: tuple[Plan, ...] = ()
        self._chosen: str | None = None
        dress(self, stretch=Column.PLAN)
        self.setEditTriggers(_TRIGGERS[0] | _TRIGGERS[1] | _TRIGGERS[2])
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for column in list(Column)[1:]:
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        self.itemChanged.connect(self._written)

    def show_plans(self, plans: Sequence[Plan], chosen: str | None) -> None:
        """Show what each plan costs, and which is the shop's."""
        self._plans, self._chosen = tuple(plans), chosen
        self.retranslate()

    def retranslate(self) -> None:
        """Write every cell anew."""
        self.setAccessibleName(_("Plans and prices"))
        with QSignalBlocker(self):
            self.setRowCount(len(self._plans))
            for column, name in enumerate(_names()):
                item = QTableWidgetItem(name)
                if column in (Column.FEE, Column.INCLUDED, Column.EXTRA):
                    item.setTextAlignment(NUMBER)
                self.setHorizontalHeaderItem(column, item)
            for row, plan in enumerate(self._plans):
                self._show_row(row, plan)
        chosen = [row for row, plan in enumerate(self._plans) if plan.key == self._chosen]
        if chosen and not self.hasFocus():
            self.selectRow(chosen[0])
        self._fit()

    def _show_row(self, row: int, plan: Plan) -> None:
        each = price(plan.steps[0].price, plan.currency) if plan.steps else _("cannot buy")
        texts = (plan.name, money(plan.fee_minor, plan.currency), number(plan.included), each)
        for column, text in enumerate(texts):
            item = QTableWidgetItem(text)
            if column == Column.PLAN:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
            else:
                item.setTextAlignment(NUMBER)
                item.setToolTip(_("Press F2 or click twice to write another price."))
            self.setItem(row, column, item)
        own = QTableWidgetItem()
        own.setFlags(own.flags() & ~Qt.ItemFlag.ItemIsEditable)
        if plan.key == self._chosen:
            own.setData(CHIPS_ROLE, [status_chip("good", _("Your plan"))])
            own.setData(Qt.ItemDataRole.AccessibleTextRole, _("Your plan"))
        elif plan.is_own:
            own.setData(CHIPS_ROLE, [status_chip("plain", _("your price"))])
        self.setItem(row, Column.OWN, own)

    def _written(self, item: QTableWidgetItem) -> None:
        plan, text = self._plans[item.row()], item.text().strip()
        write: dict[Column, Callable[[Plan, str], Plan]] = {
            Column.FEE: lambda plan, text: replace(plan, fee_minor=own_prices.fee(text, plan.currency)),
            Column.INCLUDED: lambda plan, text: replace(plan, included=own_prices.messages(text)),
            Column.EXTRA: _with_extra,
        }
        try:
            new = write[Column(item.column())](plan, text)
        except ShopError as error:
            self.refused.emit(error.sentence())
            new = plan
        self.retranslate()
        if new != plan:
            self.changed.emit(new)

    def _fit(self) -> None:
        self.resizeRowsToContents()
        rows = sum(self.rowHeight(row) for row in range(self.rowCount()))
        self.setFixedHeight(self.horizontalHeader().sizeHint().height() + rows + 2)


def _with_extra(plan: Plan, text: str) -> Plan:
    if not text or text == _("cannot buy"):
        return replace(plan, steps=())
    first = own_prices.amount(text)
    if plan.steps:
        return replace(plan, steps=(Step(plan.steps[0].up_to, first), *plan.steps[1:]))
    return replace(plan, steps=(Step(None, first),))


def _names() -> tuple[str, ...]:
    return (_("Plan"), _("Each month"), _("Messages in plan"), _("Each extra"), "")
