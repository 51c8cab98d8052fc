"""A send keeps the price that it was confirmed with; the gate warns under the shop's own number of messages."""

from dataclasses import replace
from decimal import Decimal

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.campaigns.gate import Tone
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.costs import costs
from linecrm_desktop.settings import own_prices, shop_rules
from linecrm_desktop.settings.prices import Step
from tests.campaigns.shopkeeper import Shopkeeper


def test_an_old_send_keeps_its_price_when_prices_change(shop: Shopkeeper) -> None:
    shop.friends(40)
    with shop.database.write() as session:
        connecting.choose_plan(session, "high")
    campaign = shop.freeze()
    today = shop.day.today
    with shop.database.write() as session:
        row, sent = session.get_one(Shop, 1), session.get_one(Campaign, campaign)
        before = costs(session, sent, 6_100, shop.day)
        plan = own_prices.plan_of(row, today)
        assert plan is not None
        own_prices.set_plan_price(session, replace(plan, steps=(Step(None, Decimal(9)),)), today)
        assert costs(session, sent, 6_100, shop.day) == before
        assert before.own is not None
        assert before.own.extra_minor == 2_000
        sent.priced = None
        after = costs(session, sent, 6_100, shop.day).own
        assert after is not None
        assert after.extra_minor == 90_000, "sends of before are priced by the plan of now"


def test_the_gate_counts_with_the_shops_own_price(shop: Shopkeeper) -> None:
    shop.friends(40)
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.is_practice, row.plan = False, "high"
        plan = own_prices.plan_of(row, shop.day.today)
        assert plan is not None
        own_prices.set_plan_price(session, replace(plan, steps=(Step(None, Decimal("0.5")),)), shop.day.today)
    report = shop.look(shop.message(keep_back=0), Quota(10_000, 6_000))
    assert report.cost is not None
    assert report.cost.extra_minor == 2_000


def test_few_messages_left_are_a_warning_when_the_shop_wants_one(shop: Shopkeeper) -> None:
    shop.friends(40)
    with shop.database.write() as session:
        session.get_one(Shop, 1).is_practice = False
        assert shop_rules.set_warning(session, 600) is None
    found = {check.key: check for check in shop.look(shop.message(keep_back=0), Quota(6_000, 5_400)).checks}["quota"]
    assert found.tone is Tone.WARNING
    assert found.sentence == "After sending, 560 are left: fewer than the 600 below which you want a warning."
