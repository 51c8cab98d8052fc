"""What will be sent: to whom, how many, to which account, and how it will be judged."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from linecrm_desktop.campaigns import variants
from linecrm_desktop.campaigns.gate import GateReport
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.results import words
from linecrm_desktop.text import _, clock, long_date, ngettext, number, short_date
from linecrm_desktop.views.widgets.basics import Card, clear, label

_NAME_WIDTH = 96


class SummaryCard(Card):
    """A few lines, name and value."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[GateReport, Brief, date, date] | None = None
        self._title = label("", "section")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self._title)
        self.body.addLayout(self._grid)

    def show_report(self, report: GateReport, brief: Brief, until: date, today: date) -> None:
        """Show a report; `until` is the last day that counts when it is sent today."""
        self._shown = (report, brief, until, today)
        clear(self._grid)
        for row, (name, value) in enumerate(summary(report, brief, until, today).items()):
            self._grid.addWidget(label(name, "second"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(label(value, wrap=True), row, 1)

    def retranslate(self) -> None:
        self._title.setText(_("What will be sent"))
        if self._shown is not None:
            self.show_report(*self._shown)


def summary(report: GateReport, brief: Brief, until: date, today: date) -> dict[str, str]:
    """Return the lines, value by name."""
    measured = _("{metric}, until {date}").format(metric=words.metric(brief), date=short_date(until, today))
    kept = ngettext("{n} friend", "{n} friends", report.kept_back).format(n=number(report.kept_back))
    reached = _("{n} of {all} that can be reached").format(
        n=number(report.recipients), all=number(report.reach.reachable)
    )
    return {
        _("Segment"): report.segment_name or "—",
        _("Recipients"): reached,
        **_variants(report),
        _("Kept back"): kept,
        _("Send at"): _moment(report),
        _("Through"): report.account_name or "—",
        _("Measured by"): measured,
    }


def _variants(report: GateReport) -> dict[str, str]:
    """Say how many friends get each variant; nothing where there is one."""
    sizes = variants.sizes(report.recipients, report.variants)
    if len(sizes) == 1:
        return {}
    parts = [f"{letter} {number(size)}" for letter, size in zip(LETTERS, sizes, strict=False)]
    return {_("Variants"): " · ".join(parts)}


def _moment(report: GateReport) -> str:
    if report.send_at is None:
        return _("Now")
    return _("{date}, {time}").format(date=long_date(report.send_at.date()), time=clock(report.send_at))
