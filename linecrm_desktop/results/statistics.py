"""The one door to the statistics library: how far apart two shares are, and how sure that is.

Small groups are the rule here, so no interval leans on large numbers alone: one send gets the interval of Agresti and
Caffo (2000), several sends together the one of Klingenberg (2014) around the Mantel-Haenszel difference, which
statsmodels does not have. Loading the library takes a second, so its functions load it when they are called.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist
from typing import Any, TypeVar

SURE = 0.95
"""How often an interval holds the true difference, over many sends."""
POWER = 0.8
"""How often a true difference of the assumed size is to be seen."""
Counts = tuple[int, int, int, int]
"""Who did it of how many, in the one group and in the other."""
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Interval:
    """A difference of two shares (1.0 is a hundred points) with its 95 % interval."""

    estimate: float
    low: float
    high: float

    @property
    def is_over(self) -> bool:
        return self.low > 0

    @property
    def is_under(self) -> bool:
        return self.high < 0


@dataclass(frozen=True, slots=True)
class Sums:
    """Amounts of many people, as their number, sum and sum of squares."""

    of: int = 0
    total: float = 0.0
    squares: float = 0.0

    @property
    def mean(self) -> float:
        return self.total / self.of

    @property
    def variance(self) -> float:
        return max(0.0, self.squares - self.total**2 / self.of) / (self.of - 1)

    def __add__(self, other: "Sums") -> "Sums":
        return Sums(self.of + other.of, self.total + other.total, self.squares + other.squares)


def difference(did: int, of: int, did_other: int, of_other: int, *, sure: float = SURE) -> Interval:
    """Return how far the first share lies over the other (Agresti and Caffo, 2000). Neither group may be empty."""
    low, high = _library().confint_proportions_2indep(
        did, of, did_other, of_other, compare="diff", method="agresti-caffo", alpha=1 - sure
    )
    return Interval(did / of - did_other / of_other, max(-1.0, float(low)), min(1.0, float(high)))


def pooled(strata: Sequence[Counts], sure: float = SURE) -> Interval | None:
    """Return the common difference of several pairs of groups; None where no pair has people on both sides.

    Each pair is compared within itself and weighs as much as its smaller side allows, so that a send with many
    recipients on a good day cannot pass for an effect. Klingenberg, Statistics in Medicine 33 (2014), 2968-2983.
    """
    pairs = [pair for pair in strata if pair[1] and pair[3]]
    if not pairs:
        return None
    weight = sum(of * other / (of + other) for _did, of, _did2, other in pairs)
    estimate = sum((did * other - did2 * of) / (of + other) for did, of, did2, other in pairs) / weight
    z = NormalDist().inv_cdf((1 + sure) / 2)
    slope, level = (z * z * part / weight**2 for part in _variance(pairs))
    middle = estimate + slope / 2
    margin = sqrt(max(0.0, middle**2 - estimate**2 + level))
    return Interval(estimate, max(-1.0, middle - margin), min(1.0, middle + margin))


def _variance(pairs: Sequence[Counts]) -> tuple[float, float]:
    """Return Sato's variance of the common difference (Biometrics 45, 1989): how it grows with it, and where from."""
    slope = level = 0.0
    for did, of, did2, other in pairs:
        both = of + other
        slope += (of * of * did2 - other * other * did + of * other * (other - of) / 2) / both**2
        level += (did * (other - did2) + did2 * (of - did)) / (2 * both)
    return slope, level


def needed(did: int, of: int, did_other: int, of_other: int, *, least: float, power: float = POWER) -> int:
    """Return how many more people both groups need together until their difference would be told from chance.

    It is assumed to stay as it is, or to be `least` where it is smaller; the groups grow in the same proportion.
    Fleiss, Levin and Paik, Statistical Methods for Rates and Proportions, 3rd edition (2003), section 4.2.
    """
    base, found = did_other / of_other, did / of - did_other / of_other
    size = max(abs(found), least) * (-1 if found < 0 else 1)
    if not 0 <= base + size <= 1:
        size = -size
    share = of_other / of
    people = _library().samplesize_proportions_2indep_onetail(
        size, base, power, ratio=share, alpha=1 - SURE, alternative="two-sided"
    )
    return max(0, ceil(float(people) * (1 + share)) - of - of_other)


def _library() -> Any:
    from statsmodels.stats import proportion  # pyright: ignore[reportMissingTypeStubs]

    return proportion


def chance(strata: Sequence[Counts]) -> float | None:
    """Return how often chance alone makes a difference this far from none; None where nothing can be compared.

    Small exactly when the interval of `difference` (one pair) or `pooled` (several) leaves zero out.
    """
    pairs = [pair for pair in strata if pair[1] and pair[3]]
    if not pairs:
        return None
    if len(pairs) == 1:
        shares = [(did + 1, of + 2) for did, of in (pairs[0][:2], pairs[0][2:])]
        (one, of), (other, of_other) = ((did / of, of) for did, of in shares)
        distance, spread = abs(one - other), one * (1 - one) / of + other * (1 - other) / of_other
    else:
        distance = abs(sum((did * other - did2 * of) / (of + other) for did, of, did2, other in pairs))
        spread = _variance(pairs)[1]
    return 1.0 if distance == 0 else 0.0 if spread <= 0 else _two_sided(distance / sqrt(spread))


def means_chance(first: Sums, second: Sums) -> float | None:
    """Return how often chance alone sets two means so far apart (Welch, for large groups); None: too few to say."""
    if min(first.of, second.of) < 2:
        return None
    spread = first.variance / first.of + second.variance / second.of
    distance = abs(first.mean - second.mean)
    return 1.0 if distance == 0 else 0.0 if spread <= 0 else _two_sided(distance / sqrt(spread))


def told_from_chance(found: Mapping[K, float], wrong: float = 1 - SURE) -> set[K]:
    """Return those of many differences that chance does not explain, so that of them no more than a share is wrong.

    Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995): of sixty tags that do nothing, three
    would each pass for sure by themselves.
    """
    order = sorted(found, key=lambda key: found[key])
    last = max((n for n, key in enumerate(order, 1) if found[key] <= wrong * n / len(order)), default=0)
    return set(order[:last])


def _two_sided(distance: float) -> float:
    return 2 * NormalDist().cdf(-distance)
