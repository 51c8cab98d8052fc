"""A tag, and which friends carry it, with where each came from and since when."""

from datetime import date, datetime
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


class RelationKind(StrEnum):
    """What one tag says about another."""

    OPPOSITE = "opposite"
    """No friend can be both."""
    PARENT = "parent"
    """Every friend with the tag is expected to have the other one too: VIP is a part of buyers."""


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
    review_on: Mapped[date | None]
    """Local day on which somebody should ask again whether the tag still helps."""
    runs_out_days: Mapped[int | None]
    """The tag falls off a friend so many local days after it was put on or renewed; None: never."""
    exclusive_group: Mapped[str] = mapped_column(String(80), default="")
    """Name of a group of which a friend carries one tag at most, such as buying stages; empty: of none."""
    is_seasonal: Mapped[bool] = mapped_column(default=False)
    """Rests for most of the year, so that not being used for a while says nothing."""
    lawful_reason: Mapped[str] = mapped_column(default="")
    """Why the shop may keep a tag that looks personal or sensitive; empty: nobody has said so."""
    merged_into: Mapped[int | None] = mapped_column(RowId)
    """The tag that took this one's friends. The row stays for the words of old sends, and so that undo finds it."""


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
    renewed_at: Mapped[datetime | None]
    """When a tag that runs out was last given again to this friend, who had it."""

    __table_args__ = (
        Index(None, "friend_id", "tag_id"),
        {"sqlite_with_rowid": False},
    )


class TagWord(Row):
    """A name that a tag had, or that a tag merged into it had: searches and imports still find it by this."""

    __tablename__ = "tag_word"

    tag_id: Mapped[int] = mapped_column(RowId, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    """The word folded as a tag's name is."""
    word: Mapped[str] = mapped_column(String(80))

    __table_args__ = (Index(None, "key"), {"sqlite_with_rowid": False})


class TagRelation(Row):
    """Something that a person declared once about two tags. Of opposites, the lower number stands first."""

    __tablename__ = "tag_relation"

    tag_id: Mapped[int] = mapped_column(RowId, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(RowId, ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[RelationKind] = mapped_column(Code(RelationKind), primary_key=True)

    __table_args__ = (Index(None, "other_id"), {"sqlite_with_rowid": False})
