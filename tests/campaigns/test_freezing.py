"""What is frozen is what was seen: counted anew, written whole or not at all, and deaf to later edits."""

import pytest
from sqlalchemy import func, select

from linecrm_desktop.campaigns import freezing
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.messages import library
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.segment import Segment
from tests.campaigns.shopkeeper import AMBER, Shopkeeper


def counts(shop: Shopkeeper) -> tuple[int, int, int]:
    with shop.database.read() as session:
        rows = [session.scalars(select(func.count()).select_from(table)).one() for table in (Campaign, Chunk, Delivery)]
    return rows[0], rows[1], rows[2]


def freeze(shop: Shopkeeper, message: int, typed: int, read: set[str]) -> int:
    with shop.database.write() as session:
        return freezing.freeze(session, message, typed, shop.day, shop.clock(), read, None)


def test_every_matched_friend_has_one_delivery_with_its_reason(shop: Shopkeeper) -> None:
    shop.friends(60)
    (blocked,) = shop.friends(1, is_blocked=True)
    (refused,) = shop.friends(1, marketing=Marketing.REFUSED)
    (without,) = shop.friends(1, line_user_id=None)
    message = shop.message(keep_back=20)
    report = shop.look(message)
    campaign = shop.freeze(message, chunk=10)
    states = shop.states(campaign)
    assert len(states) == report.reach.match == 63
    assert states[blocked] == (DeliveryState.LEFT_OUT, "blocked")
    assert states[refused] == (DeliveryState.LEFT_OUT, "refused")
    assert states[without] == (DeliveryState.LEFT_OUT, "no_line_id")
    standing = shop.standing(campaign)
    assert (standing.waiting, standing.kept_back, standing.left_out) == (report.recipients, report.kept_back, 3)
    assert (standing.total, standing.kept_back) == (48, 12)


def test_the_brief_is_stored_with_its_four_answers(shop: Shopkeeper) -> None:
    shop.friends(2)
    campaign = shop.freeze(shop.message(metric_days=14, good_if=3))
    with shop.database.read() as session:
        row = session.get_one(Campaign, campaign)
        assert row.brief == {
            "segment_id": shop.segment,
            "why_now": "The bottle is empty now",
            "what": "Refill costs less this week",
            "metric": "orders",
            "metric_days": 14,
            "good_if": 3,
            "keep_back": 0,
            "send_at": None,
            "only_informed": False,
            "channel_id": None,
        }
        assert (row.state, row.is_practice, row.reach_then) == (CampaignState.READY, True, 2)
        assert row.unit.startswith(f"tw_20261112_{campaign}_")
        assert len(row.unit) <= 30


@pytest.mark.parametrize("typed", [0, 2, 4, 33])
def test_another_number_than_the_recipients_now_writes_nothing(shop: Shopkeeper, typed: int) -> None:
    shop.friends(3)
    with pytest.raises(ShopError, match="3 recipients now"):
        freeze(shop, shop.message(), typed, AMBER)
    assert counts(shop) == (0, 0, 0)


def test_a_friend_who_refuses_after_the_look_makes_the_typed_number_wrong(shop: Shopkeeper) -> None:
    friends = shop.friends(3)
    message = shop.message()
    assert shop.look(message).recipients == 3
    with shop.database.write() as session:
        session.get_one(Friend, friends[1]).marketing = Marketing.REFUSED
    with pytest.raises(ShopError, match="2 recipients now, not 3"):
        freeze(shop, message, 3, AMBER)
    freeze(shop, message, 2, AMBER)
    assert counts(shop) == (1, 1, 3)


def test_an_unread_warning_writes_nothing(shop: Shopkeeper) -> None:
    shop.friends(3)
    with pytest.raises(ShopError, match="Under 50") as caught:
        freeze(shop, shop.message(), 3, {"kept_back"})
    assert "Tick" in caught.value.advice
    assert counts(shop) == (0, 0, 0)


def test_an_incomplete_brief_writes_nothing_whatever_was_ticked(shop: Shopkeeper) -> None:
    shop.friends(3)
    with pytest.raises(ShopError, match="Question 2 has no answer"):
        freeze(shop, shop.message(why_now="soon"), 3, AMBER)
    assert counts(shop) == (0, 0, 0)


def test_later_edits_of_message_and_segment_change_nothing(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(3)
    message = shop.message("The frozen text")
    campaign = shop.freeze(message)
    with shop.database.write() as session:
        library.save(session, shop.draft("Another text"), shop.clock(), message)
        session.get_one(Segment, shop.segment).name = "Renamed"
    shop.friends(5)
    shop.send(campaign, line)
    assert world.heard[0].body["messages"] == [{"type": "text", "text": "The frozen text"}]
    assert world.heard[0].to == tuple(shop.line_ids(friends))
    with shop.database.read() as session:
        assert session.get_one(Campaign, campaign).segment_name == "Serum buyers"


def test_a_second_send_right_away_meets_the_cap(shop: Shopkeeper) -> None:
    shop.friends(3)
    message = shop.message()
    shop.freeze(message)
    shop.freeze(message)
    assert shop.look(message).reach.capped == 3
    with pytest.raises(ShopError, match="Nobody is left"):
        freeze(shop, message, 0, AMBER)


@pytest.mark.parametrize(("friends", "sizes"), [(500, [500]), (501, [500, 1]), (1000, [500, 500])])
def test_requests_have_at_most_500_friends(shop: Shopkeeper, friends: int, sizes: list[int]) -> None:
    shop.friends(friends)
    campaign = shop.freeze()
    with shop.database.read() as session:
        by_chunk = select(Delivery.chunk, func.count()).where(Delivery.campaign_id == campaign).group_by(Delivery.chunk)
        assert [count for _chunk, count in session.execute(by_chunk.order_by(Delivery.chunk))] == sizes
