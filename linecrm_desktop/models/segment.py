"""A saved segment: its rules as JSON, and the decision it helps with."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId


class Segment(Row):
    """A question about friends, saved under a name."""

    __tablename__ = "segment"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    helps_decide: Mapped[str] = mapped_column(default="")
    rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Written and read by segments.codec only."""
    core: Mapped[str | None] = mapped_column(String(24), unique=True)
    """Which of the three core segments this is, if one."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
