"""The account's coupons as LINE listed them: asked for over the network, then kept in the shop file with the moment."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def known(session: Session) -> Listed:
    """Return the coupons that LINE listed last."""
    shop = session.scalars(select(Shop)).one()
    kept = tuple(Coupon(str(one["id"]), str(one["title"])) for one in shop.line_coupons or ())
    return Listed(kept, shop.line_coupons_at, shop.is_practice or shop.line_account is not None)


def remember(session: Session, coupons: list[Coupon], now: datetime) -> Listed:
    """Keep what LINE just listed in the place of what it listed before, and return it."""
    shop = session.scalars(select(Shop)).one()
    shop.line_coupons = [{"id": coupon.id, "title": coupon.title} for coupon in coupons]
    shop.line_coupons_at = now
    session.flush()
    return known(session)
