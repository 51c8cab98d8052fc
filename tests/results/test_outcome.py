from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.cost import cost
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.models.campaign import CampaignState, Delivery
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results import words
from linecrm_desktop.results.counting import Reactions
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import Better
from linecrm_desktop.results.outcome import all_campaigns, outcome
from linecrm_desktop.results.totals import months, total
from linecrm_desktop.settings import prices
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.results.sends import put_send


def friends(session: Session, make: Maker, n: int) -> list[int]:
    return [make.friend(session) for _ in range(n)]


def test_orders_of_both_groups_are_counted_in_the_same_window(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        a, b, c, d = friends(session, make, 4)
        send = put_send(session, make.ago(10), accepted=[a, b], kept=[c, d])
        make.order(session, a, days_ago=9, total=150_000)
        make.order(session, a, days_ago=8, total=50_000)
        make.order(session, c, days_ago=5, total=70_000)
        make.order(session, b, days_ago=11, total=999)
        make.order(session, d, days_ago=1, total=999)
        make.order(session, b, days_ago=9, total=999, state=OrderState.CANCELLED)
        found = outcome(session, send, day)
    assert found.sent == Group(friends=2, did=1, orders=2, revenue=200_000)
    assert found.kept == Group(friends=2, did=1, orders=1, revenue=70_000)
    assert found.per_message == 100_000


def test_the_window_ends_with_the_last_local_day(database: Database, make: Maker, day: ShopDay) -> None:
    """Sent on 2 Nov in the afternoon, 7 days: an order on 9 Nov at 23:59 counts, one on 10 Nov at 00:00 does not."""
    taipei = "+08:00"
    with database.write() as session:
        a, b = friends(session, make, 2)
        send = put_send(session, datetime.fromisoformat(f"2026-11-02T15:00{taipei}"), accepted=[a, b])
        make.order(session, a, at=datetime.fromisoformat(f"2026-11-09T23:59{taipei}"))
        make.order(session, b, at=datetime.fromisoformat(f"2026-11-10T00:00{taipei}"))
        found = outcome(session, send, day)
    assert found.sent.did == 1
    assert found.window is not None
    assert found.window.last_day == date(2026, 11, 9)
    assert found.window_open_until is None


def test_a_young_send_says_until_when_it_counts(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        found = outcome(session, put_send(session, make.ago(7), accepted=friends(session, make, 1)), day)
    assert found.window_open_until == day.today
    assert words.standing(found) is words.Standing.COUNTING


def test_clicks_and_replies_are_counted_by_friends_not_by_events(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        a, b = friends(session, make, 2)
        send = put_send(session, make.ago(10), accepted=[a], kept=[b], brief=Brief(metric=Metric.CLICKS))
        for days_ago in (9, 8):
            make.event(session, a, EventKind.CLICK, days_ago=days_ago)
        make.event(session, b, EventKind.REPLY, days_ago=8)
        found = outcome(session, send, day)
    assert (found.sent.did, found.kept.did, found.sent.orders) == (1, 0, 0)


def test_used_coupons_and_first_purchases_are_counted(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        new, old, kept = friends(session, make, 3)
        for friend, days_ago in ((new, 9), (new, 8), (old, 40), (old, 9), (kept, 8)):
            make.order(session, friend, days_ago=days_ago)
        make.event(session, old, EventKind.COUPON, days_ago=9)
        started, both = make.ago(10), [new, old]
        first = Brief(metric=Metric.FIRST_PURCHASES)
        purchases = outcome(session, put_send(session, started, both, [kept], brief=first), day)
        used = Brief(metric=Metric.COUPONS)
        coupons = outcome(session, put_send(session, started, both, [kept], brief=used, unit="t2"), day)
    assert (purchases.sent.did, purchases.kept.did) == (1, 1)
    assert (coupons.sent.did, coupons.kept.did) == (1, 0)
    assert "first time" in words.comparison(purchases)


def test_reasons_are_counted_and_a_broadcast_is_compared(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        ids = friends(session, make, 6)
        send = put_send(
            session,
            make.ago(10),
            accepted=ids[:1],
            left_out=[(ids[1], "capped"), (ids[2], "refused"), (ids[3], "refused")],
            refused=[(ids[4], "unknown_id"), (ids[5], "unknown_id")],
        )
        found = outcome(session, send, day)
    assert found.left_out == {"refused": 2, "capped": 1}
    assert found.refused == {"unknown_id": 2}
    assert (found.recipients, found.accepted, found.broadcast_messages, found.not_sent) == (3, 1, 100, 99)


def test_revenue_in_another_currency_is_not_added_up(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        (a,) = friends(session, make, 1)
        send = put_send(session, make.ago(10), accepted=[a])
        make.order(session, a, days_ago=9, total=500, currency="JPY")
        found = outcome(session, send, day)
    assert (found.sent.orders, found.sent.revenue) == (1, 0)


def test_a_send_that_has_not_begun_counts_nothing(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        found = outcome(session, put_send(session, None, state=CampaignState.READY), day)
    assert found.window is None
    assert found.per_message is None
    assert words.standing(found) is words.Standing.NOT_BEGUN


def test_sends_are_listed_newest_first(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        put_send(session, make.ago(10), name="Old")
        put_send(session, make.ago(2), name="New")
        assert [found.name for found in all_campaigns(session, day)] == ["New", "Old"]


def test_an_unknown_send_says_so(database: Database, day: ShopDay) -> None:
    with database.read() as session, pytest.raises(ShopError, match="no longer there"):
        outcome(session, 7, day)


def test_few_kept_back_friends_are_no_verdict(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        ids = friends(session, make, 60)
        few = outcome(session, put_send(session, make.ago(20), accepted=ids[:30], kept=ids[30:59]), day)
        enough = outcome(session, put_send(session, make.ago(20), accepted=ids[:30], kept=ids[30:]), day)
        none = outcome(session, put_send(session, make.ago(20), accepted=ids), day)
    assert words.doubt(few) == "Too few to judge: only 29 friends were kept back, and 30 are needed."
    assert words.comparison(enough) == "0 of 30 ordered against 0 of 30 kept back."
    assert words.doubt(enough) == ""
    assert words.comparison(none) == "0 of 60 ordered."
    assert "Nobody was kept back" in words.doubt(none)


def test_a_send_late_in_the_evening_has_whole_days_after_it(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        late = datetime.fromisoformat("2026-11-02T23:50+08:00")
        found = outcome(session, put_send(session, late, brief=Brief(metric_days=1)), day)
    assert found.window is not None
    assert found.window.ends - late == timedelta(days=1, minutes=10)


def test_a_broadcast_is_priced_after_the_months_own_sends(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        shop = session.scalars(select(Shop)).one()
        (plan, *_) = [plan for plan in prices.plans("TW", day.today) if plan.sells_extra]
        ids = friends(session, make, 3)
        put_send(session, make.ago(3), accepted=ids)
        put_send(session, make.ago(40), accepted=ids)
        send = put_send(session, make.ago(1), accepted=ids, reach_then=plan.included)
        assert outcome(session, send, day).broadcast_extra is None
        shop.plan = plan.key
        expected = cost(plan, 3, None, plan.included)
        assert outcome(session, send, day).broadcast_extra == expected.extra_minor
    assert expected.extra == 3


def test_what_files_say_of_recipients_stands_apart_from_lines_counts(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        a, b, kept = friends(session, make, 3)
        send = put_send(session, make.ago(10), accepted=[a, b], kept=[kept])
        assert outcome(session, send, day).reactions == Reactions(blocked=None)
        for friend, kind, days_ago in (
            *((a, EventKind.OPEN, 9), (a, EventKind.CLICK, 9), (a, EventKind.CLICK, 8), (b, EventKind.OPEN, 9)),
            *((b, EventKind.BLOCK, 5), (a, EventKind.BLOCK, 2), (kept, EventKind.CLICK, 9)),
        ):
            make.event(session, friend, kind, days_ago=days_ago)
        session.add(ConsentEntry(friend_id=a, at=make.ago(8), kind=ConsentKind.REFUSED))
        found = outcome(session, send, day)
    assert found.reactions == Reactions(opened=2, clicked=1, blocked=1, refused=1)
    assert found.line.seen.people is None


def test_a_send_says_what_it_cost_and_what_a_broadcast_would_have(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        session.scalars(select(Shop)).one().plan = "high"
        ids = friends(session, make, 3)
        send = put_send(session, make.ago(3), accepted=ids, reach_then=6_010)
        found = outcome(session, send, day)
        month = months(session, all_campaigns(session, day), day)
    assert found.cost is not None
    assert (found.cost.inside, found.cost.extra, found.broadcast_extra, found.saved) == (3, 0, 200, 200)
    assert [(one.first_day, one.saved, one.totals.not_sent) for one in month] == [(date(2026, 11, 1), 200, 6_007)]


def test_variants_are_counted_apart_and_compared(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        ids = friends(session, make, 80)
        send = put_send(session, make.ago(10), accepted=ids, others=[[]])
        second = (Delivery.campaign_id == send, Delivery.friend_id.in_(ids[40:]))
        session.execute(update(Delivery).where(*second).values(variant=1))
        for friend in (*ids[:20], ids[40]):
            make.order(session, friend, days_ago=9, total=500)
        found = outcome(session, send, day)
    assert [variant.group for variant in found.variants] == [Group(40, 20, 20, 10_000), Group(40, 1, 1, 500)]
    ((one, two, difference),) = found.differences
    assert (one, two, difference.better) == ("A", "B", Better.FIRST)


def test_a_message_that_worked_says_of_how_many_it_was_the_reason(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        ids = friends(session, make, 140)
        send = put_send(session, make.ago(10), accepted=ids[:100], kept=ids[100:])
        for friend in (*ids[:40], *ids[100:104]):
            make.order(session, friend, days_ago=9)
        found = outcome(session, send, day)
    assert words.word(found) == "Worked"
    assert words.verdict(found) == "Worked: 14.6 to 41.9 points more than without the message."
    assert words.brought(found).startswith("About 30 of these 40 would not have done it without the message (95% sure")
    assert words.doubt(found) == ""


def test_sends_are_added_up(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        a, b = friends(session, make, 2)
        put_send(session, make.ago(10), accepted=[a, b])
        put_send(session, make.ago(3), accepted=[a])
        put_send(session, None, state=CampaignState.READY)
        make.order(session, a, days_ago=2, total=900)
        found = total(all_campaigns(session, day))
    assert (found.sends, found.accepted, found.orders, found.revenue, found.per_message) == (2, 3, 1, 900, 300)
    assert (found.not_sent, found.blocked, found.line.seen.text) == (197, None, "under 39")
