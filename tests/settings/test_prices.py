"""Price lists are dated data: a day gives the plans of that day, and every list names its source."""

from datetime import date
from decimal import Decimal

import pytest

from linecrm_desktop.settings.prices import plan, plans
from linecrm_desktop.store.opening import COUNTRIES
from linecrm_desktop.text import money


def test_taiwans_prices_rise_on_the_first_of_november_2026() -> None:
    before = plans("TW", date(2026, 10, 31))
    after = plans("TW", date(2026, 11, 1))
    assert [found.name for found in after] == ["輕用量", "中用量", "高用量"]
    assert [money(found.fee_minor, found.currency) for found in before] == ["NT$0", "NT$800", "NT$1,200"]
    assert [money(found.fee_minor, found.currency) for found in after] == ["NT$0", "NT$1,000", "NT$1,400"]
    assert [found.included for found in before] == [found.included for found in after] == [200, 3000, 6000]


def test_only_some_plans_sell_extra_messages() -> None:
    day = date(2026, 11, 12)
    selling = {country: [found.key for found in plans(country, day) if found.sells_extra] for country in COUNTRIES}
    assert selling == {"TW": ["high"], "JP": ["standard"], "TH": ["basic", "pro"]}


def test_the_new_taiwanese_price_falls_after_50_000_extra_messages() -> None:
    high = plan("TW", "high", date(2026, 11, 12))
    assert high is not None
    assert [(step.up_to, step.price) for step in high.steps] == [(50000, Decimal("0.2")), (None, Decimal("0.15"))]


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_list_has_a_source_and_a_date_and_ends_with_an_open_step(country: str) -> None:
    found = plans(country, date(2026, 11, 12))
    assert found
    for each in found:
        assert each.source.startswith("https://")
        assert each.checked == date(2026, 11, 23)
        assert each.currency == COUNTRIES[country][0]
        assert not each.steps or each.steps[-1].up_to is None


@pytest.mark.parametrize("country", ["US", "", "../TW"])
def test_an_unknown_country_has_no_plans(country: str) -> None:
    assert plans(country, date(2026, 11, 12)) == []


def test_a_day_before_the_first_known_price_has_no_plans_and_an_unknown_plan_is_none() -> None:
    assert plans("TW", date(2023, 8, 31)) == []
    assert plan("TW", "golden", date(2026, 11, 12)) is None
    assert plan("TW", None, date(2026, 11, 12)) is None
