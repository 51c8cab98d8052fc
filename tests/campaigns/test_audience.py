"""Who can be written to: one reason a friend, the cap by local days, and a stable choice of whom to keep back."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Person, Reach
from linecrm_desktop.channels import ids
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.campaigns.shopkeeper import Shopkeeper


def reach(shop: Shopkeeper) -> Reach:
    with shop.database.read() as session:
        found = audience.reach(session, AllOf((HasTag((shop.tag,)),)), shop.day, shop.clock())
        people = audience.reachable(session, AllOf((HasTag((shop.tag,)),)), shop.day, shop.clock())
    assert found.reachable == len(people)
    assert people == sorted(people)
    return found


def gave(
    session: Session, shop: Shopkeeper, friend: int, at: datetime, state: DeliveryState = DeliveryState.ACCEPTED
) -> None:
    """Record one earlier copy for a friend."""
    over = state is DeliveryState.ACCEPTED
    campaign = Campaign(
        name="Before",
        segment_name="",
        segment_rule={},
        brief={},
        bubbles=[],
        unit="u",
        state=CampaignState.DONE if over else CampaignState.PAUSED,
        recipients=1,
        reach_then=1,
        created_at=at,
        ended_at=at if over else None,
    )
    session.add(campaign)
    session.flush()
    session.add(Delivery(campaign_id=campaign.id, friend_id=friend, state=state, at=at))
    session.flush()


def test_each_friend_is_counted_once_with_the_first_reason(shop: Shopkeeper) -> None:
    shop.friends(1, is_blocked=True, marketing=Marketing.REFUSED, line_user_id=None)
    shop.friends(1, marketing=Marketing.REFUSED, line_user_id=None)
    shop.friends(1, line_user_id=None)
    shop.friends(1, line_user_id="")
    shop.friends(2, marketing=Marketing.UNKNOWN)
    shop.friends(1, marketing=Marketing.ALLOWED)
    (capped,) = shop.friends(1)
    with shop.database.write() as session:
        for _copy in range(2):
            gave(session, shop, capped, shop.clock())
    assert reach(shop) == Reach(match=8, blocked=1, refused=1, no_line_id=2, capped=1, reachable=3)


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.HANDED_OVER, DeliveryState.IN_DOUBT])
def test_copies_that_may_still_arrive_count_for_the_cap(shop: Shopkeeper, state: DeliveryState) -> None:
    (friend,) = shop.friends(1)
    with shop.database.write() as session:
        gave(session, shop, friend, shop.clock())
        gave(session, shop, friend, shop.clock(), state)
    assert reach(shop).capped == 1


def test_copies_that_were_not_sent_do_not_count_for_the_cap(shop: Shopkeeper) -> None:
    (friend,) = shop.friends(1)
    with shop.database.write() as session:
        for state in (DeliveryState.REFUSED, DeliveryState.KEPT_BACK, DeliveryState.LEFT_OUT, DeliveryState.STOPPED):
            gave(session, shop, friend, shop.clock(), state)
    assert reach(shop).capped == 0


def test_the_cap_counts_from_the_start_of_the_local_day_seven_days_ago(shop: Shopkeeper) -> None:
    inside, outside = shop.friends(2)
    begin = shop.day.days_ago(7)
    with shop.database.write() as session:
        for _copy in range(2):
            gave(session, shop, inside, begin)
            gave(session, shop, outside, begin - timedelta(seconds=1))
    assert reach(shop).capped == 1


def test_zero_messages_is_no_cap(shop: Shopkeeper) -> None:
    (friend,) = shop.friends(1)
    with shop.database.write() as session:
        session.get_one(Shop, 1).cap_messages = 0
        for _copy in range(9):
            gave(session, shop, friend, shop.clock())
    assert reach(shop).capped == 0


def test_who_bought_lately_waits_with_or_without_a_cap(shop: Shopkeeper) -> None:
    today, edge, before, cancelled = shop.friends(4)
    begins = shop.day.days_ago(3)
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.cap_messages, row.cap_wait_days = 0, 3
        shop.make.order(session, today, at=shop.clock())
        shop.make.order(session, edge, at=begins)
        shop.make.order(session, before, at=begins - timedelta(seconds=1))
        shop.make.order(session, cancelled, at=shop.clock(), state=OrderState.CANCELLED)
    assert (reach(shop).capped, reach(shop).reachable) == (2, 2)
    with shop.database.write() as session:
        session.get_one(Shop, 1).cap_wait_days = 0
    assert reach(shop).capped == 0


def test_a_broadcast_reaches_friends_who_refused_but_not_those_who_blocked(shop: Shopkeeper) -> None:
    shop.friends(3)
    shop.friends(1, marketing=Marketing.REFUSED)
    shop.friends(1, is_blocked=True)
    shop.friends(1, line_user_id=None)
    with shop.database.read() as session:
        assert ids.reachable(session, None) == 4


def crowd(count: int, first_id: int = 1) -> list[Person]:
    return [Person(first_id + n, f"U{n:032x}", True) for n in range(count)]


@pytest.mark.parametrize(("count", "percent", "kept"), [(486, 10, 48), (9, 10, 0), (10, 10, 1), (40, 5, 2), (7, 0, 0)])
def test_as_many_are_kept_back_as_the_percentage_says(count: int, percent: int, kept: int) -> None:
    found, recipients = audience.split(crowd(count), percent, "salt")
    assert (len(found), len(recipients)) == (kept, count - kept)
    assert [person.id for person in recipients] == [n for n in range(1, count + 1) if n not in found]


def test_the_same_friends_are_kept_back_after_everybody_was_imported_anew(shop: Shopkeeper) -> None:
    before, _recipients = audience.split(crowd(500), 20, "shop/1")
    after, _recipients = audience.split(list(reversed(crowd(500, first_id=9001))), 20, "shop/1")
    assert {friend - 1 for friend in before} == {friend - 9001 for friend in after}


def test_another_message_keeps_others_back() -> None:
    first, _recipients = audience.split(crowd(500), 20, "shop/1")
    second, _recipients = audience.split(crowd(500), 20, "shop/2")
    assert 5 < len(first & second) < 60
