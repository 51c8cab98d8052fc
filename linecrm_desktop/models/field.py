"""A field of the shop's own: what it knows of its friends beside names, tags and orders."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Double, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class FieldKind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"


class Field(Row):
    """One field, such as "skin type" or "points". Its kind never changes while friends have values in it."""

    __tablename__ = "field"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(String(80), unique=True)
    """The name folded as tags' names are, so that two spellings of one name cannot both exist."""
    kind: Mapped[FieldKind] = mapped_column(Code(FieldKind), default=FieldKind.TEXT)
    created_at: Mapped[datetime]


class FriendField(Row):
    """What one field holds for one friend: one row, or one row an entry where the field is a list.

    No row means unknown: an empty text is never kept.
    """

    __tablename__ = "friend_field"

    field_id: Mapped[int] = mapped_column(RowId, ForeignKey("field.id", ondelete="CASCADE"), primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True, default=0)
    """Position in a list, from 0."""
    text: Mapped[str] = mapped_column(default="")
    """As written; a date in its ISO form, so that texts sort as days do."""
    number: Mapped[float | None] = mapped_column(Double)
    """The value of a number."""
    since: Mapped[datetime]
    batch_id: Mapped[int | None] = mapped_column(RowId)

    __table_args__ = (
        Index(None, "field_id", "text", "friend_id"),
        Index(None, "field_id", "number", "friend_id"),
        Index(None, "friend_id"),
        {"sqlite_with_rowid": False},
    )
