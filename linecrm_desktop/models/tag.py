"""A tag, and which friends carry it, with where each came from and since when."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class TagType(StrEnum):
    """The six types of the TAGS method, and the place for tags nobody has sorted."""

    SOURCE = "source"
    INTEREST = "interest"
    STAGE = "stage"
    VALUE = "value"
    ENGAGEMENT = "engagement"
    CONSENT = "consent"
    NONE = "none"


class TagOrigin(StrEnum):
    """How a tag came to a friend."""

    HAND = "hand"
    IMPORT = "import"
    RULE = "rule"


class Tag(Row):
    """A tag is worth keeping when `helps_decide` says which decision it supports."""

    __tablename__ = "tag"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    """The name folded (NFKC, case, blanks), so that two spellings of one name cannot both exist."""
    type: Mapped[TagType] = mapped_column(Code(TagType), default=TagType.NONE)
    helps_decide: Mapped[str] = mapped_column(default="")
    owner: Mapped[str] = mapped_column(default="")
    is_sensitive: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class FriendTag(Row):
    """One tag on one friend."""

    __tablename__ = "friend_tag"

    tag_id: Mapped[int] = mapped_column(RowId, ForeignKey("tag.id"), primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)
    origin: Mapped[TagOrigin] = mapped_column(Code(TagOrigin))
    since: Mapped[datetime]
    evidence: Mapped[str] = mapped_column(default="")
    """In the shop's own words: a file's name, an order number, a rule."""
    batch_id: Mapped[int | None] = mapped_column(RowId)

    __table_args__ = (
        Index(None, "friend_id", "tag_id"),
        {"sqlite_with_rowid": False},
    )
