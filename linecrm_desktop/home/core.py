"""The three core segments: how many can be reached, and who came in and who bought in the last seven days.

Who was in a segment a week ago is asked with the same SELECT, of a shop in which nothing had happened since.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, with_loader_criteria

from linecrm_desktop.campaigns.counted import Waterfall
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Delivery
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.models.tag import FriendTag
from linecrm_desktop.segments import library, to_sql
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.segments.counting import Counting, column, parted, size
from linecrm_desktop.segments.library import SegmentRow
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.sets import atom
from linecrm_desktop.store.database import seen
from linecrm_desktop.text import _

DAYS = 7
_ENTRY_BYTES = 200
_MOMENTS = {
    Order: Order.at,
    OrderLine: OrderLine.at,
    Event: Event.at,
    FriendTag: FriendTag.since,
    Delivery: Delivery.at,
}
"""Where each row says when it came to be."""


@dataclass(frozen=True, slots=True)
class CoreNumbers:
    """One core segment this week. Without a segment of this kind `segment_id` is None."""

    key: str
    name: str
    segment_id: int | None = None
    reachable: int | None = None
    """None: there is no such segment, or its rules cannot be counted."""
    helps_decide: str = ""


@dataclass(frozen=True, slots=True)
class Moves:
    """Who came into a segment and who bought out of it in the last seven days."""

    joined: int
    """In it now, and not a week ago."""
    bought: int
    """In it a week ago, and ordered since."""


def core_numbers(session: Session, counting: Counting, now: datetime) -> tuple[CoreNumbers, ...]:
    """Count how many of each of the three core segments can be reached."""
    rows = {row.core: row for row in library.all_segments(session) if row.core}
    return tuple(
        _counted(session, counting, rows[core.key], now) if core.key in rows else CoreNumbers(core.key, _(core.name))
        for core in CORE
    )


def _counted(session: Session, counting: Counting, row: SegmentRow, now: datetime) -> CoreNumbers:
    if problems(row.rule, counting.segments):
        return CoreNumbers(row.core or "", row.name, row.id, helps_decide=row.helps_decide)
    reachable = Waterfall(session, counting, now, row.cap).reach(row.rule).reachable
    return CoreNumbers(row.core or "", row.name, row.id, reachable, row.helps_decide)


def moves(session: Session, counting: Counting) -> dict[str, Moves]:
    """Count this week's moves by the core segment's key; slower than all else on Home, so it is read by itself."""
    rows = [row for row in library.all_segments(session) if row.core]
    return {row.core or "": _moved(session, counting, row) for row in rows if not problems(row.rule, counting.segments)}


def _moved(session: Session, counting: Counting, row: SegmentRow) -> Moves:
    """Return a segment's moves, kept until something that they hang on is written."""
    key, known = ("home.moved", row.id, repr(row.rule), counting.day), seen(session)
    found: Moves | None = known.kept.get(key, known.versions) if known else None
    if found is None:
        found = _move(session, counting, row)
        if known:
            needs = atom(_members(counting, row, counting.day)).needs | atom(_buyers(counting.day.days_ago(0))).needs
            known.kept.put(key, found, _ENTRY_BYTES, needs, known.versions)
    return found


def _move(session: Session, counting: Counting, row: SegmentRow) -> Moves:
    before = ShopDay(counting.day.today - timedelta(days=DAYS), counting.day.zone)
    edge = before.end_of(before.today)
    asked = _members(counting, row, before)
    only = [with_loader_criteria(table, moment < edge) for table, moment in _MOMENTS.items()]
    then = column(session, asked.options(*only))
    bought = counting.where(("bought since", edge), Friend.id.in_(_buyers(edge)))
    return Moves(size(parted(counting.who(row.rule), then)[1]), size(parted(then, bought)[0]))


def _members(counting: Counting, row: SegmentRow, day: ShopDay) -> Select[int]:
    """Return who was in a segment on a day, of the friends who had joined by then."""
    was_there = or_(Friend.joined_at.is_(None), Friend.joined_at < day.end_of(day.today))
    return to_sql.members(row.rule, day, counting.segments).where(was_there)


def _buyers(edge: datetime) -> Select[int]:
    return select(Order.friend_id).where(Order.state == OrderState.PLACED, Order.at >= edge)
