"""Whole local days: the shop's midnight decides, not the computer's and not UTC's."""

from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from linecrm_desktop.days import ShopDay


def test_the_shops_day_begins_at_its_own_midnight() -> None:
    before = datetime(2026, 11, 11, 15, 59, tzinfo=UTC)
    after = datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
    assert ShopDay.of(before, "Asia/Taipei").today == date(2026, 11, 11)
    assert ShopDay.of(after, "Asia/Taipei").today == date(2026, 11, 12)


def test_zero_days_ago_is_this_mornings_midnight() -> None:
    day = ShopDay(date(2026, 11, 12), "Asia/Taipei")
    assert day.days_ago(0) == datetime(2026, 11, 11, 16, 0, tzinfo=UTC)
    assert day.days_ago(30) == datetime(2026, 10, 12, 16, 0, tzinfo=UTC)


@given(
    moment=st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    days=st.integers(0, 400),
    zone=st.sampled_from(["Asia/Taipei", "Asia/Tokyo", "Asia/Bangkok", "Europe/Berlin"]),
)
def test_a_moment_is_within_n_days_exactly_when_its_local_day_is(moment: datetime, days: int, zone: str) -> None:
    day = ShopDay(date(2026, 11, 12), zone)
    assert (moment >= day.days_ago(days)) == (day.age(moment) <= days)
