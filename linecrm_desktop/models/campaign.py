"""One send: what was frozen when a person confirmed it, one delivery a friend, and the requests that carry them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class CampaignState(StrEnum):
    """Where a send stands."""

    SCHEDULED = "scheduled"
    """Confirmed by typing for a later moment; nothing has left."""
    HELD = "held"
    """Was planned, and waits for a person: it is too late, or a check turned red. Nothing has left."""
    READY = "ready"
    SENDING = "sending"
    PAUSED = "paused"
    DONE = "done"
    STOPPED = "stopped"


class DeliveryState(StrEnum):
    """What became of one friend's copy."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"
    KEPT_BACK = "kept_back"
    LEFT_OUT = "left_out"
    STOPPED = "stopped"


class ChunkState(StrEnum):
    """Where one request stands. HANDED_OVER is committed before the request leaves."""

    WAITING = "waiting"
    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"


class Campaign(Row):
    """A confirmed send. Nothing in it follows later edits of the message or the segment."""

    __tablename__ = "campaign"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    message_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("message.id", ondelete="SET NULL"))
    journey_step_id: Mapped[int | None] = mapped_column(RowId, index=True)
    """The step of a path that it carries to those who are due; None: a message to a whole segment.

    Steps are never deleted while their path is there, so the number keeps its meaning.
    """
    channel_id: Mapped[int | None] = mapped_column(RowId)
    """The further account that it goes through; None: the shop's first."""
    name: Mapped[str] = mapped_column(String(120))
    segment_name: Mapped[str] = mapped_column(String(120))
    segment_rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    brief: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The four answers, metric window and hold-out as they were when the send was confirmed."""
    bubbles: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Of variant A."""
    others: Mapped[list[list[dict[str, Any]]]] = mapped_column(JSON, default=list, server_default="[]")
    """Bubbles of the variants B and C."""
    salt: Mapped[str] = mapped_column(String(80), default="", server_default="")
    """What the groups were drawn with, together with each friend's LINE id. Sends of older versions do not say."""
    unit: Mapped[str] = mapped_column(String(30))
    """LINE's custom aggregation unit: letters, digits and underscores, at most 30.

    With several variants each has its own (campaigns.variants).
    """
    state: Mapped[CampaignState] = mapped_column(Code(CampaignState), default=CampaignState.READY)
    note: Mapped[str] = mapped_column(default="")
    """Why it is paused, in plain words."""
    is_practice: Mapped[bool] = mapped_column(default=False)
    recipients: Mapped[int]
    reach_then: Mapped[int]
    """Friends a broadcast would have reached at that moment."""
    priced: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The message plan as it was when the send was confirmed; sends of older versions do not say."""
    created_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    """The moment it was planned for; None: it was confirmed to leave at once."""
    confirmed_at: Mapped[datetime | None]
    """When a person last said yes to what is frozen here; None: at created_at."""
    resume_at: Mapped[datetime | None]
    """When quiet hours that paused it are over."""
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    turns: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often requests were handed over; a file that knows of fewer turns than this computer is an old copy."""
    computer: Mapped[str | None] = mapped_column(String(36))
    """Which installation began to send; None before the first request."""


class Chunk(Row):
    """One request to LINE: up to 500 friends with the same bubbles, or one friend with personal ones."""

    __tablename__ = "chunk"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(RowId, ForeignKey("campaign.id", ondelete="CASCADE"))
    number: Mapped[int]
    """Position in the send, from 0; deliveries carry the same number."""
    variant: Mapped[int] = mapped_column(default=0, server_default="0")
    """All friends of a request get the same variant, from 0."""
    state: Mapped[ChunkState] = mapped_column(Code(ChunkState), default=ChunkState.WAITING)
    retry_key: Mapped[str | None] = mapped_column(String(36))
    """X-Line-Retry-Key, made and committed before the first try; LINE remembers it for 24 hours."""
    body: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The exact request, frozen with the key: a repeat must be the same to the byte."""
    first_try_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    request_id: Mapped[str | None]
    answer: Mapped[str] = mapped_column(default="")

    __table_args__ = (UniqueConstraint("campaign_id", "number"),)


class Call(Row):
    """One request as it was made, and how it ended. LINE keeps no log and asks its callers to keep these."""

    __tablename__ = "call"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    campaign_id: Mapped[int] = mapped_column(RowId, ForeignKey("campaign.id", ondelete="CASCADE"))
    chunk: Mapped[int]
    attempt: Mapped[int]
    """Which try of the chunk it was, from 1."""
    retry_key: Mapped[str] = mapped_column(String(36))
    people: Mapped[int]
    at: Mapped[datetime]
    """When it was handed over."""
    status: Mapped[int]
    """The HTTP status; 0 where no whole answer came."""
    request_id: Mapped[str | None]
    """x-line-request-id of this very call; a repeat has one of its own."""
    words: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "campaign_id", "chunk"),)


class Delivery(Row):
    """One friend's copy of a send."""

    __tablename__ = "delivery"

    campaign_id: Mapped[int] = mapped_column(RowId, ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)
    line_user_id: Mapped[str | None] = mapped_column(String(40))
    state: Mapped[DeliveryState] = mapped_column(Code(DeliveryState))
    why: Mapped[str] = mapped_column(String(40), default="")
    """A short code for left out and refused copies; campaigns.states has its sentence."""
    chunk: Mapped[int | None]
    variant: Mapped[int] = mapped_column(default=0, server_default="0")
    at: Mapped[datetime | None]
    """When the state was last changed."""

    __table_args__ = (
        Index(None, "friend_id", "state", "at"),
        Index(None, "campaign_id", "chunk"),
        {"sqlite_with_rowid": False},
    )
