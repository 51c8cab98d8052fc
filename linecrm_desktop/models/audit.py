"""An audit of the tags: what it found, and what a person decided about each finding."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class AuditState(StrEnum):
    """Where an audit stands."""

    OPEN = "open"
    APPLIED = "applied"
    CANCELLED = "cancelled"


class Audit(Row):
    """One audit. At most one is open; the others are the history."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    state: Mapped[AuditState] = mapped_column(Code(AuditState), default=AuditState.OPEN)
    step: Mapped[int] = mapped_column(default=1)
    """The step of the wizard that was open last, from 1."""
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    counted_at: Mapped[datetime]
    """When the evidence was counted last."""
    tags: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The tags in use when it began, by number: name, type, and whether it had a decision."""
    seen: Mapped[list[Any]] = mapped_column(JSON)
    """The keys of all findings when they were counted last, so that the next audit can say what is new."""
    action: Mapped[str | None] = mapped_column(String(60))
    """Under which name the change journal holds what was applied."""
    next_at: Mapped[datetime | None]
    """The first moment of the shop's day on which the next audit is due."""


class AuditChoice(Row):
    """One proposal of an audit, and what the person decided."""

    __tablename__ = "audit_choice"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    audit_id: Mapped[int] = mapped_column(RowId, ForeignKey("audit.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(120))
    """What the proposal is about: audit.findings.Finding.key, or a change of the person's own."""
    finding: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Check, tags, evidence and proposal as counted last; written and read by audit.plan only."""
    change: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What the person decided; None: nothing yet. Written and read by audit.changes only."""
    is_checked: Mapped[bool] = mapped_column(default=True)
    """Whether the change is to be applied."""
    is_counted_again: Mapped[bool] = mapped_column(default=False)
    """The evidence is no longer that on which the person decided."""
    is_gone: Mapped[bool] = mapped_column(default=False)
    """The finding holds no more."""
    decided_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("audit_id", "key"),)
