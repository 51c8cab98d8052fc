"""What a send costs, case by case: each figure was worked out by hand from LINE's published prices."""

from datetime import date

import pytest

from linecrm_desktop.campaigns.cost import cost
from linecrm_desktop.settings import prices

OLD, NEW, JAPAN, THAILAND = date(2026, 10, 31), date(2026, 11, 1), date(2026, 11, 1), date(2026, 11, 1)

# Country, plan, day, used this month, messages of this send, extra messages, their price in smallest units, and the
# price of all extra messages of the month with them.
CASES = [
    # Taiwan, light: 200 a month, none are sold.
    ("TW", "light", NEW, 0, 200, 0, 0, 0),
    ("TW", "light", NEW, 0, 201, 1, 0, 0),
    # Taiwan, medium: 3,000 a month, none are sold, before and after the change of prices.
    ("TW", "medium", OLD, 2_999, 1, 0, 0, 0),
    ("TW", "medium", NEW, 2_999, 1, 0, 0, 0),
    ("TW", "medium", NEW, 3_000, 1, 1, 0, 0),
    # Taiwan, high: 6,000 a month, then 0.2 for the first 50,000, then 0.15. 1 TWD is 100 units.
    ("TW", "high", NEW, 0, 6_000, 0, 0, 0),
    ("TW", "high", NEW, 0, 6_001, 1, 20, 20),
    ("TW", "high", NEW, 6_000, 1, 1, 20, 20),
    ("TW", "high", NEW, 3_412, 4_244, 1_656, 33_120, 33_120),
    ("TW", "high", NEW, 0, 56_000, 50_000, 1_000_000, 1_000_000),
    ("TW", "high", NEW, 0, 56_001, 50_001, 1_000_015, 1_000_015),
    ("TW", "high", NEW, 56_000, 1, 1, 15, 1_000_015),
    ("TW", "high", NEW, 55_999, 1, 1, 20, 1_000_000),
    ("TW", "high", NEW, 55_999, 2, 2, 35, 1_000_015),
    ("TW", "high", NEW, 50_000, 10_000, 10_000, 120_000 + 60_000, 1_000_000 + 60_000),
    ("TW", "high", NEW, 100_000, 100_000, 100_000, 1_500_000, 1_000_000 + 2_160_000),
    # Taiwan, high, until October: one price, the highest, is counted.
    ("TW", "high", OLD, 0, 56_001, 50_001, 1_000_020, 1_000_020),
    ("TW", "high", OLD, 56_000, 1_000, 1_000, 20_000, 1_020_000),
    # Japan: no hundredths. 30,000 a month, then 3.0 for the first 50,000, then 2.8.
    ("JP", "communication", JAPAN, 199, 2, 1, 0, 0),
    ("JP", "light", JAPAN, 4_999, 1, 0, 0, 0),
    ("JP", "light", JAPAN, 4_999, 2, 1, 0, 0),
    ("JP", "standard", JAPAN, 29_999, 1, 0, 0, 0),
    ("JP", "standard", JAPAN, 30_000, 1, 1, 3, 3),
    ("JP", "standard", JAPAN, 0, 80_000, 50_000, 150_000, 150_000),
    ("JP", "standard", JAPAN, 79_999, 1, 1, 3, 150_000),
    ("JP", "standard", JAPAN, 80_000, 10, 10, 28, 150_028),
    ("JP", "standard", JAPAN, 79_990, 20, 20, 30 + 28, 150_028),
    ("JP", "standard", JAPAN, 0, 130_000, 100_000, 150_000 + 140_000, 290_000),
    # Thailand: 1 THB is 100 units. Basic 15,000, then 0.10; Pro 35,000, then 0.06.
    ("TH", "free", THAILAND, 299, 1, 0, 0, 0),
    ("TH", "free", THAILAND, 300, 5, 5, 0, 0),
    ("TH", "basic", THAILAND, 15_000, 1, 1, 10, 10),
    ("TH", "basic", THAILAND, 14_990, 1_010, 1_000, 10_000, 10_000),
    ("TH", "basic", THAILAND, 20_000, 5_000, 5_000, 50_000, 100_000),
    ("TH", "pro", THAILAND, 0, 35_000, 0, 0, 0),
    ("TH", "pro", THAILAND, 35_000, 1, 1, 6, 6),
    ("TH", "pro", THAILAND, 34_000, 51_000, 50_000, 300_000, 300_000),
]


@pytest.mark.parametrize(("country", "key", "on", "used", "count", "extra", "price", "month"), CASES)
def test_extra_messages_cost_what_the_price_list_says(
    country: str, key: str, on: date, used: int, count: int, extra: int, price: int, month: int
) -> None:
    plan = prices.plan(country, key, on)
    assert plan is not None
    found = cost(plan, used, None, count)
    assert (found.extra, found.extra_minor, found.month_minor) == (extra, price, month)
    assert found.inside == count - extra


def test_two_sends_cost_together_what_one_costs() -> None:
    plan = prices.plan("TW", "high", NEW)
    whole = cost(plan, 5_000, None, 60_000)
    first, second = cost(plan, 5_000, None, 23_456), cost(plan, 28_456, None, 36_544)
    assert first.extra_minor + second.extra_minor == whole.extra_minor


@pytest.mark.parametrize(
    ("country", "on", "fees"),
    [
        ("TW", OLD, [("light", 0, 200), ("medium", 80_000, 3_000), ("high", 120_000, 6_000)]),
        ("TW", NEW, [("light", 0, 200), ("medium", 100_000, 3_000), ("high", 140_000, 6_000)]),
        ("JP", JAPAN, [("communication", 0, 200), ("light", 5_000, 5_000), ("standard", 15_000, 30_000)]),
        ("TH", THAILAND, [("free", 0, 300), ("basic", 128_000, 15_000), ("pro", 178_000, 35_000)]),
    ],
)
def test_a_plan_has_the_fee_of_its_day(country: str, on: date, fees: list[tuple[str, int, int]]) -> None:
    assert [(plan.key, plan.fee_minor, plan.included) for plan in prices.plans(country, on)] == fees
