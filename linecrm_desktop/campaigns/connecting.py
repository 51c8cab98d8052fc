"""Connecting a shop to its LINE account: what LINE says about it, and what of that the shop file keeps.

The token is not here: it goes to the password store (settings.secrets) and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.line.gateway import LINE_HOST, Account, Line, Quota
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.prices import Plan

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


def remember(session: Session, verified: Verified, host: str | None, now: datetime) -> None:
    """Keep what LINE said in the shop file."""
    shop = session.scalars(select(Shop)).one()
    account = verified.account
    shop.line_host = None if host in (None, LINE_HOST) else host
    shop.line_account = {
        "user_id": account.user_id,
        "basic_id": account.basic_id,
        "name": account.name,
        "picture_url": account.picture_url,
        "may_read_friends": verified.may_read_friends,
    }
    shop.line_reach = verified.reach if verified.reach is not None else shop.line_reach
    remember_quota(session, verified.quota, now)


def remember_quota(session: Session, quota: Quota, now: datetime) -> None:
    """Keep the month's messages as LINE just said them."""
    shop = session.scalars(select(Shop)).one()
    shop.line_limit, shop.line_used, shop.line_read_at = quota.limit, quota.used, now


def suggested_plan(plans: Sequence[Plan], quota: Quota) -> Plan | None:
    """Return the plan whose messages are LINE's limit; LINE tells neither plan nor price, so a person confirms it."""
    return next((plan for plan in plans if plan.included == quota.limit), None)


def choose_plan(session: Session, key: str | None) -> None:
    """Keep the plan that a person confirmed."""
    session.scalars(select(Shop)).one().plan = key
