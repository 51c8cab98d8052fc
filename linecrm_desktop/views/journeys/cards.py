"""The two cards under what is due: what comes up, and whether the path works."""

from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from linecrm_desktop.days import ShopDay
from linecrm_desktop.results import lift
from linecrm_desktop.results.lift import Lift, Verdict
from linecrm_desktop.text import _, long_date, ngettext, number, percent, short_date
from linecrm_desktop.views.journeys.reading import State
from linecrm_desktop.views.widgets.basics import Card, clear, label
from linecrm_desktop.views.widgets.charts.bars import Bar, Bars
from linecrm_desktop.views.widgets.charts.chart import Chart
from linecrm_desktop.views.widgets.charts.strips import ShareBar
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip

_TONES = {Verdict.WORKED: "good", Verdict.HURT: "bad", Verdict.NO_KEPT_BACK: "warn"}


class ComingCard(Card):
    """The next days with something due, and how it is shared out among the paths."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("comingCard")
        self._title = label("", "section")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.body.addWidget(self._title)
        self.body.addLayout(self._grid)
        self.body.addStretch()

    def show_state(self, state: State, day: ShopDay) -> None:
        """Show the next days."""
        clear(self._grid)
        self._title.setText(_("Coming up"))
        if not state.coming:
            self._grid.addWidget(label(_("Nothing is coming up."), "second"), 0, 0)
        most = max((one.friends for one in state.coming), default=1)
        for line, one in enumerate(state.coming):
            parts = " + ".join(number(one.by_path.get(row.id, 0)) for row in state.paths if row.id in one.by_path)
            bar = ShareBar(one.friends / most, f"{long_date(one.on)}: {number(one.friends)}")
            for column, part in enumerate(
                (label(long_date(one.on)), bar, label(number(one.friends), "strong"), label(parts, "second"))
            ):
                self._grid.addWidget(part, line, column)


class WorkingCard(Card):
    """Who ordered on the path, beside those kept back, and what can be said of it."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("workingCard")
        self._title, self._note = label("", "section"), label("", "second", wrap=True)
        self.bars = Chart()
        self.word = ChipLabel()
        self.sentence = label("", "second", wrap=True)
        self.sentence.setObjectName("workingSentence")
        row = QHBoxLayout()
        row.addWidget(self._title)
        row.addStretch()
        row.addWidget(self.word)
        self.body.addLayout(row)
        for part in (self._note, self.bars, self.sentence):
            self.body.addWidget(part)
        self.body.addStretch()

    def show_state(self, state: State, day: ShopDay) -> None:
        """Show the path that is looked at."""
        self._title.setText(_("Is the path working?"))
        found = state.working
        if found is None or found.since is None:
            self._note.setText(_("Nobody has entered yet."))
            for part in (self.bars, self.word, self.sentence):
                part.hide()
            return
        for part in (self.bars, self.word, self.sentence):
            part.show()
        words = ngettext(
            "Ordered within {n} day of entering, since {day}",
            "Ordered within {n} days of entering, since {day}",
            found.days,
        )
        self._note.setText(words.format(n=number(found.days), day=short_date(found.since, day.today)))
        self._show_bars(found.lift)
        self.word.show_chip(status_chip(_TONES.get(found.lift.verdict, "plain"), lift.word(found.lift.verdict)))
        again = found.look_again
        later = _("Look again on {day}.").format(day=short_date(again, day.today)) if again is not None else ""
        between = _between(found.lift)
        self.sentence.setText(" ".join(part for part in (between, lift.sentence(found.lift), later) if part))

    def _show_bars(self, found: Lift) -> None:
        bars: list[Bar] = []
        for name, group, role in ((_("On the path"), found.sent, "chart1"), (_("Kept back"), found.kept, "chart4")):
            share = group.share or 0.0
            written = _("{share} ({did} of {all})").format(
                share=percent(share), did=number(group.did), all=number(group.friends)
            )
            bars.append(Bar(name, share, written, role))
        whole = max(0.01, *((bar.value or 0.0) * 1.15 for bar in bars))
        self.bars.show_drawing(Bars(tuple(bars), whole, track=True, label_share=0.3), self._title.text())


def _between(found: Lift) -> str:
    if found.interval is None:
        return ""
    ends = found.interval
    return _("Difference {n} points, likely between {low} and {high}.").format(
        n=number(ends.estimate * 100, 1), low=number(ends.low * 100, 1), high=number(ends.high * 100, 1)
    )
