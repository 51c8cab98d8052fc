"""Loads what rules can ask about one friend, for segments.matches."""

from collections import defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.field import FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments.matches import EventFacts, FieldValues, FriendFacts, LineFacts, OrderFacts, TagFacts

_SCORES = 5


def facts(session: Session, friend_id: int) -> FriendFacts:
    """Load what rules can ask about a friend."""
    friend = session.get_one(Friend, friend_id)
    tags = select(Tag.id, Tag.type, FriendTag.since, FriendTag.origin).join(FriendTag, FriendTag.tag_id == Tag.id)
    carried = session.execute(tags.where(FriendTag.friend_id == friend_id)).all()
    orders = select(Order.at, Order.total, Order.discount).where(Order.friend_id == friend_id)
    returned = select(Order.at).where(Order.friend_id == friend_id, Order.state == OrderState.REFUNDED)
    lines = select(OrderLine.order_id, OrderLine.at, Goods.product, Goods.category)
    lines = lines.join(Goods, Goods.id == OrderLine.goods_id).join(Order, Order.id == OrderLine.order_id)
    events = select(Event.kind, Event.at, Event.category, Event.detail).where(Event.friend_id == friend_id)
    got = select(Campaign.message_id, Delivery.at).join(Campaign, Campaign.id == Delivery.campaign_id)
    got = got.where(Delivery.friend_id == friend_id, Delivery.state == DeliveryState.ACCEPTED)
    return FriendFacts(
        joined_at=friend.joined_at,
        tags={tag: TagFacts(since, origin) for tag, _type, since, origin in carried},
        sources=frozenset(tag for tag, tag_type, *_rest in carried if tag_type is TagType.SOURCE),
        orders=tuple(OrderFacts(*row) for row in session.execute(orders.where(Order.state == OrderState.PLACED))),
        returned=tuple(session.scalars(returned)),
        lines=tuple(
            LineFacts(*row) for row in session.execute(lines.where(Order.friend_id == friend_id, OrderLine.is_counted))
        ),
        events=tuple(EventFacts(*row) for row in session.execute(events)),
        received=tuple((message, at) for message, at in session.execute(got)),
        marketing=friend.marketing,
        informed=friend.informed,
        can_opt_out=friend.can_opt_out,
        fields=_fields(session, friend_id),
        scores=scores(session, friend_id),
        key=friend.line_user_id or friend.member_number or str(friend.id),
    )


def scores(session: Session, friend_id: int) -> tuple[int, int, int] | None:
    """Return a buyer's scores: for each measure, count the buyers who are worse. None for who never bought."""
    measures = (func.max(Order.at).label("lately"), func.count().label("often"), func.sum(Order.total).label("much"))
    per = select(Order.friend_id, *measures).where(Order.state == OrderState.PLACED)
    buyers = per.group_by(Order.friend_id).subquery()
    own = session.execute(select(buyers).where(buyers.c.friend_id == friend_id)).mappings().first()
    if own is None:
        return None
    count = session.scalar(select(func.count()).select_from(buyers)) or 1

    def score(name: str) -> int:
        worse = session.scalar(select(func.count()).select_from(buyers).where(buyers.c[name] < own[name])) or 0
        return 1 + _SCORES * worse // count

    return score("lately"), score("often"), score("much")


def _fields(session: Session, friend_id: int) -> dict[int, FieldValues]:
    found: defaultdict[int, list[tuple[str, float | None]]] = defaultdict(list)
    query = select(FriendField.field_id, FriendField.text, FriendField.number)
    for field, text, number in session.execute(query.where(FriendField.friend_id == friend_id)):
        found[field].append((text, number))
    return dict(found)
