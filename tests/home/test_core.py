"""Who came into a core segment this week and who bought out of it, against rules asked friend by friend."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home.core import Moves, core_numbers, moves
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.segments import library
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.facts import facts
from linecrm_desktop.segments.matches import FriendFacts, holds
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def moved(database: Database, day: ShopDay) -> dict[str, Moves]:
    with database.read() as session:
        return moves(session, Counting(session, day))


def before(told: FriendFacts, edge: datetime) -> FriendFacts:
    """Return what was known of a friend when nothing from `edge` on had happened."""
    return replace(
        told,
        tags={tag: fact for tag, fact in told.tags.items() if fact.since < edge},
        orders=tuple(one for one in told.orders if one.at < edge),
        lines=tuple(one for one in told.lines if one.at < edge),
        events=tuple(one for one in told.events if one.at < edge),
    )


def one_by_one(session: Session, day: ShopDay) -> dict[str, tuple[int, int]]:
    """Count the same in Python: in now and not then, and in then with an order since."""
    edge, then = day.days_ago(6), ShopDay(day.today - timedelta(days=7), day.zone)
    ordered = set(session.scalars(select(Order.friend_id).where(Order.at >= edge)))
    known = library.rules(session)
    found: dict[str, tuple[int, int]] = {}
    for row in library.all_segments(session):
        joined = bought = 0
        for friend in session.scalars(select(Friend)):
            told = facts(session, friend.id)
            was_there = friend.joined_at is None or friend.joined_at < edge
            was_in = was_there and holds(row.rule, before(told, edge), then, known)
            joined += holds(row.rule, told, day, known) and not was_in
            bought += was_in and friend.id in ordered
        found[row.core or ""] = (joined, bought)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_moves_of_a_week_are_those_that_each_friend_made(
    database: Database, make: Maker, day: ShopDay, now: datetime, seed: int
) -> None:
    rng = Random(seed)
    with database.write() as session:
        library.make_core(session, now, days=60)
        for _friend in range(60):
            joined = rng.choice([None, make.ago(rng.uniform(0, 90))])
            friend = make.friend(session, joined_at=joined)
            for _order in range(rng.choice([0, 0, 1, 2])):
                make.order(session, friend, rng.choice([rng.uniform(0, 8), rng.uniform(50, 80)]))
            for _click in range(rng.choice([0, 2, 3])):
                make.event(session, friend, EventKind.CLICK, rng.uniform(0, 40))
    with database.read() as session:
        expected = one_by_one(session, day)
    found = moved(database, day)
    assert {key: (one.joined, one.bought) for key, one in found.items()} == expected
    assert sum(joined + bought for joined, bought in expected.values()) > 0


def test_a_segment_that_is_not_made_has_no_number(database: Database, day: ShopDay, now: datetime) -> None:
    with database.read() as session:
        found = core_numbers(session, Counting(session, day), now)
    assert [(one.segment_id, one.reachable) for one in found] == [(None, None)] * 3
    assert moved(database, day) == {}


def test_moves_are_counted_anew_after_anything_was_written(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        library.make_core(session, now, days=60)
        make.friend(session, joined_at=make.ago(2))
    assert moved(database, day)["new_friends"].joined == 1
    with database.write() as session:
        make.friend(session, joined_at=make.ago(2))
    assert moved(database, day)["new_friends"].joined == 2
