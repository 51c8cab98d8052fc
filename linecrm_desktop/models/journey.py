"""A journey: a path of messages for the friends of one segment, who walks it, and what became of each step."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class JourneyState(StrEnum):
    """Where a path stands. Only a running one takes friends in and has steps due."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class Left(StrEnum):
    """Why a friend is no longer on a path."""

    BOUGHT = "bought"
    REFUSED = "refused"
    BLOCKED = "blocked"
    QUIET = "quiet"
    """Did nothing after two messages of the path, where the shop's files would tell."""
    OWN_RULE = "own_rule"
    DONE = "done"
    STOPPED = "stopped"
    """The path was stopped."""
    BEFORE = "before"
    """Was in the segment before the path began, which was to take new friends only: never walked it."""


class TurnState(StrEnum):
    """What became of one step for one friend."""

    APPROVED = "approved"
    """A person approved it; its send is not over."""
    SENT = "sent"
    KEPT_BACK = "kept_back"
    SKIPPED = "skipped"


class Journey(Row):
    """A path of messages. Its order (`place`) decides where a friend goes who fits several."""

    __tablename__ = "journey"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    segment_id: Mapped[int] = mapped_column(RowId, ForeignKey("segment.id"))
    """Whoever comes into this segment enters."""
    state: Mapped[JourneyState] = mapped_column(Code(JourneyState), default=JourneyState.DRAFT)
    place: Mapped[int]
    keep_back: Mapped[int] = mapped_column(default=10)
    """Percent of those who enter who get nothing on the whole path, to compare."""
    salt: Mapped[str] = mapped_column(String(80))
    """What decides who is kept back, together with each friend's LINE id."""
    end_days: Mapped[int] = mapped_column(default=30)
    """So many days after the last step a friend has walked the path to its end."""
    leaves_bought: Mapped[bool] = mapped_column(default=True)
    leaves_quiet: Mapped[bool] = mapped_column(default=True)
    exit_segment_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("segment.id"))
    """Whoever comes into this segment leaves; None: no rule of its own."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    prepared_at: Mapped[datetime | None]
    """When friends were last taken in and looked at; once a day."""


class JourneyStep(Row):
    """One message on a path. A step that was taken out stays as a row, so that no number ever means another step."""

    __tablename__ = "journey_step"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    journey_id: Mapped[int] = mapped_column(RowId, ForeignKey("journey.id", ondelete="CASCADE"), index=True)
    place: Mapped[int]
    message_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("message.id", ondelete="SET NULL"))
    wait_days: Mapped[int]
    """Local days after the step before really left, or after entering."""
    send_from: Mapped[int | None]
    """Earliest time of day, in minutes of the shop's local day; None: as soon as it is approved."""
    only_segment_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("segment.id"))
    """Only for friends inside (or outside) this segment on the day they are due; None: for everybody."""
    only_inside: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class JourneyEntry(Row):
    """One friend on one path, at most once ever, and on one path at a time."""

    __tablename__ = "journey_entry"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    journey_id: Mapped[int] = mapped_column(RowId, ForeignKey("journey.id", ondelete="CASCADE"))
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"))
    entered_at: Mapped[datetime]
    is_held: Mapped[bool] = mapped_column(default=False)
    """Kept back on the whole path: moves along with the others and gets nothing."""
    next_step_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("journey_step.id"))
    """None: past the last step."""
    due_on: Mapped[date | None]
    """Local day from which the next step is due, or, past the last one, on which the path ends."""
    left_at: Mapped[datetime | None]
    why: Mapped[Left | None] = mapped_column(Code(Left))

    __table_args__ = (
        UniqueConstraint("journey_id", "friend_id"),
        Index(
            "ix_journey_entry_one_path",
            "friend_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
        Index(None, "friend_id"),
        Index(None, "next_step_id", "due_on"),
    )


class JourneyTurn(Row):
    """What became of one step for one friend: written once, and never for the same step again."""

    __tablename__ = "journey_turn"

    entry_id: Mapped[int] = mapped_column(RowId, ForeignKey("journey_entry.id", ondelete="CASCADE"), primary_key=True)
    step_id: Mapped[int] = mapped_column(RowId, ForeignKey("journey_step.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[TurnState] = mapped_column(Code(TurnState))
    why: Mapped[str] = mapped_column(String(40), default="")
    """A short code for skipped steps; journeys.turns has its sentence."""
    campaign_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("campaign.id", ondelete="SET NULL"))
    day: Mapped[date]
    """Local day on which it left, or was skipped; the next step counts its wait from here."""
    at: Mapped[datetime]

    __table_args__ = (
        Index(None, "step_id", "state"),
        Index(None, "campaign_id"),
        {"sqlite_with_rowid": False},
    )
