"""Events: clicks, menu taps, surveys, replies. The same event of the same file is never there twice."""

from typing import Any, cast

from sqlalchemy import ColumnElement, CursorResult, String, exists, func, insert, null, select, update
from sqlalchemy import cast as sql_cast
from sqlalchemy.orm import Session

from linecrm_desktop.imports import people
from linecrm_desktop.imports.merge import Batch, Counts, insert_strangers, record_consent
from linecrm_desktop.imports.people import S, constant
from linecrm_desktop.imports.staging import STAGE, STAGED_NUMBER
from linecrm_desktop.models.event import Event
from linecrm_desktop.store.dialect import insert_missing

_UNTOLD: ColumnElement[Any] = null()
EVENT = Event.metadata.tables[Event.__tablename__]


def load(session: Session, batch: Batch) -> Counts:
    """Decide every staged row's verdict and write the events."""
    counts = Counts()
    people.find(session, batch.filled)
    people.reject_strangers(session, batch.filled)
    counts.new_friends = insert_strangers(session, batch)
    _name_events(session)
    known = exists().where(EVENT.c.key == S.number)
    told = session.execute(update(STAGE).where(S.verdict.is_(None), ~known).values(verdict="new"))
    counts.new = cast("CursorResult[Any]", told).rowcount
    fresh = select(
        *(S.friend_id, S.event, S.at, func.coalesce(S.category, ""), func.coalesce(S.detail, "")),
        *(S.number, constant(batch.id)),
    ).where(S.verdict == "new")
    columns = ["friend_id", "kind", "at", "category", "detail", "key", "batch_id"]
    session.execute(insert_missing(session, EVENT).from_select(columns, fresh))
    live = (S.friend_id.is_not(None), S.verdict.is_distinct_from("rejected"))
    record_consent(session, batch, counts, select(S.friend_id, _UNTOLD, _UNTOLD).where(*live).distinct())
    return counts


def _name_events(session: Session) -> None:
    """Name each event by friend, kind, moment, category and detail; equal ones of a file by their position."""
    parts = (S.friend_id, S.event, S.at, func.coalesce(S.category, ""), func.coalesce(S.detail, ""))
    place = func.row_number().over(partition_by=parts, order_by=S.line)
    named = sql_cast(parts[0], String)
    for part in (*parts[1:], place):
        named = named.op("||")("/").op("||")(sql_cast(part, String))
    named_rows = select(S.line, named).where(S.verdict.is_(None))
    session.execute(insert(STAGED_NUMBER).from_select(["line", "number"], named_rows))
    theirs = select(STAGED_NUMBER.c.number).where(STAGED_NUMBER.c.line == S.line).scalar_subquery()
    session.execute(update(STAGE).where(S.verdict.is_(None)).values(number=theirs))
