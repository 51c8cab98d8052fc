"""Costs are exact at every edge of the price steps of all three countries, with and without extra messages before."""

from datetime import date

import pytest

from linecrm_desktop.campaigns.cost import Cost, cost
from linecrm_desktop.settings.prices import Plan, plan

TODAY = date(2026, 11, 12)


def the(country: str, key: str, on: date = TODAY) -> Plan:
    found = plan(country, key, on)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("country", "key", "used", "count", "extra", "minor"),
    [
        ("TW", "high", 0, 6000, 0, 0),
        ("TW", "high", 0, 6001, 1, 20),
        ("TW", "high", 3412, 4244, 1656, 33120),
        ("TW", "high", 5999, 2, 1, 20),
        ("TW", "high", 6000, 50_000, 50_000, 1_000_000),
        ("TW", "high", 6000, 50_001, 50_001, 1_000_015),
        ("TW", "high", 55_999, 1, 1, 20),
        ("TW", "high", 56_000, 1, 1, 15),
        ("TW", "high", 55_999, 2, 2, 35),
        ("TW", "medium", 2999, 2, 1, 0),
        ("JP", "standard", 0, 30_000, 0, 0),
        ("JP", "standard", 0, 30_001, 1, 3),
        ("JP", "standard", 0, 80_000, 50_000, 150_000),
        ("JP", "standard", 0, 80_001, 50_001, 150_003),
        ("JP", "standard", 80_000, 5, 5, 14),
        ("JP", "standard", 79_999, 2, 2, 6),
        ("JP", "light", 5000, 1, 1, 0),
        ("TH", "basic", 14_999, 2, 1, 10),
        ("TH", "basic", 15_000, 123_456, 123_456, 1_234_560),
        ("TH", "pro", 0, 35_001, 1, 6),
        ("TH", "pro", 35_000, 7, 7, 42),
        ("TH", "free", 0, 300, 0, 0),
    ],
)
def test_extra_messages_cost_what_their_step_says(
    country: str, key: str, used: int, count: int, extra: int, minor: int
) -> None:
    found = cost(the(country, key), used, None, count)
    assert (found.inside + found.extra, found.extra, found.extra_minor) == (count, extra, minor)


def test_two_sends_cost_as_much_as_one_of_both() -> None:
    high = the("TW", "high")
    for first in (1, 49_999, 50_000, 50_001, 60_000):
        together = cost(high, 6000, None, first + 777).extra_minor
        apart = cost(high, 6000, None, first).extra_minor + cost(high, 6000 + first, None, 777).extra_minor
        assert together == apart


def test_what_is_left_is_lines_limit_and_not_the_plans() -> None:
    assert cost(the("TW", "high"), 3412, 6000, 438) == Cost(438, 438, 0, 0, 2150)
    assert cost(the("TW", "high"), 5900, 10_000, 200) == Cost(200, 100, 100, 2000, 3900, 2000)


def test_without_a_plan_lines_limit_counts_as_inside() -> None:
    assert cost(None, 10, 100, 100) == Cost(100, 90, 10, 0, -10)
    assert cost(None, 10, None, 100) == Cost(100, 100, 0, 0, None)


def test_the_older_taiwanese_fee_table_has_its_own_price() -> None:
    assert cost(the("TW", "high", date(2026, 10, 31)), 56_000, None, 1).extra_minor == 20
