"""Runs an import, or tries it out: read, stage, decide, write; one transaction that ends whole or not at all.

The dry run is the same work with its transaction rolled back, so that its numbers are the run's numbers.
"""

import gc
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, delete, func, insert, select, true
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import (
    ahead,
    barred,
    before,
    goods,
    load_customers,
    load_events,
    load_fields,
    load_orders,
    people,
    staging,
)
from linecrm_desktop.imports.columns import KEYS, OTHER_LINE_ID, Kind, Matching, Target
from linecrm_desktop.imports.kept_cells import KeptCells, keep
from linecrm_desktop.imports.merge import Batch, Counts
from linecrm_desktop.imports.people import S
from linecrm_desktop.imports.pieces import ROWS
from linecrm_desktop.imports.plan import NAMED, ImportPlan, Noticed, Rejected, Report, Sample
from linecrm_desktop.imports.reading import NamedTag
from linecrm_desktop.imports.staging import STAGE, STAGED_FLAG, STAGED_ORDER, STAGED_TAG
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.consent import ConsentEntry
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.spreadsheet import write_table
from linecrm_desktop.store import lookups
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _

_F = STAGED_FLAG.c
_KEYS = ("line_user_id", "member_number", "email", "phone")
_LOOKED_UP = {
    Kind.CUSTOMERS: (*_KEYS, OTHER_LINE_ID, "friend_id"),
    Kind.FRIENDS: (*_KEYS, OTHER_LINE_ID, "friend_id"),
    Kind.ORDERS: ("number",),
    Kind.EVENTS: (),
}
"""What staged rows are looked up by."""
_PEOPLE = (people.FRIEND, load_customers.CARRIED, ConsentEntry.metadata.tables[ConsentEntry.__tablename__])
_FILLED = {
    Kind.CUSTOMERS: _PEOPLE,
    Kind.FRIENDS: _PEOPLE,
    Kind.ORDERS: (load_orders.ORDER, load_orders.LINE),
    Kind.EVENTS: (load_events.EVENT,),
}
"""The tables that each kind of file fills."""
_TOLD_ONCE = ("number", "at")
"""What some rows of a file of orders leave out, because another row of their order says it."""
SAMPLES = 2_000
"""Most rows of each verdict that the check shows."""


def run(database: Database, plan: ImportPlan, task: Task, now: datetime) -> Report:
    """Import a file. Raises ShopError when the plan is not complete, Stopped (with nothing changed) when asked to."""
    with database.write(proven=True) as session:
        report = _import(session, plan, task, now)
    database.optimise()
    return report


def dry_run(database: Database, plan: ImportPlan, task: Task, now: datetime, rejects: Path | None = None) -> Report:
    """Say exactly what an import would do, with sample rows, and change nothing.

    Where `rejects` is named, the rows that would be rejected are written into that file, as `save_rejected` does.
    """
    with database.write(proven=True) as session:
        report = _import(session, plan, task, now, samples=True)
        if rejects is not None and report.batch_id is not None:
            save_rejected(session, report.batch_id, rejects)
        session.rollback()
    return report


def save_rejected(session: Session, batch_id: int, path: Path) -> int:
    """Write an import's rejected rows with one more column that says why; return how many.

    Raises OutsideError when the file cannot be written.
    """
    batch = session.get_one(ImportBatch, batch_id)
    query = select(RejectedRow).where(RejectedRow.batch_id == batch_id).order_by(RejectedRow.line)
    header: list[str] = batch.options.get("header", [])
    blanks = [""] * len(header)
    rows = ([*row.cells, *blanks[len(row.cells) :], row.sentence] for row in session.scalars(query))
    return write_table(path, [*header, _("Why")], rows)


def _import(session: Session, plan: ImportPlan, task: Task, now: datetime, *, samples: bool = False) -> Report:
    missing = plan.missing()
    if missing:
        raise ShopError(missing[0])
    staging.begin(session)
    batch = _begin(session, plan, now)
    fields, new_fields = load_fields.find(session, plan, batch)
    known = goods.Known(session)
    named = _stage(session, plan, task, fields, known, any_friends=batch.newest > 0)
    there = named.columns | {"friend_id", "number"}
    staging.index(session, [column for column in _LOOKED_UP[plan.kind] if column in there])
    nameless = known.ids([("", "")])[0] if plan.kind is Kind.ORDERS else 0
    batch = replace(
        batch,
        filled=named.columns,
        has_fields=named.has_fields,
        has_returns=named.has_returns,
        rows=named.rows,
        lacking=named.lacking,
        nameless_goods=nameless,
    )
    newest = before.newest_tag(session)
    new_tags = load_customers.find_tags(session, named.tags, now)
    before.journal_new_tags(session, batch, newest)
    people.decide(session, plan.decisions, plan.friend_id)
    with lookups.built_after(session, *_FILLED[plan.kind]):
        counts = _load(session, batch, plan)
    if plan.kind is Kind.ORDERS:
        goods.remove_unused(session)
    counts.new_tags, counts.new_fields = new_tags, new_fields
    task.raise_if_stopped()
    report = _end(session, batch, named.rows, counts, plan.matching if samples else None)
    staging.end(session)
    return report


def _load(session: Session, batch: Batch, plan: ImportPlan) -> Counts:
    match plan.kind:
        case Kind.CUSTOMERS | Kind.FRIENDS:
            return load_customers.load(session, batch, plan.instead)
        case Kind.ORDERS:
            return load_orders.load(session, batch, plan.currency)
        case Kind.EVENTS:
            return load_events.load(session, batch)


def _begin(session: Session, plan: ImportPlan, now: datetime) -> Batch:
    row = ImportBatch(
        file_name=plan.path.name,
        kind=str(plan.kind),
        preset=plan.preset,
        at=now,
        through=plan.origin.through,
        purpose=plan.origin.purpose,
        informed=str(plan.origin.informed),
        evidence=plan.origin.evidence,
        options={
            "form": str(plan.found.form),
            "encoding": plan.found.encoding,
            "delimiter": plan.found.delimiter,
            "sheet": plan.found.sheet,
            "skipped": {str(why): count for why, count in plan.found.skip_counts},
            "header": list(plan.found.header),
            "targets": [str(target) for target in plan.matching.targets],
            "date_order": plan.date_order,
            "can_undo": True,
        },
    )
    session.add(row)
    session.flush()
    newest = session.scalar(select(func.coalesce(func.max(people.FRIEND.c.id), 0))) or 0
    return Batch(row.id, plan.path.name, plan.origin, now, newest, channel_id=plan.channel_id)


@dataclass(slots=True)
class _Named:
    """What a file turned out to hold: which columns, tags and fields, and whether orders were cancelled or refunded."""

    columns: set[str] = field(default_factory=set[str])
    tags: list[NamedTag] = field(default_factory=list[NamedTag])
    rows: int = 0
    has_fields: bool = False
    has_returns: bool = False
    lacking: Counter[str] = field(default_factory=Counter[str])


def _stage(
    session: Session,
    plan: ImportPlan,
    task: Task,
    fields: Mapping[int, int],
    known: goods.Known,
    *,
    any_friends: bool,
) -> _Named:
    named = _Named()
    with _no_search_for_cycles(), closing(ahead.read(plan)) as parts:
        for part in parts:
            task.raise_if_stopped()
            read = part.chunk
            if "goods_id" in read.columns:
                ids = (None, *known.ids(part.goods))
                read.columns["goods_id"] = list(map(ids.__getitem__, read.columns["goods_id"]))
            named.columns |= people.stage(session, read.columns, any_friends=any_friends)
            named.has_returns = named.has_returns or any(read.columns.get("state", ()))
            staging.refuse(session, read.refused)
            staging.put(session, STAGED_TAG, read.tag_sets)
            staging.put(session, STAGED_FLAG, read.flags)
            named.has_fields |= load_fields.stage(session, read.fields, fields)
            keep(session, part.cells)
            named.tags += part.tags
            named.rows += part.rows
            for column in _TOLD_ONCE if plan.kind is Kind.ORDERS else ():
                found = read.columns.get(column)
                named.lacking[column] += part.rows if found is None else found.count(None)
            task.progress(named.rows, plan.found.rows, plan.path.name)
    return named


@contextmanager
def _no_search_for_cycles() -> Generator[None, None, None]:
    """Let the garbage collector rest: rows make no cycles, and looking for some takes a fifth of an import's time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _kept(batch: Batch, row: Rejected) -> dict[str, Any]:
    cells = list(row.cells)
    return {"batch_id": batch.id, "line": row.line, "cells": cells, "why": row.why, "sentence": row.sentence}


def _end(session: Session, batch: Batch, rows: int, counts: Counts, shown_by: Matching | None) -> Report:
    """Keep the rows that were rejected, count the verdicts, write them into the batch; sample rows by a matching."""
    rejected = select(S.line, S.why, S.sentence).where(S.verdict == "rejected").order_by(S.line)
    cells = KeptCells(session)
    for part in session.execute(rejected).partitions(ROWS):
        kept = [
            Rejected(line, () if why == barred.WHY else cells.of(line), why, sentence) for line, why, sentence in part
        ]
        session.execute(insert(RejectedRow), [_kept(batch, row) for row in kept])
    why = select(RejectedRow.why, func.count()).where(RejectedRow.batch_id == batch.id).group_by(RejectedRow.why)
    reasons: dict[str, int] = {code: count for code, count in session.execute(why)}
    row = session.get_one(ImportBatch, batch.id)
    row.rows, row.new, row.updated, row.rejected = rows, counts.new, counts.updated, sum(reasons.values())
    row.unchanged = rows - row.new - row.updated - row.rejected
    session.execute(delete(STAGED_FLAG).where(_F.line.in_(select(S.line).where(S.verdict == "rejected"))))
    flagged = _flagged(session)
    row.options = {**row.options, "counts": asdict(counts), "flagged": flagged}
    session.flush()
    return Report(
        *(row.rows, row.new, row.updated, row.unchanged, row.rejected),
        reasons=reasons,
        new_friends=counts.new_friends,
        new_tags=counts.new_tags,
        new_fields=counts.new_fields,
        tags_given=counts.tags_given,
        refused=counts.refused,
        allowed=counts.allowed,
        rejected_rows=tuple(_noticed(session, S, S.verdict == "rejected")),
        flagged=flagged,
        flagged_rows=tuple(_noticed(session, _F, true())),
        samples=tuple(_samples(session, batch, shown_by)) if shown_by else (),
        batch_id=batch.id,
    )


def _flagged(session: Session) -> dict[str, int]:
    counted = session.execute(select(_F.why, func.count()).group_by(_F.why))
    return {why: count for why, count in counted}


def _noticed(session: Session, columns: Any, condition: ColumnElement[bool]) -> Iterator[Noticed]:
    query = select(columns.line, columns.why, columns.sentence).where(condition).order_by(columns.line).limit(NAMED)
    return (Noticed(*row) for row in session.execute(query))


def _samples(session: Session, batch: Batch, matching: Matching) -> list[Sample]:
    """Return rows of each verdict, by line, at most SAMPLES of each."""
    who = func.coalesce(S.number, S.member_number, S.line_user_id, S.other_line_id, S.email, S.phone, "")
    found: list[Sample] = []
    decided = func.coalesce(S.verdict, STAGED_ORDER.c.verdict, "unchanged")
    flag = select(func.min(_F.sentence)).where(_F.line == S.line).scalar_subquery()
    rows = select(S.line, func.coalesce(S.name, ""), who, func.coalesce(flag, ""))
    rows = rows.outerjoin_from(STAGE, STAGED_ORDER, STAGED_ORDER.c.number == S.number)
    cells = KeptCells(session)
    for verdict in ("new", "updated", "unchanged"):
        query = rows.where(decided == verdict)
        for line, name, key, noticed in session.execute(query.order_by(S.line).limit(SAMPLES)):
            found.append(Sample(line, verdict, name, key, cells.of(line), noticed))
    kept = select(RejectedRow, func.coalesce(S.fix, "")).join(STAGE, S.line == RejectedRow.line)
    kept = kept.where(RejectedRow.batch_id == batch.id).order_by(RejectedRow.line).limit(SAMPLES)
    for row, fix in session.execute(kept):
        name, key = (_first(row.cells, matching, targets) for targets in ((Target.NAME,), (Target.ORDER, *KEYS)))
        found.append(Sample(row.line, "rejected", name, key, tuple(row.cells), row.sentence, row.why, fix))
    return sorted(found, key=lambda sample: sample.line)


def _first(cells: list[str], matching: Matching, targets: tuple[Target, ...]) -> str:
    """Return what stands in the first filled cell of these targets."""
    places = [place for target in targets for place in matching.places(target) if place < len(cells)]
    return next((cells[place].strip() for place in places if cells[place].strip()), "")
