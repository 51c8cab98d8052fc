"""The five key numbers agree with the lists they open, and the month's sums with cases done by hand."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.channels import ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import directory
from linecrm_desktop.friends.listed import Listed
from linecrm_desktop.home import month, reading
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def send(session: Session, make: Maker, accepted: int, reach: int, days_ago: float = 1, **columns: object) -> int:
    began = make.ago(days_ago)
    campaign = make.campaign(session, started_at=began, reach_then=reach, is_practice=True, **columns)
    for _copy in range(accepted):
        make.delivery(session, campaign, make.friend(session))
    return campaign


def test_tiles_count_what_their_lists_show(database: Database, make: Maker, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        source = make.tag(session, "IG", TagType.SOURCE, helps_decide="Which welcome")
        gone = make.tag(session, "Old shop", TagType.SOURCE, retired_at=now)
        make.tag(session, "VIP")
        for columns in (
            {},
            {"is_blocked": True, "marketing": Marketing.REFUSED},
            {"marketing": Marketing.REFUSED},
            {"line_user_id": None},
        ):
            make.give(session, source, make.friend(session, **columns))
        make.give(session, gone, make.friend(session))
    with database.read() as session:
        numbers = reading.read(session, day, now).numbers
        listed, reach = directory.counts(session, day), ids.reachable(session, None)
    people = numbers.people
    assert (people.friends, people.blocked, people.refused, people.no_line_id, people.reachable) == (5, 1, 1, 1, 2)
    assert people.reachable == listed[Listed.REACHABLE]
    assert people.friends - people.sourced == listed[Listed.NO_SOURCE] == 1
    assert (numbers.tags, numbers.undecided) == (2, 1)
    assert people.broadcast == reach == 3


def test_messages_left_and_the_extra_cost_so_far(database: Database, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        shop.plan, shop.line_limit, shop.line_used, shop.line_read_at = "high", 10_000, 6_500, now
    with database.read() as session:
        left = reading.read(session, day, now).numbers.left
    assert left is not None
    assert (left.left, left.extra) == (3_500, 500 * 20)


def test_without_a_plan_nobody_knows_the_money(database: Database, make: Maker, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        send(session, make, 2, 10)
    with database.read() as session:
        numbers = reading.read(session, day, now).numbers
    assert numbers.not_wasted == month.NotWasted(1, 8, None)


def test_not_wasted_is_what_broadcasts_would_have_cost_more(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        shop.plan, shop.line_limit, shop.line_used, shop.line_read_at = "high", 60_000, 1_000, now
        send(session, make, 3, 4_000)
        send(session, make, 2, 4_000)
    with database.read() as session:
        spared = reading.read(session, day, now).numbers.not_wasted
    # 1,000 were used, 995 of them elsewhere; two broadcasts instead of 5 messages: 8,995, of which 6,000 are included.
    assert spared == month.NotWasted(2, 7_995, 2_995 * 20)


def test_sends_of_other_months_and_of_the_real_line_are_not_of_this_practice_month(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        mine = send(session, make, 1, 10, days_ago=11.4)
        send(session, make, 1, 10, days_ago=11.5)
        send(session, make, 0, 10)
        other = make.campaign(session, started_at=make.ago(1), reach_then=10, is_practice=False)
        make.delivery(session, other, make.friend(session))
    with database.read() as session:
        found = month.sends(session, day)
    assert [one.id for one in found] == [mine]
    assert found[0].on == day.today.replace(day=1)


def test_the_daily_sends_of_a_step_are_one_broadcast_a_month(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        first = send(session, make, 2, 10, days_ago=3, journey_step_id=5)
        send(session, make, 1, 13, days_ago=2, journey_step_id=5)
        send(session, make, 1, 12, days_ago=1, journey_step_id=6)
    with database.read() as session:
        found = month.sends(session, day)
    assert [(one.id, one.accepted, one.broadcast) for one in found] == [(first, 3, 10), (found[1].id, 1, 12)]


def test_copies_of_erased_people_still_count(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        campaign = send(session, make, 1, 10)
        session.add(ErasedCopies(campaign_id=campaign, state=DeliveryState.ACCEPTED, why="", copies=2))
        session.flush()
    with database.read() as session:
        assert month.sends(session, day)[0].accepted == 3


def test_a_count_is_kept_until_something_is_sent(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        campaign = send(session, make, 1, 10)
    with database.read() as session:
        assert month.sends(session, day)[0].accepted == 1
    with database.write() as session:
        make.delivery(session, campaign, make.friend(session))
    with database.read() as session:
        assert month.sends(session, day)[0].accepted == 2


@pytest.mark.parametrize("days", [0, 400])
def test_an_empty_shop_has_numbers_without_a_division(
    database: Database, day: ShopDay, now: datetime, days: int
) -> None:
    with database.read() as session:
        found = reading.read(session, ShopDay(day.today + timedelta(days=days), day.zone), now)
    assert found.is_empty
    assert found.numbers.people.reachable == 0
    assert [item.kind for item in found.items] == ["import"]
