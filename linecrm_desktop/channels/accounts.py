"""The shop's LINE accounts. The first one stands in the shop's own row, each further one is a channel.

A number names a further account, None the first one; so a shop with one account never meets the difference.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.channel import Channel
from linecrm_desktop.models.line_account import LineAccount
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account in a list. `limit`, `used` and `reach` are LINE's numbers as they were when it was last asked."""

    channel_id: int | None
    name: str
    basic_id: str
    user_id: str
    """LINE's id of the account itself, by which its token is kept; empty while it is not connected."""
    host: str | None
    limit: int | None
    used: int
    reach: int | None
    read_at: datetime | None
    plan: str | None
    shares_ids: bool

    @property
    def is_connected(self) -> bool:
        return bool(self.user_id)


def account(session: Session, channel_id: int | None) -> LineAccount:
    """Return an account's row. Raises ShopError for one that is not in this shop."""
    if channel_id is None:
        return session.get_one(Shop, 1)
    found = session.get(Channel, channel_id)
    if found is None:
        raise _gone()
    return found


def name(session: Session, channel_id: int | None) -> str:
    """Return what LINE calls an account; a further one keeps its name when it was removed, the first may have none."""
    return account(session, channel_id).called


def rows(session: Session) -> list[AccountRow]:
    """List the accounts, the first one first, without those that were removed."""
    further = select(Channel).where(Channel.removed_at.is_(None)).order_by(Channel.id)
    return [
        _row(None, session.get_one(Shop, 1)),
        *(_row(one.id, one, shares_ids=one.shares_ids) for one in session.scalars(further)),
    ]


def are_several(session: Session) -> bool:
    """Whether the shop has a further account."""
    return session.scalar(select(Channel.id).where(Channel.removed_at.is_(None)).limit(1)) is not None


def find(session: Session, wanted: str | None) -> int | None:
    """Return which account a person names by its name, its basic id or its number; nothing means the first.

    Raises ShopError when there is no such account, or several have the name.
    """
    if wanted is None or not wanted.strip():
        return None
    typed = wanted.strip().casefold()
    known = rows(session)
    by_id = [one for one in known if one.channel_id is not None and str(one.channel_id) == typed]
    same = [one for one in known if typed in (one.name.casefold(), one.basic_id.casefold())]
    found = by_id or same
    if len(found) > 1:
        raise ShopError(_("Several are called “{wanted}”.").format(wanted=wanted), _("Use the number."))
    if not found:
        names = ", ".join(one.name for one in known if one.name)
        advice = _("Known names: {names}").format(names=names) if names else ""
        raise ShopError(_("There is no LINE account “{wanted}” in this shop.").format(wanted=wanted), advice)
    return found[0].channel_id


def of_message(session: Session, message_id: int | None) -> int | None:
    """Return the account that a message goes through; one that is not kept yet goes through the first."""
    return session.scalar(select(Message.channel_id).where(Message.id == message_id))


def of_send(session: Session, campaign_id: int) -> int | None:
    """Return the account that a confirmed send goes through."""
    return session.scalar(select(Campaign.channel_id).where(Campaign.id == campaign_id))


def add(session: Session, called: str, now: datetime, *, shares_ids: bool) -> int:
    """Make a further account and return its number."""
    row = Channel(name=called, shares_ids=shares_ids, created_at=now)
    session.add(row)
    session.flush()
    return row.id


def set_shared(session: Session, channel_id: int, *, shares_ids: bool) -> bool:
    """Write down whether an account belongs to the first one's provider; return what was written before."""
    row = session.get(Channel, channel_id)
    if row is None:
        raise _gone()
    before, row.shares_ids = row.shares_ids, shares_ids
    return before


def _row(channel_id: int | None, found: LineAccount, *, shares_ids: bool = False) -> AccountRow:
    return AccountRow(
        channel_id=channel_id,
        name=found.called,
        basic_id=str(found.told.get("basic_id", "")),
        user_id=found.user_id,
        host=found.line_host,
        limit=found.line_limit,
        used=found.line_used or 0,
        reach=found.line_reach,
        read_at=found.line_read_at,
        plan=found.plan,
        shares_ids=shares_ids,
    )


def _gone() -> ShopError:
    return ShopError(
        _("This LINE account is no longer in the shop."), _("Nothing was changed. Choose another account.")
    )
