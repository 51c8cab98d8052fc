"""What templates are made from: which kinds of data a shop has, and what is usual in it.

Amounts are in smallest units of the shop's currency. Where a large shop is read, every n-th friend stands for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments.interval import Intervals, every_nth, intervals
from linecrm_desktop.tags.library import all_tags

MIN_BUYERS = 20
"""Fewer buyers do not show what is usual."""
_BEST_SHARE = 10
"""One buyer in so many spends as much as a VIP."""
_YEAR = 365
_TOP = 3


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of a shop. Empty or None: it has no such data, or too little of it."""

    friends: bool = False
    orders: bool = False
    discounts: bool = False
    """Whether any order says what was taken off."""
    returns: bool = False
    events: frozenset[EventKind] = frozenset()
    intervals: Intervals = field(default_factory=Intervals)
    categories: tuple[str, ...] = ()
    """The categories that most order lines have, the largest first."""
    topic: str = ""
    """What most clicks were about."""
    source: tuple[int, str] | None = None
    """The source tag that most friends carry."""
    interest: tuple[int, str] | None = None
    vip_amount: int | None = None
    """What the best tenth of the year's buyers spent at least."""
    usual_order: int | None = None
    """The median total of an order."""


def habits(session: Session, day: ShopDay) -> Habits:
    """Read what is usual in a shop."""
    tags = [tag for tag in all_tags(session) if tag.friends]
    tops = {
        kind: max((tag for tag in tags if tag.type is kind), key=lambda tag: tag.friends, default=None)
        for kind in (TagType.SOURCE, TagType.INTEREST)
    }
    source, interest = tops[TagType.SOURCE], tops[TagType.INTEREST]
    return Habits(
        friends=_any(session, Friend.id.is_not(None)),
        orders=_any(session, _PLACED),
        discounts=_any(session, _PLACED, Order.discount.is_not(None)),
        returns=_any(session, Order.state == OrderState.REFUNDED),
        events=frozenset(kind for kind in EventKind if _any(session, Event.kind == kind)),
        intervals=intervals(session),
        categories=tuple(
            _most(session, Goods.category, OrderLine.goods_id == Goods.id, OrderLine.is_counted.is_(True))
        ),
        topic=next(iter(_most(session, Event.category, Event.kind == EventKind.CLICK)), ""),
        source=(source.id, source.name) if source else None,
        interest=(interest.id, interest.name) if interest else None,
        vip_amount=_vip_amount(session, day),
        usual_order=_usual_order(session),
    )


_PLACED = Order.state == OrderState.PLACED


def _any(session: Session, *which: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(*which))))


def _most(session: Session, column: InstrumentedAttribute[str], *which: ColumnElement[bool]) -> Sequence[str]:
    counted = select(column).where(*which, column != "").group_by(column).order_by(func.count().desc(), column)
    return session.scalars(counted.limit(_TOP)).all()


def _vip_amount(session: Session, day: ShopDay) -> int | None:
    nth = every_nth(session)
    spent = (
        select(func.sum(Order.total).label("spent"))
        .where(_PLACED, Order.at >= day.days_ago(_YEAR), Order.friend_id % nth == 0)
        .group_by(Order.friend_id)
        .subquery()
    )
    buyers = session.scalar(select(func.count()).select_from(spent)) or 0
    if buyers < MIN_BUYERS:
        return None
    best = select(spent.c.spent).order_by(spent.c.spent.desc()).offset(buyers // _BEST_SHARE - 1).limit(1)
    return session.scalar(best) or None


def _usual_order(session: Session) -> int | None:
    totals = select(Order.total).where(_PLACED, Order.total > 0, Order.friend_id % every_nth(session) == 0)
    count = session.scalar(select(func.count()).select_from(totals.subquery())) or 0
    if count < MIN_BUYERS:
        return None
    return session.scalar(totals.order_by(Order.total).offset(count // 2).limit(1))
