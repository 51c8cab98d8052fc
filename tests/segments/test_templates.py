"""Templates are made from the shop's own data, and say what is missing where the shop has none."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.interval import Intervals, intervals, median
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import AllOf, Compare, LastOrder, Orders, Spent
from linecrm_desktop.segments.shop_habits import Habits, habits
from linecrm_desktop.segments.templates import templates
from linecrm_desktop.store.database import Database
from tests.maker import Maker

DAY_OF = ShopDay.of


def buyers(session: Session, make: Maker, count: int, gap: float, category: str, **columns: Any) -> list[int]:
    """Add friends with two orders `gap` days apart."""
    found = [make.friend(session) for _number in range(count)]
    for friend in found:
        for days in (20, 20 + gap):
            make.order(session, friend, days_ago=days, lines=[("Thing", category, 1)], **columns)
    return found


def test_the_interval_is_the_median_of_the_shops_own_gaps(database: Database, make: Maker) -> None:
    with database.write() as session:
        buyers(session, make, 40, 45, "serum")
        buyers(session, make, 30, 20, "linen")
        buyers(session, make, 10, 300, "home")
        found = intervals(session)
    assert found == Intervals(45, True, {"serum": 45, "linen": 20})
    assert (found.of("linen"), found.of("home"), found.of("none such")) == (20, 45, 45)


def test_too_few_gaps_prove_nothing(database: Database, make: Maker) -> None:
    with database.write() as session:
        buyers(session, make, 29, 45, "serum")
        assert intervals(session) == Intervals(60, False, {})


def test_one_day_is_one_visit_and_what_was_cancelled_does_not_count(database: Database, make: Maker) -> None:
    with database.write() as session:
        for friend in buyers(session, make, 30, 40, "serum"):
            make.order(session, friend, days_ago=20.3, lines=[("Thing", "serum", 1)])
            make.order(session, friend, days_ago=30, lines=[("Thing", "serum", 1)], state=OrderState.CANCELLED)
        assert intervals(session) == Intervals(40, True, {"serum": 40})


@pytest.mark.parametrize(
    "gaps, days",
    [
        ({10: 15, 20: 15}, 10),
        ({10: 14, 20: 16}, 20),
        ({1: 30}, 7),
        ({900: 30}, 365),
        ({5: 29}, None),
        ({}, None),
    ],
)
def test_the_median_is_kept_between_a_week_and_a_year(gaps: dict[int, int], days: int | None) -> None:
    assert median(gaps) == days


def test_buyers_are_ready_again_after_the_shops_own_days(database: Database, make: Maker) -> None:
    with database.write() as session:
        buyers(session, make, 30, 25, "serum")
        library.make_core(session, make.now)
        ready = library.all_segments(session)[1]
    assert ready.rule == AllOf((Orders(Compare.AT_LEAST, 1), LastOrder(25)))
    assert CORE[1].rule == AllOf((Orders(Compare.AT_LEAST, 1), LastOrder(60)))


def test_a_shop_without_data_offers_nothing_and_says_why() -> None:
    found = templates(Habits(), "TWD")
    assert len(found) >= 10
    assert not [one for one in found if one.rule is not None or not one.missing]


def test_each_template_of_a_full_shop_can_be_counted_and_saved(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        source = make.tag(session, "Instagram ads", TagType.SOURCE)
        interest = make.tag(session, "Anti-ageing", TagType.INTEREST)
        retired = make.tag(session, "Old", TagType.SOURCE, retired_at=now)
        for place, friend in enumerate(buyers(session, make, 40, 45, "serum", total=123_400)):
            make.give(session, interest, friend)
            make.give(session, source if place % 2 else retired, friend)
            make.event(session, friend, EventKind.CLICK, category="anti-ageing")
            make.order(session, friend, days_ago=400, discount=100)
            make.order(session, friend, days_ago=500, state=OrderState.REFUNDED)
        found = habits(session, DAY_OF(now, "Asia/Taipei"))
        offered = templates(found, "TWD")
        for one in offered:
            assert one.rule is not None and not one.missing and not problems(one.rule), one.key
            kept = library.save(session, SegmentDraft(one.name, one.helps_decide, one.rule), now)
            library.count(session, library.rules(session)[kept], DAY_OF(now, "Asia/Taipei"))
    assert len({one.key for one in offered}) == len(offered) >= 12
    assert (found.source, found.interest) == ((source, "Instagram ads"), (interest, "Anti-ageing"))
    assert (found.vip_amount, found.usual_order, found.topic) == (246_800, 123_400, "anti-ageing")


def test_amounts_are_round_ones_of_the_shops_currency() -> None:
    shop = Habits(vip_amount=246_800, usual_order=123_400)
    rules = {one.key: one.rule for one in templates(shop, "TWD")}
    assert rules["vip_at_risk"] == AllOf((Spent(Compare.AT_LEAST, 200_000, days=365), LastOrder(120)))
    assert rules["close_to_vip"] == AllOf((Spent(Compare.BETWEEN, 140_000, 199_999, days=365),))
    assert rules["free_shipping"] == AllOf(
        (Orders(Compare.EXACTLY, 1, days=30), Spent(Compare.BETWEEN, 120_000, 149_999, days=30))
    )
    yen = {one.key: one for one in templates(Habits(vip_amount=9_999, usual_order=9_999), "JPY")}
    assert yen["vip_at_risk"].rule == AllOf((Spent(Compare.AT_LEAST, 8_000, days=365), LastOrder(120)))
    assert "¥8,000" in yen["vip_at_risk"].who


def test_a_shop_of_few_buyers_has_no_usual_amounts(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        buyers(session, make, 9, 45, "serum")
        found = habits(session, DAY_OF(now, "Asia/Taipei"))
    assert (found.vip_amount, found.usual_order, found.orders) == (None, None, True)
    missing = {one.key: one.missing for one in templates(found, "TWD")}
    assert missing["vip_at_risk"] == "Needs at least 20 buyers."
    assert missing["dormant"] == ""
