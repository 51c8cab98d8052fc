"""Takes an operation back as a whole, for 30 days and also after a restart, or says why it cannot be.

Every line of the journal must still hold what the operation wrote. Where something was changed since, nothing is
undone: half an undo would leave a shop that nobody has ever seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.segment import Segment, UnsavedSegment
from linecrm_desktop.models.source import EntryLink
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.models.tagging import TagOperation, TagRule
from linecrm_desktop.tagging import recording, trouble
from linecrm_desktop.tagging.recording import (
    CARRIED,
    Line,
    Values,
    action,
    carriers,
    key_of,
    plain,
    table_of,
    typed,
    whole,
)
from linecrm_desktop.text import _

DAYS = 30
"""How long an operation can be undone."""
TAG = Tag.__tablename__
LINK = EntryLink.__tablename__
_YIELDING = frozenset({UnsavedSegment.__tablename__, Campaign.__tablename__})
"""What may go on changing: it gets its old value back only where nobody touched it."""
_MAY_BE_GONE = frozenset({Segment.__tablename__, TagRule.__tablename__, *_YIELDING})
"""What may have been deleted since; then there is nothing to put back."""


@dataclass(frozen=True, slots=True)
class _Lines:
    """An operation's journal, the newest line first."""

    friends: Sequence[Line]
    others: Sequence[Line]


def why_not(session: Session, operation_id: int, now: datetime) -> str | None:
    """Return the sentence that says why an operation cannot be undone, or None when it can be. Only reads."""
    return _why_not(session, operation_id, now, _lines(session, operation_id))


@whole
def undo(session: Session, operation_id: int, now: datetime) -> None:
    """Take an operation back as a whole. Raises ShopError with the reason when it cannot be; then nothing changed."""
    lines = _lines(session, operation_id)
    reason = _why_not(session, operation_id, now, lines)
    if reason is not None:
        raise ShopError(_("This cannot be undone."), reason)
    try:
        _put_friends_back(session, lines.friends)
        for line in lines.others:
            _put_back(session, line)
    except IntegrityError as error:  # a tag that was declared something about went with an import that was undone
        gone = _("A tag that this changed is not there any more.")
        raise ShopError(_("This cannot be undone."), gone) from error
    session.get_one(TagOperation, operation_id).undone_at = now
    session.flush()
    session.expire_all()


@whole
def undo_bundle(session: Session, bundle: str, now: datetime) -> list[int]:
    """Take back all operations that were done together and are not undone yet, the newest first; all or none."""
    mine = select(TagOperation.id).where(TagOperation.bundle == bundle, TagOperation.undone_at.is_(None))
    operations = list(session.scalars(mine.order_by(TagOperation.id.desc())))
    for operation in operations:
        undo(session, operation, now)
    return operations


def _why_not(session: Session, operation_id: int, now: datetime, lines: _Lines) -> str | None:
    reason = _too_late(session.get(TagOperation, operation_id), now)
    return reason or next(_changed(session, operation_id, lines), None)


def _too_late(operation: TagOperation | None, now: datetime) -> str | None:
    if operation is None:
        return _("There is no such change.")
    if operation.undone_at is not None:
        return _("This was undone already.")
    if now - operation.at > timedelta(days=DAYS):
        return _("It is older than {days} days.").format(days=DAYS)
    return None


def _lines(session: Session, operation_id: int) -> _Lines:
    kept = (Change.entity, Change.entity_id, Change.field, Change.before, Change.after)
    query = select(*kept).where(Change.action == action(operation_id)).order_by(Change.id.desc())
    found = [Line(*row) for row in session.execute(query)]
    mine = FriendTag.__tablename__
    return _Lines([line for line in found if line.entity == mine], [line for line in found if line.entity != mine])


def _changed(session: Session, operation_id: int, lines: _Lines) -> Iterator[str]:
    """Yield a reason for each thing that is not as the operation left it."""
    for line in _last_lines(lines.others):
        if line.entity not in _YIELDING and not _is_as_left(session, line):
            yield trouble.changed_since(session, operation_id, line)
    yield from _names_taken(session, lines.others)
    friends = _friends_changed(session, lines.friends)
    if friends:
        yield trouble.friends_changed(session, operation_id, friends)
    links = {line.entity_id: str(_row(line)["place"]) for line in lines.others if _is_new(line, LINK)}
    for link, place in links.items():
        if (came := trouble.came_since(session, link, place)) is not None:
            yield came
    for line in lines.others:
        if _is_new(line, TAG):
            if (linked := trouble.linked_since(session, line.entity_id, links)) is not None:
                yield linked
            held = {one.entity_id for one in lines.friends if _row(one)["tag_id"] == line.entity_id}
            others = set(carriers(session, line.entity_id)) - held
            if others:
                yield trouble.carried_since(str(_row(line)["name"]), len(others))
            user = trouble.user_of(session, line.entity_id, _restored(session, lines.others))
            if user is not None:
                yield _("“{user}” asks for “{tag}” now. Change that first.").format(user=user, tag=_row(line)["name"])


def _names_taken(session: Session, lines: Sequence[Line]) -> Iterator[str]:
    """Yield a reason for each old name that has gone to a tag which the operation left alone."""
    mine = {line.entity_id: line.before for line in lines if line.entity == TAG and line.field in ("name_key", "")}
    taken = select(Tag.name).where(Tag.name_key.in_([key for key in mine.values() if isinstance(key, str)]))
    for name in session.scalars(taken.where(Tag.id.not_in(list(mine)))):
        yield _("There is another tag “{tag}” now.").format(tag=name)


def _last_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield what an operation did last to each thing: a word may have come with a merge and gone with its new name."""
    seen: set[tuple[Any, ...]] = set()
    for line in lines:
        key = (line.entity_id,) if line.field else key_of(table_of(line.entity), _row(line))
        if (line.entity, line.field, *key) not in seen:
            seen.add((line.entity, line.field, *key))
            yield line


def _is_as_left(session: Session, line: Line) -> bool:
    table = table_of(line.entity)
    if line.field:
        row = session.execute(select(table.c[line.field]).where(table.c.id == line.entity_id)).first()
        if row is None:
            return line.entity in _MAY_BE_GONE
        return plain(row[0]) == line.after
    held = line.after if line.after is not None else line.before
    row = session.execute(select(*table.c).where(_is(table, held))).mappings().first()
    now = None if row is None else {name: plain(value) for name, value in row.items()}
    return now == line.after


def _friends_changed(session: Session, lines: Sequence[Line]) -> list[int]:
    """Return the friends whose tags are not as the operation left them; who is no longer there needs none."""
    rows = {tag: carriers(session, tag) for tag in {_row(line)["tag_id"] for line in lines}}
    here = set(session.scalars(select(Friend.id))) if lines else set[int]()
    found: list[int] = []
    for line in lines:
        row = rows[_row(line)["tag_id"]].get(line.entity_id)
        now = None if row is None else {name: plain(value) for name, value in row.items()}
        if line.entity_id in here and now != line.after:
            found.append(line.entity_id)
    return found


def _put_friends_back(session: Session, lines: Sequence[Line]) -> None:
    here = set(session.scalars(select(Friend.id))) if lines else set[int]()
    mine = [line for line in lines if line.entity_id in here]
    befores = [(line.after, recording.typed_row(CARRIED, line.before)) for line in mine if line.before is not None]
    gone = [line.after for line in mine if line.before is None and line.after is not None]
    session.flush()
    recording.take_rows(session, gone)
    recording.put_rows(session, [before for after, before in befores if after is None])
    recording.write_rows(session, [before for after, before in befores if after is not None])


def _put_back(session: Session, line: Line) -> None:
    table = table_of(line.entity)
    if line.field:
        if line.entity in _YIELDING and not _is_as_left(session, line):
            return
        before = typed(table.c[line.field], line.before)
        session.execute(update(table).where(table.c.id == line.entity_id).values({line.field: before}))
    elif line.before is None:
        session.execute(delete(table).where(_is(table, line.after)))
    else:
        session.execute(insert(table).values(recording.typed_row(table, line.before)))
    session.expire_all()


def _restored(session: Session, lines: Sequence[Line]) -> set[tuple[str, int]]:
    """Return the rows (table, number) whose rules an undo gives back: what they ask for now does not stay."""
    rules = [line for line in lines if line.field in ("rule", "draft")]
    return {(line.entity, line.entity_id) for line in rules if _is_as_left(session, line)}


def _is_new(line: Line, table: str) -> bool:
    return line.entity == table and not line.field and line.before is None


def _row(line: Line) -> Values:
    row = line.after if line.after is not None else line.before
    return dict(row or {})


def _is(table: Any, row: Any) -> Any:
    names = [column.name for column in table.primary_key]
    return and_(*(table.c[name] == value for name, value in zip(names, key_of(table, row), strict=True)))
