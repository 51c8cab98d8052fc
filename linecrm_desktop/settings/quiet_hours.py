"""Quiet hours: the part of the local day in which a shop sends nothing.

The shop's clock decides, also on the days on which it is set forward or back.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import clock

DAY = 24 * 60
_MINUTE = timedelta(minutes=1)
_LOOKED_AHEAD = 2 * DAY


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From and to, in minutes of the local day; equal means that there are none."""

    begins: int
    ends: int

    @property
    def exist(self) -> bool:
        return self.begins != self.ends

    def hold(self, local: datetime) -> bool:
        """Whether a local moment lies in them."""
        return self.covers(local.hour * 60 + local.minute)

    def covers(self, minute: int) -> bool:
        """Whether a minute of the local day lies in them."""
        if self.begins <= self.ends:
            return self.begins <= minute < self.ends
        return minute >= self.begins or minute < self.ends

    def over_at(self, moment: datetime, day: ShopDay) -> datetime:
        """Return the first moment from this one on that lies outside them."""
        return moment if not self.hold(day.local(moment)) else self._changed_at(moment, day)

    def begin_at(self, moment: datetime, day: ShopDay) -> datetime | None:
        """Return when they begin next after a moment outside them; None when there are none."""
        return self._changed_at(moment, day) if self.exist else None

    def _changed_at(self, moment: datetime, day: ShopDay) -> datetime:
        """Ask minute by minute: on a day with a hour more or less, nothing shorter is right."""
        held = self.hold(day.local(moment))
        later = moment.replace(second=0, microsecond=0)
        for _step in range(_LOOKED_AHEAD):
            later += _MINUTE
            if self.hold(day.local(later)) is not held:
                return later
        return later


def clock_words(minute: int) -> str:
    """Write a minute of the day as a clock shows it."""
    return clock(datetime.combine(date.min, time(minute // 60 % 24, minute % 60)))
