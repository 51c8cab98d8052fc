"""Who looked: each phone or e-mail that was shown in full, each list of people that was written or shown in full."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class Looked(StrEnum):
    """What was looked at."""

    PHONE = "phone"
    EMAIL = "email"
    LIST = "list"
    """A list of people, written into a file or printed by a command."""


class Place(StrEnum):
    """From where."""

    WINDOW = "window"
    COMMAND = "command"


class AccessLine(Row):
    """One look. It holds nothing of a friend but the number, which goes when the friend is erased."""

    __tablename__ = "access_line"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime]
    what: Mapped[Looked] = mapped_column(Code(Looked))
    by: Mapped[str] = mapped_column(String(80), default="")
    """Who of the shop, as far as known."""
    place: Mapped[Place] = mapped_column(Code(Place))
    friend_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("friend.id", ondelete="SET NULL"))
    about: Mapped[str] = mapped_column(default="")
    """Which list, such as "friends" or "segment"."""
    purpose: Mapped[str] = mapped_column(default="")
    """What for, as a person wrote it."""
    people: Mapped[int] = mapped_column(default=1)
    columns: Mapped[list[Any]] = mapped_column(JSON, default=list)
    """The heads of the list's columns."""
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """Of the file's bytes; empty where there was no file."""

    __table_args__ = (Index(None, "friend_id"),)
