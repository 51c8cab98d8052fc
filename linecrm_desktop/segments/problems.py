"""What keeps a rule tree from being counted, saved or sent: what is empty or broken never widens, it blocks."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from linecrm_desktop.errors import ShopError
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.known import Known, gone, retired
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, FieldTest, Leaf, NoneOf, Rule, Spanned, Unreadable
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
_OLDER = (rules.LastOrder, rules.LastReaction)
"""Rules whose days are older days unless they say otherwise; beside a first or last day that means nothing."""
Path = tuple[int, ...]
"""Positions from the root down to a rule: () is the root itself."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and at which rule."""

    path: Path
    sentence: str


def problems(rule: Rule, known: Mapping[int, Rule] | None = None) -> list[Problem]:
    """Return everything that keeps a tree from being counted, from the top.

    With what is known of the shop, all that rules name is looked for; with other segments alone, only those.
    """
    return list(_found(rule, (), lambda leaf: _missing(leaf) or _broken(leaf, known, ())))


def retired_tags(rule: Rule, known: Mapping[int, Rule] | None) -> list[Problem]:
    """Return the rules with a tag that is out of use: they are counted, but not saved or sent until it is replaced."""
    if not isinstance(known, Known):
        return []
    worn = ((path, _worn(leaf, known, ())) for path, leaf in placed_leaves(rule))
    return [Problem(path, sentence) for path, sentence in worn if sentence]


def placed_leaves(rule: Rule, path: Path = ()) -> Iterator[tuple[Path, Leaf]]:
    """Yield every leaf of a tree with its place, from the top."""
    if not isinstance(rule, (AllOf, AnyOf, NoneOf)):
        yield path, rule
        return
    for place, inner in enumerate(rule.rules):
        yield from placed_leaves(inner, (*path, place))


def refuse_incomplete(rule: Rule, known: Mapping[int, Rule]) -> None:
    """Raise ShopError with the first thing that keeps a tree from being counted."""
    for problem in problems(rule, known):
        raise ShopError(_("The rules are not complete."), problem.sentence)


def _found(rule: Rule, path: Path, wrong: Callable[[Leaf], str]) -> Iterator[Problem]:
    if not isinstance(rule, (AllOf, AnyOf, NoneOf)):
        if sentence := wrong(rule):
            yield Problem(path, sentence)
    elif isinstance(rule, Unreadable):
        yield Problem(path, _("The rules of this segment cannot be read. Make them anew."))
    elif not rule.rules:
        yield Problem(path, _("This group has no rule yet."))
    elif len(rule.rules) > _RULES_MAX:
        yield Problem(path, _("A group can hold at most {n} rules.").format(n=_RULES_MAX))
    elif len(path) >= rules.MAX_DEPTH:
        yield Problem(path, _("Groups can be nested {depth} deep.").format(depth=rules.MAX_DEPTH))
    else:
        for place, inner in enumerate(rule.rules):
            yield from _found(inner, (*path, place), wrong)


def _broken(leaf: Leaf, known: Mapping[int, Rule] | None, around: Path) -> str:
    """Say what a rule names that is not there, also inside the segments that it asks about."""
    if known is None:
        return ""
    if isinstance(known, Known) and (sentence := gone(leaf, known)):
        return sentence
    if not isinstance(leaf, rules.InSegment):
        return ""
    if leaf.segment not in known:
        return _("Choose a segment.")
    if leaf.segment in around:
        return _("A segment cannot contain itself.")
    inside = (*around, leaf.segment)
    wrong = _found(known[leaf.segment], (), lambda inner: _missing(inner) or _broken(inner, known, inside))
    return next((_of_segment(leaf, known, problem.sentence) for problem in wrong), "")


def _worn(leaf: Leaf, known: Known, around: Path) -> str:
    if not isinstance(leaf, rules.InSegment):
        return retired(leaf, known)
    if leaf.segment in around or leaf.segment not in known:
        return ""
    worn = (_worn(inner, known, (*around, leaf.segment)) for _path, inner in placed_leaves(known[leaf.segment]))
    return next((_of_segment(leaf, known, sentence) for sentence in worn if sentence), "")


def _of_segment(leaf: rules.InSegment, known: Mapping[int, Rule], why: str) -> str:
    called = known.names.segments.get(leaf.segment, "…") if isinstance(known, Known) else "…"
    return _("The segment “{segment}” cannot be used. {why}").format(segment=called, why=why)


def _missing(leaf: Leaf) -> str:
    if isinstance(leaf, rules.InSegment):
        return "" if leaf.segment else _("Choose a segment.")
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
    if leaf.test not in _BARE and not (leaf.texts and all(text.strip() for text in leaf.texts)):
        return _("Enter what the field is compared with.")
    if leaf.test is FieldTest.WHEN:
        return _missing_days_or_dates(leaf)
    if leaf.since or leaf.until or leaf.older or (leaf.days is not None and leaf.test is not FieldTest.COMES_ROUND):
        return _("This question has no period.")
    if leaf.test is FieldTest.NUMBER:
        return _missing_number(leaf.compare, leaf.number, leaf.high, lowest=-_NUMBER_MAX)
    if leaf.test is FieldTest.COMES_ROUND:
        return _missing_coming_days(leaf.days)
    return ""


def _missing_coming_days(days: int | None) -> str:
    if days is None or days < 0:
        return _("Enter how many days.")
    return _("At most {n} days.").format(n=_YEAR_MAX) if days > _YEAR_MAX else ""


def _missing_days_or_dates(leaf: Spanned) -> str:
    if leaf.days is None and leaf.since is None and leaf.until is None:
        return _("Enter how many days.")
    return _missing_period(leaf)


def _missing_period(leaf: Spanned) -> str:
    if (leaf.since or leaf.until) and leaf.days is not None:
        return _("A period is either a number of days or has a first or last day.")
    if leaf.older and leaf.days is None and not isinstance(leaf, _OLDER):
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
