"""Brings friends in from LINE itself: the ids page by page, then the names of those who have none.

Each page is written before the next is asked for, and the import keeps where it is, so that it goes on after a stop or
a lost connection. LINE's guidelines ask for few requests: a name is asked for once, a few a second at most.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import false, insert, literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import erased, ledger
from linecrm_desktop.consent.erased import KeyKind
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.merge import Batch, journal
from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.store.database import Database

SOURCE = "LINE"
"""What stands in place of a file's name."""
NAMES_A_SECOND = 5
NAMES_AT_ONCE = 50
"""Names that are written together."""
_NEXT, _SWEPT = "next", "swept"
_PATIENCE = (1, 2, 4, 8, 16)
"""Seconds to wait before asking a busy LINE again."""
T = TypeVar("T")
Wait = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Fetched:
    """How it ended. `absent` counts friends of the shop whom LINE did not name; None when not all pages were seen."""

    batch_id: int
    found: int
    new: int
    named: int
    gone: int
    """Friends whose profile LINE does not give any more."""
    absent: int | None
    left_out: int = 0
    """Friends whom LINE named and who asked the shop to be erased."""


def fetch(
    database: Database,
    line: Line,
    origin: Origin,
    task: Task,
    now: datetime,
    *,
    names: bool = True,
    wait: Wait = time.sleep,
) -> Fetched:
    """Bring in the ids of all friends, then names. Raises OutsideError and Stopped; what is written by then stays."""
    with database.write() as session:
        batch, start = _begin(session, origin, now)
    seen: set[str] = set()
    is_whole = start is None
    found = left_out = 0
    while True:
        task.raise_if_stopped()
        page = _patiently(lambda after=start: line.friend_ids(after), task, wait)
        if page.is_expired:
            start, found, left_out, is_whole = None, 0, 0, True
            seen.clear()
            continue
        with database.write() as session:
            left_out += _take(session, batch, page.ids, page.next)
        found += len(page.ids)
        seen.update(page.ids)
        task.progress(found, 0, SOURCE)
        start = page.next
        if start is None:
            break
    named, gone = _names(database, line, batch, task, wait) if names else (0, 0)
    ended = _end(database, batch, found, named, gone, seen if is_whole else None)
    return replace(ended, left_out=left_out)


def _begin(session: Session, origin: Origin, now: datetime) -> tuple[Batch, str | None]:
    """Return the import that was broken off with where it was, or a new one."""
    query = select(ImportBatch).where(ImportBatch.file_name == SOURCE, ImportBatch.undone_at.is_(None))
    last = session.scalars(query.order_by(ImportBatch.id.desc()).limit(1)).first()
    if last is not None and not last.options.get(_SWEPT):
        told = Origin(last.through, last.purpose, Answer(last.informed), last.evidence)
        return Batch(last.id, SOURCE, told, last.at), last.options.get(_NEXT)
    row = ImportBatch(
        file_name=SOURCE,
        kind=str(Kind.FRIENDS),
        at=now,
        through=origin.through,
        purpose=origin.purpose,
        informed=str(origin.informed),
        evidence=origin.evidence,
        options={"can_undo": True, "header": ["LINE user ID"]},
    )
    session.add(row)
    session.flush()
    return Batch(row.id, SOURCE, origin, now), None


def _take(session: Session, batch: Batch, ids: Sequence[str], following: str | None) -> int:
    """Write a page: friends who are new, and that those who are there do not block us.

    Nobody who was erased comes back; return how many those are.
    """
    register, left_out = erased.register(session), 0
    if register:
        told = len(ids)
        ids = [ident for ident in ids if not register.hits({KeyKind.LINE_USER_ID: ident})]
        left_out = told - len(ids)
    known = set(session.scalars(select(Friend.line_user_id).where(Friend.line_user_id.in_(ids))))
    fresh = [ident for ident in dict.fromkeys(ids) if ident not in known]
    blank = {"name": "", "is_blocked": False, "created_at": batch.now, "batch_id": batch.id}
    answers = {"informed": Answer.UNKNOWN, "can_opt_out": Answer.UNKNOWN, "marketing": Marketing.UNKNOWN}
    if fresh:
        session.execute(insert(FRIEND), [{**blank, **answers, "line_user_id": ident} for ident in fresh])
    back = (FRIEND.c.line_user_id.in_(ids), FRIEND.c.is_blocked)
    unblocked = journal(session, batch, FRIEND, {"is_blocked": false()}, back)
    session.execute(update(FRIEND).where(*back).values(is_blocked=False))
    named = session.scalars(select(Friend.id).where(Friend.line_user_id.in_(ids)))
    ledger.record_collected(session, named, batch.origin, batch.now, batch.id)
    row = session.get_one(ImportBatch, batch.id)
    row.new += len(fresh)
    row.updated += unblocked
    row.unchanged += len(set(ids)) - len(fresh) - unblocked
    row.rows = row.new + row.updated + row.unchanged
    row.options = {**row.options, _NEXT: following, _SWEPT: following is None}
    return left_out


def _names(database: Database, line: Line, batch: Batch, task: Task, wait: Wait) -> tuple[int, int]:
    """Ask for the names of friends who have none; return how many were given, and how many are friends no more."""
    with database.read() as session:
        query = select(Friend.id, Friend.line_user_id).where(Friend.line_user_id.is_not(None), Friend.name == "")
        nameless = [(friend, str(ident)) for friend, ident in session.execute(query.order_by(Friend.id))]
    named = gone = 0
    for part in _parts(nameless):
        given: list[dict[str, Any]] = []
        for friend, ident in part:
            task.raise_if_stopped()
            name = _patiently(lambda user=ident: line.profile_name(user), task, wait)
            gone += name is None
            if name:
                given.append({"friend": friend, "given": name})
            task.progress(named + len(given) + gone, len(nameless), SOURCE)
            wait(1 / NAMES_A_SECOND)
        with database.write() as session:
            for one in given:
                this = (FRIEND.c.id == one["friend"], FRIEND.c.name == "")
                journal(session, batch, FRIEND, {"name": literal(one["given"])}, this)
                session.execute(update(FRIEND).where(*this).values(name=one["given"]))
        named += len(given)
    return named, gone


def _end(database: Database, batch: Batch, found: int, named: int, gone: int, seen: set[str] | None) -> Fetched:
    with database.read() as session:
        row = session.get_one(ImportBatch, batch.id)
        ours = select(Friend.line_user_id).where(Friend.line_user_id.is_not(None), ~Friend.is_blocked)
        absent = None if seen is None else sum(ident not in seen for ident in session.scalars(ours))
        return Fetched(batch.id, found, row.new, named, gone, absent)


def _patiently(ask: Callable[[], T], task: Task, wait: Wait) -> T:
    """Ask LINE, and again after a while when it is busy."""
    for seconds in _PATIENCE:
        try:
            return ask()
        except OutsideError as error:
            if not error.details.startswith("429"):
                raise
            task.raise_if_stopped()
            wait(seconds)
    return ask()


def _parts(people: list[tuple[int, str]]) -> Iterator[list[tuple[int, str]]]:
    for start in range(0, len(people), NAMES_AT_ONCE):
        yield people[start : start + NAMES_AT_ONCE]
