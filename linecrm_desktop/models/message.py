"""A message being written: the brief with its four answers, and the bubbles. And the shop's own templates."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId


class Message(Row):
    """A draft. Sending freezes a copy of it into a campaign; the draft itself can go on changing."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    segment_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("segment.id"))
    """Who is it for?"""
    why_now: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    metric: Mapped[str] = mapped_column(String(24), default="orders")
    metric_days: Mapped[int] = mapped_column(default=7)
    good_if: Mapped[int] = mapped_column(default=5)
    """The send was good if at least this many percent did it."""
    keep_back: Mapped[int] = mapped_column(default=10)
    """Percent of the reachable friends who get nothing, to measure the difference."""
    send_at: Mapped[datetime | None]
    """When it should leave; None: as soon as a person confirms it."""
    only_informed: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Whether friends without a record of a privacy notice are left out."""
    channel_id: Mapped[int | None] = mapped_column(RowId)
    """The further account that it goes through; None: the shop's first."""
    bubbles: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    """Of variant A. Written and read by messages.codec only."""
    others: Mapped[list[list[dict[str, Any]]]] = mapped_column(JSON, default=list, server_default="[]")
    """Bubbles of the variants B and C."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class MessageTemplate(Row):
    """A message that the shop keeps to begin others with. Nothing is ever sent from it."""

    __tablename__ = "message_template"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    segment_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("segment.id", ondelete="SET NULL"))
    """Whom it was for; a segment that is deleted is forgotten, so that the next one with its number is not meant."""
    brief: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The other answers, as messages.brief writes them."""
    bubbles: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    others: Mapped[list[list[dict[str, Any]]]] = mapped_column(JSON, default=list, server_default="[]")
    changed_at: Mapped[datetime]
