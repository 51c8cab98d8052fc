"""How long a shop's friends take to order again, from the shop's own orders: overall and for each category.

The rule: take the whole days between one counted order of a friend and the next (for a category: between orders with
something of that category); orders on one day are one visit, so gaps of less than a day do not count. The answer is
the median, the least number of days within which at least half of these gaps lie, kept between a week and a year.
Fewer than 30 gaps prove nothing: a category then takes the shop's number, and the shop takes 60 days. In a large shop
every n-th friend is asked; a median of some ten thousand gaps does not move with more.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import BigInteger, ColumnElement, Select, func, select, type_coerce
from sqlalchemy.orm import Session

from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.segments.core import USUAL_DAYS

MIN_GAPS = 30
LEAST, MOST = 7, 365
_DAY = 86_400
_ORDERS = 100_000
"""About so many orders are looked at."""


@dataclass(frozen=True, slots=True)
class Intervals:
    """Days between orders. `is_own` says that the shop's number comes from its own orders."""

    days: int = USUAL_DAYS
    is_own: bool = False
    by_category: Mapping[str, int] = field(default_factory=dict[str, int])
    """Only categories with enough gaps of their own."""

    def of(self, category: str) -> int:
        """Return the days for a category."""
        return self.by_category.get(category, self.days)


def intervals(session: Session) -> Intervals:
    """Return how long friends take to order again."""
    gaps = dict(session.execute(_histogram(_order_gaps(every_nth(session)))).all())
    overall = median(gaps)
    by_category: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for category, gap, count in session.execute(_by_category(every_nth(session))):
        by_category[category][gap] = count
    own = {category: days for category, gaps in by_category.items() if (days := median(gaps)) is not None}
    return Intervals(overall if overall is not None else USUAL_DAYS, overall is not None, own)


def median(gaps: Mapping[int, int]) -> int | None:
    """Return the median of gaps in days, given how often each occurs; None when there are too few."""
    total = sum(gaps.values())
    if total < MIN_GAPS:
        return None
    seen = 0
    for gap in sorted(gaps):
        seen += gaps[gap]
        if 2 * seen >= total:
            return min(MOST, max(LEAST, gap))
    return None


def every_nth(session: Session) -> int:
    """Return n, so that every n-th friend has about as many orders as are looked at."""
    return max(1, (session.scalar(select(func.max(Order.id))) or 0) // _ORDERS)


def _gap(at: ColumnElement[int], before: ColumnElement[int]) -> ColumnElement[int]:
    """Return whole days, rounded, so that an hour of summer time does not matter."""
    return (at - before + _DAY // 2) // _DAY


def _order_gaps(nth: int) -> Select[int]:
    at = type_coerce(Order.at, BigInteger)
    before = func.lag(at).over(partition_by=Order.friend_id, order_by=(Order.at, Order.id))
    return select(_gap(at, before).label("gap")).where(Order.state == OrderState.PLACED, Order.friend_id % nth == 0)


def _histogram(gaps: Select[int]) -> Select[int, int]:
    found = gaps.subquery()
    return select(found.c.gap, func.count()).where(found.c.gap >= 1).group_by(found.c.gap)


def _by_category(nth: int) -> Select[str, int, int]:
    at = type_coerce(OrderLine.at, BigInteger)
    before = func.lag(at).over(
        partition_by=(Goods.category, OrderLine.friend_id), order_by=(OrderLine.at, OrderLine.id)
    )
    found = (
        select(Goods.category.label("category"), _gap(at, before).label("gap"))
        .join(OrderLine, OrderLine.goods_id == Goods.id)
        .where(OrderLine.is_counted, Goods.category != "", OrderLine.friend_id % nth == 0)
        .subquery()
    )
    return (
        select(found.c.category, found.c.gap, func.count())
        .where(found.c.gap >= 1)
        .group_by(found.c.category, found.c.gap)
    )
