"""The right side of the builder: who is left, what it costs now, and whether that is large enough."""

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.campaigns.cost import Cost
from linecrm_desktop.text import _, money, number, percent
from linecrm_desktop.views.segments.reading import Numbers
from linecrm_desktop.views.widgets.basics import clear, label, line
from linecrm_desktop.views.widgets.charts import Bar, Waterfall
from linecrm_desktop.views.widgets.parts import PictureLabel

VERY_SMALL = 50
SPLIT = 200
MOST_OVERLAPS = 8
SHOWN_BY_LINE = 20
"""LINE hides opens and clicks of fewer people."""


class NumbersPanel(QScrollArea):
    """Shows a draft's numbers; keeps the old ones, marked, while new ones are counted."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setMinimumWidth(280)
        self._currency = currency
        self._numbers: Numbers | None = None
        inner = QWidget()
        inner.setObjectName("numbersPanel")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        self.left_title = label("", "section")
        self.state = label("", "caption")
        self.state.setObjectName("countState")
        self.waterfall = Waterfall()
        self.waterfall.setObjectName("waterfall")
        self.reach = label("", "strong")
        self.reach.setObjectName("reachable")
        self.cost_title = label("", "section")
        self.costs = QGridLayout()
        self.costs.setHorizontalSpacing(12)
        self.size_title = label("", "section")
        self.sizes = QGridLayout()
        for part in (self.left_title, self.state, self.waterfall, self.reach, line(), self.cost_title):
            column.addWidget(part)
        column.addLayout(self.costs)
        column.addWidget(line())
        column.addWidget(self.size_title)
        column.addLayout(self.sizes)
        self.overlap_title = label("", "section")
        self.overlaps = QGridLayout()
        self.overlaps.setHorizontalSpacing(12)
        column.addWidget(line())
        column.addWidget(self.overlap_title)
        column.addLayout(self.overlaps)
        column.addStretch(1)
        self.setWidget(inner)

    def retranslate(self) -> None:
        self.left_title.setText(_("Who is left"))
        self.cost_title.setText(_("Cost now"))
        self.size_title.setText(_("Large enough?"))
        self.overlap_title.setText(_("Overlap with other segments"))
        if self._numbers is not None:
            self.show_numbers(self._numbers)

    def show_state(self, sentence: str) -> None:
        """Say that counting goes on, or why there is no number."""
        self.state.setText(sentence)

    def show_numbers(self, numbers: Numbers) -> None:
        """Show a finished count."""
        self._numbers = numbers
        self.state.setText(_("counted"))
        self.waterfall.show_bars(waterfall(numbers.reach))
        reach = numbers.reach.reachable
        self.reach.setText(_("{n} can be reached").format(n=number(reach)))
        self._show_costs(numbers.send, numbers.broadcast, has_plan=numbers.plan is not None)
        self._show_sizes(reach)
        self._show_overlaps(numbers)

    def _show_costs(self, send: Cost, broadcast: Cost, *, has_plan: bool) -> None:
        clear(self.costs)
        rows = [
            ("", _("This segment"), _("Broadcast")),
            (_("Messages"), number(send.messages), number(broadcast.messages)),
            (_("Inside the plan"), number(send.inside), number(broadcast.inside)),
        ]
        if has_plan:
            extra = money(send.extra_minor, self._currency), money(broadcast.extra_minor, self._currency)
            rows.append((_("Extra cost"), *extra))
        if send.left_after is not None and broadcast.left_after is not None:
            left = number(max(0, send.left_after)), number(max(0, broadcast.left_after))
            rows.append((_("Left this month"), *left))
        for at, (name, ours, theirs) in enumerate(rows):
            self.costs.addWidget(label(name, "second"), at, 0)
            self.costs.addWidget(label(ours, "strong" if at else "caption"), at, 1)
            self.costs.addWidget(label(theirs, "body" if at else "caption"), at, 2)
        self.costs.setColumnStretch(0, 1)

    def _show_sizes(self, reach: int) -> None:
        clear(self.sizes)
        half = reach * 9 // 20
        checks = [
            (reach >= 1, _("To send: {n}, needs 1").format(n=number(reach))),
            (half >= SPLIT, _("To split in A and B: {n} each, needs {needed}").format(n=number(half), needed=SPLIT)),
            (reach >= SHOWN_BY_LINE, _("To see opens and clicks: LINE needs {needed}").format(needed=SHOWN_BY_LINE)),
        ]
        if 0 < reach < VERY_SMALL:
            checks.append((False, _("Very small. Start wider, and add one condition at a time.")))
        for at, (fits, sentence) in enumerate(checks):
            picture = PictureLabel("check-circle" if fits else "warning", "good" if fits else "warn")
            self.sizes.addWidget(picture, at, 0)
            self.sizes.addWidget(label(sentence, wrap=True), at, 1)
        self.sizes.setColumnStretch(1, 1)

    def _show_overlaps(self, numbers: Numbers) -> None:
        clear(self.overlaps)
        shown = numbers.overlaps[:MOST_OVERLAPS]
        for at, other in enumerate(shown):
            share = percent(other.both / numbers.reach.match, 0)
            said = label(share, "strong")
            said.setToolTip(_("{n} friends are in both.").format(n=number(other.both)))
            self.overlaps.addWidget(said, at, 0)
            self.overlaps.addWidget(label(other.name, wrap=True), at, 1)
        if not shown:
            self.overlaps.addWidget(label(_("No other segment has these friends."), "second", wrap=True), 0, 1)
        self.overlaps.setColumnStretch(1, 1)


def waterfall(reach: Reach) -> list[Bar]:
    """Return the bars from all who match to all who can be reached."""
    bars = [
        Bar(_("Match the rules"), reach.match, number(reach.match), "chart4"),
        Bar(_("Blocked us"), reach.blocked, number(-reach.blocked), "bad"),
        Bar(_("Refused marketing"), reach.refused, number(-reach.refused), "bad"),
    ]
    if reach.no_line_id:
        bars.append(Bar(_("No LINE ID"), reach.no_line_id, number(-reach.no_line_id), "chart3"))
    bars.append(Bar(_("Frequency cap"), reach.capped, number(-reach.capped), "chart3"))
    return [*bars, Bar(_("Can be reached"), reach.reachable, number(reach.reachable))]
