"""A friend of the shop's LINE Official Account, with the keys that find the same person again."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class Answer(StrEnum):
    """An answer to a consent question. Unknown is an answer of its own, never a yes or a no."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Marketing(StrEnum):
    """Whether a friend may get marketing messages, as the newest ledger entry says."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class Friend(Row):
    """One person. The consent columns repeat the ledger's newest word so that one query can ask them."""

    __tablename__ = "friend"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    line_user_id: Mapped[str | None] = mapped_column(String(40), unique=True)
    member_number: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    """E.164. Not unique: a family may share one phone."""
    email: Mapped[str | None]
    """Lower case."""
    name: Mapped[str] = mapped_column(default="", index=True)
    """As written by the shop; never split."""
    joined_at: Mapped[datetime | None] = mapped_column(index=True)
    is_blocked: Mapped[bool] = mapped_column(default=False)
    collected_through: Mapped[str | None]
    """First question: where this person's data came from."""
    informed: Mapped[Answer] = mapped_column(Code(Answer), default=Answer.UNKNOWN)
    """Second question: were they told what it is used for."""
    can_opt_out: Mapped[Answer] = mapped_column(Code(Answer), default=Answer.UNKNOWN)
    """Third question: do they have a way to stop."""
    marketing: Mapped[Marketing] = mapped_column(Code(Marketing), default=Marketing.UNKNOWN)
    refuses_ads: Mapped[bool] = mapped_column(default=False, server_default="0")
    """No part in ads and retargeting, whatever is said about marketing."""
    refuses_profiling: Mapped[bool] = mapped_column(default=False, server_default="0")
    """Not to be sorted by what they did."""
    refuses_service: Mapped[bool] = mapped_column(default=False, server_default="0")
    """No use of their data at all: the others are refused with it."""
    created_at: Mapped[datetime]
    batch_id: Mapped[int | None] = mapped_column(RowId)
    """The import that brought this friend, if one did."""

    __table_args__ = (Index(None, "marketing", "is_blocked"),)


# Without the NULLs: an index full of them looks useless to the query planner and is passed over.
for _column in (Friend.phone, Friend.email):
    Index(None, _column, sqlite_where=_column.is_not(None), postgresql_where=_column.is_not(None))

# Only who refuses: they are few, and each commit that brings people in asks for them (consent.apart).
for _name in ("refuses_ads", "refuses_profiling", "refuses_service"):
    _column = getattr(Friend, _name)
    Index(None, _column, sqlite_where=text(f"{_name} = 1"), postgresql_where=text(_name))
