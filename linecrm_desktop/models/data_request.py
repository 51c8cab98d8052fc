"""What a friend asked of the shop about their data: a copy, a correction, a stop, or to be erased."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class Wants(StrEnum):
    """What is asked for."""

    COPY = "copy"
    CORRECT = "correct"
    STOP_MARKETING = "stop_marketing"
    STOP_USE = "stop_use"
    ERASE = "erase"


class RequestStep(StrEnum):
    """The steps of every request, in their order."""

    CHECK = "check"
    """Who is asking?"""
    COLLECT = "collect"
    """What is there of this person?"""
    HAND_OVER = "hand_over"
    """The copy was given, the data corrected, the use stopped, the person erased."""
    CLOSE = "close"


class Ending(StrEnum):
    """How a request ended."""

    DONE = "done"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class DataRequest(Row):
    """One request. Its number stays when the person is erased; then nothing in it says who it was."""

    __tablename__ = "data_request"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    friend_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("friend.id", ondelete="SET NULL"), index=True)
    wants: Mapped[Wants] = mapped_column(Code(Wants))
    asked_at: Mapped[datetime]
    answer_by: Mapped[date]
    """The last local day for the answer, by the limits that were set when it was written down."""
    about: Mapped[str] = mapped_column(default="")
    """What exactly, such as which entry is wrong."""
    collected: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """How much of each kind was found; numbers only."""
    ending: Mapped[Ending | None] = mapped_column(Code(Ending))
    note: Mapped[str] = mapped_column(default="")
    """What was written when it was closed."""
    is_erased: Mapped[bool] = mapped_column(default=False)
    """Whether the person was erased since."""


class DataRequestStep(Row):
    """That a step was done: when, by whom, and how."""

    __tablename__ = "data_request_step"

    request_id: Mapped[int] = mapped_column(RowId, ForeignKey("data_request.id", ondelete="CASCADE"), primary_key=True)
    step: Mapped[RequestStep] = mapped_column(Code(RequestStep), primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str] = mapped_column(default="")
    how: Mapped[str] = mapped_column(default="")
    """Of the first step: how we know who is asking."""

    __table_args__ = ({"sqlite_with_rowid": False},)
