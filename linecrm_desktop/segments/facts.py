"""Loads what rules can ask about one friend, for segments.matches."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments.matches import FriendFacts, LineFacts


def facts(session: Session, friend_id: int) -> FriendFacts:
    """Load what rules can ask about a friend."""
    friend = session.get_one(Friend, friend_id)
    carried = session.execute(
        select(Tag.id, Tag.type).join(FriendTag, FriendTag.tag_id == Tag.id).where(FriendTag.friend_id == friend_id)
    ).all()
    orders = session.execute(
        select(Order.at, Order.total).where(Order.friend_id == friend_id, Order.state == OrderState.PLACED)
    ).all()
    lines = session.execute(
        select(OrderLine.order_id, OrderLine.at, OrderLine.product, OrderLine.category).where(
            OrderLine.friend_id == friend_id, OrderLine.is_counted
        )
    ).all()
    events = session.execute(select(Event.kind, Event.at, Event.category).where(Event.friend_id == friend_id)).all()
    return FriendFacts(
        joined_at=friend.joined_at,
        tags=frozenset(tag for tag, _type in carried),
        sources=frozenset(tag for tag, tag_type in carried if tag_type is TagType.SOURCE),
        orders=tuple((at, total) for at, total in orders),
        lines=tuple(LineFacts(order, at, product, category) for order, at, product, category in lines),
        events=tuple((kind, at, category) for kind, at, category in events),
    )
