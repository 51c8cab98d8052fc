"""What "today" and "in the last 30 days" mean: whole local days of the shop, never 24-hour spans.

Every rule, list and report takes a ShopDay instead of looking at a clock, so one day gives one answer everywhere.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ShopDay:
    """One calendar day in the shop's time zone."""

    today: date
    zone: str

    @classmethod
    def of(cls, now: datetime, zone: str) -> "ShopDay":
        """Return the shop's calendar day at the moment `now` (aware)."""
        return cls(now.astimezone(ZoneInfo(zone)).date(), zone)

    def start_of(self, day: date) -> datetime:
        """Return the first moment of a local day, in UTC."""
        return datetime.combine(day, time.min, ZoneInfo(self.zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """Return the first moment after a local day, in UTC."""
        return self.start_of(day + timedelta(days=1))

    def days_ago(self, days: int) -> datetime:
        """Return the first moment, in UTC, of the local day `days` days before today (0 is today)."""
        return self.start_of(self.today - timedelta(days=days))

    def local(self, moment: datetime) -> datetime:
        """Return the moment as the shop's clock shows it."""
        return moment.astimezone(ZoneInfo(self.zone))

    def age(self, moment: datetime) -> int:
        """Return how many local days ago a moment was; 0 is today, negative lies ahead."""
        return (self.today - self.local(moment).date()).days
