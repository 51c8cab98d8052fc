"""The evidence about a tag or a pair of tags: the sends that reached its friends, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from linecrm_desktop.results import lift, statistics
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import Lift
from linecrm_desktop.results.statistics import Counts, Interval, Sums
from linecrm_desktop.tags.library import TagChip


@dataclass(frozen=True, slots=True)
class Stratum:
    """One send, among the friends who carried the tags."""

    send: int
    sent: Group
    kept: Group
    amounts: Sums
    """What recipients with the tags spent, each copy once."""
    others: Sums
    """What the other recipients of the send spent."""


@dataclass(frozen=True)
class Subject:
    """A tag or a pair of tags with all its sends."""

    tags: tuple[int, ...]
    strata: tuple[Stratum, ...]
    by_today: bool
    """Counted by who carries the tags today, because the shop did not know them at the time of the sends."""

    @cached_property
    def delivered(self) -> int:
        return sum(one.sent.friends for one in self.strata)

    @cached_property
    def kept_back(self) -> int:
        return sum(one.kept.friends for one in self.strata)

    @cached_property
    def lift(self) -> Lift:
        """What the sends changed, each compared within itself."""
        return lift.pooled((one.sent, one.kept) for one in self.strata)

    @cached_property
    def chance(self) -> float | None:
        """How often chance alone would make such a lift."""
        return statistics.chance([_counts(one) for one in self.strata])

    @property
    def revenue(self) -> int:
        return sum(one.sent.revenue for one in self.strata)

    @property
    def per_message(self) -> float:
        """Revenue by message; 0 where none arrived."""
        return self.revenue / self.delivered if self.delivered else 0.0

    @property
    def revenue_chance(self) -> float | None:
        """How often chance alone sets what the tags' friends spend so far from what the others spend."""
        mine, others = (one.amounts for one in self.strata), (one.others for one in self.strata)
        return statistics.means_chance(sum(mine, Sums()), sum(others, Sums()))


@dataclass(frozen=True)
class Part:
    """Two sub-groups of a tag's recipients: those with one other tag, and those with another one instead."""

    tag: int
    one: int
    other: int
    strata: tuple[Counts, ...]

    @cached_property
    def chance(self) -> float | None:
        return statistics.chance(self.strata)

    @cached_property
    def totals(self) -> Counts:
        """Who did it of how many, in the one part and in the other."""
        return (
            *(sum(one[0] for one in self.strata), sum(one[1] for one in self.strata)),
            *(sum(one[2] for one in self.strata), sum(one[3] for one in self.strata)),
        )

    @cached_property
    def interval(self) -> Interval | None:
        if len(self.strata) == 1:
            return statistics.difference(*self.strata[0])
        return statistics.pooled(self.strata)


@dataclass(frozen=True)
class Counted:
    """All that was counted."""

    subjects: Mapping[tuple[int, ...], Subject]
    """By one tag or by two, the lower number first."""
    parts: Sequence[Part]


@dataclass(frozen=True, slots=True)
class Card:
    """The evidence card of a tag or a pair of tags, as a person reads it."""

    tags: tuple[TagChip, ...]
    sends: int
    delivered: int
    kept_back: int
    lift: Lift
    revenue: int
    """Of recipients within the windows, in smallest units."""
    per_message: int | None
    friends: int
    """Who carry it today; of a pair, both."""
    last_days: int | None
    """Local days since the last of these sends; None: there was none."""
    helps_decide: tuple[str, ...]
    """What each of the tags helps decide, in the shop's words; empty where nobody has said so."""
    by_today: bool


def _counts(one: Stratum) -> Counts:
    return one.sent.did, one.sent.friends, one.kept.did, one.kept.friends
