"""The calendar that a day is picked from: its weeks begin on the day that was chosen, else as the formats want it."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit

_DAYS = {"monday": Qt.DayOfWeek.Monday, "sunday": Qt.DayOfWeek.Sunday}


class _Week:
    """The choice of this computer; one for the whole program, as its look is."""

    first = ""


class WeekCalendar(QCalendarWidget):
    """Looks up the first day each time it is shown, so that a choice counts at once."""

    def __init__(self) -> None:
        super().__init__()
        self._usual = QLocale.system().firstDayOfWeek()

    def begin_usually_on(self, day: Qt.DayOfWeek) -> None:
        """Begin weeks on a day where nobody chose another."""
        self._usual = day
        self.setFirstDayOfWeek(_DAYS.get(_Week.first, day))

    def showEvent(self, event: QShowEvent) -> None:
        self.setFirstDayOfWeek(_DAYS.get(_Week.first, self._usual))
        super().showEvent(event)


def begin_weeks_on(first_weekday: str) -> None:
    """Let weeks begin on a day of settings.preferences.FIRST_WEEKDAYS."""
    _Week.first = first_weekday


def with_calendar(field: QDateTimeEdit) -> None:
    """Let the day of a field be picked from a calendar."""
    field.setCalendarPopup(True)
    field.setCalendarWidget(WeekCalendar())
