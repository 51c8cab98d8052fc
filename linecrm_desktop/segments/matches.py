"""The same meaning as to_sql, in Python: for one friend, does a rule hold, and which parts of it do?

A test of random shops and random trees keeps the two equal. Here it also explains why a friend is in or out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, NoneOf, Rule, TagMatch


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One counted order line."""

    order: int
    at: datetime
    product: str
    category: str


@dataclass(frozen=True, slots=True)
class FriendFacts:
    """All that rules can ask about one friend."""

    joined_at: datetime | None
    tags: frozenset[int]
    sources: frozenset[int]
    orders: tuple[tuple[datetime, int], ...]
    """Moment and total of each counted order."""
    lines: tuple[LineFacts, ...]
    events: tuple[tuple[EventKind, datetime, str], ...]


@dataclass(frozen=True, slots=True)
class Why:
    """A rule, whether it holds for a friend, and the same for the rules inside it."""

    rule: Rule
    holds: bool
    inner: tuple["Why", ...] = ()


def holds(rule: Rule, friend: FriendFacts, day: ShopDay, segments: Mapping[int, Rule]) -> bool:
    """Say whether a rule holds for a friend."""
    return why(rule, friend, day, segments).holds


def why(rule: Rule, friend: FriendFacts, day: ShopDay, segments: Mapping[int, Rule]) -> Why:
    """Say for each part of a rule whether it holds for a friend."""
    match rule:
        case AllOf() | AnyOf() | NoneOf():
            inner = tuple(why(part, friend, day, segments) for part in rule.rules)
            held = any(part.holds for part in inner)
            if isinstance(rule, AllOf):
                held = all(part.holds for part in inner)
            return Why(rule, not held if isinstance(rule, NoneOf) else held, inner)
        case rules.InSegment():
            other = why(segments[rule.segment], friend, day, segments)
            return Why(rule, other.holds == rule.inside, (other,))
        case _:
            return Why(rule, _leaf(rule, friend, day))


def _leaf(
    leaf: rules.HasTag
    | rules.CameFrom
    | rules.Joined
    | rules.Bought
    | rules.Orders
    | rules.Spent
    | rules.LastOrder
    | rules.Did,
    friend: FriendFacts,
    day: ShopDay,
) -> bool:
    match leaf:
        case rules.HasTag():
            return _has_tag(leaf, friend.tags)
        case rules.CameFrom():
            return bool(friend.tags & set(leaf.sources)) or (leaf.unknown and not friend.sources)
        case rules.Joined():
            return friend.joined_at is not None and _joined(leaf, friend.joined_at, day)
        case rules.Bought():
            return len(_bought(leaf, friend, day)) >= leaf.times
        case rules.Orders():
            count = len(_within((at for at, _total in friend.orders), leaf.days, day))
            return _compare(count, leaf.compare, leaf.count, leaf.high)
        case rules.Spent():
            spent = sum(total for at, total in friend.orders if _is_within(at, leaf.days, day))
            return _compare(spent, leaf.compare, leaf.amount, leaf.high)
        case rules.LastOrder():
            recent = bool(_within((at for at, _total in friend.orders), leaf.days, day))
            return bool(friend.orders) and not recent if leaf.older else recent
        case rules.Did():
            return _compare(len(_within(_did(leaf, friend), leaf.days, day)), leaf.compare, leaf.count, None)
        case _:
            assert_never(leaf)


def _has_tag(leaf: rules.HasTag, carried: frozenset[int]) -> bool:
    wanted = set(leaf.tags)
    if leaf.match is TagMatch.ALL:
        return wanted <= carried
    return bool(wanted & carried) == (leaf.match is TagMatch.ANY)


def _joined(leaf: rules.Joined, at: datetime, day: ShopDay) -> bool:
    if leaf.days is not None and (day.age(at) <= leaf.days) == leaf.older:
        return False
    local = day.local(at).date()
    return (leaf.since is None or local >= leaf.since) and (leaf.until is None or local <= leaf.until)


def _did(leaf: rules.Did, friend: FriendFacts) -> list[datetime]:
    return [at for kind, at, category in friend.events if kind is leaf.action and leaf.category in ("", category)]


def _bought(leaf: rules.Bought, friend: FriendFacts, day: ShopDay) -> set[int]:
    return {
        line.order
        for line in friend.lines
        if leaf.what in ("", line.product if leaf.by == "product" else line.category)
        and _is_within(line.at, leaf.days, day)
    }


def _within(moments: Iterable[datetime], days: int | None, day: ShopDay) -> list[datetime]:
    return [at for at in moments if _is_within(at, days, day)]


def _is_within(at: datetime, days: int | None, day: ShopDay) -> bool:
    return days is None or day.age(at) <= days


def _compare(number: int, compare: Compare, low: int, high: int | None) -> bool:
    match compare:
        case Compare.AT_LEAST:
            return number >= low
        case Compare.AT_MOST:
            return number <= low
        case Compare.EXACTLY:
            return number == low
        case Compare.BETWEEN:
            return low <= number <= (high if high is not None else low)
