"""One send, looked at closely: what both groups did, and where the messages went."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from linecrm_desktop.campaigns.states import why_sentence
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import Metric
from linecrm_desktop.results import words
from linecrm_desktop.results.figures import LineFigures
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import N_, _, clock, long_date, money, number, percent, short_date
from linecrm_desktop.views.results import charts
from linecrm_desktop.views.results.wording import UNKNOWN, standing_chip
from linecrm_desktop.views.widgets.basics import Card, clear, label, line
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.chips import ChipLabel

_SHARES = {
    Metric.ORDERS: N_("Share of friends who ordered · {metric}"),
    Metric.CLICKS: N_("Share of friends who clicked · {metric}"),
    Metric.REPLIES: N_("Share of friends who replied · {metric}"),
    Metric.COUPONS: N_("Share of friends who used a coupon · {metric}"),
    Metric.FIRST_PURCHASES: N_("Share of friends who ordered for the first time · {metric}"),
}


class ChangeCard(Card):
    """What did it change? The two shares, and how far they can be trusted."""

    def __init__(self, day: ShopDay) -> None:
        super().__init__()
        self._day = day
        self._title = label("", "section", wrap=True)
        self._title.setObjectName("changeTitle")
        self._chip = ChipLabel()
        self._metric = label("", "caption", wrap=True)
        self.chart = Chart()
        self.chart.setObjectName("comparisonChart")
        self._sentence = label("", "strong", wrap=True)
        self._sentence.setObjectName("comparison")
        self._doubt = label("", "second", wrap=True)
        self._doubt.setObjectName("doubt")
        self._goal = label("", "caption", wrap=True)
        self._goal.setObjectName("goal")
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(head)
        for part in (self._metric, self.chart, self._sentence, self._doubt, self._goal):
            self.body.addWidget(part)
        self.body.addStretch()

    def show_outcome(self, found: Outcome) -> None:
        """Show one send."""
        self._title.setText(_("{name}: what did it change?").format(name=found.name))
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._chip.show_chip(standing_chip(found, self._day))
        self._metric.setText(_(_SHARES[found.brief.metric]).format(metric=words.metric(found.brief)))
        self.chart.show_drawing(charts.comparison(found), self._title.text())
        self._sentence.setText(words.brought(found) or words.comparison(found))
        self._doubt.setText(self._waiting(found) or words.doubt(found) or words.verdict(found))
        self._doubt.setVisible(bool(self._doubt.text()))
        self._goal.setText(_goal(found))

    def _waiting(self, found: Outcome) -> str:
        until = found.window_open_until
        return _("It counts until {date}. Look again then.").format(date=long_date(until)) if until else ""


class FunnelCard(Card):
    """From sent to ordered: what LINE counts and what the shop's files say, and under it who left."""

    def __init__(self) -> None:
        super().__init__()
        self._title = label("", "section")
        self.chart = Chart()
        self.chart.setObjectName("funnelChart")
        self._source = label("", "caption", wrap=True)
        self._source.setObjectName("funnelSource")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        for part in (self._title, self.chart, self._source, line()):
            self.body.addWidget(part)
        self.body.addLayout(self._grid)
        self.body.addStretch()

    def show_outcome(self, found: Outcome, day: ShopDay) -> None:
        """Show one send."""
        self._title.setText(_("From sent to ordered"))
        self.chart.show_drawing(charts.funnel(found), self._title.text())
        self._source.setText(line_source(found.line, day))
        clear(self._grid)
        told = found.reactions
        for row, (name, n) in enumerate(((_("Blocked us"), told.blocked), (_("Refused marketing"), told.refused))):
            share = percent(n / found.accepted) if n is not None and found.accepted else ""
            shown = UNKNOWN if n is None else number(n)
            self._grid.addWidget(label(name, "body", wrap=True), row, 0)
            self._grid.addWidget(label(shown, "strong"), row, 1, Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(label(share, "caption"), row, 2, Qt.AlignmentFlag.AlignRight)


class WayCard(Card):
    """From the segment to LINE: who was left out and why, what LINE took, and what a broadcast would have been."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._title = label("", "section")
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.setVerticalSpacing(6)
        self.body.addWidget(self._title)
        self.body.addLayout(self._grid)
        self.body.addStretch()

    def show_outcome(self, found: Outcome) -> None:
        """Show one send."""
        self._title.setText(_("Where the messages went"))
        clear(self._grid)
        self._put(_("Confirmed recipients"), number(found.recipients), "strong")
        self._put(_("Accepted by LINE"), number(found.accepted), "strong")
        for why, n in found.refused.items():
            self._put(why_sentence(why) or _("Not sent"), number(n))
        for name, n in (
            (_("In doubt: LINE did not answer"), found.in_doubt),
            (_("Stopped before their turn"), found.stopped),
            (_("Still waiting"), found.waiting),
        ):
            if n:
                self._put(name, number(n))
        self._rule()
        self._put(_("Kept back, got nothing"), number(found.kept_back))
        for why, n in found.left_out.items():
            self._put(why_sentence(why) or _("Left out"), number(n))
        self._rule()
        self._put(_("A broadcast would have needed"), number(found.broadcast_messages))
        self._put(_("Messages not sent"), number(found.not_sent), "strong")
        self._put_price(found)

    def _put_price(self, found: Outcome) -> None:
        known = found.broadcast_extra is not None
        shown = money(found.broadcast_extra or 0, self._currency) if known else UNKNOWN
        why = _("Counted with this shop’s plan and the messages that this file sent in that month.")
        if not known:
            why = _("The shop’s plan is not chosen in Settings, so nobody knows the price.")
        self._put(_("Extra cost of that broadcast"), shown, hint=why)

    def _put(self, name: str, value: str, role: str = "second", hint: str = "") -> None:
        row = self._grid.rowCount()
        cells: tuple[QWidget, QWidget] = (label(name, "body", wrap=True), label(value, role))
        for cell in cells:
            cell.setToolTip(hint)
        self._grid.addWidget(cells[0], row, 0)
        self._grid.addWidget(cells[1], row, 1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)

    def _rule(self) -> None:
        self._grid.addWidget(line(), self._grid.rowCount(), 0, 1, 2)


def _goal(found: Outcome) -> str:
    if found.sent.share is None:
        return ""
    values = {"goal": percent(found.brief.good_if / 100, 0), "share": percent(found.sent.share)}
    if found.sent.share * 100 >= found.brief.good_if:
        return _("The brief asked for at least {goal}. It was {share}.").format(**values)
    if found.window_open_until is not None:
        return _("The brief asks for at least {goal}. So far it is {share}.").format(**values)
    return _("The brief asked for at least {goal}. It was only {share}.").format(**values)


def line_source(told: LineFigures, day: ShopDay) -> str:
    """Say of which moment LINE's numbers are: of several, the oldest."""
    few = _("LINE hides numbers under 20 people.")
    if told.at is None:
        return few
    at = day.local(told.at)
    moment = f"{short_date(at.date(), day.today)} {clock(at)}"
    known = _("Opens and clicks from LINE, {date}.").format(date=moment)
    return _("{first} {second}").format(first=known, second=few)
