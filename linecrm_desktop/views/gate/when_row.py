"""When a message leaves: now, or at a moment that is picked."""

from datetime import datetime, timedelta

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from linecrm_desktop.days import ShopDay
from linecrm_desktop.settings import shop_rules
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.widgets.time_field import MomentField
from linecrm_desktop.views.widgets.times_button import TimesButton


class WhenRow(QWidget):
    """Shows a moment or "Now", and says what a person chose."""

    chosen = Signal(object)
    """A moment (aware), or None for now."""

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, stacked: bool = False) -> None:
        super().__init__(parent)
        self._desk = desk
        self._quiet = QuietHours(0, 0)
        self.choice = QComboBox()
        self.choice.setObjectName("sendWhen")
        self.choice.setProperty("small", True)
        self.choice.addItems(["", ""])
        self.moment = MomentField(desk.shop.zone, "sendAt")
        self.times = TimesButton()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        row = QVBoxLayout(self) if stacked else QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.choice)
        picked = QHBoxLayout()
        picked.setSpacing(4)
        picked.addWidget(self.moment, 1)
        picked.addWidget(self.times)
        row.addLayout(picked)
        self.choice.activated.connect(self._choose)
        self.times.chosen.connect(self.moment.show_minute)
        self.moment.dateTimeChanged.connect(lambda _moment: self.chosen.emit(self.moment.moment))
        self.retranslate()
        self.show_moment(None)

    def show_moment(self, send_at: datetime | None, quiet: QuietHours | None = None) -> None:
        """Show when it leaves; `quiet` are the hours that can not be picked and a first proposal keeps out of."""
        self._quiet = quiet or self._quiet
        self.times.show_quiet(self._quiet)
        with QSignalBlocker(self.choice), QSignalBlocker(self.moment):
            self.choice.setCurrentIndex(0 if send_at is None else 1)
            self.moment.setVisible(send_at is not None)
            self.times.setVisible(send_at is not None)
            if send_at is not None and self.moment.moment != send_at:
                self.moment.show_moment(send_at)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._desk.jobs.read(shop_rules.quiet, self._take_quiet, key="messages.quiet")

    def retranslate(self) -> None:
        for place, text in enumerate((_("Now"), _("At a time"))):
            self.choice.setItemText(place, text)
        self.choice.setAccessibleName(_("Send at"))
        self.times.retranslate()
        self.moment.setAccessibleName(_("Day and time by the shop’s clock"))

    def start_choosing(self) -> None:
        """Put the cursor where another time is chosen; where none is yet, offer the next one outside quiet hours."""
        if self.moment.isVisible():
            self.moment.setFocus()
        else:
            self._choose(1)

    def _take_quiet(self, quiet: QuietHours) -> None:
        self._quiet = quiet
        self.times.show_quiet(quiet)

    def _choose(self, place: int) -> None:
        moment = proposed(self._desk.now(), self._desk.day(), self._quiet) if place else None
        self.show_moment(moment)
        self.chosen.emit(moment)
        if place:
            self.moment.setFocus()


def proposed(now: datetime, day: ShopDay, quiet: QuietHours) -> datetime:
    """Return the next full hour that is at least half an hour away and outside the quiet hours."""
    later = now + timedelta(minutes=30)
    full = later.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return quiet.over_at(full, day)
