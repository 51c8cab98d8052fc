"""The right side of the builder: who is left, what it costs now, is it large enough, who is in other segments too.

Three states, so that no number ever looks valid that is not: counted, counting (the old numbers stay, pale), nothing.
"""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QGraphicsOpacityEffect, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from linecrm_desktop.campaigns.audience import Reach
from linecrm_desktop.text import _, number
from linecrm_desktop.views.segments.cost_part import CostPart
from linecrm_desktop.views.segments.overlap_part import OverlapPart
from linecrm_desktop.views.segments.reading import Numbers
from linecrm_desktop.views.segments.size_part import SizePart, size_checks
from linecrm_desktop.views.widgets.basics import button, label, line
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.waterfall import Waterfall
from linecrm_desktop.views.widgets.parts import Banner, PictureLabel
from linecrm_desktop.views.widgets.scrolled import ScrollArea

PALE_AFTER = 150
"""Milliseconds of counting after which the old numbers turn pale; a quicker count changes them without a flicker."""
STOP_AFTER = 2_000
"""Milliseconds of counting after which it can be stopped."""
_PALE = 0.6
_MARGIN = 16
_LEAST = 280


class NumbersPanel(ScrollArea):
    """Shows a draft's numbers (show_numbers), that they are counted anew (show_counting), or why there are none."""

    overlap_asked = Signal(object)
    """Who is in the draft and in this other segment (a Shared)?"""
    stop_asked = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(_LEAST)
        self._numbers: Numbers | None = None
        self._build_head()
        self._build_parts(currency)
        self._build_page()
        self._build_clocks()
        self.show_nothing()

    def retranslate(self) -> None:
        self.left_title.setText(_("Who is left"))
        self.cost_title.setText(_("Cost now"))
        self.size_title.setText(_("Large enough?"))
        self.overlap_title.setText(_("Overlap"))
        self.overlap_title.setToolTip(_("Overlap with other segments"))
        self.stop.setText(_("Stop"))
        if self._numbers is not None:
            self.show_numbers(self._numbers)

    def show_numbers(self, numbers: Numbers) -> None:
        """Show a finished count."""
        self._rest()
        self._numbers = numbers
        self.done.show()
        seconds = number(max(0.1, numbers.seconds), 1)
        self.state.setText(_("counted in {seconds} s").format(seconds=seconds))
        _say(self.reason, "")
        _say(self.nobody, numbers.nobody)
        reach = numbers.reach.reachable
        self.waterfall.show_bars(waterfall(numbers.reach), _("Who is left"))
        self.reach.setText(_("{n} can be reached").format(n=number(reach)))
        self.costs.show_costs(numbers.send, numbers.broadcast, numbers.plan)
        self.sizes.show_checks(size_checks(reach, numbers.share, numbers.limits))
        self.overlap_of.setText(_("of these {n}").format(n=number(reach)))
        self.overlaps.show_overlaps(numbers.overlaps, reach)
        self.figures.show()

    def show_counting(self) -> None:
        """Say that counting goes on; numbers that are there stay until the new ones come, but pale."""
        if not self._pale.isActive() and not self.is_pale:
            self._pale.start()
            self._offer_stop.start()

    def show_nothing(self, reason: str = "") -> None:
        """Show no number at all, and say why."""
        self._rest()
        self._numbers = None
        self.figures.hide()
        self.reach.setText("")
        self.waterfall.show_bars([])
        _say(self.reason, reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit.start()
        return super().eventFilter(watched, event)

    @property
    def is_pale(self) -> bool:
        """Whether the numbers that are shown are old, and shown so."""
        return self._effect.isEnabled()

    def _build_head(self) -> None:
        self.left_title = label("", "section")
        self.done = PictureLabel("check", "accent", 14)
        self.state = label("", "caption")
        self.state.setObjectName("countState")
        self.stop = button("", "link", name="stopCounting")
        self.stop.setProperty("small", True)
        self.stop.clicked.connect(self.stop_asked)
        self.reason = Banner("warn")
        self.reason.setObjectName("noNumbers")
        self.nobody = Banner("warn")
        self.nobody.setObjectName("whyNobody")

    def _build_parts(self, currency: str) -> None:
        self.waterfall = Waterfall()
        self.waterfall.setObjectName("waterfall")
        self.reach = label("", "strong")
        self.reach.setObjectName("reachable")
        self.cost_title, self.size_title, self.overlap_title = (label("", "section") for _part in range(3))
        self.costs = CostPart(currency)
        self.sizes = SizePart()
        self.overlap_of = label("", "caption")
        self.overlap_of.setObjectName("overlapOf")
        self.overlaps = OverlapPart()
        self.overlaps.asked.connect(self.overlap_asked)

    def _build_page(self) -> None:
        self.figures = QWidget()
        parts = _column(self.figures)
        for part in (self.nobody, self.waterfall, self.reach, line(), self.cost_title, self.costs, line()):
            parts.addWidget(part)
        for part in (self.size_title, self.sizes, line()):
            parts.addWidget(part)
        parts.addLayout(_row(self.overlap_title, self.overlap_of))
        parts.addWidget(self.overlaps)
        self._effect = QGraphicsOpacityEffect(self.figures)
        self._effect.setOpacity(_PALE)
        self._effect.setEnabled(False)
        self.figures.setGraphicsEffect(self._effect)
        self._inner = inner = QFrame()
        inner.setObjectName("numbersPanel")
        inner.setProperty("panel", "true")
        column = _column(inner)
        column.setContentsMargins(_MARGIN, 14, _MARGIN, 14)
        column.addLayout(_row(self.left_title, self.done, self.state, self.stop))
        column.addWidget(self.reason)
        column.addWidget(self.figures)
        column.addStretch(1)
        self.setWidget(inner)

    def _build_clocks(self) -> None:
        self._pale, self._offer_stop = QTimer(self), QTimer(self)
        for clock, after, act in (
            (self._pale, PALE_AFTER, self._turn_pale),
            (self._offer_stop, STOP_AFTER, self.stop.show),
        ):
            clock.setSingleShot(True)
            clock.setInterval(after)
            clock.timeout.connect(act)
        self._fit = QTimer(self)
        self._fit.setSingleShot(True)
        self._fit.timeout.connect(self._fit_width)
        self._inner.installEventFilter(self)

    def _turn_pale(self) -> None:
        self.done.hide()
        self.state.setText(_("Counting…"))
        self._effect.setEnabled(True)

    def _rest(self) -> None:
        """End the state before."""
        self._pale.stop()
        self._offer_stop.stop()
        self._effect.setEnabled(False)
        for part in (self.stop, self.done):
            part.hide()
        self.state.setText("")

    def _fit_width(self) -> None:
        """Be as wide as the longest word asks for: larger text takes the room from the rules, whose rows can wrap."""
        beside = self.verticalScrollBar().sizeHint().width()
        self.setMinimumWidth(max(_LEAST, self._inner.minimumSizeHint().width() + beside))


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


def _say(banner: Banner, sentence: str) -> None:
    banner.show_text("warn", sentence)
    banner.setVisible(bool(sentence))


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    return column


def _row(title: QLabel, *parts: QWidget) -> QHBoxLayout:
    """Put a heading at the left and its small parts at the right."""
    row = QHBoxLayout()
    row.setSpacing(4)
    row.addWidget(title)
    row.addStretch(1)
    for part in parts:
        row.addWidget(part)
    return row
