"""The number in the builder is the number that is sent, kept back and left out: for random rules in random shops."""

import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import func, select, update

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.counted import Waterfall
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import codec, counting
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.draft import Cap
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, Joined, NoneOf, Rule
from tests.campaigns.shopkeeper import Shopkeeper
from tests.segments.filled import fill
from tests.segments.trees import TAGS, trees


def _mix(shop: Shopkeeper) -> None:
    """A shop in which some block, some refuse, some have no LINE id and some got enough."""
    r = random.Random(3)
    with shop.database.write() as session:
        fill(session, shop.make)
        now = shop.clock()
        sent = Campaign(
            name="Old",
            segment_name="Old",
            segment_rule={},
            brief={},
            bubbles=[],
            unit="u",
            state=CampaignState.DONE,
            recipients=0,
            reach_then=0,
            created_at=now,
            ended_at=now,
        )
        session.add(sent)
        session.flush()
        for friend in session.scalars(select(Friend)):
            friend.is_blocked = r.random() < 0.2
            friend.marketing = r.choice(list(Marketing))
            friend.line_user_id = friend.line_user_id if r.random() < 0.8 else None
            if r.random() < 0.3:
                at = now - timedelta(days=r.randrange(12))
                state = r.choice((DeliveryState.ACCEPTED, DeliveryState.WAITING, DeliveryState.REFUSED))
                session.add(Delivery(campaign_id=sent.id, friend_id=friend.id, state=state, at=at))
        session.connection().exec_driver_sql("UPDATE shop SET cap_messages = 1")


def test_the_waterfall_of_kept_sets_is_the_one_of_the_select(shop: Shopkeeper) -> None:
    _mix(shop)
    others: dict[int, Rule] = {1: AllOf((HasTag((1, 2)),)), 2: AnyOf((Joined(days=30),))}
    with shop.database.write() as session:
        for number, rule in others.items():
            now = shop.clock()
            saved = {"name": f"Segment {number}", "created_at": now, "changed_at": now}
            session.merge(Segment(id=number, rule=codec.to_json(rule), **saved))
    with shop.database.read() as session:

        @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(trees)
        def agree(tree: Rule) -> None:
            for cap in (None, Cap(1, 30)):
                fall = Waterfall(session, Counting(session, shop.day), shop.clock(), cap)
                asked = (session, tree, shop.day, shop.clock(), cap)
                assert fall.reach(tree) == audience.reach(*asked)
                assert counting.ids(fall.reachable(tree)) == audience.reachable(*asked)

        agree()


@pytest.mark.parametrize("seed", range(12))
def test_the_builders_count_is_what_is_sent_kept_back_and_left_out(shop: Shopkeeper, seed: int) -> None:
    _mix(shop)
    r = random.Random(seed)
    some = [HasTag((tag,)) for tag in TAGS] + [Joined(days=days, older=r.random() < 0.5) for days in (7, 30)]
    rule = r.choice((AllOf, AnyOf, NoneOf))(tuple(r.sample(some, 2)))
    with shop.database.write() as session:
        cap = r.choice((None, Cap(1, 10), Cap(2, 30)))
        own = {"cap_messages": cap and cap.messages, "cap_days": cap and cap.days}
        session.execute(update(Segment).where(Segment.id == shop.segment).values(rule=codec.to_json(rule), **own))
    with shop.database.read() as session:
        built = Waterfall(session, Counting(session, shop.day), shop.clock(), cap).reach(rule)
    message = shop.message(keep_back=20)
    if not shop.look(message).recipients:
        pytest.skip("nobody of this segment can be written to")
    campaign = shop.freeze(message)
    with shop.database.read() as session:
        states = select(Delivery.state, func.count()).where(Delivery.campaign_id == campaign)
        frozen = {state: count for state, count in session.execute(states.group_by(Delivery.state))}
    sent, kept = frozen.get(DeliveryState.WAITING, 0), frozen.get(DeliveryState.KEPT_BACK, 0)
    assert sent + kept == built.reachable
    assert sent + kept + frozen.get(DeliveryState.LEFT_OUT, 0) == built.match
