"""Over time: each month's sends together, as small charts and as a table beside them."""

from PySide6.QtCore import QAbstractItemModel
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.results.totals import Month
from linecrm_desktop.text import _, money, month, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.results import charts
from linecrm_desktop.views.results.wording import UNKNOWN
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.tables import show_texts, text_table

_EDGES = 22
"""Pixels of the card and of a scroll bar beside the table."""


class MonthsPage(QWidget):
    """Messages against broadcasts, orders, revenue per message and blocks, by month."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: list[Month] = []
        self._title, self._note = label("", "section"), label("", "caption", wrap=True)
        self.chart, self.table = Chart(), text_table("months")
        self.chart.setObjectName("overTime")
        left, right = Card(), Card(margins=(1, 1, 1, 1))
        for part in (self._title, self._note, self.chart):
            left.body.addWidget(part)
        left.body.addStretch()
        right.body.addWidget(self.table)
        row = QHBoxLayout()
        row.setContentsMargins(20, 14, 20, 16)
        row.setSpacing(12)
        row.addWidget(left, 1)
        row.addWidget(right)
        whole, area, page = QWidget(), ScrollArea(), QVBoxLayout(self)
        whole.setLayout(row)
        area.setWidgetResizable(True)
        area.setWidget(whole)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(area)
        self._right = right
        theme.signals().changed.connect(self._fit)
        self._fit()

    def show_months(self, found: list[Month]) -> None:
        """Show these months, the newest first."""
        self._found = found
        self.retranslate()

    def shown(self) -> list[Month]:
        """Return what is shown."""
        return self._found

    def list_to_save(self) -> tuple[str, QAbstractItemModel]:
        return "results_months", self.table.model()

    def retranslate(self) -> None:
        self._title.setText(_("Month by month"))
        self._note.setText(_("A month has the sends that began in it, with all that came of them in their time."))
        self.chart.show_drawing(charts.over_time(self._found, self._desk.shop.currency), self._title.text())
        self.table.setAccessibleName(self._title.text())
        names, rows = month_rows(self._found, self._desk.shop.currency)
        show_texts(self.table, names, rows, numbers=len(names) - 1)
        self._fit()

    def _fit(self) -> None:
        self.table.resizeColumnsToContents()
        self._right.setFixedWidth(self.table.horizontalHeader().length() + _EDGES)


def month_rows(found: list[Month], currency: str) -> tuple[list[str], list[list[str]]]:
    """Return the names of the columns, and a row for each month."""
    names = [_("Month"), _("Messages"), _("As broadcasts"), _("Orders"), _("Per message"), _("Blocks")]
    rows = [
        [
            month(one.first_day),
            number(one.totals.accepted),
            number(one.totals.broadcast_messages),
            number(one.totals.orders),
            UNKNOWN if one.totals.per_message is None else money(one.totals.per_message, currency, digits=0),
            UNKNOWN if one.totals.blocked is None else number(one.totals.blocked),
        ]
        for one in found
    ]
    return names, rows
