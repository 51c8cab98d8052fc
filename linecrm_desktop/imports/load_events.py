"""Events: clicks, menu taps, surveys, replies. The same event of the same file is never there twice."""

from sqlalchemy import String, case, cast, exists, func, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports import people
from linecrm_desktop.imports.merge import Batch, Counts, insert_strangers, record_consent
from linecrm_desktop.imports.people import S, constant
from linecrm_desktop.imports.staging import STAGE, STAGED_NUMBER
from linecrm_desktop.models.event import Event
from linecrm_desktop.store.dialect import insert_missing

EVENT = Event.metadata.tables[Event.__tablename__]


def load(session: Session, batch: Batch) -> Counts:
    """Decide every staged row's verdict and write the events."""
    counts = Counts()
    people.find(session)
    people.reject_strangers(session)
    counts.new_friends = insert_strangers(session, batch)
    _name_events(session)
    known = exists().where(EVENT.c.key == S.number)
    session.execute(update(STAGE).where(S.verdict.is_(None)).values(verdict=case((known, "unchanged"), else_="new")))
    fresh = select(
        *(S.friend_id, S.event, S.at, func.coalesce(S.category, ""), func.coalesce(S.detail, "")),
        *(S.number, constant(batch.id)),
    ).where(S.verdict == "new")
    columns = ["friend_id", "kind", "at", "category", "detail", "key", "batch_id"]
    session.execute(insert_missing(session, EVENT).from_select(columns, fresh))
    record_consent(session, batch, counts)
    return counts


def _name_events(session: Session) -> None:
    """Name each event by friend, kind, moment, category and detail; equal ones of a file by their position."""
    parts = (S.friend_id, S.event, S.at, func.coalesce(S.category, ""), func.coalesce(S.detail, ""))
    place = func.row_number().over(partition_by=parts, order_by=S.line)
    named = cast(parts[0], String)
    for part in (*parts[1:], place):
        named = named.op("||")("/").op("||")(cast(part, String))
    named_rows = select(S.line, named).where(S.verdict.is_(None))
    session.execute(insert(STAGED_NUMBER).from_select(["line", "number"], named_rows))
    theirs = select(STAGED_NUMBER.c.number).where(STAGED_NUMBER.c.line == S.line).scalar_subquery()
    session.execute(update(STAGE).where(S.verdict.is_(None)).values(number=theirs))
