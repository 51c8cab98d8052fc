"""By which id an account knows a friend, and whether the friend blocked it, as expressions on friends.

The one place that knows that the first account's ids stand in the friend's row and those of others beside it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.channels import accounts
from linecrm_desktop.models.channel import Channel, ChannelFriend
from linecrm_desktop.models.friend import Friend

ANY: Literal["any"] = "any"
"""Through whichever account: what counts where no message says which."""
Through = int | Literal["any"] | None
"""A further account's number, None for the first, or any of them."""


@dataclass(frozen=True, slots=True)
class KnownTo:
    """A further account that knows a friend."""

    channel_id: int
    account: str
    line_user_id: str
    is_blocked: bool


def line_id(channel_id: int | None) -> SQLColumnExpression[str | None]:
    """Return the id by which an account knows a friend; NULL where it does not."""
    if channel_id is None:
        return Friend.line_user_id
    mine = (ChannelFriend.channel_id == channel_id, ChannelFriend.friend_id == Friend.id)
    return select(ChannelFriend.line_user_id).where(*mine).correlate(Friend).scalar_subquery()


def has_none(session: Session, through: Through) -> ColumnElement[bool]:
    """Say of a friend that there is no id to write to."""
    if through == ANY:
        bare = or_(Friend.line_user_id.is_(None), Friend.line_user_id == "")
        return and_(bare, ~_beside()) if accounts.are_several(session) else bare
    found = line_id(through)
    return or_(found.is_(None), found == "")


def is_blocked(session: Session, through: Through) -> ColumnElement[bool]:
    """Say of a friend that they blocked the account; through any: all that know them."""
    if through is None or (through == ANY and not accounts.are_several(session)):
        return Friend.is_blocked.is_(True)
    if through != ANY:
        return exists().where(
            *(ChannelFriend.channel_id == through, ChannelFriend.friend_id == Friend.id),
            ChannelFriend.is_blocked,
        )
    bare = or_(Friend.line_user_id.is_(None), Friend.line_user_id == "")
    blocks = or_(Friend.is_blocked.is_(True), and_(bare, _beside(ChannelFriend.is_blocked)))
    return and_(blocks, ~_beside(~ChannelFriend.is_blocked))


def same_ids(session: Session, channel_id: int | None) -> tuple[int | None, ...]:
    """Return the accounts that know people by the same ids as this one, itself among them: those of one provider."""
    known = accounts.rows(session)
    together = tuple(one.channel_id for one in known if one.channel_id is None or one.shares_ids)
    return together if channel_id in together else (channel_id,)


def reachable(session: Session, channel_id: int | None) -> int:
    """Count the friends whom an account knows and who have not blocked it."""
    if channel_id is None:
        ways = (~has_none(session, None), Friend.is_blocked.is_(False))
    else:
        ways = (ChannelFriend.channel_id == channel_id, ~ChannelFriend.is_blocked)
    return session.scalars(select(func.count()).where(*ways)).one()


def others_of(session: Session, friend_id: int) -> list[KnownTo]:
    """Return the further accounts that know a friend."""
    found = session.execute(
        select(ChannelFriend, Channel.name)
        .join(Channel, Channel.id == ChannelFriend.channel_id)
        .where(ChannelFriend.friend_id == friend_id)
        .order_by(Channel.id)
    )
    return [KnownTo(row.channel_id, called, row.line_user_id, row.is_blocked) for row, called in found]


def keep(session: Session, channel_id: int, friend_id: int, line_user_id: str, now: datetime) -> None:
    """Write down by which id a further account knows a friend, in the place of what was known."""
    row = session.get(ChannelFriend, (channel_id, friend_id))
    if row is None:
        row = ChannelFriend(channel_id=channel_id, friend_id=friend_id, is_blocked=False, since=now)
        session.add(row)
    row.line_user_id = line_user_id
    session.flush()


def _beside(what: SQLColumnExpression[bool] | None = None) -> ColumnElement[bool]:
    """Say that a further account knows the friend; one that was removed knows nobody any more."""
    more = () if what is None else (what,)
    return exists().where(ChannelFriend.friend_id == Friend.id, *more).correlate(Friend)
