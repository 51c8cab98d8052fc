"""The month's sends, each as a solid bar inside the outline of the broadcast it was sent in place of."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.home.month import MonthSend
from linecrm_desktop.home.reading import Home
from linecrm_desktop.text import _, month_name, ngettext, number, short_date
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts import Bar, HBars

MOST = 8
"""So many sends are drawn, the newest; Results has all."""


class MonthCard(Card):
    """The chart with its legend."""

    opened = Signal()
    """All sends were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._home: Home | None = None
        self.title = label("", "section")
        self.bars = HBars()
        self.bars.setObjectName("monthBars")
        self.legend = label("", "caption", wrap=True)
        self.legend.setObjectName("monthLegend")
        self.all = button("", "link", name="monthAll")
        self.all.clicked.connect(self.opened)
        foot = QHBoxLayout()
        foot.addWidget(self.legend, 1)
        foot.addWidget(self.all, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.title)
        self.body.addWidget(self.bars)
        self.body.addLayout(foot)
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
        shown = home.sends[-MOST:]
        self.bars.whole = max((send.broadcast for send in shown), default=0) or None
        self.bars.show_bars([_bar(send, home) for send in shown])
        self.bars.setVisible(bool(shown))
        reach = home.numbers.people.broadcast
        legend = _("Solid: sent. Outline: a broadcast would have sent {n} today.").format(n=number(reach))
        self.legend.setText(legend if shown else _("Nothing was sent this month."))
        more = len(home.sends) - len(shown)
        self.all.setText(ngettext("and {n} more", "and {n} more", more).format(n=number(more)))
        self.all.setVisible(more > 0)


def _bar(send: MonthSend, home: Home) -> Bar:
    name = _("{date}  {name}").format(date=short_date(send.on, home.day.today), name=send.name)
    return Bar(name, send.accepted, number(send.accepted))
