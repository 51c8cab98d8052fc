"""Events: clicks, menu taps, surveys, replies. The same event of the same file is never there twice.

Codes of entry links in what friends wrote become source tags at once, so that a dry run counts them too.
"""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, String, case, exists, false, func, insert, select, true, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from linecrm_desktop.imports import barred, people, staging
from linecrm_desktop.imports.merge import Batch, Counts, insert_strangers, journal, record_consent_of_people
from linecrm_desktop.imports.people import FRIEND, S, constant
from linecrm_desktop.imports.staging import STAGE, STAGED_NUMBER
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.sources import arrivals
from linecrm_desktop.store.dialect import insert_missing

EVENT = Event.metadata.tables[Event.__tablename__]


def load(session: Session, batch: Batch) -> Counts:
    """Decide every staged row's verdict and write the events."""
    counts = Counts()
    people.find(session, batch.filled)
    barred.reject(session, batch.filled)
    people.reject_strangers(session, batch.filled)
    counts.new_friends = insert_strangers(session, batch)
    _name_events(session)
    known = exists().where(EVENT.c.key == S.number)
    first = select(func.min(S.line)).where(S.verdict.is_(None)).group_by(S.number)  # LINE may deliver an event twice
    told = session.execute(update(STAGE).where(S.verdict.is_(None), ~known, S.line.in_(first)).values(verdict="new"))
    counts.new = cast("CursorResult[Any]", told).rowcount
    fresh = select(
        *(S.friend_id, S.event, S.at, func.coalesce(S.category, ""), func.coalesce(S.detail, "")),
        *(S.number, constant(batch.id)),
    ).where(S.verdict == "new")
    # What is later in one second gets the later id, whatever the file's order; a block counts as the last.
    fresh = fresh.order_by(S.at, func.coalesce(S.millisecond, 0), S.event == EventKind.BLOCK, S.event, S.number)
    columns = ["friend_id", "kind", "at", "category", "detail", "key", "batch_id"]
    session.execute(insert_missing(session, EVENT).from_select(columns, fresh))
    _follow(session, batch)
    counts.tags_given = arrivals.recognise(session, batch.id)
    live = (S.friend_id.is_not(None), S.verdict.is_distinct_from("rejected"))
    record_consent_of_people(session, batch, counts, select(S.friend_id).where(*live))
    return counts


def _follow(session: Session, batch: Batch) -> None:
    """Let the newest of a friend's follows and blocks say whether they block us, and the first when they joined."""
    if not staging.has(session, S.verdict == "new", S.event.in_((EventKind.FOLLOW, EventKind.BLOCK))):
        return
    theirs = (EVENT.c.friend_id == FRIEND.c.id, EVENT.c.kind.in_((EventKind.FOLLOW, EventKind.BLOCK)))
    blocks = case((EVENT.c.kind == EventKind.BLOCK, true()), else_=false())
    newest = select(blocks).where(*theirs).order_by(EVENT.c.at.desc(), EVENT.c.id.desc()).limit(1).scalar_subquery()
    first = select(func.min(EVENT.c.at)).where(EVENT.c.friend_id == FRIEND.c.id, EVENT.c.kind == EventKind.FOLLOW)
    joined = case((FRIEND.c.joined_at.is_(None), first.scalar_subquery()))
    after: dict[str, ColumnElement[Any]] = {"is_blocked": newest, "joined_at": joined}
    named = select(S.friend_id).where(S.verdict == "new", S.event.in_((EventKind.FOLLOW, EventKind.BLOCK)))
    touched = (FRIEND.c.id.in_(named),)
    journal(session, batch, FRIEND, after, touched)
    values = {name: func.coalesce(value, FRIEND.c[name]) for name, value in after.items()}
    session.execute(update(FRIEND).where(*touched).values(values))


def _name_events(session: Session) -> None:
    """Name events that have no name of their own by friend, kind, moment, category and detail.

    Equal ones of a file are told apart by their position among each other.
    """
    parts = (S.friend_id, S.event, S.at, func.coalesce(S.category, ""), func.coalesce(S.detail, ""))
    place = func.row_number().over(partition_by=parts, order_by=S.line)
    named = sql_cast(parts[0], String)
    for part in (*parts[1:], place):
        named = named.op("||")("/").op("||")(sql_cast(part, String))
    nameless = (S.verdict.is_(None), S.number.is_(None))
    named_rows = select(S.line, named).where(*nameless)
    session.execute(insert(STAGED_NUMBER).from_select(["line", "number"], named_rows))
    theirs = select(STAGED_NUMBER.c.number).where(STAGED_NUMBER.c.line == S.line).scalar_subquery()
    session.execute(update(STAGE).where(*nameless).values(number=theirs))
