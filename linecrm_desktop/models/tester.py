"""People who read a message before it leaves, and the tests that were sent to them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class SentTestState(StrEnum):
    """Where one test stands. HANDED_OVER is committed before the request leaves."""

    HANDED_OVER = "handed_over"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    IN_DOUBT = "in_doubt"


class Tester(Row):
    """Somebody of the shop who gets tests."""

    __tablename__ = "tester"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    line_user_id: Mapped[str] = mapped_column(String(40), unique=True)
    channel_id: Mapped[int | None] = mapped_column(RowId)
    """The further account that knows them by this id; None: the shop's first."""
    created_at: Mapped[datetime]


class SentTest(Row):
    """One test of a message to one tester: what was sent, and what LINE said."""

    __tablename__ = "test_send"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    message_id: Mapped[int] = mapped_column(RowId, ForeignKey("message.id", ondelete="CASCADE"))
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the bubbles: what was changed since was not tested."""
    variant: Mapped[int] = mapped_column(default=0, server_default="0")
    """Which variant of the message it was then, from 0."""
    tester_name: Mapped[str] = mapped_column(String(80))
    line_user_id: Mapped[str] = mapped_column(String(40))
    state: Mapped[SentTestState] = mapped_column(Code(SentTestState))
    retry_key: Mapped[str] = mapped_column(String(36))
    body: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_practice: Mapped[bool] = mapped_column(default=False)
    request_id: Mapped[str | None]
    answer: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]

    __table_args__ = (Index(None, "message_id", "fingerprint"),)
