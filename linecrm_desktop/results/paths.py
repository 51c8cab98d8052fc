"""Is a path working? Those who walked it beside those who were kept back on all of it.

Reads rows only and knows no rule of paths: whoever entered counts, however the path ended for them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import BigInteger, Select, distinct, func, select, type_coerce
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.journey import JourneyEntry, JourneyTurn, Left, TurnState
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import Lift, lift

WINDOW_DAYS = 14
_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class PathLift:
    """What a path changed: who ordered within some days of entering."""

    lift: Lift
    days: int
    since: date | None
    """The local day on which the first friend entered; None: nobody has."""
    look_again: date | None
    """When the window of the newest friend is over; None: it is over for everybody."""


def working(session: Session, journey_id: int, day: ShopDay, days: int = WINDOW_DAYS) -> PathLift:
    """Compare friends on a path with those kept back by who ordered within `days` of entering."""
    walked = (JourneyEntry.journey_id == journey_id, func.coalesce(JourneyEntry.why, "") != Left.BEFORE)
    first: datetime | None = None
    last: datetime | None = None
    sizes: dict[bool, int] = {}
    for is_held, friends, oldest, newest in session.execute(
        select(JourneyEntry.is_held, func.count(), func.min(JourneyEntry.entered_at), func.max(JourneyEntry.entered_at))
        .where(*walked)
        .group_by(JourneyEntry.is_held)
    ):
        sizes[is_held] = friends
        first, last = min(first or oldest, oldest), max(last or newest, newest)
    did = dict(session.execute(_ordered(journey_id, days)).all())
    found = lift(Group(sizes.get(False, 0), did.get(False, 0)), Group(sizes.get(True, 0), did.get(True, 0)))
    over = day.local(last).date() + timedelta(days=days) if last is not None else None
    return PathLift(
        found,
        days,
        day.local(first).date() if first is not None else None,
        over if over is not None and over > day.today else None,
    )


def ordered_after(session: Session, journey_id: int, days: int = WINDOW_DAYS) -> dict[int, Group]:
    """Count for each step of a path who got it, and who of them ordered within `days`; by step."""
    sent = (JourneyEntry.journey_id == journey_id, JourneyTurn.state == TurnState.SENT)
    at, ordered = type_coerce(JourneyTurn.at, BigInteger), type_coerce(Order.at, BigInteger)
    bought = (
        (Order.friend_id == JourneyEntry.friend_id)
        & (Order.state == OrderState.PLACED)
        & (ordered >= at)
        & (ordered < at + days * _DAY)
    )
    rows = session.execute(
        select(JourneyTurn.step_id, func.count(distinct(JourneyEntry.id)), func.count(distinct(Order.friend_id)))
        .join(JourneyEntry, JourneyEntry.id == JourneyTurn.entry_id)
        .outerjoin(Order, bought)
        .where(*sent)
        .group_by(JourneyTurn.step_id)
    )
    return {step: Group(friends, did) for step, friends, did in rows}


def _ordered(journey_id: int, days: int) -> Select[*tuple[bool, int]]:
    entered, ordered = type_coerce(JourneyEntry.entered_at, BigInteger), type_coerce(Order.at, BigInteger)
    return (
        select(JourneyEntry.is_held, func.count(distinct(JourneyEntry.friend_id)))
        .join(Order, Order.friend_id == JourneyEntry.friend_id)
        .where(JourneyEntry.journey_id == journey_id, func.coalesce(JourneyEntry.why, "") != Left.BEFORE)
        .where(Order.state == OrderState.PLACED, ordered >= entered, ordered < entered + days * _DAY)
        .group_by(JourneyEntry.is_held)
    )
