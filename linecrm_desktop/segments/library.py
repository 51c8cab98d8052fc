"""The saved segments: list, load, save, delete and count."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.field import Field
from linecrm_desktop.models.journey import Journey, JourneyStep
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Recount, Segment
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, to_sql
from linecrm_desktop.segments.core import core_segments
from linecrm_desktop.segments.draft import NAME_MAX, Cap, SegmentDraft
from linecrm_desktop.segments.interval import intervals
from linecrm_desktop.segments.known import Kind, Known, Named, named
from linecrm_desktop.segments.rules import AllOf, Group, Rule, Unreadable
from linecrm_desktop.segments.sentence import Names
from linecrm_desktop.store.journal import remember_deleted
from linecrm_desktop.text import _, name_key


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A saved segment as lists show it."""

    id: int
    name: str
    helps_decide: str
    core: str | None
    rule: Group
    """Unreadable where it cannot be read."""
    created_at: datetime
    changed_at: datetime
    recount: Recount
    cap: Cap | None
    archived_at: datetime | None


def all_segments(session: Session, keep: Collection[int] = ()) -> list[SegmentRow]:
    """Return the saved segments that are not put away, and those to `keep`: the core ones first, then by name."""
    return [row for row in _rows(session) if row.archived_at is None or row.id in keep]


def archived(session: Session) -> list[SegmentRow]:
    """Return the segments that are put away, by name."""
    return [row for row in _rows(session) if row.archived_at is not None]


def load(session: Session, segment_id: int) -> SegmentDraft:
    """Return a saved segment as a draft; one that cannot be read begins without rules, so that they are made anew.

    Raises ShopError when it is gone.
    """
    row = row_of(session, segment_id)
    rule = codec.stored(row.rule)
    if isinstance(rule, Unreadable):
        rule = AllOf()
    return SegmentDraft(row.name, row.helps_decide, rule, row.core, row.recount, cap_of(row))


def save(session: Session, draft: SegmentDraft, now: datetime, segment_id: int | None = None) -> int:
    """Save a draft as a new segment or over an old one. Raises ShopError with the first thing that is missing."""
    known = rules(session)
    missing = draft.problems(known)
    if missing:
        raise ShopError(missing[0].sentence)
    name = " ".join(draft.name.split())[:NAME_MAX]
    refuse_twin(session, name, segment_id)
    if segment_id is not None:
        _refuse_cycle(segment_id, draft.rule, known)
    row = row_of(session, segment_id) if segment_id is not None else Segment(created_at=now, core=draft.core)
    row.name, row.helps_decide = name, draft.helps_decide.strip()
    row.rule, row.recount, row.changed_at = codec.to_json(draft.rule), draft.recount, now
    row.cap_messages, row.cap_days = draft.cap or (None, None)
    session.add(row)
    session.flush()
    return row.id


def cap_of(row: Segment) -> Cap | None:
    """Return a segment's own frequency cap."""
    return None if row.cap_messages is None or row.cap_days is None else Cap(row.cap_messages, row.cap_days)


def cap(session: Session, segment_id: int | None) -> Cap | None:
    """Return the frequency cap of its own that a saved segment has; None also where there is no segment."""
    row = session.get(Segment, segment_id) if segment_id is not None else None
    return cap_of(row) if row is not None else None


def delete(session: Session, segment_id: int, now: datetime | None = None) -> None:
    """Delete a segment that nothing uses. Raises ShopError naming what does.

    Without `now` its name is forgotten too, as that of a copy that was never wanted.
    """
    row = row_of(session, segment_id)
    if row.core:
        raise ShopError(_("A core segment cannot be deleted."), _("You can change its rules."))
    _refuse_used(session, row)
    if now is not None:
        remember_deleted(session, Segment.__tablename__, segment_id, row.name, now)
    session.delete(row)


def take_back(session: Session, segment_ids: Collection[int]) -> None:
    """Delete segments that were just made, core ones too, as if they had never been. Raises ShopError as `delete`."""
    for segment_id in segment_ids:
        row = row_of(session, segment_id)
        _refuse_used(session, row)
        session.delete(row)
        session.flush()


def _refuse_used(session: Session, row: Segment) -> None:
    """Raise ShopError naming what uses a segment, if anything does."""
    users = uses(session, row.id)
    if users:
        raise ShopError(
            _("“{segment}” is used by “{user}”.").format(segment=row.name, user=users[0]),
            _("Change or delete that first."),
        )


def uses(session: Session, segment_id: int) -> list[str]:
    """Return the names of segments, rules for tags, messages and paths that ask for a segment."""
    rows = session.execute(select(Segment.id, Segment.name)).all()
    known = rules(session)
    users = [name for other, name in rows if segment_id in codec.references(known[other])]
    messages = session.scalars(select(Message.name).where(Message.segment_id == segment_id))
    rules_of_tags = session.execute(select(TagRule.name, TagRule.rule)).all()
    of_tags = [name for name, rule in rules_of_tags if segment_id in codec.references(codec.stored(rule))]
    return [*users, *of_tags, *messages, *_paths(session, segment_id)]


def _paths(session: Session, segment_id: int) -> list[str]:
    """Return the names of paths where friends enter or leave by a segment, or have a step for it only."""
    only_for = select(JourneyStep.journey_id).where(JourneyStep.only_segment_id == segment_id)
    doors = or_(Journey.segment_id == segment_id, Journey.exit_segment_id == segment_id, Journey.id.in_(only_for))
    return list(session.scalars(select(Journey.name).where(doors).order_by(Journey.place)))


NAMED = frozenset(
    f"{row.__tablename__}{column}"
    for row, columns in ((Segment, "name rule"), (Tag, "name type retired_at"), (Field, "name kind"), (Message, "name"))
    for column in ("", *(f".{name}" for name in columns.split()))
)
"""The tables and columns that `rules` reads."""


def rules(session: Session, of: Rule | None = None) -> Known:
    """Return the rules of every saved segment, and all else that rules can name.

    `of` a rule: no more than it names, and what is named in the segments that it asks about.
    """
    wanted = None if of is None else named([of])
    saved = _wanted(session, Kind.SEGMENT, wanted, Segment.id, Segment.name, Segment.rule)
    if wanted and saved:  # these may ask about others
        saved = _wanted(session, Kind.SEGMENT, None, Segment.id, Segment.name, Segment.rule)
    trees = {segment: codec.stored(rule) for segment, _name, rule in saved}
    wanted = None if wanted is None else wanted | named(trees.values())
    is_source, is_retired = Tag.type == TagType.SOURCE, Tag.retired_at.is_not(None)
    tags = _wanted(session, Kind.TAG, wanted, Tag.id, Tag.name, is_source, is_retired)
    fields = _wanted(session, Kind.FIELD, wanted, Field.id, Field.name, Field.kind)
    messages = _wanted(session, Kind.MESSAGE, wanted, Message.id, Message.name)
    return Known(
        trees,
        Names(*({number: name for number, name, *_rest in rows} for rows in (tags, saved, fields, messages))),
        {field: kind for field, _name, kind in fields},
        frozenset(tag for tag, _name, is_source, _retired in tags if is_source),
        frozenset(tag for tag, _name, _source, is_retired in tags if is_retired),
    )


def _wanted(session: Session, kind: Kind, wanted: Named | None, *columns: Any) -> Sequence[Any]:
    """Read columns, the first of them the number, of all rows or of those that are wanted."""
    if wanted is None:
        return session.execute(select(*columns)).all()
    numbers = [number for of, number in wanted if of is kind]
    return session.execute(select(*columns).where(columns[0].in_(numbers))).all() if numbers else []


def names(session: Session) -> Names:
    """Return what all tags and segments are called, retired tags too."""
    tags = {tag: name for tag, name in session.execute(select(Tag.id, Tag.name))}
    segments = {segment: name for segment, name in session.execute(select(Segment.id, Segment.name))}
    fields = {field: name for field, name in session.execute(select(Field.id, Field.name))}
    messages = {message: name for message, name in session.execute(select(Message.id, Message.name))}
    return Names(tags, segments, fields, messages)


def count(session: Session, rule: Rule, day: ShopDay) -> int:
    """Count the friends for whom a rule holds, whether they can be reached or not."""
    members_of = to_sql.members(rule, day, rules(session, rule)).subquery()
    return session.scalars(select(func.count()).select_from(members_of)).one()


def members(session: Session, rule: Rule, day: ShopDay) -> list[int]:
    """Return the ids of the friends for whom a rule holds, in order."""
    return sorted(session.scalars(to_sql.members(rule, day, rules(session, rule))))


def make_core(session: Session, now: datetime, days: int | None = None) -> list[int]:
    """Make those of the three core segments that are not there yet, in the person's language; return the new ones.

    `days` after which a buyer is ready again; None: as long as the shop's own friends take.
    """
    days = intervals(session).days if days is None else days
    there = set(session.scalars(select(Segment.core).where(Segment.core.is_not(None))))
    made: list[int] = []
    for core in core_segments(days):
        if core.key not in there:
            name = free_name(session, _(core.name))
            made.append(save(session, SegmentDraft(name, _(core.helps_decide), core.rule, core.key), now))
    return made


def free_name(session: Session, name: str) -> str:
    """Return a name, with a number behind it when it is taken."""
    taken = set(session.scalars(select(Segment.name)))
    tries = (name, *(f"{name} {n}" for n in range(2, len(taken) + 3)))
    return next(wanted for wanted in tries if wanted not in taken)


def _rows(session: Session) -> list[SegmentRow]:
    rows = session.scalars(select(Segment).order_by(Segment.core.is_(None), Segment.id)).all()
    own = sorted((row for row in rows if row.core is None), key=lambda row: name_key(row.name))
    return [_row(row) for row in (*(row for row in rows if row.core), *own)]


def _row(row: Segment) -> SegmentRow:
    return SegmentRow(
        *(row.id, row.name, row.helps_decide, row.core, codec.stored(row.rule)),
        *(row.created_at, row.changed_at, row.recount, cap_of(row), row.archived_at),
    )


def row_of(session: Session, segment_id: int) -> Segment:
    """Return the row of a segment. Raises ShopError when it is gone."""
    row = session.get(Segment, segment_id)
    if row is None:
        raise ShopError(_("This segment was deleted."), _("Choose another one."))
    return row


def refuse_twin(session: Session, name: str, segment_id: int | None) -> None:
    """Raise ShopError when another segment has this name."""
    twin = session.scalars(select(Segment.id).where(Segment.name == name)).first()
    if twin is not None and twin != segment_id:
        raise ShopError(_("There is a segment “{name}” already.").format(name=name), _("Choose another name."))


def _refuse_cycle(segment_id: int, rule: Rule, known: Known) -> None:
    path = codec.cycle(segment_id, rule, known)
    if path:
        called = known.names.segments
        raise ShopError(
            _("A segment cannot contain itself: {path}.").format(path=" → ".join(called[part] for part in path)),
            _("Take one of them out of the other."),
        )
