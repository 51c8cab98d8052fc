"""A place where friends find the shop (a poster, a parcel, an ad) with its entry link, and who came by it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class LinkKind(StrEnum):
    """What a link opens, and so what can be known of who used it."""

    MESSAGE = "message"
    """The chat, with a text ready to be sent; the code in it comes back when the friend sends it."""
    ADD = "add"
    """LINE's own add-friend link, which carries nothing that comes back."""
    OWN = "own"
    """A link that the shop pasted."""


class EntryLink(Row):
    """One place and its link. What was printed does not change: a new link is a new row."""

    __tablename__ = "entry_link"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    place: Mapped[str] = mapped_column(String(80))
    place_key: Mapped[str] = mapped_column(String(80))
    """The place folded as a tag's name is. Of the links in use, each place has one."""
    tag_id: Mapped[int] = mapped_column(RowId, ForeignKey("tag.id"), index=True)
    """The source tag that friends get who write the code."""
    code: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[LinkKind] = mapped_column(Code(LinkKind))
    text: Mapped[str] = mapped_column(default="")
    """The words that stand ready in the chat, with the code in them; empty for other kinds."""
    account: Mapped[str] = mapped_column(String(40), default="")
    """Basic ID of the LINE account that the link leads to; empty where the link is the shop's own."""
    url: Mapped[str]
    made_at: Mapped[datetime]
    stopped_at: Mapped[datetime | None]
    """Whoever writes the code later gets no tag any more."""


class Arrival(Row):
    """A friend wrote the code of a link: the first time that it happened."""

    __tablename__ = "arrival"

    link_id: Mapped[int] = mapped_column(RowId, ForeignKey("entry_link.id"), primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)
    at: Mapped[datetime]
    batch_id: Mapped[int | None] = mapped_column(RowId)
    """The import that held what the friend wrote."""

    __table_args__ = (Index(None, "friend_id"), {"sqlite_with_rowid": False})
