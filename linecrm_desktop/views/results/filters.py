"""Which sends are looked at: a period, what they were to bring about, and a segment. Kept while the program runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import words
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.text import _, month, name_key, ngettext, number, short_date
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.widgets.basics import label

_LAST_DAYS = (30, 90)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both counted; None has no end on that side."""

    first: date | None = None
    last: date | None = None
    name: str = ""

    def has(self, day: date) -> bool:
        """Say whether a day lies in it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


def periods(outcomes: Sequence[Outcome], day: ShopDay) -> list[Period]:
    """Return what can be chosen: all, the last days, and each month with a send, the newest first."""
    found = [Period(name=_("All sends"))]
    for n in _LAST_DAYS:
        first = day.today - timedelta(days=n - 1)
        found.append(Period(first, day.today, ngettext("Last {n} day", "Last {n} days", n).format(n=number(n))))
    firsts = {sent_on(one, day).replace(day=1) for one in outcomes if one.window is not None}
    return found + [Period(first, _last_of(first), month(first)) for first in sorted(firsts, reverse=True)]


def sent_on(one: Outcome, day: ShopDay) -> date:
    """Return the shop's day on which a send began, or was made when it has not begun."""
    return day.local(one.window.begins if one.window else one.created_at).date()


def span_of(outcomes: Sequence[Outcome], day: ShopDay) -> str:
    """Say from when to when sends began."""
    days = [sent_on(one, day) for one in outcomes if one.window is not None]
    if not days:
        return ""
    first, last = short_date(min(days), day.today), short_date(max(days), day.today)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


class Filters(QWidget):
    """Three choices in a row, and at the right end a sentence about where the numbers come from."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._periods: list[Period] = []
        self._is_filling = False
        self.period, self.goal, self.segment = QComboBox(), QComboBox(), QComboBox()
        self.source = label("", "caption", wrap=True)
        self.source.setObjectName("lineSource")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for box, name in ((self.period, "period"), (self.goal, "metric"), (self.segment, "segment")):
            box.setObjectName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.currentIndexChanged.connect(self._choose)
            row.addWidget(box)
        self.source.setAlignment(self.source.alignment().AlignRight | self.source.alignment().AlignVCenter)
        row.addWidget(self.source, 1)
        theme.signals().changed.connect(self._draw)

    def show_sends(self, outcomes: Sequence[Outcome], day: ShopDay) -> None:
        """Offer what these sends have; a choice that is still there stays."""
        self._is_filling = True
        at = max(0, self.period.currentIndex())
        chosen = self._periods[at] if self._periods else None
        self._periods = periods(outcomes, day)
        self._fill(self.period, [one.name for one in self._periods])
        same = [(one.first, one.last) for one in self._periods]
        if chosen is not None and (chosen.first, chosen.last) in same:
            self.period.setCurrentIndex(same.index((chosen.first, chosen.last)))
        metrics = sorted({words.metric(one.brief) for one in outcomes}, key=name_key)
        for box, first, names in (
            (self.goal, _("Every metric"), metrics),
            (
                self.segment,
                _("All segments"),
                sorted({one.segment_name for one in outcomes if one.segment_name}, key=name_key),
            ),
        ):
            before = box.currentText() if box.currentIndex() > 0 else ""
            self._fill(box, [first, *names])
            box.setCurrentIndex(max(0, box.findText(before)) if before else 0)
        self._draw()
        self._is_filling = False

    def chosen(self, outcomes: Sequence[Outcome], day: ShopDay) -> list[Outcome]:
        """Return the sends that fit all three choices."""
        period = self._periods[self.period.currentIndex()] if self._periods else Period()
        metric = self.goal.currentText() if self.goal.currentIndex() > 0 else None
        segment = self.segment.currentText() if self.segment.currentIndex() > 0 else None
        return [
            one
            for one in outcomes
            if period.has(sent_on(one, day))
            and metric in (None, words.metric(one.brief))
            and segment in (None, one.segment_name)
        ]

    def show_all(self) -> None:
        """Take all three choices back."""
        for box in (self.period, self.goal, self.segment):
            box.setCurrentIndex(0)

    def said(self) -> str:
        """Say what is looked at, for the head of a report."""
        parts = [self.period.currentText()]
        parts += [box.currentText() for box in (self.goal, self.segment) if box.currentIndex() > 0]
        return " · ".join(parts)

    def retranslate(self) -> None:
        """Name the choices anew."""
        for box, name in ((self.period, _("Period")), (self.goal, _("Metric")), (self.segment, _("Segment"))):
            box.setAccessibleName(name)

    def _choose(self) -> None:
        if not self._is_filling:
            self.changed.emit()

    def _draw(self) -> None:
        for box, name in ((self.period, "calendar-blank"), (self.goal, "target"), (self.segment, "intersect")):
            for at in range(box.count()):
                box.setItemIcon(at, icon(name))

    @staticmethod
    def _fill(box: QComboBox, names: list[str]) -> None:
        box.clear()
        box.addItems(names)


def _last_of(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
