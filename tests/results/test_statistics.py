"""The statistics against worked examples that others have published."""

import pytest

from linecrm_desktop.results import statistics
from linecrm_desktop.results.statistics import Interval, difference, needed, pooled

_TOLBUTAMIDE = [(8, 106, 5, 120), (22, 98, 16, 85)]
"""Deaths by age, Table 15-1 of Rothman, Greenland and Lash, Modern Epidemiology, 3rd edition (2008)."""


def _rounded(interval: Interval | None, digits: int) -> tuple[float, ...]:
    assert interval is not None
    return tuple(round(number, digits) for number in (interval.estimate, interval.low, interval.high))


def test_one_difference_is_that_of_fagerland_and_others() -> None:
    """Fagerland, Lydersen and Laake, Statistical Methods in Medical Research 24 (2015): 7 of 34 against 1 of 34."""
    assert _rounded(difference(7, 34, 1, 34), 2) == (0.18, 0.01, 0.32)
    assert _rounded(difference(7, 34, 1, 34), 8)[1:] == (0.01161167, 0.32172166)  # R, PropCIs::wald2ci(adjust="AC")


def test_one_difference_is_that_of_the_free_throws() -> None:
    """Bilder and Loughin, Analysis of Categorical Data with R, section 1.2.2: 251 of 285 against 48 of 53."""
    assert _rounded(difference(251, 285, 48, 53), 4)[1:] == (-0.1035, 0.0778)


def test_a_common_difference_is_that_of_the_textbook() -> None:
    """The chapter gives 0.035 with 90 % limits of -0.018 and 0.088 (0.087 without rounding on the way)."""
    assert _rounded(pooled(_TOLBUTAMIDE, sure=0.9), 3) == (0.035, -0.018, 0.087)


def test_the_limits_of_a_common_difference_are_where_its_own_variance_puts_them() -> None:
    """Klingenberg's limits solve (found - limit)^2 = z^2 (slope * limit + level), Sato's variance at the limit."""
    found = pooled(_TOLBUTAMIDE)
    assert found is not None
    pairs = _TOLBUTAMIDE
    weight = sum(n * m / (n + m) for _x, n, _y, m in pairs)
    slope = sum((n * n * y - m * m * x + n * m * (m - n) / 2) / (n + m) ** 2 for x, n, y, m in pairs) / weight**2
    level = sum((x * (m - y) + y * (n - x)) / (2 * (n + m)) for x, n, y, m in pairs) / weight**2
    for limit in (found.low, found.high):
        assert (found.estimate - limit) ** 2 == pytest.approx(1.959964**2 * (slope * limit + level), rel=1e-5)


def test_a_busy_day_does_not_pass_for_an_effect() -> None:
    """Two sends without any effect, one in a good week with few kept back: their sum would show 8 points."""
    found = pooled([(400, 1000, 40, 100), (100, 1000, 100, 1000)])
    assert found is not None
    assert found.estimate == pytest.approx(0)
    assert difference(500, 2000, 140, 1100).estimate == pytest.approx(0.123, abs=0.001)


def test_nothing_can_be_pooled_where_one_side_is_always_empty() -> None:
    assert pooled([(3, 10, 0, 0), (0, 0, 1, 20)]) is None


def test_nobody_did_it_is_no_certainty() -> None:
    alone, several = difference(0, 400, 0, 40), pooled([(0, 400, 0, 40), (0, 400, 0, 40)])
    assert several is not None
    assert alone.low < 0 < alone.high
    assert several.low <= 0 <= several.high
    assert several.high - several.low > 0.01


def test_how_many_more_people_is_what_r_says() -> None:
    """R, help page of power.prop.test: shares of 0.50 and 0.75 with power 0.90 need 76.7 people in each group."""
    assert needed(10, 20, 15, 20, least=0.005, power=0.9) == 154 - 40


def test_more_people_are_needed_where_the_groups_are_uneven() -> None:
    even, uneven = needed(30, 300, 24, 300, least=0.005), needed(54, 540, 5, 60, least=0.005)
    assert uneven > even > 0


@pytest.mark.parametrize("groups", [(0, 50, 0, 50), (50, 50, 50, 50), (0, 50, 1, 200)])
def test_equal_shares_ask_for_the_people_of_the_least_difference(groups: tuple[int, int, int, int]) -> None:
    assert needed(*groups, least=0.005) > 1000


@pytest.mark.parametrize(
    "strata",
    [
        [(56, 70, 48, 80)],
        [(12, 480, 3, 53)],
        [(10, 100, 10, 100), (9, 90, 4, 80)],
        [(30, 100, 10, 100), (9, 90, 4, 80)],
    ],
)
def test_chance_is_small_exactly_when_the_interval_leaves_zero_out(strata: list[statistics.Counts]) -> None:
    chance = statistics.chance(strata)
    assert chance is not None
    for sure in (0.5, 0.8, 0.95, 0.99):
        if len(strata) == 1:
            interval = statistics.difference(*strata[0], sure=sure)
        else:
            interval = statistics.pooled(strata, sure)
            assert interval is not None
        assert (interval.is_over or interval.is_under) is (chance < 1 - sure)


def test_many_differences_are_told_from_chance_as_benjamini_and_hochberg_do() -> None:
    """Their own example: Benjamini and Hochberg (1995), section 3.2; four of fifteen hypotheses are rejected."""
    chances = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719]
    chances += [0.6528, 0.7590, 1.0000]
    assert statistics.told_from_chance(dict(enumerate(chances))) == {0, 1, 2, 3}


def test_means_of_two_equal_groups_are_chance() -> None:
    some = statistics.Sums(10, 100.0, 1_100.0)
    assert statistics.means_chance(some, some) == 1.0
    assert statistics.means_chance(some, statistics.Sums(1, 5.0, 25.0)) is None
    other = statistics.Sums(10, 150.0, 2_350.0)
    chance = statistics.means_chance(some, other)
    assert chance is not None
    assert chance < 0.01
