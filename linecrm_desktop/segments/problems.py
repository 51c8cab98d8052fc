"""What keeps a rule tree from being counted, saved or sent: an empty leaf or group never widens, it blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, FieldTest, NoneOf, Rule, Spanned
from linecrm_desktop.text import _

_DAYS_MAX = 36_500
_YEAR_MAX = 366
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_NUMBER_MAX = 10**15
_RULES_MAX = 100
_PERCENT = 100
_SCORES = range(1, 6)
_BARE = (FieldTest.UNKNOWN, FieldTest.KNOWN, FieldTest.NUMBER, FieldTest.WHEN, FieldTest.COMES_ROUND)
"""Tests that ask for no text."""
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
    if isinstance(leaf, rules.InSegment):
        known = segments is None or leaf.segment in segments
        return "" if leaf.segment and known else _("Choose a segment.")
    if isinstance(leaf, rules.OfReactions):
        return _missing_of_reactions(leaf)
    return _missing_of_people(leaf) if isinstance(leaf, rules.OfPeople) else _missing_of_orders(leaf)


def _missing_of_people(leaf: rules.OfPeople) -> str:
    match leaf:
        case rules.HasTag():
            return _missing_period(leaf) if leaf.tags else _("Choose a tag.")
        case rules.CameFrom():
            there = leaf.sources or (leaf.unknown and leaf.inside)
            return "" if there else _("Choose a source.")
        case rules.Joined():
            return _missing_days_or_dates(leaf)
        case rules.MayMarket() | rules.Informed() | rules.CanOptOut():
            return ""
        case rules.OwnField():
            return _missing_of_field(leaf)
        case rules.RandomShare():
            fits = 0 <= leaf.low < leaf.high <= _PERCENT
            return "" if fits else _("A share goes from 0 to 100 percent, the second number above the first.")
        case _:
            assert_never(leaf)


def _missing_of_orders(leaf: rules.OfOrders) -> str:
    match leaf:
        case rules.Orders(compare=compare, count=low, high=high) | rules.Spent(compare=compare, amount=low, high=high):
            return _missing_number(compare, low, high) or _missing_period(leaf)
        case rules.AverageOrder(compare=compare, amount=low, high=high):
            return _missing_number(compare, low, high) or _missing_period(leaf)
        case rules.UsedDiscount() | rules.Returned():
            return _missing_number(leaf.compare, leaf.count, leaf.high) or _missing_period(leaf)
        case rules.Bought():
            if leaf.times < 1:
                return _("Enter how many times.")
            if leaf.also and "" in (leaf.what, *leaf.also):
                return _("Choose a product or category.")
            return _missing_number(Compare.AT_LEAST, leaf.times, None) or _missing_period(leaf)
        case rules.NotBoughtSince():
            return _missing_days(leaf.days)
        case rules.LastOrder() | rules.FirstOrder():
            return _missing_days_or_dates(leaf)
        case rules.Rfm():
            spans = (leaf.recency, leaf.frequency, leaf.monetary)
            fit = all(len(span) == 2 and set(span) <= set(_SCORES) and span[0] <= span[1] for span in spans)
            return "" if fit else _("Scores go from 1 to 5, the second at least the first.")
        case _:
            assert_never(leaf)


def _missing_of_reactions(leaf: rules.OfReactions) -> str:
    match leaf:
        case rules.Did() | rules.Reacted() | rules.Received():
            return _missing_number(leaf.compare, leaf.count, leaf.high) or _missing_period(leaf)
        case rules.LastReaction():
            return _missing_days_or_dates(leaf)
        case rules.Got():
            return "" if leaf.message else _("Choose a message.")
        case _:
            assert_never(leaf)


def _missing_of_field(leaf: rules.OwnField) -> str:
    if not leaf.field:
        return _("Choose a field.")
    if leaf.test not in _BARE and not any(text.strip() for text in leaf.texts):
        return _("Enter what the field is compared with.")
    if leaf.test is FieldTest.NUMBER:
        return _missing_number(leaf.compare, leaf.number, leaf.high, lowest=-_NUMBER_MAX)
    if leaf.test is FieldTest.WHEN:
        return _missing_days_or_dates(leaf)
    if leaf.test is FieldTest.COMES_ROUND and not 0 <= (leaf.days or 0) <= _YEAR_MAX:
        return _("At most {n} days.").format(n=_YEAR_MAX)
    return ""


def _missing_days_or_dates(leaf: Spanned) -> str:
    if leaf.days is None and leaf.since is None and leaf.until is None:
        return _("Enter how many days.")
    return _missing_period(leaf)


def _missing_period(leaf: Spanned) -> str:
    if leaf.older and leaf.days is None and not (leaf.since or leaf.until):
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


def _missing_number(compare: Compare, low: float, high: float | None, lowest: int = 0) -> str:
    if low < lowest:
        return _("A number cannot be less than 0.")
    if max(low, high or 0) > _NUMBER_MAX:
        return _("This number is too large.")
    if compare is Compare.BETWEEN and (high is None or high < low):
        return _("The second number must be at least the first.")
    return ""
