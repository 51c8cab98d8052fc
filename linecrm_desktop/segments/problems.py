"""What keeps a rule tree from being counted, saved or sent: an empty leaf or group never widens, it blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, NoneOf, Rule
from linecrm_desktop.text import _

_DAYS_MAX = 36_500
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_NUMBER_MAX = 10**15
_RULES_MAX = 100
Path = tuple[int, ...]
"""Positions from the root down to a rule: () is the root itself."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which rule."""

    path: Path
    sentence: str


def problems(rule: Rule, segments: Mapping[int, Rule] | None = None, path: Path = ()) -> list[Problem]:
    """Return everything that is missing in a tree, from the top; known segments are checked when given."""
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        if not rule.rules:
            return [Problem(path, _("This group has no rule yet."))]
        if len(rule.rules) > _RULES_MAX:
            return [Problem(path, _("A group can hold at most {n} rules.").format(n=_RULES_MAX))]
        if len(path) >= rules.MAX_DEPTH:
            return [Problem(path, _("Groups can be nested {depth} deep.").format(depth=rules.MAX_DEPTH))]
        return [p for place, inner in enumerate(rule.rules) for p in problems(inner, segments, (*path, place))]
    sentence = _missing(rule, segments)
    return [Problem(path, sentence)] if sentence else []


def _missing(leaf: rules.Leaf, segments: Mapping[int, Rule] | None) -> str:
    match leaf:
        case rules.HasTag():
            return "" if leaf.tags else _("Choose a tag.")
        case rules.CameFrom():
            return "" if leaf.sources or leaf.unknown else _("Choose a source.")
        case rules.Joined():
            return _missing_join(leaf)
        case rules.Orders(compare=compare, count=low, high=high) | rules.Spent(compare=compare, amount=low, high=high):
            return _missing_number(compare, low, high) or _missing_days(leaf.days)
        case rules.Did():
            return _missing_number(leaf.compare, leaf.count, leaf.count) or _missing_days(leaf.days)
        case rules.Bought():
            if leaf.times < 1:
                return _("Enter how many times.")
            return _missing_number(Compare.AT_LEAST, leaf.times, None) or _missing_days(leaf.days)
        case rules.LastOrder():
            return _missing_days(leaf.days)
        case rules.InSegment():
            known = segments is None or leaf.segment in segments
            return "" if leaf.segment and known else _("Choose a segment.")
        case _:
            assert_never(leaf)


def _missing_join(leaf: rules.Joined) -> str:
    if leaf.days is None and leaf.since is None and leaf.until is None:
        return _("Enter how many days.")
    if any(day is not None and not _FIRST_YEAR <= day.year <= _LAST_YEAR for day in (leaf.since, leaf.until)):
        return _("Days lie between {first} and {last}.").format(first=_FIRST_YEAR, last=_LAST_YEAR)
    if leaf.since and leaf.until and leaf.since > leaf.until:
        return _("The first day lies after the last one.")
    return _missing_days(leaf.days)


def _missing_days(days: int | None) -> str:
    if days is not None and days < 0:
        return _("Days cannot be less than 0.")
    return _("At most {n} days.").format(n=_DAYS_MAX) if days is not None and days > _DAYS_MAX else ""


def _missing_number(compare: Compare, low: int, high: int | None) -> str:
    if low < 0:
        return _("A number cannot be less than 0.")
    if max(low, high or 0) > _NUMBER_MAX:
        return _("This number is too large.")
    if compare is Compare.BETWEEN and (high is None or high < low):
        return _("The second number must be at least the first.")
    return ""
