"""What a send needs of the month's messages and what it costs, beside a broadcast to everybody."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.campaigns.gate import GateReport
from linecrm_desktop.text import _, money, number
from linecrm_desktop.views.widgets.basics import Card, clear, label, line
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import SegmentBar

UNKNOWN = "—"


class CostCard(Card):
    """Two lines to compare, and a bar of the month."""

    def __init__(self) -> None:
        super().__init__()
        self._report: GateReport | None = None
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._bar = SegmentBar()
        self._bar.setObjectName("monthBar")
        self._used, self._left = label("", "caption"), label("", "caption")
        self._used.setObjectName("used")
        self._left.setObjectName("left")
        under = QHBoxLayout()
        under.addWidget(self._used)
        under.addStretch()
        under.addWidget(self._left)
        self.body.addLayout(self._grid)
        self.body.addSpacing(4)
        self.body.addWidget(self._bar)
        self.body.addLayout(under)

    def show_report(self, report: GateReport) -> None:
        """Compare this send with a broadcast."""
        self._report = report
        clear(self._grid)
        self._put(0, label(_("Messages and cost"), "section"), _caption(_("messages")), _caption(_("extra cost")))
        self._put_cost(report, 1, _("This send"), report.cost, report.recipients)
        self._put_cost(report, 3, _("A broadcast"), report.broadcast, None)
        self._show_month(report)

    def retranslate(self) -> None:
        if self._report is not None:
            self.show_report(self._report)

    def _put_cost(self, report: GateReport, row: int, name: str, cost: Cost | None, messages: int | None) -> None:
        self._grid.addWidget(line(), row, 0, 1, 3)
        count = cost.messages if cost else messages
        shown = label(price(report, cost), "strong")
        shown.setObjectName(f"price{row}")
        if shown.text() == UNKNOWN:
            shown.setToolTip(_("Not known. Choose the shop’s plan in Settings, and let LINE say how many are left."))
        self._put(row + 1, label(name), label(UNKNOWN if count is None else number(count)), shown)

    def _put(self, row: int, *cells: QWidget) -> None:
        for column, cell in enumerate(cells):
            side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            self._grid.addWidget(cell, row, column, side | Qt.AlignmentFlag.AlignVCenter)

    def _show_month(self, report: GateReport) -> None:
        quota = report.quota
        known = quota is not None and quota.limit is not None
        self._bar.setVisible(known)
        self._used.setText("")
        self._left.setText("")
        if quota is None:
            self._used.setText(_("LINE has not said how many messages are left."))
        elif quota.limit is None:
            self._used.setText(_("LINE names no limit."))
        else:
            left = max(0, quota.limit - quota.used - report.recipients)
            words = {"used": number(quota.used), "n": number(report.recipients)}
            self._used.setText(_("{used} used  +{n}").format(**words))
            self._left.setText(_("{left} left of {limit}").format(left=number(left), limit=number(quota.limit)))
            self._bar.show_bars(
                [
                    Bar(_("Used this month"), quota.used, number(quota.used), "chart4"),
                    Bar(_("This send"), min(report.recipients, max(0, quota.limit - quota.used)), words["n"]),
                    Bar(_("Left afterwards"), left, number(left), "border"),
                ]
            )


def price(report: GateReport, cost: Cost | None) -> str:
    """Return what the extra messages cost; a plan that is not known gives them without a price."""
    if cost is None or (cost.extra and not cost.extra_minor):
        return UNKNOWN
    return money(cost.extra_minor, report.currency)


def _caption(text: str) -> QWidget:
    return label(text, "caption")
