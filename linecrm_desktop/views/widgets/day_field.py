"""A field for a day, written as all dates are: with the months, the order and the first day of the week of the formats.

Qt knows no Buddhist years, so a field in Thai says that its years are Western ones.
"""

from datetime import date

from PySide6.QtCore import QDate, QEvent, QLocale, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QDateTimeEdit, QWidget

from linecrm_desktop.text import formats_in_use
from linecrm_desktop.views.widgets.calendar import WeekCalendar, with_calendar

_Language, _Territory = QLocale.Language, QLocale.Country
_LOCALES = {
    "en": QLocale(_Language.English, _Territory.UnitedKingdom),
    "zh_TW": QLocale(_Language.Chinese, _Territory.Taiwan),
    "ja": QLocale(_Language.Japanese, _Territory.Japan),
    "th": QLocale(_Language.Thai, _Territory.Thailand),
    "th_CE": QLocale(_Language.Thai, _Territory.Thailand),
}
_FORMS = {"en": "d MMM yyyy", "zh_TW": "yyyy/M/d", "ja": "yyyy/M/d", "th": "d MMM 'ค.ศ.' yyyy", "th_CE": "d MMM yyyy"}


def write_by_locale(field: QDateTimeEdit, *, with_time: bool = False) -> None:
    """Write the day in a field, and in its calendar, as the formats in use want it."""
    used = formats_in_use()
    field.setLocale(_LOCALES[used])
    field.setDisplayFormat(f"{_FORMS[used]} HH:mm" if with_time else _FORMS[used])
    calendar = field.calendarWidget() if field.calendarPopup() else None
    if isinstance(calendar, WeekCalendar):
        calendar.setLocale(field.locale())
        calendar.begin_usually_on(Qt.DayOfWeek.Monday if used == "en" else Qt.DayOfWeek.Sunday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)


class DayField(QDateEdit):
    """A day, typed, moved with the arrow keys, or picked in a calendar."""

    def __init__(self, day: date | None = None, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        with_calendar(self)
        if day is not None:
            self.show_day(day)
        write_by_locale(self)

    @property
    def day(self) -> date:
        """The day that is shown."""
        return date(self.date().year(), self.date().month(), self.date().day())

    def show_day(self, day: date) -> None:
        """Show a day."""
        self.setDate(QDate(day.year, day.month, day.day))

    def showEvent(self, event: QShowEvent) -> None:
        """Write the day as it is written by now: the formats may have been changed on another page."""
        write_by_locale(self)
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Write the day anew in another language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            write_by_locale(self)
