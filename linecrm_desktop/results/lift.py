"""Lift: what a message changed. The share of those who got it, less the share of those who were kept back.

The same five words are used wherever two groups of friends are compared (a send, a step of a journey over many
sends, a tag against the rest), and the same honesty for two variants of a message: a difference that chance can make
is none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from linecrm_desktop.results import statistics
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.statistics import Interval
from linecrm_desktop.text import N_, _, ngettext, number

KEPT_BACK_MIN = 30
"""Fewer friends than this in the smaller group say nothing either way."""
NOTHING = 0.005
"""A difference of less than half a point is called none when it can be chance."""


class Verdict(StrEnum):
    """What may be said of two groups that differ in one message."""

    WORKED = "worked"
    HURT = "hurt"
    NO_EFFECT = "no_effect"
    NOT_SURE = "not_sure"
    NO_KEPT_BACK = "no_kept_back"


class Better(StrEnum):
    """What may be said of two variants of a message."""

    FIRST = "first"
    SECOND = "second"
    ALIKE = "alike"
    NOT_SURE = "not_sure"


WORDS = {
    Verdict.WORKED: N_("Worked"),
    Verdict.HURT: N_("Hurt"),
    Verdict.NO_EFFECT: N_("No effect seen"),
    Verdict.NOT_SURE: N_("Not sure yet"),
    Verdict.NO_KEPT_BACK: N_("No kept-back group"),
}


@dataclass(frozen=True, slots=True)
class Lift:
    """A verdict with all that it rests on."""

    verdict: Verdict
    interval: Interval | None
    """None where one of the groups is empty."""
    sent: Group
    kept: Group
    more: int | None = None
    """About how many more people are needed until it can be judged; None where that is not the question."""
    sends: int = 1
    """How many sends were put together."""

    @property
    def is_too_small(self) -> bool:
        return 0 < self.kept.friends < KEPT_BACK_MIN


@dataclass(frozen=True, slots=True)
class Difference:
    """Two variants of one message beside each other."""

    better: Better
    interval: Interval | None
    first: Group
    second: Group
    more: int | None = None


def lift(sent: Group, kept: Group) -> Lift:
    """Judge one send."""
    if not kept.friends:
        return Lift(Verdict.NO_KEPT_BACK, None, sent, kept)
    if not sent.friends:
        return Lift(Verdict.NOT_SURE, None, sent, kept)
    return _judged(statistics.difference(*_counts(sent, kept)), sent, kept)


def pooled(pairs: Iterable[tuple[Group, Group]]) -> Lift:
    """Judge several sends together, each compared within itself: those of one step, or those to one tag.

    Sends without a kept-back group say nothing and are not counted.
    """
    told = list(pairs)
    judged = [(sent, kept) for sent, kept in told if sent.friends and kept.friends]
    if not judged:
        return Lift(Verdict.NO_KEPT_BACK, None, together(sent for sent, _kept in told), Group(), sends=0)
    if len(judged) == 1:
        return lift(*judged[0])
    interval = statistics.pooled([_counts(sent, kept) for sent, kept in judged])
    assert interval is not None  # every pair has people on both sides
    sent, kept = together(sent for sent, _kept in judged), together(kept for _sent, kept in judged)
    return _judged(interval, sent, kept, len(judged))


def together(groups: Iterable[Group]) -> Group:
    """Add groups up; a friend who was in two of them counts twice, once for each message."""
    total = Group()
    for one in groups:
        total = Group(
            total.friends + one.friends, total.did + one.did, total.orders + one.orders, total.revenue + one.revenue
        )
    return total


def between_all(variants: Sequence[tuple[str, Group]]) -> tuple[tuple[str, str, Difference], ...]:
    """Judge each pair of named variants; with three of them each pair must be surer, so that all together are right."""
    pairs = list(combinations(variants, 2))
    return tuple((one, two, between(first, second, len(pairs))) for (one, first), (two, second) in pairs)


def between(first: Group, second: Group, comparisons: int = 1) -> Difference:
    """Judge two variants of one message against each other, as one of so many comparisons (Bonferroni)."""
    if not first.friends or not second.friends:
        return Difference(Better.NOT_SURE, None, first, second)
    sure = 1 - (1 - statistics.SURE) / comparisons
    interval = statistics.difference(*_counts(first, second), sure=sure)
    words = {
        Verdict.WORKED: Better.FIRST,
        Verdict.HURT: Better.SECOND,
        Verdict.NO_EFFECT: Better.ALIKE,
        Verdict.NOT_SURE: Better.NOT_SURE,
    }
    better = words[_verdict(interval, min(first.friends, second.friends))]
    more = _more(first, second) if better is Better.NOT_SURE else None
    return Difference(better, interval, first, second, more)


def _judged(interval: Interval, sent: Group, kept: Group, sends: int = 1) -> Lift:
    verdict = _verdict(interval, kept.friends)
    more = _more(sent, kept) if verdict is Verdict.NOT_SURE else None
    return Lift(verdict, interval, sent, kept, more, sends)


def _verdict(interval: Interval, smaller: int) -> Verdict:
    if smaller < KEPT_BACK_MIN:
        return Verdict.NOT_SURE
    if interval.is_over:
        return Verdict.WORKED
    if interval.is_under:
        return Verdict.HURT
    return Verdict.NO_EFFECT if abs(interval.estimate) < NOTHING else Verdict.NOT_SURE


def _more(one: Group, other: Group) -> int:
    """Return how many more people there must be; at least so many that the smaller group is large enough."""
    more = statistics.needed(*_counts(one, other), least=NOTHING)
    both, smaller = one.friends + other.friends, min(one.friends, other.friends)
    return max(more, -(-both * KEPT_BACK_MIN // smaller) - both)


def _counts(one: Group, other: Group) -> statistics.Counts:
    return one.did, one.friends, other.did, other.friends


def word(verdict: Verdict) -> str:
    """Return the two or three words for a chip."""
    return _(WORDS[verdict])


def sentence(lift: Lift) -> str:
    """Say what came of it, as a whole sentence."""
    match lift.verdict:
        case Verdict.WORKED:
            return _("Worked: {low} to {high} points more than without the message.").format(**_limits(lift.interval))
        case Verdict.HURT:
            return _("Hurt: {low} to {high} points fewer than without the message.").format(**_limits(lift.interval))
        case Verdict.NO_EFFECT:
            return _("No effect seen: about as many did it without the message.")
        case Verdict.NO_KEPT_BACK:
            return _("Nobody was kept back, so nobody can say what the message changed.")
        case Verdict.NOT_SURE:
            return _doubt(lift)


def _doubt(lift: Lift) -> str:
    if lift.is_too_small:
        said = ngettext(
            "Too few to judge: only {n} friend was kept back, and {least} are needed.",
            "Too few to judge: only {n} friends were kept back, and {least} are needed.",
            lift.kept.friends,
        )
        return said.format(n=number(lift.kept.friends), least=KEPT_BACK_MIN)
    if not lift.more:
        return _("Not sure yet: this difference can be chance.")
    return _needed(lift.more)


def _needed(more: int) -> str:
    n = about(more)
    said = ngettext(
        "Not sure yet: this difference can be chance. If it stays, about {n} more person is needed to tell.",
        "Not sure yet: this difference can be chance. If it stays, about {n} more people are needed to tell.",
        n,
    )
    return said.format(n=number(n))


def between_sentence(found: Difference, first: str, second: str) -> str:
    """Say which variant did better, by the variants' names."""
    match found.better:
        case Better.FIRST:
            return _("{better} did better than {other}, by {low} to {high} points.").format(
                better=first, other=second, **_limits(found.interval)
            )
        case Better.SECOND:
            return _("{better} did better than {other}, by {low} to {high} points.").format(
                better=second, other=first, **_limits(found.interval)
            )
        case Better.ALIKE:
            return _("No difference seen between {first} and {second}.").format(first=first, second=second)
        case Better.NOT_SURE:
            return _needed(found.more) if found.more else _("Not sure yet: this difference can be chance.")


def about(more: int) -> int:
    """Round a number of people up to two digits that count: more would claim to know more."""
    step = 10 ** max(0, len(str(more)) - 2)
    return -(-more // step) * step


def _limits(interval: Interval | None) -> dict[str, str]:
    """Return both ends in points, without a sign, the smaller one first."""
    assert interval is not None  # a verdict that names limits has them
    ends = sorted(abs(end) * 100 for end in (interval.low, interval.high))
    return {"low": number(ends[0], 1), "high": number(ends[1], 1)}
