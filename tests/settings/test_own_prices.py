"""Prices that a shop writes down: they count from their day on, and a day before keeps what it had."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import limits, own_prices, prices
from linecrm_desktop.settings.prices import Step
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import price

TODAY, BEFORE = date(2026, 11, 12), date(2026, 11, 11)


def test_an_own_price_counts_from_its_day_on_and_can_be_taken_back(database: Database) -> None:
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        shop.plan = "high"
        ours = own_prices.plan_of(shop, TODAY)
        assert ours is not None
        before = own_prices.set_plan_price(session, replace(ours, steps=(Step(None, Decimal("0.25")),)), TODAY)
        dearer = own_prices.plan_of(shop, TODAY)
        assert dearer is not None
        assert (dearer.steps, dearer.is_own, dearer.fee_minor) == ((Step(None, Decimal("0.25")),), True, 140_000)
        assert own_prices.plan_of(shop, BEFORE) == ours
        assert own_prices.checked_on(shop) == TODAY
        own_prices.put_back(session, before)
        assert own_prices.plan_of(shop, TODAY) == ours


def test_the_second_change_of_a_day_replaces_the_first(database: Database) -> None:
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        for included in (7000, 8000):
            high = prices.plan("TW", "high", TODAY)
            assert high is not None
            own_prices.set_plan_price(session, replace(high, included=included), TODAY)
        assert len((shop.own_prices or {})["plans"]) == 1
        assert [plan.included for plan in own_prices.plans_of(shop, TODAY)] == [200, 3000, 8000]


def test_a_newer_list_of_ours_counts_from_its_own_day(database: Database) -> None:
    october = date(2026, 10, 20)
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        old = prices.plan("TW", "medium", october)
        assert old is not None
        own_prices.set_plan_price(session, replace(old, fee_minor=70_000), october)
        shop.plan = "medium"
        found = [own_prices.plan_of(shop, day) for day in (october, date(2026, 11, 1))]
        assert [plan.fee_minor for plan in found if plan] == [70_000, 100_000]


def test_a_plan_is_the_same_after_it_was_written_down() -> None:
    for country in ("TW", "JP", "TH"):
        for plan in prices.plans(country, TODAY):
            assert prices.from_json(prices.to_json(plan)) == plan


@pytest.mark.parametrize("typed", ["", "-1", "0.2.1", "1e5", "٣", "NaN", "9" * 12])
def test_what_is_no_price_is_refused(typed: str) -> None:
    with pytest.raises(ShopError):
        own_prices.amount(typed)


def test_a_price_of_one_message_has_the_digits_it_needs() -> None:
    told = [price(Decimal("0.2"), "TWD"), price(Decimal("0.011"), "TWD"), price(Decimal("2.8"), "JPY")]
    assert told == ["NT$0.20", "NT$0.011", "¥2.8"]


def test_a_changed_size_is_used_and_the_start_value_is_not_kept(database: Database) -> None:
    with database.write() as session:
        assert limits.set_limit(session, "share", 150) == 100
        limits.set_limit(session, "unused_days", 120)
        assert (limits.limits(session).share, limits.limits(session).split) == (150, 200)
        assert limits.thresholds(session).unused_days == 120
        limits.set_limit(session, "share", 100)
        assert session.get_one(Shop, 1).own_limits == {"unused_days": 120}
