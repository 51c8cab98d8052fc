"""Borders of periods: whole local days at month ends, on leap days, and where clocks are put forward or back."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import matches, to_sql
from linecrm_desktop.segments.facts import facts
from linecrm_desktop.segments.rules import (
    Compare,
    Did,
    FieldTest,
    Joined,
    LastOrder,
    NotBoughtSince,
    Orders,
    OwnField,
    Rule,
)
from linecrm_desktop.segments.spans import boundaries, span
from linecrm_desktop.store.database import Database
from tests.maker import Maker

DAYS = (
    *(date(2026, 3, 1), date(2026, 3, 30), date(2026, 5, 31), date(2026, 12, 31), date(2027, 1, 1)),
    *(date(2024, 2, 29), date(2024, 3, 1), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 2)),
)
ZONES = ("Asia/Taipei", "Asia/Tokyo", "Asia/Bangkok", "Europe/Berlin", "America/New_York")


def holds(session: Session, rule: Rule, day: ShopDay, friend: int) -> bool:
    by_sql = friend in set(session.scalars(to_sql.members(rule, day, {})))
    assert by_sql == matches.holds(rule, facts(session, friend), day, {})
    return by_sql


def edges(day: ShopDay, days: int) -> Iterator[tuple[datetime, bool]]:
    """The first second of the local day `days` days ago, and the second before it."""
    first = datetime.combine(day.today - timedelta(days=days), datetime.min.time())
    begins = day.start_of(first.date())
    assert day.local(begins).replace(tzinfo=None) == first
    yield begins, True
    yield begins - timedelta(seconds=1), False


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_thirty_days_are_thirty_local_days(database: Database, make: Maker, zone: str, today: date) -> None:
    day = ShopDay(today, zone)
    for days in (0, 1, 30, 365):
        for at, is_inside in edges(day, days):
            with database.write() as session:
                friend = make.friend(session, joined_at=at)
                make.order(session, friend, at=at)
                make.event(session, friend, EventKind.CLICK, at=at)
                assert holds(session, Joined(days=days), day, friend) is is_inside
                assert holds(session, Joined(days=days, older=True), day, friend) is not is_inside
                assert holds(session, Orders(Compare.AT_LEAST, 1, days=days), day, friend) is is_inside
                assert holds(session, LastOrder(days), day, friend) is not is_inside
                assert holds(session, Did(EventKind.CLICK, days=days), day, friend) is is_inside
                session.rollback()


@pytest.mark.parametrize("zone", ZONES)
def test_the_first_and_the_last_day_are_inside(database: Database, make: Maker, zone: str) -> None:
    first, last = date(2026, 10, 24), date(2026, 10, 26)
    day = ShopDay(date(2026, 11, 12), zone)
    asked = Joined(since=first, until=last)
    moments = {
        day.start_of(first): True,
        day.start_of(first) - timedelta(seconds=1): False,
        day.end_of(last) - timedelta(seconds=1): True,
        day.end_of(last): False,
    }
    with database.write() as session:
        for at, is_inside in moments.items():
            assert holds(session, asked, day, make.friend(session, joined_at=at)) is is_inside


def test_a_day_with_25_hours_is_one_day() -> None:
    day = ShopDay(date(2026, 10, 26), "Europe/Berlin")
    assert day.end_of(date(2026, 10, 25)) - day.start_of(date(2026, 10, 25)) == timedelta(hours=25)
    assert day.days_ago(1) == datetime(2026, 10, 24, 22, tzinfo=UTC)


def test_periods_are_printed_with_their_first_and_last_day() -> None:
    day = ShopDay(date(2026, 11, 12), "Asia/Taipei")
    assert span(Joined(days=30), day) == (date(2026, 10, 13), date(2026, 11, 12))
    assert span(Joined(days=30, older=True), day) == (None, date(2026, 10, 12))
    assert span(Orders(Compare.AT_LEAST, 1), day) is None
    assert span(NotBoughtSince("serum", days=60), day) == (date(2026, 9, 13), date(2026, 11, 12))
    assert span(OwnField(1, FieldTest.COMES_ROUND, days=7), day) == (date(2026, 11, 12), date(2026, 11, 19))
    assert list(boundaries(Joined(days=30), day)) == [((), "Tue 13 Oct 2026 to Thu 12 Nov 2026")]


@pytest.mark.parametrize(
    ("today", "days", "born", "comes"),
    [
        (date(2026, 11, 12), 0, "1990-11-12", True),
        (date(2026, 11, 12), 7, "1990-11-19", True),
        (date(2026, 11, 12), 7, "1990-11-20", False),
        (date(2026, 12, 28), 7, "1990-01-03", True),
        (date(2026, 2, 28), 0, "1984-02-29", True),
        (date(2028, 2, 28), 0, "1984-02-29", False),
        (date(2028, 2, 28), 1, "1984-02-29", True),
    ],
)
def test_birthdays_come_round(today: date, days: int, born: str, *, comes: bool) -> None:
    rule = OwnField(1, FieldTest.COMES_ROUND, days=days)
    friend = matches.FriendFacts(fields={1: [(born, None)]})
    assert matches.holds(rule, friend, ShopDay(today, "Asia/Taipei"), {}) is comes
