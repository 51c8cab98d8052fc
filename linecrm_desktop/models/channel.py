"""Further LINE Official Accounts of the shop, and by which id each of them knows a friend.

The first account's ids stand in the friend's own row, for imports find people by them. LINE gives ids per provider:
two accounts of one provider know the same person by the same id, those of two providers by different ones.
"""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId
from linecrm_desktop.models.line_account import LineAccount


class Channel(LineAccount, Row):
    """One further account, with its own token, quota, plan and friends.

    Rows are never deleted, so that the numbers in messages and sends keep their meaning.
    """

    __tablename__ = "channel"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    """As LINE last called the account; what was sent through it goes on being called so."""
    shares_ids: Mapped[bool] = mapped_column(default=False)
    """Whether it belongs to the same provider as the shop's first account, by a person's word."""
    created_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    """It stays for the sends that went through it, and nothing goes through it any more."""

    @property
    def called(self) -> str:
        return self.name

    @property
    def has_left(self) -> bool:
        return self.removed_at is not None


class ChannelFriend(Row):
    """A friend of a further account."""

    __tablename__ = "channel_friend"

    channel_id: Mapped[int] = mapped_column(RowId, ForeignKey("channel.id", ondelete="CASCADE"), primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"), primary_key=True)
    line_user_id: Mapped[str] = mapped_column(String(40))
    is_blocked: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]
    """When the shop came to know of it."""
    batch_id: Mapped[int | None] = mapped_column(RowId)
    """The import that brought it."""

    __table_args__ = (
        UniqueConstraint("channel_id", "line_user_id"),
        Index(None, "friend_id"),
        {"sqlite_with_rowid": False},
    )
