"""Asks for another moment for a send that was planned."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.settings import shop_rules
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import _, when
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.time_field import MomentField
from linecrm_desktop.views.widgets.times_button import TimesButton
from linecrm_desktop.views.widgets.writing import writing

WIDTH = 420


class TimeDialog(QDialog):
    """One field and two buttons; a moment at which nothing may leave cannot be planned, and the reason stands there."""

    chosen = Signal(object)
    """The moment (aware)."""

    def __init__(self, desk: Desk, moment: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setWindowTitle(_("Choose another time"))
        self.setMinimumWidth(WIDTH)
        self._desk = desk
        self._quiet = QuietHours(0, 0)
        self.moment = MomentField(desk.shop.zone, "otherTime")
        self.moment.show_moment(moment)
        self.moment.setAccessibleName(_("Day and time by the shop’s clock"))
        self.times = TimesButton()
        self.said = label("", "caption", wrap=True)
        self.said.setObjectName("timeSaid")
        self.keep, self.cancel = button(_("Plan it"), "primary", "clock", "planIt"), button(_("Cancel"))
        self.keep.setDefault(True)
        self._lay_out()
        self.keep.clicked.connect(self._keep)
        self.cancel.clicked.connect(self.reject)
        self.times.chosen.connect(self.moment.show_minute)
        self.moment.dateTimeChanged.connect(self._say)
        desk.jobs.read(shop_rules.quiet, self._show_quiet)
        self._say()

    def _lay_out(self) -> None:
        buttons, picked, whole = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch()
        buttons.addWidget(self.cancel)
        buttons.addWidget(self.keep)
        picked.setSpacing(4)
        picked.addWidget(self.moment, 1)
        picked.addWidget(self.times)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label(_("The list that was confirmed stays as it is; only its time changes."), wrap=True))
        whole.addLayout(picked)
        whole.addWidget(self.said)
        whole.addLayout(buttons)

    def _show_quiet(self, quiet: QuietHours) -> None:
        self._quiet = quiet
        self.times.show_quiet(quiet)
        self._say()

    def _say(self) -> None:
        """Say why a moment cannot be planned."""
        day, moment = self._desk.day(), self.moment.moment
        words = ""
        if moment <= self._desk.now():
            words = _("This time has passed.")
        elif self._quiet.hold(day.local(moment)):
            over = when(day.local(self._quiet.over_at(moment, day)), day.today)
            words = _("This time lies in the quiet hours. Choose one from {time} on.").format(time=over)
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.keep.setEnabled(not words)
        self.adjustSize()

    def _keep(self) -> None:
        self.chosen.emit(self.moment.moment)
        self.accept()
