"""The last step before LINE: the number of recipients is typed, and then a button is pressed. Enter does not send."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from linecrm_desktop.campaigns.gate import GateReport, Tone
from linecrm_desktop.text import _, clock, ngettext, number, when
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.gate.account_row import AccountRow
from linecrm_desktop.views.gate.when_row import WhenRow
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.parts import PictureLabel


class ConfirmCard(Card):
    """Asks for the number; the button is off, with the reason beside it, until the number is right."""

    confirmed = Signal()
    """Once for each press of a button that was on; it goes off with the press."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.when = WhenRow(desk)
        self.account = AccountRow()
        self._picture: bytes | None = None
        self._report: GateReport | None = None
        self._read: frozenset[str] = frozenset()
        self._is_under_way = False
        self._title, self._when_label = label("", "section"), label("", "second")
        self._question = label("")
        self._question.setObjectName("question")
        self.typed = QLineEdit()
        self.typed.setObjectName("typed")
        self.typed.setMinimumWidth(124)
        self.typed.setMaximumWidth(180)
        self._mark = PictureLabel("check-circle", "good", 18)
        self.send = button("", "primary", "paper-plane-tilt", "send")
        self._reason = label("", "caption", wrap=True)
        self._reason.setObjectName("reason")
        self._lay_out()
        self.typed.textChanged.connect(self._show)
        self.send.clicked.connect(self._confirm)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.send.click)

    def show_picture(self, picture: bytes | None) -> None:
        """Show the account's own picture from the next report on."""
        self._picture = picture

    def show_report(self, report: GateReport, read: set[str]) -> None:
        """Ask for this report's number; what was typed for another number is taken away."""
        if self._report is not None and self._report.recipients != report.recipients:
            self.typed.clear()
        self._report, self._read = report, frozenset(read)
        self.when.show_moment(report.send_at, report.quiet)
        self.account.show_report(report, self._picture)
        self._show()

    def begin(self) -> None:
        """Start with another message."""
        self._report, self._is_under_way = None, False
        self.account.show_report(None)
        self.typed.clear()
        self._show()

    def release(self) -> None:
        """Let a person try again after a send that could not be confirmed."""
        self._is_under_way = False
        self._show()

    def retranslate(self) -> None:
        self._title.setText(_("Confirm"))
        self._when_label.setText(_("Send at"))
        self.when.retranslate()
        self.account.show_report(self._report, self._picture)
        self.typed.setAccessibleName(_("Number of recipients"))
        self._show()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.typed, 1)
        row.addWidget(self._mark)
        row.addStretch()
        row.addWidget(self.send)
        for part in (self._title, self.account, self._when_label, self.when, self._question):
            self.body.addWidget(part)
        self.body.addLayout(row)
        self.body.addWidget(self._reason)

    def _confirm(self) -> None:
        if self._is_under_way or not self._is_ready():
            return
        self._is_under_way = True
        self._show()
        self.confirmed.emit()

    def _is_open(self) -> bool:
        return self._report is not None and self._report.can_send(self._read)

    def _is_ready(self) -> bool:
        return self._report is not None and self._is_open() and self._report.fits(self.typed.text())

    def _show(self) -> None:
        count = self._report.recipients if self._report else 0
        # Rich text only for the number, which is ours: nothing a person wrote is in it.
        shown = f"<span style='font-size:large; font-weight:600'>{number(count)}</span>"
        self._question.setText(_("Type the number of recipients: {n}").format(n=shown))
        self.typed.setEnabled(self._is_open() and not self._is_under_way)
        self.typed.setPlaceholderText(self._placeholder())
        self._mark.setVisible(self._is_ready())
        self._name_button(count)
        self.send.setEnabled(self._is_ready() and not self._is_under_way)
        self._reason.setText(self._why_not())
        self.send.setToolTip("" if self.send.isEnabled() else self._reason.text())
        self.choose(self._is_ready())

    def _name_button(self, count: int) -> None:
        if self._report is not None and self._report.send_at is not None:
            self.send.setText(_("Schedule for {time}").format(time=self._time(self._report.send_at)))
            self.send.show_icon("clock")
        else:
            self.send.setText(ngettext("Send to {n} now", "Send to {n} now", count).format(n=number(count)))
            self.send.show_icon("paper-plane-tilt")

    def _time(self, moment: datetime) -> str:
        """Write a moment without its day when it is today."""
        today = self._desk.day().today
        return clock(moment) if moment.date() == today else when(moment, today)

    def _placeholder(self) -> str:
        n = len(self._report.blocking) if self._report else 0
        return ngettext("Fix {n} thing first", "Fix {n} things first", n).format(n=n) if n else ""

    def _why_not(self) -> str:
        if self._report is None:
            return _("The checks are running.")
        if self._is_under_way:
            return _("Confirmed.") if self._report.send_at else _("Confirmed. Sending begins.")
        if self._report.blocking:
            return _("Sending stays off until every red line is fixed.")
        unread = [c for c in self._report.checks if c.tone is Tone.WARNING and c.key not in self._read]
        if unread:
            return _("Sending stays off until each warning is ticked as read.")
        if not self._is_ready():
            return _("The button works when the number is right. Commas do not matter.")
        if self._report.is_practice:
            return _("Practice: the messages go to a LINE on this computer and reach nobody.")
        if self._report.send_at is not None:
            return _("You can stop it until {time}. Messages already sent cannot be taken back.").format(
                time=self._time(self._report.send_at)
            )
        return _("Messages already sent cannot be taken back.")
