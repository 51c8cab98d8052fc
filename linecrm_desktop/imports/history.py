"""The imports of a shop, newest first, the report of each, and the rows that it rejected."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports.columns import KIND_NAMES, Kind
from linecrm_desktop.imports.plan import Rejected, Report
from linecrm_desktop.imports.presets import by_id
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One import as the history shows it."""

    id: int
    at: datetime
    file_name: str
    kind: str
    preset: str
    rows: int
    new: int
    updated: int
    unchanged: int
    rejected: int
    undone_at: datetime | None = None

    @property
    def what(self) -> str:
        """The preset's name, or the kind of rows."""
        preset = by_id(self.preset)
        return preset.name if preset else _(KIND_NAMES[Kind(self.kind)])


def batches(session: Session) -> list[BatchRow]:
    """Return all imports, the newest first."""
    rows = session.scalars(select(ImportBatch).order_by(ImportBatch.at.desc(), ImportBatch.id.desc()))
    return [_row(row) for row in rows]


def batch(session: Session, batch_id: int) -> BatchRow:
    """Return one import. Raises ShopError when there is none with this number."""
    row = session.get(ImportBatch, batch_id)
    if row is None:
        raise ShopError(_("There is no import {n}.").format(n=batch_id), _("Look at the list of imports."))
    return _row(row)


def report(session: Session, batch_id: int) -> Report:
    """Return an import's report again, as it was when it ended."""
    row = batch(session, batch_id)
    why = select(RejectedRow.why, func.count()).where(RejectedRow.batch_id == batch_id).group_by(RejectedRow.why)
    beside: dict[str, Any] = session.get_one(ImportBatch, batch_id).options.get("counts", {})
    return Report(
        *(row.rows, row.new, row.updated, row.unchanged, row.rejected),
        reasons={code: count for code, count in session.execute(why)},
        new_friends=beside.get("new_friends", 0),
        new_tags=tuple(beside.get("new_tags", ())),
        new_fields=tuple(beside.get("new_fields", ())),
        tags_given=beside.get("tags_given", 0),
        refused=beside.get("refused", 0),
        allowed=beside.get("allowed", 0),
        batch_id=batch_id,
    )


def last_origin(session: Session, kind: Kind, preset: str) -> tuple[str, str] | None:
    """Return where the data of the last such file came from and its purpose, as somebody said then."""
    query = select(ImportBatch.through, ImportBatch.purpose).where(
        *(ImportBatch.kind == str(kind), ImportBatch.preset == preset),
        *(ImportBatch.through != "", ImportBatch.purpose != ""),
    )
    found = session.execute(query.order_by(ImportBatch.at.desc(), ImportBatch.id.desc()).limit(1)).first()
    return (found[0], found[1]) if found else None


def rejected(session: Session, batch_id: int, limit: int = 1_000) -> list[Rejected]:
    """Return rows that an import rejected, by line."""
    query = select(RejectedRow).where(RejectedRow.batch_id == batch_id).order_by(RejectedRow.line).limit(limit)
    return [Rejected(row.line, tuple(row.cells), row.why, row.sentence) for row in session.scalars(query)]


def _row(row: ImportBatch) -> BatchRow:
    return BatchRow(
        *(row.id, row.at, row.file_name, row.kind, row.preset),
        *(row.rows, row.new, row.updated, row.unchanged, row.rejected, row.undone_at),
    )
