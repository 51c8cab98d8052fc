"""The month's sends, each as a solid bar inside the outline of the broadcast it was sent in place of."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.home.month import MonthSend
from linecrm_desktop.home.reading import Home
from linecrm_desktop.text import _, month_name, ngettext, number, short_date
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.bars import Bar, Bars, Key
from linecrm_desktop.views.widgets.charts.chart import Chart

MOST = 8
"""So many sends are drawn, the newest; Results has all."""
_ROW = 27


class MonthCard(Card):
    """The chart with its legend."""

    opened = Signal()
    """All sends were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._home: Home | None = None
        self.title = label("", "section")
        self.chart = Chart()
        self.chart.setObjectName("monthChart")
        self.nothing = label("", "caption", wrap=True)
        self.all = button("", "link", name="monthAll")
        self.all.clicked.connect(self.opened)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.all, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        self.body.addWidget(self.nothing)
        self.body.addWidget(self.chart)
        self.body.addStretch(1)

    def show_sends(self, home: Home) -> None:
        """Show the sends of this month."""
        self._home = home
        self.retranslate()

    def retranslate(self) -> None:
        home = self._home
        if home is None:
            return
        self.title.setText(_("Sent in {month}, versus a broadcast").format(month=month_name(home.day.today)))
        self.nothing.setText(_("Nothing was sent this month."))
        shown = home.sends[-MOST:]
        self.nothing.setVisible(not shown)
        self.chart.setVisible(bool(shown))
        self.chart.show_drawing(_drawing(shown, home) if shown else None, self.title.text())
        more = len(home.sends) - len(shown)
        self.all.setText(ngettext("and {n} more", "and {n} more", more).format(n=number(more)))
        self.all.setVisible(more > 0)


def _drawing(shown: tuple[MonthSend, ...], home: Home) -> Bars:
    reach = home.numbers.people.broadcast
    keys = (Key(_("sent")), Key(_("a broadcast would have sent {n}").format(n=number(reach)), dashed=True))
    bars = tuple(
        Bar(
            send.name,
            send.accepted,
            number(send.accepted),
            lead=short_date(send.on, home.day.today),
            outline=send.broadcast,
        )
        for send in shown
    )
    return Bars(bars, keys=keys, row=_ROW)
