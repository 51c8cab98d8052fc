"""What happened between a friend and the shop: events, orders, messages they got, the day they joined."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState


class What(StrEnum):
    """What kind of thing happened; all but the last three are the kinds of events."""

    CLICK = "click"
    MENU = "menu"
    SURVEY = "survey"
    REPLY = "reply"
    COUPON = "coupon"
    VISIT = "visit"
    OPEN = "open"
    FOLLOW = "follow"
    BLOCK = "block"
    ORDER = "order"
    MESSAGE = "message"
    JOINED = "joined"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened. `about` is a page, an order's number or a campaign's name.

    Orders have an amount (smallest units) with its currency, their first product and the number of their lines.
    """

    what: What
    at: datetime
    about: str = ""
    product: str = ""
    items: int = 0
    amount: int = 0
    currency: str = ""
    is_counted: bool = True


def newest(session: Session, friend: Friend, limit: int | None) -> tuple[Happened, ...]:
    """Return what happened, newest first, at most `limit` things."""
    told = [*_events(session, friend.id, limit), *_orders(session, friend.id, limit)]
    told += _messages(session, friend.id, limit)
    if friend.joined_at is not None:
        told.append(Happened(What.JOINED, friend.joined_at))
    return tuple(sorted(told, key=lambda one: one.at, reverse=True)[:limit])


def count(session: Session, friend: Friend) -> int:
    """Return how many things happened in all."""
    queries = (
        select(func.count()).select_from(Event).where(Event.friend_id == friend.id),
        select(func.count()).select_from(Order).where(Order.friend_id == friend.id),
        select(func.count()).select_from(Delivery).where(*_got(friend.id)),
    )
    return sum(session.scalar(query) or 0 for query in queries) + (friend.joined_at is not None)


def _events(session: Session, friend_id: int, limit: int | None) -> list[Happened]:
    query = select(Event).where(Event.friend_id == friend_id).order_by(Event.at.desc(), Event.id.desc()).limit(limit)
    return [Happened(What(event.kind), event.at, event.detail or event.category) for event in session.scalars(query)]


def _orders(session: Session, friend_id: int, limit: int | None) -> list[Happened]:
    query = select(Order).where(Order.friend_id == friend_id).order_by(Order.at.desc(), Order.id.desc()).limit(limit)
    orders = list(session.scalars(query))
    lines = (
        select(OrderLine.order_id, func.count(), func.min(Goods.product))
        .join(Goods, Goods.id == OrderLine.goods_id)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.friend_id == friend_id)
        .group_by(OrderLine.order_id)
    )
    held = {order: (items, product or "") for order, items, product in session.execute(lines)}
    told: list[Happened] = []
    for order in orders:
        items, product = held.get(order.id, (0, ""))
        counted = order.state is OrderState.PLACED
        told.append(Happened(What.ORDER, order.at, order.number, product, items, order.total, order.currency, counted))
    return told


def _messages(session: Session, friend_id: int, limit: int | None) -> list[Happened]:
    query = (
        select(Delivery.at, Campaign.name)
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .where(*_got(friend_id))
        .order_by(Delivery.at.desc())
        .limit(limit)
    )
    return [Happened(What.MESSAGE, at, name) for at, name in session.execute(query) if at is not None]


def _got(friend_id: int) -> tuple[ColumnElement[bool], ...]:
    return Delivery.friend_id == friend_id, Delivery.state == DeliveryState.ACCEPTED, Delivery.at.is_not(None)
