"""Something a friend did or that happened to them: a click, a menu tap, a survey, a reply, a block."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class EventKind(StrEnum):
    """What happened."""

    CLICK = "click"
    MENU = "menu"
    SURVEY = "survey"
    REPLY = "reply"
    COUPON = "coupon"
    VISIT = "visit"
    OPEN = "open"
    FOLLOW = "follow"
    BLOCK = "block"


class Event(Row):
    """One thing that happened. `category` is the product category or page it was about."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"))
    kind: Mapped[EventKind] = mapped_column(Code(EventKind))
    at: Mapped[datetime]
    category: Mapped[str] = mapped_column(String(80), default="")
    detail: Mapped[str] = mapped_column(default="")
    key: Mapped[str | None] = mapped_column(unique=True)
    """What makes this event the same event when a file is imported again."""
    batch_id: Mapped[int | None] = mapped_column(RowId)

    __table_args__ = (
        Index(None, "kind", "category", "at", "friend_id"),
        Index(None, "kind", "friend_id", "at", "category"),
        Index(None, "friend_id", "at"),
    )
