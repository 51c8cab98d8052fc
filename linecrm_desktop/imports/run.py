"""Runs an import, or tries it out: read, stage, decide, write; one transaction that ends whole or not at all.

The dry run is the same work with its transaction rolled back, so that its numbers are the run's numbers.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import detect, load_customers, load_events, load_orders, staging
from linecrm_desktop.imports.columns import KEYS, Kind, Matching, Target
from linecrm_desktop.imports.merge import Batch, Counts
from linecrm_desktop.imports.people import S
from linecrm_desktop.imports.plan import ImportPlan, Rejected, Report, Sample
from linecrm_desktop.imports.reading import RowReader
from linecrm_desktop.imports.staging import STAGE, STAGED_TAG
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.spreadsheet import write_csv
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags.library import fold
from linecrm_desktop.text import _

CHUNK = 10_000
"""Rows between two looks at the Stop button."""
SAMPLES = 2_000
"""Most rows of each verdict that the check shows."""


def run(database: Database, plan: ImportPlan, task: Task, now: datetime) -> Report:
    """Import a file. Raises ShopError when the plan is not complete, Stopped (with nothing changed) when asked to."""
    with database.write() as session:
        report = _import(session, plan, task, now)
    database.optimise()
    return report


def dry_run(database: Database, plan: ImportPlan, task: Task, now: datetime) -> Report:
    """Say exactly what an import would do, with sample rows, and change nothing."""
    with database.write() as session:
        report = _import(session, plan, task, now, samples=True)
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
    return write_csv(path, [*header, _("Why")], rows)


def _import(session: Session, plan: ImportPlan, task: Task, now: datetime, *, samples: bool = False) -> Report:
    missing = plan.matching.missing(plan.kind)
    if missing:
        raise ShopError(missing[0])
    staging.begin(session)
    batch = _begin(session, plan, now)
    _stage(session, plan, task)
    staging.index(session)
    counts = _load(session, batch, plan)
    task.raise_if_stopped()
    report = _end(session, batch, counts, plan.matching if samples else None)
    staging.end(session)
    return report


def _load(session: Session, batch: Batch, plan: ImportPlan) -> Counts:
    match plan.kind:
        case Kind.CUSTOMERS | Kind.FRIENDS:
            return load_customers.load(session, batch)
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
    return Batch(row.id, plan.path.name, plan.origin, now)


def _stage(session: Session, plan: ImportPlan, task: Task) -> None:
    reader = RowReader(plan)
    lines = detect.rows(plan.path, plan.found)
    done = 0
    while chunk := list(islice(lines, CHUNK)):
        task.raise_if_stopped()
        _stage_chunk(session, reader, chunk)
        done += len(chunk)
        task.progress(done, plan.found.rows, plan.path.name)


def _stage_chunk(session: Session, reader: RowReader, chunk: list[Line]) -> None:
    read = [(line, reader.read(line)) for line in chunk]
    staging.put(session, STAGE, [row for _line, row in read])
    taken = [line for line, row in read if row["verdict"] is None]
    staging.put(session, STAGED_TAG, _tags(reader, taken))


def _tags(reader: RowReader, lines: list[Line]) -> Iterator[dict[str, Any]]:
    for line in lines:
        for name, tag_type in reader.tags(line):
            yield {"line": line.number, "name_key": fold(name), "name": name, "type": tag_type}


def _kept(batch: Batch, row: Rejected) -> dict[str, Any]:
    cells = list(row.cells)
    return {"batch_id": batch.id, "line": row.line, "cells": cells, "why": row.why, "sentence": row.sentence}


def _end(session: Session, batch: Batch, counts: Counts, shown_by: Matching | None) -> Report:
    """Keep the rows that were rejected, count the verdicts, write them into the batch; sample rows by a matching."""
    rejected = select(S.line, S.cells, S.why, S.sentence).where(S.verdict == "rejected").order_by(S.line)
    for part in session.execute(rejected).partitions(CHUNK):
        rows = [Rejected(line, tuple(json.loads(cells)), why, sentence) for line, cells, why, sentence in part]
        session.execute(insert(RejectedRow), [_kept(batch, row) for row in rows])
    counted = session.execute(select(S.verdict, func.count()).group_by(S.verdict))
    verdicts: dict[str, int] = {verdict: count for verdict, count in counted}
    why = select(RejectedRow.why, func.count()).where(RejectedRow.batch_id == batch.id).group_by(RejectedRow.why)
    reasons: dict[str, int] = {code: count for code, count in session.execute(why)}
    row = session.get_one(ImportBatch, batch.id)
    row.new, row.updated = verdicts.get("new", 0), verdicts.get("updated", 0)
    row.unchanged, row.rejected = verdicts.get("unchanged", 0), sum(reasons.values())
    row.rows = row.new + row.updated + row.unchanged + row.rejected
    row.options = {**row.options, "counts": asdict(counts)}
    session.flush()
    return Report(
        *(row.rows, row.new, row.updated, row.unchanged, row.rejected),
        reasons=reasons,
        new_friends=counts.new_friends,
        new_tags=counts.new_tags,
        tags_given=counts.tags_given,
        refused=counts.refused,
        allowed=counts.allowed,
        samples=tuple(_samples(session, batch, shown_by)) if shown_by else (),
        batch_id=batch.id,
    )


def _samples(session: Session, batch: Batch, matching: Matching) -> list[Sample]:
    """Return rows of each verdict, by line, at most SAMPLES of each."""
    who = func.coalesce(S.number, S.member_number, S.line_user_id, S.email, S.phone, "")
    found: list[Sample] = []
    for verdict in ("new", "updated", "unchanged"):
        query = select(S.line, func.coalesce(S.name, ""), who, S.cells).where(S.verdict == verdict)
        for line, name, key, cells in session.execute(query.order_by(S.line).limit(SAMPLES)):
            found.append(Sample(line, verdict, name, key, tuple(json.loads(cells))))
    kept = select(RejectedRow).where(RejectedRow.batch_id == batch.id).order_by(RejectedRow.line).limit(SAMPLES)
    for row in session.scalars(kept):
        name, key = (_first(row.cells, matching, targets) for targets in ((Target.NAME,), (Target.ORDER, *KEYS)))
        found.append(Sample(row.line, "rejected", name, key, tuple(row.cells), row.sentence))
    return sorted(found, key=lambda sample: sample.line)


def _first(cells: list[str], matching: Matching, targets: tuple[Target, ...]) -> str:
    """Return what stands in the first filled cell of these targets."""
    places = [place for target in targets for place in matching.places(target) if place < len(cells)]
    return next((cells[place].strip() for place in places if cells[place].strip()), "")
