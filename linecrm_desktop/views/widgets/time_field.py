"""Fields for a time of day and for a moment, by the shop's clock; typed, moved with the arrow keys, or picked."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QDate, QDateTime, QTime
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDateTimeEdit, QTimeEdit, QWidget

from linecrm_desktop.views.widgets.calendar import with_calendar
from linecrm_desktop.views.widgets.day_field import write_by_locale

_INSET = 6


class TimeField(QTimeEdit):
    """A time of day in minutes from midnight."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setDisplayFormat("HH:mm")
        self.setProperty("small", True)
        self.setButtonSymbols(QTimeEdit.ButtonSymbols.NoButtons)
        self.setKeyboardTracking(False)
        self.setWrapping(True)
        self.setMinimumWidth(64)
        self.lineEdit().setTextMargins(_INSET, 0, 0, 0)

    @property
    def minute(self) -> int:
        """The minute of the day."""
        return self.time().hour() * 60 + self.time().minute()

    def show_minute(self, minute: int) -> None:
        """Show a minute of the day."""
        self.setTime(QTime(minute // 60 % 24, minute % 60))


class MomentField(QDateTimeEdit):
    """A day and a time of it, with a calendar; what it gives is aware."""

    def __init__(self, zone: str, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._zone = ZoneInfo(zone)
        self.setObjectName(name)
        with_calendar(self)
        write_by_locale(self, with_time=True)
        self.setProperty("small", True)
        self.setKeyboardTracking(False)
        self.setMinimumWidth(160)

    def showEvent(self, event: QShowEvent) -> None:
        """Write the moment as it is written by now: the formats may have been changed on another page."""
        write_by_locale(self, with_time=True)
        super().showEvent(event)

    @property
    def moment(self) -> datetime:
        """The moment that is shown, in UTC."""
        day, time = self.date(), self.time()
        shown = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=self._zone)
        return shown.astimezone(UTC)

    def show_moment(self, moment: datetime) -> None:
        """Show a moment by the shop's clock."""
        local = moment.astimezone(self._zone)
        self.setDateTime(QDateTime(QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)))

    def show_minute(self, minute: int) -> None:
        """Move to a minute of the same day."""
        self.setTime(QTime(minute // 60 % 24, minute % 60))
