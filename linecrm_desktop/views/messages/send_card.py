"""The bar of a send: accepted, not sent, waiting, with the buttons that pause it, go on, or end it."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import _, number, when
from linecrm_desktop.views.messages.send_facts import STATES, SendFacts, time_left
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.charts.bars import Bar
from linecrm_desktop.views.widgets.charts.strips import SegmentBar
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import writing


class Count(QWidget):
    """A number with its colour and its words."""

    def __init__(self, role: str, name: str) -> None:
        super().__init__()
        self._number = label("", "strong")
        self._number.setObjectName(name)
        self._words = label("", "second")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 20, 0)
        row.setSpacing(6)
        for part in (PictureLabel("square-fill", role, 12), self._number, self._words):
            row.addWidget(part)

    def show_count(self, n: int, words: str) -> None:
        """Show a number."""
        self._number.setText(number(n))
        self._words.setText(words)


class SendCard(Card):
    """Where a send stands."""

    paused = Signal()
    resumed = Signal()
    stop_asked = Signal()

    def __init__(self, day: ShopDay) -> None:
        super().__init__(margins=(18, 16, 18, 14))
        self._day = day
        self._title = label("", "section")
        self._title.setObjectName("sendState")
        self._note = label("", "caption")
        self._note.setObjectName("sendNote")
        self.pause = writing(button("", "default", "pause", "pause"))
        self.go_on = button("", "primary", "play", "goOn")
        self.other_time = writing(button("", "default", "clock", "otherTimeAsked"))
        self.stop = button("", "danger", "stop", "stop")
        self._bar = SegmentBar()
        self._bar.setFixedHeight(14)
        self._accepted, self._bad = Count("chart1", "accepted"), Count("bad", "notSent")
        self._waiting = Count("border", "waiting")
        self._total = label("", "caption")
        self._lay_out()
        self.pause.clicked.connect(self.paused)
        self.go_on.clicked.connect(self.resumed)
        self.stop.clicked.connect(self.stop_asked)

    def show_facts(self, facts: SendFacts, now: datetime, *, sending: bool) -> None:
        """Show a send; `sending` says whether this window is at it now."""
        now_at = facts.standing
        self._title.setText(_("Sending") if sending and not facts.is_over else _(STATES[now_at.state]))
        self._note.setText(self._words(facts, now, sending=sending))
        self.pause.setVisible(sending and not facts.is_over)
        self.go_on.setVisible(not sending and not facts.is_over)
        self.go_on.setText(_("Send it now…") if facts.is_planned else _("Go on"))
        self.other_time.setVisible(facts.is_planned and not sending)
        self.stop.setVisible(not facts.is_over)
        self._accepted.show_count(now_at.accepted, _("accepted by LINE"))
        self._bad.show_count(facts.not_sent, _("could not be sent"))
        self._waiting.show_count(now_at.waiting, _("waiting"))
        self._total.setText(_("{n} in all").format(n=number(now_at.total)))
        self._bar.show_bars(
            [
                Bar(_("accepted by LINE"), now_at.accepted, number(now_at.accepted)),
                Bar(_("could not be sent"), facts.not_sent, number(facts.not_sent), "bad"),
                Bar(_("waiting"), now_at.waiting, number(now_at.waiting), "border"),
            ]
        )

    def wait(self) -> None:
        """Offer nothing while it is not known how the send stands."""
        for part in (self.pause, self.other_time, self.go_on, self.stop):
            part.hide()

    def retranslate(self) -> None:
        self.pause.setText(_("Pause"))
        self.pause.setToolTip(_("Space"))
        self.go_on.setText(_("Go on"))
        self.other_time.setText(_("Another time…"))
        self.stop.setText(_("Stop…"))
        self._bar.setAccessibleName(_("How far the send is"))

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self._title)
        head.addSpacing(4)
        head.addWidget(self._note)
        head.addStretch()
        for part in (self.pause, self.other_time, self.go_on, self.stop):
            head.addWidget(part)
        for part in (self._accepted, self._bad, self._waiting):
            foot.addWidget(part)
        foot.addStretch()
        foot.addWidget(self._total)
        self.body.addLayout(head)
        self.body.addWidget(self._bar)
        self.body.addLayout(foot)

    def _words(self, facts: SendFacts, now: datetime, *, sending: bool) -> str:
        if facts.is_planned and facts.due_at is not None:
            due = self._day.local(facts.due_at)
            return _("planned for {time}").format(time=when(due, self._day.local(now).date()))
        if facts.started_at is None:
            return ""
        begun = self._day.local(facts.started_at)
        started = _("started {time}").format(time=begun.strftime("%H:%M:%S"))
        left = time_left(facts, now) if sending else ""
        return _("{started} · {left}").format(started=started, left=left) if left else started
