"""What an operation would do: it is done for real, counted with the query of every segment, and taken back at once.

So the numbers of the dry run are those that come true. Needs a session that may write; nothing of it stays.
"""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments import counting, library
from linecrm_desktop.segments.known import Known
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.tagging.references import Reference, Where, references, segments_of
from linecrm_desktop.text import name_key

if TYPE_CHECKING:
    from linecrm_desktop.segments.columns import Column

_Who = Mapping[int, "Column | None"]


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
    was: str = ""
    """What the tag was called before; empty: the same."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would happen."""

    references: tuple[Reference, ...]
    segments: tuple[SegmentSize, ...]
    """Every segment that hangs on the tags, also through another one."""
    tags: tuple[TagSize, ...]
    """The tags of which the name or the number of friends changes, or that come or go."""
    asks_again: tuple[Reference, ...] = ()
    """Sends that have not begun and must be looked at again before they go."""
    changed: tuple[int, ...] = ()
    """The segments whose rules are written anew, or whose friends are others afterwards."""
    moved: tuple[int, ...] = ()
    """Those of them that find other friends."""
    losing: int = 0
    """Friends who are in the segment of a message now and would not be any more."""


def plan(session: Session, tags: Set[int], act: Callable[[Session], object], day: ShopDay) -> Plan:
    """Return what `act` would do to these tags. Raises what `act` raises; the shop stays as it is either way."""
    asking = references(session, tags)
    watched = _watched(session, tags)
    known = library.rules(session)
    before, carried = _who(session, watched, known, day), _carried(session)
    running = {one.id for one in asking if one.is_under_way}
    nested = session.begin_nested()
    try:
        act(session)
        session.flush()
        then = library.rules(session)
        after, carried_after = _who(session, watched, then, day), _carried(session)
        going_on = {one.id for one in references(session, tags) if one.is_under_way}
    finally:
        nested.rollback()
        session.expire_all()
    called = known.names.segments
    order = sorted(watched, key=lambda number: name_key(called[number]))
    moved = {number for number in order if _is_other(before[number], after[number])}
    return Plan(
        asking,
        tuple(SegmentSize(number, called[number], _size(before[number]), _size(after[number])) for number in order),
        _tag_sizes(carried, carried_after),
        tuple(one for one in asking if one.kind is Where.SEND and one.id in running - going_on),
        tuple(number for number in order if number in moved or known[number] != then[number]),
        tuple(number for number in order if number in moved),
        _losing(session, before, after),
    )


def _watched(session: Session, tags: Set[int]) -> set[int]:
    """Return the segments whose size may change; with a source, those too that ask whether there is any source."""
    source = select(func.count()).where(Tag.id.in_(tags), Tag.type == TagType.SOURCE)
    return segments_of(library.rules(session), tags, sources=bool(session.scalar(source)))


def _who(session: Session, segments: Set[int], known: Known, day: ShopDay) -> _Who:
    """Return whom each segment finds; None where its rules are not complete."""
    return {
        number: None if problems(known[number], known) else counting.asked(session, known[number], day)
        for number in segments
    }


def _size(who: "Column | None") -> int | None:
    return None if who is None else counting.size(who)


def _is_other(before: "Column | None", after: "Column | None") -> bool:
    if before is None or after is None:
        return before is not after
    return any(counting.size(counting.parted(one, by)[1]) for one, by in ((before, after), (after, before)))


def _losing(session: Session, before: _Who, after: _Who) -> int:
    """Count the friends who fall out of a segment to which a message goes."""
    heard = set(session.scalars(select(Message.segment_id).where(Message.segment_id.is_not(None))))
    gone = [
        counting.parted(was, now)[1]
        for number, was in before.items()
        if number in heard and was is not None and (now := after[number]) is not None
    ]
    everybody = counting.joined(gone)
    return 0 if everybody is None else counting.size(everybody)


def _carried(session: Session) -> dict[int, tuple[str, int]]:
    friends = select(func.count()).where(FriendTag.tag_id == Tag.id).scalar_subquery()
    rows = session.execute(select(Tag.id, Tag.name, friends).where(Tag.retired_at.is_(None)).order_by(Tag.name))
    return {tag: (name, count) for tag, name, count in rows}


def _tag_sizes(before: dict[int, tuple[str, int]], after: dict[int, tuple[str, int]]) -> tuple[TagSize, ...]:
    sizes: list[TagSize] = []
    for tag in dict.fromkeys((*before, *after)):
        (name, had), (called, has) = before.get(tag, ("", None)), after.get(tag, ("", None))
        if (name, had) != (called, has):
            sizes.append(TagSize(called or name, had, has, name if called and name not in ("", called) else ""))
    return tuple(sizes)
