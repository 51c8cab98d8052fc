"""Who had enough lately: as many messages as the shop's or the segment's cap allows, or a purchase just now."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments.draft import Cap

_UNDER_WAY = (DeliveryState.WAITING, DeliveryState.HANDED_OVER)
_GOT = (DeliveryState.ACCEPTED, DeliveryState.IN_DOUBT)


class ShopCaps(NamedTuple):
    """What the shop set for all its sends."""

    frequency: Cap
    """No messages: there is no such cap."""
    wait_days: int
    """Days after a purchase in which a friend gets nothing; 0: there is no waiting."""


def of_shop(session: Session) -> ShopCaps:
    """Return the shop's caps."""
    messages, days, wait = session.execute(select(Shop.cap_messages, Shop.cap_days, Shop.cap_wait_days)).one()
    return ShopCaps(Cap(messages, days), wait)


def over(shop: ShopCaps, own: Cap | None, day: ShopDay, now: datetime) -> ColumnElement[bool] | None:
    """Return the condition of friends who had enough; None: there is no cap at all. `own` is the segment's."""
    caps = [shop.frequency, *([own] if own else [])]
    found = [Friend.id.in_(_got(one.messages, day.days_ago(one.days), now)) for one in caps if one.messages > 0]
    if shop.wait_days > 0:
        found.append(Friend.id.in_(_bought(day.days_ago(shop.wait_days))))
    return or_(*found) if found else None


def _bought(since: datetime) -> Select[int]:
    return select(Order.friend_id).where(Order.state == OrderState.PLACED, Order.at >= since)


def _got(most: int, since: datetime, now: datetime) -> Select[int]:
    """Return friends who got, or are about to get, as many messages as the cap allows.

    A copy in doubt counts: the friend may have got it. Only campaigns that can matter are looked at.
    """
    recent = select(Campaign.id).where(or_(Campaign.ended_at.is_(None), Campaign.ended_at >= since - timedelta(days=1)))
    got = and_(Delivery.state.in_(_GOT), Delivery.at >= since, Delivery.at <= now)
    return (
        select(Delivery.friend_id)
        .where(Delivery.campaign_id.in_(recent), or_(Delivery.state.in_(_UNDER_WAY), got))
        .group_by(Delivery.friend_id)
        .having(func.count() >= most)
    )
