"""A saved segment: its rules as JSON, and the decision it helps with."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, PatientJson, Row, RowId


class Recount(StrEnum):
    """When a segment is counted again without being asked, while the program runs."""

    HAND = "hand"
    MORNING = "morning"
    HOUR = "hour"


class Segment(Row):
    """A question about friends, saved under a name."""

    __tablename__ = "segment"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    helps_decide: Mapped[str] = mapped_column(default="")
    rule: Mapped[dict[str, Any]] = mapped_column(PatientJson)
    """Written and read by segments.codec only."""
    core: Mapped[str | None] = mapped_column(String(24), unique=True)
    """Which of the three core segments this is, if one."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    recount: Mapped[Recount] = mapped_column(Code(Recount), default=Recount.HAND)
    cap_messages: Mapped[int | None]
    cap_days: Mapped[int | None]
    """A frequency cap of its own, narrower than the shop's; None: the shop's cap."""
    archived_at: Mapped[datetime | None]
    """Put away, out of every list; nothing that uses it loses it."""


class SegmentCount(Row):
    """How many friends a saved segment had at a moment, for its line over time."""

    __tablename__ = "segment_count"

    segment_id: Mapped[int] = mapped_column(RowId, ForeignKey("segment.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime] = mapped_column(primary_key=True)
    matching: Mapped[int]
    reachable: Mapped[int]

    __table_args__ = ({"sqlite_with_rowid": False},)


class UnsavedSegment(Row):
    """The state of a builder that was not saved yet, so that a crash or a power cut loses no work."""

    __tablename__ = "unsaved_segment"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    segment_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("segment.id", ondelete="CASCADE"), unique=True)
    """The segment being edited; None: a new one."""
    draft: Mapped[dict[str, Any]] = mapped_column(PatientJson)
    """Name, decision and rules, maybe incomplete; written and read by segments.codec only."""
    changed_at: Mapped[datetime]
