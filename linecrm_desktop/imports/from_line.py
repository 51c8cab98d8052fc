"""Brings friends in from LINE itself: the ids page by page, then the names of those who have none.

Each page is written before the next is asked for, and the import keeps where it is, so that it goes on after a stop or
a lost connection. LINE's guidelines ask for few requests: a name is asked for once, a few a second at most.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import literal, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.consent import erased, ledger
from linecrm_desktop.consent.erased import KeyKind
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.imports import account_friends
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.merge import Batch, journal
from linecrm_desktop.imports.people import FRIEND
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.store.database import Database

SOURCE = "LINE"
"""What stands in place of a file's name."""
NAMES_A_SECOND = 5
NAMES_AT_ONCE = 50
"""Names that are written together."""
_NEXT, _SWEPT, _THROUGH = "next", "swept", "channel_id"
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
    channel_id: int | None = None,
    wait: Wait = time.sleep,
) -> Fetched:
    """Bring in the ids of all friends of an account, then names; `line` is the way to that account.

    Raises OutsideError and Stopped; what is written by then stays.
    """
    with database.write() as session:
        batch, start = _begin(session, origin, now, channel_id)
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


def _begin(session: Session, origin: Origin, now: datetime, channel_id: int | None) -> tuple[Batch, str | None]:
    """Return the import that was broken off with where it was, or a new one."""
    query = select(ImportBatch).where(ImportBatch.file_name == SOURCE, ImportBatch.undone_at.is_(None))
    of_account = (row for row in session.scalars(query.order_by(ImportBatch.id.desc())) if _through(row) == channel_id)
    last = next(of_account, None)
    if last is not None and not last.options.get(_SWEPT):
        told = Origin(last.through, last.purpose, Answer(last.informed), last.evidence)
        return Batch(last.id, SOURCE, told, last.at, channel_id=channel_id), last.options.get(_NEXT)
    row = ImportBatch(
        file_name=SOURCE,
        kind=str(Kind.FRIENDS),
        at=now,
        through=origin.through,
        purpose=origin.purpose,
        informed=str(origin.informed),
        evidence=origin.evidence,
        options={"can_undo": True, "header": ["LINE user ID"], _THROUGH: channel_id},
    )
    session.add(row)
    session.flush()
    return Batch(row.id, SOURCE, origin, now, channel_id=channel_id), None


def _take(session: Session, batch: Batch, ids: Sequence[str], following: str | None) -> int:
    """Write a page: friends who are new, and that those who are there do not block the account.

    Nobody who was erased comes back; return how many those are.
    """
    register, left_out = erased.register(session), 0
    if register:
        told = len(ids)
        ids = [ident for ident in ids if not register.hits({KeyKind.LINE_USER_ID: ident})]
        left_out = told - len(ids)
    taken = account_friends.take(session, batch, ids)
    ledger.record_collected(session, taken.friends, batch.origin, batch.now, batch.id)
    row = session.get_one(ImportBatch, batch.id)
    row.new += taken.new
    row.updated += taken.changed
    row.unchanged += len(set(ids)) - taken.new - taken.changed
    row.rows = row.new + row.updated + row.unchanged
    row.options = {**row.options, _NEXT: following, _SWEPT: following is None}
    return left_out


def _through(row: ImportBatch) -> int | None:
    found: int | None = row.options.get(_THROUGH)
    return found


def _names(database: Database, line: Line, batch: Batch, task: Task, wait: Wait) -> tuple[int, int]:
    """Ask for the names of friends who have none; return how many were given, and how many are friends no more."""
    with database.read() as session:
        nameless = account_friends.nameless(session, batch.channel_id)
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
        ours = [] if seen is None else account_friends.unblocked(session, batch.channel_id)
        absent = None if seen is None else sum(ident not in seen for ident in ours)
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
