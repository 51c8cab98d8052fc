"""What an operation would do: it is done for real, counted with the query of every segment, and taken back at once.

So the numbers of the dry run are those that come true. Needs a session that may write; nothing of it stays.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.tagging.references import Reference, Where, references, segments_of


@dataclass(frozen=True, slots=True)
class SegmentSize:
    """How many friends a segment finds before and after; None where its rules are not complete."""

    id: int
    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class TagSize:
    """How many friends carry a tag in use before and after; None where the tag is not there or retired."""

    name: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen."""

    references: tuple[Reference, ...]
    segments: tuple[SegmentSize, ...]
    """Every segment that hangs on the tags, also through another one."""
    tags: tuple[TagSize, ...]
    """The tags of which the number of friends changes, or that come or go."""
    asks_again: tuple[Reference, ...] = ()
    """Sends that have not begun and must be looked at again before they go."""


def plan(session: Session, tags: Set[int], act: Callable[[Session], object], day: ShopDay) -> Plan:
    """Return what `act` would do to these tags. Raises what `act` raises; the shop stays as it is either way."""
    asking = references(session, tags)
    watched = _watched(session, tags)
    before, carried = _sizes(session, watched, day), _carried(session)
    running = {one.id for one in asking if one.is_under_way}
    nested = session.begin_nested()
    try:
        act(session)
        session.flush()
        after, carried_after = _sizes(session, watched, day), _carried(session)
        going_on = {one.id for one in references(session, tags) if one.is_under_way}
    finally:
        nested.rollback()
        session.expire_all()
    called = library.names(session).segments
    order = sorted(watched, key=lambda number: called[number].casefold())
    return Plan(
        asking,
        tuple(SegmentSize(number, called[number], before[number], after[number]) for number in order),
        _tag_sizes(carried, carried_after),
        tuple(one for one in asking if one.kind is Where.SEND and one.id in running - going_on),
    )


def _watched(session: Session, tags: Set[int]) -> set[int]:
    """Return the segments whose size may change; with a source, those too that ask whether there is any source."""
    source = select(func.count()).where(Tag.id.in_(tags), Tag.type == TagType.SOURCE)
    return segments_of(library.rules(session), tags, sources=bool(session.scalar(source)))


def _sizes(session: Session, segments: Set[int], day: ShopDay) -> dict[int, int | None]:
    known = library.rules(session)
    return {
        number: None if problems(known[number], known) else library.count(session, known[number], day)
        for number in segments
    }


def _carried(session: Session) -> dict[str, int]:
    friends = select(func.count()).where(FriendTag.tag_id == Tag.id).scalar_subquery()
    rows = session.execute(select(Tag.name, friends).where(Tag.retired_at.is_(None)).order_by(Tag.name))
    return {name: count for name, count in rows}


def _tag_sizes(before: dict[str, int], after: dict[str, int]) -> tuple[TagSize, ...]:
    names = dict.fromkeys((*before, *after))
    sizes = (TagSize(name, before.get(name), after.get(name)) for name in names)
    return tuple(size for size in sizes if size.before != size.after)
