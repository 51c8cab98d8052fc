"""Compiles a rule tree into one SELECT of friend ids: the only query that decides who is in a segment.

Each leaf is one uncorrelated SELECT of friend ids, joints are AND, OR and NOT over `id IN (leaf)`: never NULL, so that
NOT over an unknown date loses nobody, and fast with the indexes of the shop file.
"""

from collections.abc import Mapping
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Select, and_, case, func, not_, or_, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, NoneOf, Rule, TagMatch
from linecrm_desktop.text import _

Ids = Select[int]


def members(rule: Rule, day: ShopDay, segments: Mapping[int, Rule]) -> Ids:
    """Return the SELECT of all friends for whom a rule holds. Raises ShopError while anything in it is missing."""
    found = problems(rule, segments)
    if found:
        raise ShopError(_("The rules are not complete."), found[0].sentence)
    return select(Friend.id).where(_Compiler(day, segments, ()).condition(rule))


def condition(rule: Rule, day: ShopDay, segments: Mapping[int, Rule]) -> ColumnElement[bool]:
    """Return a rule as a condition on friends, as `members` uses it; the caller has seen to its problems."""
    return _Compiler(day, segments, ()).condition(rule)


def inside(rule: rules.InSegment, segments: Mapping[int, Rule], around: tuple[int, ...]) -> Rule:
    """Return the rules of the segment that a rule asks about; `around` are the segments it stands in.

    Raises ShopError for a segment inside itself, and while anything in it is missing.
    """
    if rule.segment in around:
        raise ShopError(_("A segment cannot contain itself."), _("Take one of the two segments out of the other."))
    other = segments[rule.segment]
    found = problems(other, segments)
    if found:
        raise ShopError(_("A segment used in these rules is not complete."), found[0].sentence)
    return other


class _Compiler:
    """Carries the day and the other segments down the tree, and refuses a segment inside itself."""

    def __init__(self, day: ShopDay, segments: Mapping[int, Rule], inside: tuple[int, ...]) -> None:
        self.day = day
        self.segments = segments
        self.inside = inside

    def condition(self, rule: Rule) -> ColumnElement[bool]:
        match rule:
            case AllOf():
                return and_(*[self.condition(inner) for inner in rule.rules])
            case AnyOf():
                return or_(*[self.condition(inner) for inner in rule.rules])
            case NoneOf():
                return not_(or_(*[self.condition(inner) for inner in rule.rules]))
            case rules.HasTag():
                return _has_tag(rule)
            case rules.CameFrom():
                return _came_from(rule)
            case rules.Joined():
                return self._joined(rule)
            case rules.Bought():
                return Friend.id.in_(self._bought(rule))
            case rules.Orders():
                return self._orders(rule)
            case rules.Spent():
                return self._spent(rule)
            case rules.LastOrder():
                return self._last_order(rule)
            case rules.Did():
                return self._did(rule)
            case rules.InSegment():
                return self._in_segment(rule)
            case _:
                assert_never(rule)

    def _joined(self, rule: rules.Joined) -> ColumnElement[bool]:
        parts: list[ColumnElement[bool]] = [Friend.joined_at.is_not(None)]
        if rule.days is not None:
            edge = self.day.days_ago(rule.days)
            parts.append(Friend.joined_at < edge if rule.older else Friend.joined_at >= edge)
        if rule.since is not None:
            parts.append(Friend.joined_at >= self.day.start_of(rule.since))
        if rule.until is not None:
            parts.append(Friend.joined_at < self.day.end_of(rule.until))
        return and_(*parts)

    def _bought(self, rule: rules.Bought) -> Ids:
        lines = select(OrderLine.friend_id).where(OrderLine.is_counted)
        if rule.what:
            column = OrderLine.product if rule.by == "product" else OrderLine.category
            lines = lines.where(column == rule.what)
        if rule.days is not None:
            lines = lines.where(OrderLine.at >= self.day.days_ago(rule.days))
        if rule.times == 1:
            return lines
        return lines.group_by(OrderLine.friend_id).having(func.count(OrderLine.order_id.distinct()) >= rule.times)

    def _counted_orders(self, days: int | None) -> Ids:
        orders = select(Order.friend_id).where(Order.state == OrderState.PLACED)
        return orders if days is None else orders.where(Order.at >= self.day.days_ago(days))

    def _orders(self, rule: rules.Orders) -> ColumnElement[bool]:
        orders = self._counted_orders(rule.days)
        return _compared(orders, Order.friend_id, func.count(), rule.compare, rule.count, rule.high)

    def _spent(self, rule: rules.Spent) -> ColumnElement[bool]:
        orders = self._counted_orders(rule.days)
        return _compared(orders, Order.friend_id, func.sum(Order.total), rule.compare, rule.amount, rule.high)

    def _last_order(self, rule: rules.LastOrder) -> ColumnElement[bool]:
        recent = Friend.id.in_(self._counted_orders(rule.days))
        if not rule.older:
            return recent
        return and_(Friend.id.in_(self._counted_orders(None)), not_(recent))

    def _did(self, rule: rules.Did) -> ColumnElement[bool]:
        events = select(Event.friend_id).where(Event.kind == rule.action)
        if rule.category:
            events = events.where(Event.category == rule.category)
        if rule.days is not None:
            events = events.where(Event.at >= self.day.days_ago(rule.days))
        return _compared(events, Event.friend_id, func.count(), rule.compare, rule.count, None)

    def _in_segment(self, rule: rules.InSegment) -> ColumnElement[bool]:
        other = inside(rule, self.segments, self.inside)
        inner = _Compiler(self.day, self.segments, (*self.inside, rule.segment))
        held = Friend.id.in_(select(Friend.id).where(inner.condition(other)))
        return held if rule.inside else not_(held)


def _has_tag(rule: rules.HasTag) -> ColumnElement[bool]:
    if rule.match is TagMatch.ALL:
        return and_(*[Friend.id.in_(_carriers((tag,))) for tag in rule.tags])
    carried = Friend.id.in_(_carriers(rule.tags))
    return carried if rule.match is TagMatch.ANY else not_(carried)


def _carriers(tags: tuple[int, ...]) -> Ids:
    return select(FriendTag.friend_id).where(FriendTag.tag_id.in_(tags))


def _came_from(rule: rules.CameFrom) -> ColumnElement[bool]:
    if not rule.unknown:
        return Friend.id.in_(_carriers(rule.sources))
    sources = select(Tag.id).where(Tag.type == TagType.SOURCE)
    unknown = not_(Friend.id.in_(select(FriendTag.friend_id).where(FriendTag.tag_id.in_(sources))))
    return or_(unknown, Friend.id.in_(_carriers(rule.sources))) if rule.sources else unknown


def _compared(
    rows: Ids, friend: Any, number: ColumnElement[Any], compare: Compare, low: int, high: int | None
) -> ColumnElement[bool]:
    """Compare a number per friend; friends without any row count as 0, which needs its own branch."""
    holds = case((_compare(number, compare, low, high), 1), else_=0)
    grouped = rows.group_by(friend)
    if not _zero_fits(compare, low):
        return Friend.id.in_(grouped.having(holds == 1))
    return not_(Friend.id.in_(grouped.having(holds == 0)))


def _compare(number: ColumnElement[Any], compare: Compare, low: int, high: int | None) -> ColumnElement[bool]:
    match compare:
        case Compare.AT_LEAST:
            return number >= low
        case Compare.AT_MOST:
            return number <= low
        case Compare.EXACTLY:
            return number == low
        case Compare.BETWEEN:
            return number.between(low, high)


def _zero_fits(compare: Compare, low: int) -> bool:
    return compare is Compare.AT_MOST or low == 0
