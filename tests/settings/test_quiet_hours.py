"""Quiet hours: which moments lie in them, and when they are over, also on days that have an hour more or less."""

from datetime import UTC, datetime

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.settings.quiet_hours import QuietHours

NIGHT = QuietHours(21 * 60, 8 * 60)
NOON = QuietHours(12 * 60, 13 * 60)
NEW_YORK = ShopDay.of(datetime(2026, 3, 8, tzinfo=UTC), "America/New_York")


def taipei(hour: int, minute: int = 0, day: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "hour", "minute", "held"),
    [
        (NIGHT, 20, 59, False),
        (NIGHT, 21, 0, True),
        (NIGHT, 23, 59, True),
        (NIGHT, 0, 0, True),
        (NIGHT, 7, 59, True),
        (NIGHT, 8, 0, False),
        (NOON, 11, 59, False),
        (NOON, 12, 0, True),
        (NOON, 13, 0, False),
        (QuietHours(480, 480), 8, 0, False),
        (QuietHours(0, 0), 0, 0, False),
    ],
)
def test_the_first_minute_is_quiet_and_the_last_is_not(quiet: QuietHours, hour: int, minute: int, held: bool) -> None:
    assert quiet.hold(datetime(2026, 11, 12, hour, minute)) is held


def test_they_are_over_in_the_morning_of_the_shop() -> None:
    day = ShopDay.of(taipei(13), "Asia/Taipei")
    assert NIGHT.over_at(taipei(14), day) == taipei(0, day=13)  # 22:00 there; 08:00 is midnight in UTC
    assert NIGHT.over_at(taipei(20), day) == taipei(0, day=13)
    assert NIGHT.over_at(taipei(2, 31), day) == taipei(2, 31)


def test_they_begin_at_the_next_full_minute_that_is_quiet() -> None:
    day = ShopDay.of(taipei(2), "Asia/Taipei")
    assert NIGHT.begin_at(taipei(2, 31).replace(second=7), day) == taipei(13)
    assert QuietHours(0, 0).begin_at(taipei(2), day) is None


def test_a_night_with_an_hour_less_ends_by_the_clock() -> None:
    begins = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)  # 21:00 the evening before
    assert NIGHT.hold(NEW_YORK.local(begins))
    assert NIGHT.over_at(begins, NEW_YORK) == datetime(2026, 3, 8, 12, 0, tzinfo=UTC)  # 10 hours later


def test_a_night_with_an_hour_more_ends_by_the_clock() -> None:
    begins = datetime(2026, 11, 1, 1, 0, tzinfo=UTC)
    assert NIGHT.over_at(begins, NEW_YORK) == datetime(2026, 11, 1, 13, 0, tzinfo=UTC)  # 12 hours later


def test_an_end_that_the_clock_skips_is_over_when_the_clock_goes_on() -> None:
    until_half_past_two = QuietHours(0, 150)
    assert until_half_past_two.over_at(datetime(2026, 3, 8, 6, 0, tzinfo=UTC), NEW_YORK) == datetime(
        2026, 3, 8, 7, 0, tzinfo=UTC
    )


def test_an_hour_that_comes_twice_is_quiet_twice() -> None:
    half_past_one = QuietHours(0, 90)
    assert half_past_one.over_at(datetime(2026, 11, 1, 5, 0, tzinfo=UTC), NEW_YORK) == datetime(
        2026, 11, 1, 5, 30, tzinfo=UTC
    )
    assert half_past_one.hold(NEW_YORK.local(datetime(2026, 11, 1, 6, 15, tzinfo=UTC)))
