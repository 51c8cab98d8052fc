"""The account's coupons as LINE listed them: asked for over the network, then kept in the shop file with the moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.channels import accounts
from linecrm_desktop.line.gateway import Coupon
from linecrm_desktop.models.shop import Shop


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of the account's coupons."""

    coupons: tuple[Coupon, ...] = ()
    read_at: datetime | None = None
    """When LINE was asked; None: never yet."""
    is_connected: bool = False
    """Whether there is an account, or a practice one, that can be asked."""

    @property
    def titles(self) -> dict[str, str]:
        """What the coupons are called, by id."""
        return {coupon.id: coupon.title for coupon in self.coupons}


def known(session: Session, channel_id: int | None = None) -> Listed:
    """Return the coupons of an account that LINE listed last."""
    account = accounts.account(session, channel_id)
    kept = tuple(Coupon(str(one["id"]), str(one["title"])) for one in account.line_coupons or ())
    is_practice = session.get_one(Shop, 1).is_practice
    return Listed(kept, account.line_coupons_at, is_practice or account.line_account is not None)


def remember(session: Session, coupons: list[Coupon], now: datetime, channel_id: int | None = None) -> Listed:
    """Keep what LINE just listed of an account in the place of what it listed before, and return it."""
    account = accounts.account(session, channel_id)
    account.line_coupons = [{"id": coupon.id, "title": coupon.title} for coupon in coupons]
    account.line_coupons_at = now
    session.flush()
    return known(session, channel_id)
