"""Leaves about orders: how many, how much, of what, how lately, with a discount, sent back, and scores of buyers."""

from typing import Any, assert_never

from sqlalchemy import ColumnElement, and_, func, not_, select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import Spanned, TagMatch, Thing
from linecrm_desktop.segments.sql_parts import (
    Ids,
    compare_number,
    compared,
    first_in_period,
    in_period,
    last_in_period,
    zero_fits,
)

SCORES = 5


def condition(leaf: rules.OfOrders, day: ShopDay) -> ColumnElement[bool]:
    """Return a leaf as a condition on friends."""
    match leaf:
        case rules.Bought():
            return _bought(leaf, day)
        case rules.NotBoughtSince():
            bought = _lines((leaf.what,), leaf.by)
            since = bought.where(OrderLine.at >= day.days_ago(leaf.days))
            return and_(Friend.id.in_(bought), not_(Friend.id.in_(since)))
        case rules.Orders():
            orders = _orders(leaf, day)
            return compared(orders, Order.friend_id, func.count(), leaf.compare, leaf.count, leaf.high)
        case rules.Spent():
            orders = _orders(leaf, day)
            return compared(orders, Order.friend_id, func.sum(Order.total), leaf.compare, leaf.amount, leaf.high)
        case rules.AverageOrder():
            return _average(leaf, day)
        case rules.LastOrder():
            return last_in_period(_placed(), Order.at, leaf, day)
        case rules.FirstOrder():
            return first_in_period(_placed(), Order.at, leaf, day)
        case rules.UsedDiscount():
            return _used_discount(leaf, day)
        case rules.Returned():
            orders = _placed(OrderState.REFUNDED).where(*in_period(Order.at, leaf, day))
            return compared(orders, Order.friend_id, func.count(), leaf.compare, leaf.count, leaf.high)
        case rules.Rfm():
            return Friend.id.in_(_scored(leaf))
        case _:
            assert_never(leaf)


def unknown(leaf: rules.OfOrders, day: ShopDay) -> ColumnElement[bool] | None:
    """Return for whom the answer to a leaf is not known; None where it always is: no order is an answer."""
    if isinstance(leaf, rules.UsedDiscount):
        return Friend.id.in_(_untold(leaf, day))
    return None


def _placed(state: OrderState = OrderState.PLACED) -> Ids:
    return select(Order.friend_id).where(Order.state == state)


def _orders(leaf: Spanned, day: ShopDay) -> Ids:
    return _placed().where(*in_period(Order.at, leaf, day))


def _lines(things: tuple[str, ...], by: Thing) -> Ids:
    lines = select(OrderLine.friend_id).where(OrderLine.is_counted)
    column: Any = Goods.product if by == Thing.PRODUCT else Goods.category
    return lines if things == ("",) else lines.where(OrderLine.goods_id.in_(select(Goods.id).where(column.in_(things))))


def _bought(leaf: rules.Bought, day: ShopDay) -> ColumnElement[bool]:
    things = (leaf.what, *leaf.also)
    if leaf.match in (TagMatch.ALL, TagMatch.LACKS_ONE):
        every = and_(*[Friend.id.in_(_buyers(leaf, (thing,), day)) for thing in things])
        return every if leaf.match is TagMatch.ALL else not_(every)
    found = Friend.id.in_(_buyers(leaf, things, day))
    return found if leaf.match is TagMatch.ANY else not_(found)


def _buyers(leaf: rules.Bought, things: tuple[str, ...], day: ShopDay) -> Ids:
    lines = _lines(things, leaf.by).where(*in_period(OrderLine.at, leaf, day))
    if leaf.times == 1:
        return lines
    return lines.group_by(OrderLine.friend_id).having(func.count(OrderLine.order_id.distinct()) >= leaf.times)


def _average(leaf: rules.AverageOrder, day: ShopDay) -> ColumnElement[bool]:
    """Compare sums with products, so that no division rounds."""
    count: Any = func.count()
    high = None if leaf.high is None else count * leaf.high
    holds = compare_number(func.sum(Order.total), leaf.compare, count * leaf.amount, high)
    return Friend.id.in_(_orders(leaf, day).group_by(Order.friend_id).having(holds))


def _used_discount(leaf: rules.UsedDiscount, day: ShopDay) -> ColumnElement[bool]:
    orders = _orders(leaf, day).where(Order.discount > 0)
    used = compared(orders, Order.friend_id, func.count(), leaf.compare, leaf.count, leaf.high)
    if not zero_fits(leaf.compare, leaf.count):
        return used
    return and_(used, not_(Friend.id.in_(_untold(leaf, day))))


def _untold(leaf: rules.UsedDiscount, day: ShopDay) -> Ids:
    return _orders(leaf, day).where(Order.discount.is_(None))


def _scored(leaf: rules.Rfm) -> Ids:
    """Return the buyers whose scores lie in the leaf's ranges; a range of all scores is not computed."""
    measures = {
        "recency": (func.max(Order.at), leaf.recency),
        "frequency": (func.count(), leaf.frequency),
        "monetary": (func.sum(Order.total), leaf.monetary),
    }
    asked = {name: what for name, what in measures.items() if tuple(what[1]) != (1, SCORES)}
    named = [what.label(name) for name, (what, _range) in asked.items()]
    buyers = _placed().add_columns(*named).group_by(Order.friend_id).subquery()
    all_buyers: Any = func.count().over()
    scores = [
        (1 + SCORES * (func.rank().over(order_by=buyers.c[name]) - 1) // all_buyers).label(name) for name in asked
    ]
    scored = select(buyers.c.friend_id, *scores).subquery()
    ranges = [scored.c[name].between(min(span), max(span)) for name, (_what, span) in asked.items()]
    return select(scored.c.friend_id).where(*ranges)
