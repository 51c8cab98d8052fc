"""What a message to the segment costs now, beside a broadcast to everybody."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import _, money, number, to_minor
from linecrm_desktop.views.widgets.basics import clear, label, line

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CostPart(QWidget):
    """A row for each part of the cost, a column for the segment and one for the broadcast."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._rows = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)

    def show_costs(self, send: Cost, broadcast: Cost, plan: Plan | None) -> None:
        """Compare the two; without a known plan nobody knows a price, without a limit not what is left."""
        clear(self._grid)
        self._rows = 1
        for column, name in enumerate((_("This segment"), _("Broadcast")), 1):
            self._grid.addWidget(label(name, "caption"), 0, column, _RIGHT)
        self._put("costMessages", _("Messages"), number(send.messages), number(broadcast.messages))
        self._put("costInside", _("Inside the plan"), number(send.inside), number(broadcast.inside))
        if plan is not None:
            self._put("costExtra", _extra(plan), self._price(plan, send), self._price(plan, broadcast))
        if send.left_after is not None and broadcast.left_after is not None:
            left = number(max(0, send.left_after)), number(max(0, broadcast.left_after))
            self._put("costLeft", _("Left this month"), *left)

    def text(self, name: str) -> tuple[str, str]:
        """Return what a row says of the segment and of the broadcast; empty where it has no such row."""
        ours, theirs = (self.findChild(QLabel, f"{name}{part}") for part in ("Send", "Broadcast"))
        return (ours.text(), theirs.text()) if ours and theirs else ("", "")

    def _price(self, plan: Plan, cost: Cost) -> str:
        return money(cost.extra_minor, self._currency) if plan.sells_extra else number(cost.extra)

    def _put(self, name: str, words: str, ours: str, theirs: str) -> None:
        row = self._rows
        self._rows += 2
        self._grid.addWidget(line(), row, 0, 1, 3)
        self._grid.addWidget(label(words, wrap=True), row + 1, 0)
        for column, (part, text, role) in enumerate((("Send", ours, "strong"), ("Broadcast", theirs, "second")), 1):
            cell = label(text, role)
            cell.setObjectName(f"{name}{part}")
            cell.setAccessibleName(f"{words}: {text}")
            self._grid.addWidget(cell, row + 1, column, _RIGHT)


def _extra(plan: Plan) -> str:
    """Name the extra messages with their price; prices by steps only fall."""
    if not plan.sells_extra:
        return _("Extra messages, which this plan does not sell")
    first, *more = plan.steps
    price = money(to_minor(first.price, plan.currency), plan.currency)
    words = _("Extra, at most {price} each") if more else _("Extra, {price} each")
    return words.format(price=price)
