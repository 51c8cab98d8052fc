"""The imports of a shop, newest first, and the rows that each one rejected."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.columns import KIND_NAMES, Kind
from linecrm_desktop.imports.plan import Rejected
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

    @property
    def what(self) -> str:
        """The preset's name, or the kind of rows."""
        preset = by_id(self.preset)
        return preset.name if preset else _(KIND_NAMES[Kind(self.kind)])


def batches(session: Session) -> list[BatchRow]:
    """Return all imports, the newest first."""
    rows = session.scalars(select(ImportBatch).order_by(ImportBatch.at.desc(), ImportBatch.id.desc()))
    return [
        BatchRow(
            *(row.id, row.at, row.file_name, row.kind, row.preset),
            *(row.rows, row.new, row.updated, row.unchanged, row.rejected),
        )
        for row in rows
    ]


def rejected(session: Session, batch_id: int, limit: int = 1_000) -> list[Rejected]:
    """Return rows that an import rejected, by line."""
    query = select(RejectedRow).where(RejectedRow.batch_id == batch_id).order_by(RejectedRow.line).limit(limit)
    return [Rejected(row.line, tuple(row.cells), row.why, row.sentence) for row in session.scalars(query)]
