"""The number in the builder is the number that is sent, kept back and left out: for random rules in random shops."""

import random
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import sampled_from
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience, freezing, gate
from linecrm_desktop.campaigns.audience import Sieve
from linecrm_desktop.campaigns.counted import Waterfall
from linecrm_desktop.messages import library
from linecrm_desktop.messages.bubbles import OptOutBubble
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import codec, counting
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.draft import Cap
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, Joined, Rule
from tests.campaigns.shopkeeper import AMBER, Shopkeeper
from tests.segments.filled import fill
from tests.segments.trees import trees

SEGMENT = 50


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
        session.connection().exec_driver_sql("UPDATE shop SET cap_messages = 1, cap_wait_days = 20")


def _save_others(shop: Shopkeeper) -> None:
    """The segments that random trees ask about, and one for the tree itself."""
    others: dict[int, Rule] = {1: AllOf((HasTag((1, 2)),)), 2: AnyOf((Joined(days=30),)), SEGMENT: AllOf()}
    with shop.database.write() as session:
        for number, rule in others.items():
            now = shop.clock()
            saved = {"name": f"Segment {number}", "created_at": now, "changed_at": now}
            session.merge(Segment(id=number, rule=codec.to_json(rule), **saved))


def test_the_waterfall_of_kept_sets_is_the_one_of_the_select(shop: Shopkeeper) -> None:
    _mix(shop)
    _save_others(shop)
    with shop.database.read() as session:

        @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(trees)
        def agree(tree: Rule) -> None:
            for cap in (None, Cap(1, 30)):
                fall = Waterfall(session, Counting(session, shop.day), shop.clock(), cap)
                asked = (session, tree, shop.day, shop.clock(), Sieve(cap))
                assert fall.reach(tree) == audience.reach(*asked)
                assert counting.ids(fall.reachable(tree)) == audience.reachable(*asked)

        agree()


def test_the_builders_count_is_what_is_sent_kept_back_and_left_out(shop: Shopkeeper) -> None:
    """Random nested trees, each with a real freeze that is taken back afterwards."""
    _mix(shop)
    _save_others(shop)
    draft = shop.draft(keep_back=20, segment_id=SEGMENT).with_added(OptOutBubble("Write stop."))
    with shop.database.write() as session:
        message = library.save(session, draft, shop.clock())
        shop.make.was_tested(session, message)
    sent_to: list[int] = []

    @settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(trees, sampled_from((None, Cap(1, 10), Cap(2, 30))))
    def agree(tree: Rule, cap: Cap | None) -> None:
        with shop.database.read() as session:
            built = Waterfall(session, Counting(session, shop.day), shop.clock(), cap).reach(tree)
        own = {"cap_messages": cap and cap.messages, "cap_days": cap and cap.days}
        with shop.database.write() as session:
            session.execute(update(Segment).where(Segment.id == SEGMENT).values(rule=codec.to_json(tree), **own))
            found = gate.inspect(session, message, shop.day, shop.clock(), None)
            assert found.reach == built
            if built.reachable:
                frozen = _frozen(session, message, found.recipients, shop)
                sent, kept = frozen.get(DeliveryState.WAITING, 0), frozen.get(DeliveryState.KEPT_BACK, 0)
                assert sent + kept == built.reachable
                assert sent + kept + frozen.get(DeliveryState.LEFT_OUT, 0) == built.match
                sent_to.append(sent)
            session.rollback()

    agree()
    assert len(sent_to) > 40


def _frozen(session: Session, message: int, typed: int, shop: Shopkeeper) -> dict[DeliveryState, int]:
    campaign = freezing.freeze(session, message, typed, shop.day, shop.clock(), AMBER, None)
    states = select(Delivery.state, func.count()).where(Delivery.campaign_id == campaign)
    return {state: count for state, count in session.execute(states.group_by(Delivery.state))}
