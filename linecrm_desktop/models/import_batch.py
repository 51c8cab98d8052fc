"""One import: which file, what was answered about its origin, how each row ended."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId


class ImportBatch(Row):
    """One run of the import wizard or command. new + updated + unchanged + rejected = rows."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    file_name: Mapped[str]
    kind: Mapped[str] = mapped_column(String(24))
    preset: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    through: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    informed: Mapped[str] = mapped_column(default="unknown")
    evidence: Mapped[str] = mapped_column(default="")
    options: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Encoding, delimiter and column matching, as they were used."""
    rows: Mapped[int] = mapped_column(default=0)
    new: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)
    unchanged: Mapped[int] = mapped_column(default=0)
    rejected: Mapped[int] = mapped_column(default=0)
    undone_at: Mapped[datetime | None]


class RejectedRow(Row):
    """A row that was not taken, kept as it stood in the file so that nothing disappears silently."""

    __tablename__ = "rejected_row"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    batch_id: Mapped[int] = mapped_column(RowId, ForeignKey("import_batch.id", ondelete="CASCADE"), index=True)
    line: Mapped[int]
    """Line of the file where the row begins, from 1."""
    cells: Mapped[list[str]] = mapped_column(JSON)
    why: Mapped[str]
    """Code of the reason."""
    sentence: Mapped[str]
