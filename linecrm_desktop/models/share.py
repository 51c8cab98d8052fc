"""The register of shared audiences: what left, when, why, to whom, and in which list each friend was."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class Way(StrEnum):
    """What an audience is shared for."""

    ADS = "ads"
    """LINE ads to similar people, or to these again."""
    UPLOAD = "upload"
    """An audience of user ids at LINE, to write to."""
    CSV = "csv"
    """A list for another tool."""


class ShareState(StrEnum):
    """What became of a list."""

    BEGUN = "begun"
    """Written down before it leaves; whether it did is not known (yet)."""
    AT_LINE = "at_line"
    SAVED = "saved"
    """Files were written; what became of them nobody knows."""
    FAILED = "failed"
    """Nothing left."""
    DELETED = "deleted"
    """It was at LINE and was deleted there."""


class SharedList(Row):
    """One list that left, or was about to: its passport."""

    __tablename__ = "shared_list"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime]
    segment_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("segment.id", ondelete="SET NULL"))
    segment_name: Mapped[str]
    segment_rule: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The rules as they were."""
    way: Mapped[Way] = mapped_column(Code(Way))
    purpose: Mapped[str]
    to_whom: Mapped[str]
    """Who gets it, as a person wrote it; LINE by itself."""
    state: Mapped[ShareState] = mapped_column(Code(ShareState))
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
    """How many matched, were taken out and why, and were left."""
    contents: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Each list's identifier, lines, SHA-256 of its bytes, and the name of its file."""
    people: Mapped[int]
    channel_id: Mapped[int | None] = mapped_column(RowId)
    """The further account that it was uploaded to, or whose ids it holds; None: the shop's first."""
    line_id: Mapped[int | None] = mapped_column(RowId)
    line_name: Mapped[str] = mapped_column(String(120), default="")
    line_status: Mapped[str] = mapped_column(String(24), default="")
    """As LINE said when it was last asked."""
    line_people: Mapped[int | None]
    asked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    """When it was deleted, or failed."""
    again_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("shared_list.id", ondelete="SET NULL"))
    """The list that went in its place."""
    is_practice: Mapped[bool] = mapped_column(default=False)


class SharedFriend(Row):
    """One friend in one list: what says afterwards who refused since."""

    __tablename__ = "shared_friend"

    list_id: Mapped[int] = mapped_column(RowId, ForeignKey("shared_list.id", ondelete="CASCADE"), primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = (Index(None, "friend_id"), {"sqlite_with_rowid": False})
