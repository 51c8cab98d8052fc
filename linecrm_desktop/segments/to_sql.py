"""Compiles a rule tree into one SELECT of friend ids: the only query that decides who is in a segment.

Each leaf is one uncorrelated SELECT of friend ids, joints are AND, OR and NOT over `id IN (leaf)`: never NULL, so that
NOT over an unknown date loses nobody, and fast with the indexes of the shop file.
"""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, not_, or_, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments import orders_sql, people_sql, reactions_sql, rules
from linecrm_desktop.segments.problems import refuse_incomplete
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, Leaf, NoneOf, Rule
from linecrm_desktop.segments.sql_parts import Ids


def members(rule: Rule, day: ShopDay, segments: Mapping[int, Rule]) -> Ids:
    """Return the SELECT of all friends for whom a rule holds. Raises ShopError while anything in it is missing."""
    refuse_incomplete(rule, segments)
    return select(Friend.id).where(condition(rule, day, segments))


def condition(rule: Rule, day: ShopDay, segments: Mapping[int, Rule]) -> ColumnElement[bool]:
    """Return a rule as a condition on friends, as `members` uses it; the caller has seen to its problems."""
    return _Compiler(day, segments).condition(rule)


class _Compiler:
    """Carries the day and the other segments down the tree."""

    def __init__(self, day: ShopDay, segments: Mapping[int, Rule]) -> None:
        self.day = day
        self.segments = segments

    def condition(self, rule: Rule) -> ColumnElement[bool]:
        if isinstance(rule, (AllOf, AnyOf, NoneOf)):
            return self._group(rule)
        if isinstance(rule, rules.InSegment):
            held = Friend.id.in_(select(Friend.id).where(self.condition(self.segments[rule.segment])))
            return held if rule.inside else not_(held)
        if isinstance(rule, rules.OfReactions):
            return reactions_sql.condition(rule, self.day)
        if isinstance(rule, rules.OfPeople):
            return people_sql.condition(rule, self.day)
        return orders_sql.condition(rule, self.day)

    def _group(self, group: Group) -> ColumnElement[bool]:
        inner = [self.condition(rule) for rule in group.rules]
        if isinstance(group, AllOf):
            return and_(*inner)
        return or_(*inner) if isinstance(group, AnyOf) else not_(or_(*inner))


def unknown(leaf: Leaf, day: ShopDay) -> ColumnElement[bool] | None:
    """Return for whom the answer to a leaf is not known, who therefore do not match; None where it always is."""
    if isinstance(leaf, rules.OfPeople):
        return people_sql.unknown(leaf)
    return orders_sql.unknown(leaf, day) if isinstance(leaf, rules.OfOrders) else None
