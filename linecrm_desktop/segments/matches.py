"""The same meaning as to_sql, in Python: for one friend, does a rule hold, and which parts of it do?

A test of random shops and random trees keeps the two equal. Here it also explains why a friend is in or out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import assert_never

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import (
    REACTIONS,
    AllOf,
    AnyOf,
    Compare,
    FieldTest,
    NoneOf,
    Rule,
    Spanned,
    TagMatch,
    Thing,
)
from linecrm_desktop.shares import share_of

_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
FieldValues = Sequence[tuple[str, float | None]]
"""Text and number of each value of a field."""


@dataclass(frozen=True, slots=True)
class TagFacts:
    """How a tag came to the friend."""

    since: datetime
    origin: TagOrigin


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """One counted order."""

    at: datetime
    total: int
    discount: int | None = None


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One counted order line."""

    order: int
    at: datetime
    product: str
    category: str


@dataclass(frozen=True, slots=True)
class EventFacts:
    """One thing that the friend did or that happened."""

    kind: EventKind
    at: datetime
    category: str
    detail: str


@dataclass(frozen=True, slots=True)
class FriendFacts:
    """All that rules can ask about one friend."""

    joined_at: datetime | None = None
    tags: Mapping[int, TagFacts] = field(default_factory=dict[int, TagFacts])
    sources: frozenset[int] = frozenset()
    orders: tuple[OrderFacts, ...] = ()
    returned: tuple[datetime, ...] = ()
    """Moments of the refunded orders."""
    lines: tuple[LineFacts, ...] = ()
    events: tuple[EventFacts, ...] = ()
    received: tuple[tuple[int | None, datetime | None], ...] = ()
    """Message and moment of each copy that LINE accepted."""
    marketing: Marketing = Marketing.UNKNOWN
    informed: Answer = Answer.UNKNOWN
    can_opt_out: Answer = Answer.UNKNOWN
    fields: Mapping[int, FieldValues] = field(default_factory=dict[int, FieldValues])
    scores: tuple[int, int, int] | None = None
    """Recency, frequency, monetary; None: never bought."""
    key: str = ""
    """What random shares hang on."""


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
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        inner = tuple(why(part, friend, day, segments) for part in rule.rules)
        held = (all if isinstance(rule, AllOf) else any)(part.holds for part in inner)
        return Why(rule, not held if isinstance(rule, NoneOf) else held, inner)
    if isinstance(rule, rules.InSegment):
        other = why(segments[rule.segment], friend, day, segments)
        return Why(rule, other.holds == rule.inside, (other,))
    if isinstance(rule, rules.OfReactions):
        return Why(rule, _of_reactions(rule, friend, day))
    if isinstance(rule, rules.OfPeople):
        return Why(rule, _of_people(rule, friend, day))
    return Why(rule, _of_orders(rule, friend, day))


def _of_people(leaf: rules.OfPeople, friend: FriendFacts, day: ShopDay) -> bool:
    match leaf:
        case rules.HasTag():
            return _has_tag(leaf, friend, day)
        case rules.CameFrom():
            if not leaf.inside:
                return bool(friend.sources) and not friend.sources & set(leaf.sources)
            return bool(friend.tags.keys() & set(leaf.sources)) or (leaf.unknown and not friend.sources)
        case rules.Joined():
            return friend.joined_at is not None and is_within(friend.joined_at, leaf, day)
        case rules.MayMarket():
            return friend.marketing is leaf.answer
        case rules.Informed():
            return friend.informed is leaf.answer
        case rules.CanOptOut():
            return friend.can_opt_out is leaf.answer
        case rules.OwnField():
            return _own_field(leaf, friend.fields.get(leaf.field, ()), day)
        case rules.RandomShare():
            return leaf.low <= share_of(leaf.salt, friend.key) < leaf.high
        case _:
            assert_never(leaf)


def _of_orders(leaf: rules.OfOrders, friend: FriendFacts, day: ShopDay) -> bool:
    match leaf:
        case rules.Bought():
            return _bought(leaf, friend, day)
        case rules.NotBoughtSince():
            ages = [day.age(line.at) for line in friend.lines if is_of(line, (leaf.what,), leaf.by)]
            return bool(ages) and min(ages) > leaf.days
        case rules.Orders():
            return compare(len(orders_in(friend, leaf, day)), leaf.compare, leaf.count, leaf.high)
        case rules.Spent():
            spent = sum(order.total for order in orders_in(friend, leaf, day))
            return compare(spent, leaf.compare, leaf.amount, leaf.high)
        case rules.AverageOrder():
            totals = [order.total for order in orders_in(friend, leaf, day)]
            high = None if leaf.high is None else leaf.high * len(totals)
            return bool(totals) and compare(sum(totals), leaf.compare, leaf.amount * len(totals), high)
        case rules.LastOrder():
            return bool(friend.orders) and is_within(max(order.at for order in friend.orders), leaf, day)
        case rules.FirstOrder():
            return bool(friend.orders) and is_within(min(order.at for order in friend.orders), leaf, day)
        case rules.UsedDiscount():
            return _used_discount(leaf, friend, day)
        case rules.Returned():
            return compare(len(moments_in(friend.returned, leaf, day)), leaf.compare, leaf.count, leaf.high)
        case rules.Rfm():
            ranges = (leaf.recency, leaf.frequency, leaf.monetary)
            scored = zip(friend.scores or (), ranges, strict=False)
            return friend.scores is not None and all(min(span) <= score <= max(span) for score, span in scored)
        case _:
            assert_never(leaf)


def _of_reactions(leaf: rules.OfReactions, friend: FriendFacts, day: ShopDay) -> bool:
    match leaf:
        case rules.Did():
            return compare(len(moments_in(done(leaf, friend), leaf, day)), leaf.compare, leaf.count, leaf.high)
        case rules.Reacted():
            return compare(len(moments_in(reactions_of(friend), leaf, day)), leaf.compare, leaf.count, leaf.high)
        case rules.LastReaction():
            reactions = reactions_of(friend)
            return bool(reactions) and is_within(max(reactions), leaf, day)
        case rules.Received():
            moments = [at for _message, at in friend.received if at is not None]
            return compare(len(moments_in(moments, leaf, day)), leaf.compare, leaf.count, leaf.high)
        case rules.Got():
            return any(message == leaf.message for message, _at in friend.received) == leaf.got
        case _:
            assert_never(leaf)


def _has_tag(leaf: rules.HasTag, friend: FriendFacts, day: ShopDay) -> bool:
    carried = {
        tag
        for tag, told in friend.tags.items()
        if leaf.origin in (None, told.origin) and is_within(told.since, leaf, day)
    }
    wanted = set(leaf.tags)
    if leaf.match in (TagMatch.ALL, TagMatch.LACKS_ONE):
        return (wanted <= carried) == (leaf.match is TagMatch.ALL)
    return bool(wanted & carried) == (leaf.match is TagMatch.ANY)


def _own_field(leaf: rules.OwnField, values: FieldValues, day: ShopDay) -> bool:
    if not values:
        return leaf.test is FieldTest.UNKNOWN
    texts = [fold(text) for text, _number in values]
    wanted = [fold(text) for text in leaf.texts]
    match leaf.test:
        case FieldTest.UNKNOWN | FieldTest.KNOWN:
            return leaf.test is FieldTest.KNOWN
        case FieldTest.IS | FieldTest.ONE_OF | FieldTest.ANY:
            return any(text in wanted for text in texts)
        case FieldTest.IS_NOT:
            return any(text not in wanted for text in texts)
        case FieldTest.CONTAINS:
            return any(told in text for text in texts for told in wanted)
        case FieldTest.STARTS:
            return any(text.startswith(told) for text in texts for told in wanted)
        case FieldTest.ALL:
            return all(told in texts for told in wanted)
        case FieldTest.NONE:
            return not any(text in wanted for text in texts)
        case FieldTest.NUMBER:
            numbers = [number for _text, number in values if number is not None]
            return any(compare(number, leaf.compare, leaf.number, leaf.high) for number in numbers)
        case FieldTest.WHEN:
            return any(_is_day_within(text, leaf, day) for text, _number in values)
        case FieldTest.COMES_ROUND:
            coming = days_of_the_year(day.today, leaf.days or 0)
            return any(text[5:10] in coming for text, _number in values)


def _is_day_within(text: str, leaf: rules.OwnField, day: ShopDay) -> bool:
    """Say whether a date (ISO, which sorts as days do) lies in the leaf's period; "the last days" end today."""
    if leaf.days is not None:
        edge = (day.today - timedelta(days=leaf.days)).isoformat()
        if not (text < edge if leaf.older else edge <= text <= day.today.isoformat()):
            return False
    after = leaf.since is None or text >= leaf.since.isoformat()
    return after and (leaf.until is None or text <= leaf.until.isoformat())


def days_of_the_year(today: date, days: int) -> set[str]:
    """Return month and day ("11-12") of today and the `days` days after it."""
    coming = [today + timedelta(days=ahead) for ahead in range(min(days, 366) + 1)]
    found = {day.strftime("%m-%d") for day in coming}
    is_short = any((day.month, day.day) == (2, 28) and (day + timedelta(days=1)).day == 1 for day in coming)
    return found | {"02-29"} if is_short else found


def fold(text: str) -> str:
    """Return a text with Latin capitals made small and nothing else changed: what SQLite's lower() does."""
    return text.translate(_SMALL)


def _bought(leaf: rules.Bought, friend: FriendFacts, day: ShopDay) -> bool:
    things = (leaf.what, *leaf.also)
    if leaf.match in (TagMatch.ALL, TagMatch.LACKS_ONE):
        has_all = all(_times(leaf, (thing,), friend, day) >= leaf.times for thing in things)
        return has_all == (leaf.match is TagMatch.ALL)
    return (_times(leaf, things, friend, day) >= leaf.times) == (leaf.match is TagMatch.ANY)


def _times(leaf: rules.Bought, things: tuple[str, ...], friend: FriendFacts, day: ShopDay) -> int:
    """Count the orders in which one of these things was bought in the period."""
    lines = [line for line in friend.lines if is_of(line, things, leaf.by) and is_within(line.at, leaf, day)]
    return len({line.order for line in lines})


def is_of(line: LineFacts, things: tuple[str, ...], by: Thing) -> bool:
    """Say whether an order line is of one of these products or categories; one empty text: of anything."""
    return things == ("",) or (line.product if by == Thing.PRODUCT else line.category) in things


def orders_in(friend: FriendFacts, leaf: Spanned, day: ShopDay) -> list[OrderFacts]:
    """Return a friend's counted orders in a leaf's period."""
    return [order for order in friend.orders if is_within(order.at, leaf, day)]


def _used_discount(leaf: rules.UsedDiscount, friend: FriendFacts, day: ShopDay) -> bool:
    orders = orders_in(friend, leaf, day)
    if compare(0, leaf.compare, leaf.count, leaf.high) and any(order.discount is None for order in orders):
        return False
    return compare(sum(1 for order in orders if order.discount), leaf.compare, leaf.count, leaf.high)


def done(leaf: rules.Did, friend: FriendFacts) -> list[datetime]:
    """Return when a friend did what a leaf asks for, whenever that was."""
    return [
        event.at
        for event in friend.events
        if event.kind is leaf.action and leaf.category in ("", event.category) and leaf.detail in ("", event.detail)
    ]


def reactions_of(friend: FriendFacts) -> list[datetime]:
    """Return when a friend reacted in any way."""
    return [event.at for event in friend.events if event.kind in REACTIONS]


def moments_in(moments: Iterable[datetime], leaf: Spanned, day: ShopDay) -> list[datetime]:
    """Return the moments that lie in a leaf's period."""
    return [at for at in moments if is_within(at, leaf, day)]


def is_within(at: datetime, leaf: Spanned, day: ShopDay) -> bool:
    """Say whether a moment lies in a leaf's period."""
    if leaf.days is not None and (day.age(at) <= leaf.days) == leaf.older:
        return False
    if leaf.since is None and leaf.until is None:
        return True
    local = day.local(at).date()
    return (leaf.since is None or local >= leaf.since) and (leaf.until is None or local <= leaf.until)


def compare(number: float, how: Compare, low: float, high: float | None) -> bool:
    """Compare a number as a leaf says."""
    match how:
        case Compare.AT_LEAST:
            return number >= low
        case Compare.AT_MOST:
            return number <= low
        case Compare.EXACTLY:
            return number == low
        case Compare.BETWEEN:
            return low <= number <= (high if high is not None else low)
