"""Connecting a shop to its LINE account: what LINE says about it, and what of that the shop file keeps.

The token is not here: it goes to the password store (settings.secrets) and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.progress import UNFINISHED
from linecrm_desktop.channels import accounts
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import LINE_HOST, Account, Line, Quota
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.channel import Channel, ChannelFriend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tester import Tester
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import _

_LINE_ZONE = timezone(timedelta(hours=9))
"""LINE counts days in UTC+9 everywhere."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What LINE said about a token."""

    account: Account
    quota: Quota
    may_read_friends: bool
    reach: int | None
    """Target reach as LINE last counted it; None while it has no number."""


def verify(line: Line, now: datetime | None = None) -> Verified:
    """Ask LINE whose token this is and what it may do; network only. Raises OutsideError.

    Target reach is asked for the day before `now`; without `now` it is not asked.
    """
    account = line.account()
    return Verified(account, line.quota(), line.may_read_friends(), read_reach(line, now) if now else None)


def read_quota(line: Line) -> Quota:
    """Ask LINE for the month's messages. Raises OutsideError."""
    return line.quota()


def read_reach(line: Line, now: datetime) -> int | None:
    """Ask LINE for the target reach of yesterday, or of the day before while yesterday is not counted."""
    today = now.astimezone(_LINE_ZONE).date()
    for days in (1, 2):
        found = line.target_reach(f"{today - timedelta(days=days):%Y%m%d}")
        if found is not None:
            return found
    return None


def remember(
    session: Session, verified: Verified, host: str | None, now: datetime, channel_id: int | None = None
) -> None:
    """Keep what LINE said of an account in the shop file. Raises ShopError as `check` does."""
    check(session, verified, channel_id)
    row, account = accounts.account(session, channel_id), verified.account
    if isinstance(row, Channel):
        row.name = account.name
    row.line_host = None if host in (None, LINE_HOST) else host
    row.line_account = {
        "user_id": account.user_id,
        "basic_id": account.basic_id,
        "name": account.name,
        "picture_url": account.picture_url,
        "may_read_friends": verified.may_read_friends,
    }
    row.line_reach = verified.reach if verified.reach is not None else row.line_reach
    remember_quota(session, verified.quota, now, channel_id)


def remember_quota(session: Session, quota: Quota, now: datetime, channel_id: int | None = None) -> None:
    """Keep an account's messages of the month as LINE just said them."""
    row = accounts.account(session, channel_id)
    row.line_limit, row.line_used, row.line_read_at = quota.limit, quota.used, now


def add(session: Session, verified: Verified, host: str | None, now: datetime, *, shares_ids: bool) -> int:
    """Make a further account of what LINE said and return its number. Raises ShopError as `check_new` does."""
    check_new(session, verified)
    channel_id = accounts.add(session, verified.account.name, now, shares_ids=shares_ids)
    remember(session, verified, host, now, channel_id)
    return channel_id


def check(session: Session, verified: Verified, channel_id: int | None) -> None:
    """Raise ShopError when the token of a further account is another account's, or the first one's would be twice."""
    row, account = accounts.account(session, channel_id), verified.account
    if channel_id is not None and row.user_id not in ("", account.user_id):
        raise ShopError(
            _("This token belongs to “{other}”, not to “{account}”.").format(other=account.name, account=row.called),
            _("Nothing was changed. To use that account too, add it as one more account."),
        )
    holder = _holder(session, account)
    if holder is not None and holder.channel_id != channel_id:
        raise _there_already(account)


def check_new(session: Session, verified: Verified) -> None:
    """Raise ShopError for an account that the shop has, for a practice shop, and before the first one is connected."""
    shop, account = session.get_one(Shop, 1), verified.account
    if shop.is_practice:
        raise ShopError(
            _("A practice shop speaks to one pretended LINE account."),
            _("Nothing was changed. Further accounts belong to a shop with your own data."),
        )
    if shop.line_account is None:
        raise ShopError(_("This shop is not connected to LINE yet."), _("Connect its first account, then add others."))
    if _holder(session, account) is not None:
        raise _there_already(account)


def _holder(session: Session, account: Account) -> AccountRow | None:
    return next((one for one in accounts.rows(session) if one.user_id == account.user_id), None)


def _there_already(account: Account) -> ShopError:
    return ShopError(
        _("“{account}” is connected to this shop already.").format(account=account.name),
        _("Nothing was changed. To give it a new token, replace its token."),
    )


def forget(session: Session, channel_id: int | None) -> None:
    """Forget what LINE said of an account, once its token is gone; what was sent through it stays."""
    row = accounts.account(session, channel_id)
    row.line_account = row.line_host = None
    row.line_limit = row.line_used = row.line_reach = row.line_read_at = None


def remove(session: Session, channel_id: int, now: datetime) -> str:
    """Take a further account out of the shop, with the ids by which it knew friends; what was sent through it stays.

    Friends stay too. Returns LINE's id of the account, by which its token is still kept. Raises ShopError while a send
    through it is not over.
    """
    row = accounts.account(session, channel_id)
    under_way = select(Campaign.name).where(Campaign.channel_id == channel_id, Campaign.state.in_(UNFINISHED))
    busy = session.scalars(under_way.limit(1)).first()
    if busy is not None:
        raise ShopError(
            _("The send “{name}” goes through this account and is not over.").format(name=busy),
            _("Nothing was changed. Let it end, or stop it, then remove the account."),
        )
    user_id = row.user_id
    forget(session, channel_id)
    session.execute(delete(ChannelFriend).where(ChannelFriend.channel_id == channel_id))
    session.execute(delete(Tester).where(Tester.channel_id == channel_id))
    if isinstance(row, Channel):
        row.removed_at, row.line_coupons, row.line_coupons_at = now, None, None
    return user_id


def suggested_plan(plans: Sequence[Plan], quota: Quota) -> Plan | None:
    """Return the plan whose messages are LINE's limit; LINE tells neither plan nor price, so a person confirms it."""
    return next((plan for plan in plans if plan.included == quota.limit), None)


def choose_plan(session: Session, key: str | None, channel_id: int | None = None) -> str | None:
    """Keep the plan of an account that a person confirmed; return what was kept before."""
    row = accounts.account(session, channel_id)
    before, row.plan = row.plan, key
    return before
