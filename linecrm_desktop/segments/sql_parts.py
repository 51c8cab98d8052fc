"""What the SQL of leaves is made of: periods as whole local days, and numbers per friend compared."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, not_

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments.rules import Compare, Spanned

Ids = Select[int]


def in_period(column: Any, leaf: Spanned, day: ShopDay) -> list[ColumnElement[bool]]:
    """Return what is true of a moment in a leaf's period; nothing where the period is ever."""
    parts: list[ColumnElement[bool]] = []
    if leaf.days is not None:
        edge = day.days_ago(leaf.days)
        parts.append(column < edge if leaf.older else column >= edge)
    if leaf.since is not None:
        parts.append(column >= day.start_of(leaf.since))
    if leaf.until is not None:
        parts.append(column < day.end_of(leaf.until))
    return parts


def last_in_period(rows: Ids, at: Any, leaf: Spanned, day: ShopDay) -> ColumnElement[bool]:
    """Say whether the newest of a friend's rows lies in a leaf's period.

    Rows are asked for on both sides of an edge instead of for their maximum: each side is one range of an index.
    """
    if leaf.since is None and leaf.until is None and leaf.days is not None:
        recent = Friend.id.in_(rows.where(at >= day.days_ago(leaf.days)))
        return and_(Friend.id.in_(rows), not_(recent)) if leaf.older else recent
    parts = [Friend.id.in_(rows.where(*in_period(at, leaf, day)))]
    if leaf.until is not None:
        parts.append(not_(Friend.id.in_(rows.where(at >= day.end_of(leaf.until)))))
    if leaf.days is not None and leaf.older:
        parts.append(not_(Friend.id.in_(rows.where(at >= day.days_ago(leaf.days)))))
    return and_(*parts)


def first_in_period(rows: Ids, at: Any, leaf: Spanned, day: ShopDay) -> ColumnElement[bool]:
    """Say whether the first of a friend's rows lies in a leaf's period."""
    parts = [Friend.id.in_(rows.where(*in_period(at, leaf, day)))]
    if leaf.since is not None:
        parts.append(not_(Friend.id.in_(rows.where(at < day.start_of(leaf.since)))))
    if leaf.days is not None and not leaf.older:
        parts.append(not_(Friend.id.in_(rows.where(at < day.days_ago(leaf.days)))))
    return and_(*parts)


def compared(
    rows: Ids, friend: Any, number: ColumnElement[Any], compare: Compare, low: int, high: int | None
) -> ColumnElement[bool]:
    """Compare a number per friend, one that no row leaves unknown.

    Friends without any row count as 0, which needs its own branch. The comparison stands as it is: a planner guesses
    how many groups pass it, and took one inside a CASE for next to none.
    """
    holds = compare_number(number, compare, low, high)
    grouped = rows.group_by(friend)
    if not zero_fits(compare, low):
        return Friend.id.in_(grouped.having(holds))
    return not_(Friend.id.in_(grouped.having(not_(holds))))


def compare_number(number: Any, compare: Compare, low: float | ColumnElement[Any], high: Any) -> ColumnElement[bool]:
    """Compare a number in SQL."""
    match compare:
        case Compare.AT_LEAST:
            return number >= low
        case Compare.AT_MOST:
            return number <= low
        case Compare.EXACTLY:
            return number == low
        case Compare.BETWEEN:
            return number.between(low, high)


def zero_fits(compare: Compare, low: float) -> bool:
    """Say whether friends without any row are meant too."""
    return compare is Compare.AT_MOST or low == 0
