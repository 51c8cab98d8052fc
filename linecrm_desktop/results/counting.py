"""Counts in SQL what the friends of a send did in its window: those who got it, by variant, and those kept back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, distinct, exists, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.messages.brief import Metric
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.groups import Group
from linecrm_desktop.results.lift import together
from linecrm_desktop.results.windows import COMPARED, Span, Window, is_nearest, within

_EVENTS = {Metric.CLICKS: EventKind.CLICK, Metric.REPLIES: EventKind.REPLY, Metric.COUPONS: EventKind.COUPON}
_NOTICED = (EventKind.OPEN, EventKind.CLICK, EventKind.BLOCK)


@dataclass(frozen=True, slots=True)
class Reactions:
    """What the shop's own files say of recipients within the window, each friend once. LINE's counts stand apart."""

    opened: int = 0
    clicked: int = 0
    blocked: int | None = None
    """None while no file or log of this shop has ever told of a block: then nobody knows."""
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """Both groups of a send, and the first of them by variant."""

    sent: Group
    kept: Group
    by_variant: dict[int, Group]
    """Without people who were erased since: what is kept of them does not say which variant they got."""


def copies(session: Session, campaign_id: int) -> tuple[dict[DeliveryState, int], dict[DeliveryState, dict[str, int]]]:
    """Return how many copies are in each state, and why; those of erased people too."""
    states: dict[DeliveryState, int] = {}
    whys: dict[DeliveryState, dict[str, int]] = {}
    counted = (
        select(Delivery.state, Delivery.why, func.count())
        .where(Delivery.campaign_id == campaign_id)
        .group_by(Delivery.state, Delivery.why)
        .order_by(func.count().desc(), Delivery.why)
    )
    erased = select(ErasedCopies.state, ErasedCopies.why, ErasedCopies.copies)
    gone = session.execute(erased.where(ErasedCopies.campaign_id == campaign_id))
    for state, why, number in (*session.execute(counted), *gone):
        states[state] = states.get(state, 0) + number
        of_state = whys.setdefault(state, {})
        of_state[why] = of_state.get(why, 0) + number
    return states, whys


def groups(
    session: Session, campaign: Campaign, metric: Metric, window: Window | None, all_spans: Sequence[Span]
) -> Counted:
    """Count both groups of a send."""
    found = _sizes(session, campaign.id)
    if window is not None:
        found = _with_deeds(session, campaign, metric, window, all_spans, found)
    erased = _erased(session, campaign.id)
    of_state = {
        state: together([*(group for (its, _variant), group in found.items() if its is state), erased[state]])
        for state in COMPARED
    }
    variants = {variant: group for (state, variant), group in found.items() if state is DeliveryState.ACCEPTED}
    return Counted(of_state[DeliveryState.ACCEPTED], of_state[DeliveryState.KEPT_BACK], variants)


_Groups = dict[tuple[DeliveryState, int], Group]


def _sizes(session: Session, campaign_id: int) -> _Groups:
    counted = select(Delivery.state, Delivery.variant, func.count()).where(*_compared(campaign_id))
    rows = session.execute(counted.group_by(Delivery.state, Delivery.variant))
    return {(state, variant): Group(friends) for state, variant, friends in rows}


def _with_deeds(
    session: Session,
    campaign: Campaign,
    metric: Metric,
    window: Window,
    all_spans: Sequence[Span],
    found: _Groups,
) -> _Groups:
    bought = {(row.state, row.variant): row for row in session.execute(ordered(campaign, window, all_spans))}
    did = {(row.state, row.variant): row.did for row in session.execute(done(campaign.id, metric, window))}
    told: _Groups = {}
    for place, group in found.items():
        row = bought.get(place)
        told[place] = Group(group.friends, did.get(place, 0), row.orders if row else 0, row.revenue if row else 0)
    return told


def _erased(session: Session, campaign_id: int) -> dict[DeliveryState, Group]:
    """Return what people did who were erased since."""
    columns = (ErasedCopies.copies, ErasedCopies.did, ErasedCopies.orders, ErasedCopies.revenue)
    sums = [func.sum(column) for column in columns]
    mine = select(ErasedCopies.state, *sums).where(ErasedCopies.campaign_id == campaign_id)
    found = {state: Group(*told) for state, *told in session.execute(mine.group_by(ErasedCopies.state))}
    return {state: found.get(state, Group()) for state in DeliveryState}


def ordered(campaign: Campaign, window: Window, all_spans: Sequence[Span]) -> Select[*tuple[Any, ...]]:
    """Ask for orders and revenue by group and variant; an order counts for one send only."""
    currency = select(Shop.currency).scalar_subquery()
    own = case((Order.currency == currency, Order.total), else_=0)
    counts = (func.count(Order.id).label("orders"), func.coalesce(func.sum(own), 0).label("revenue"))
    return (
        select(Delivery.state, Delivery.variant, *counts)
        .join(Order, Order.friend_id == Delivery.friend_id)
        .where(*_compared(campaign.id), Order.state == OrderState.PLACED, within(Order.at, window))
        .where(is_nearest(campaign, window, all_spans))
        .group_by(Delivery.state, Delivery.variant)
    )


def done(campaign_id: int, metric: Metric, window: Window) -> Select[*tuple[Any, ...]]:
    """Ask how many friends did what the metric counts, by group and variant.

    Here no other send takes a friend away: both groups were drawn by chance, and stay comparable only whole.
    """
    table, counts = (Order, Order.state == OrderState.PLACED)
    if metric in _EVENTS:
        table, counts = (Event, Event.kind == _EVENTS[metric])
    if metric is Metric.FIRST_PURCHASES:
        counts = and_(counts, Order.friend_id.not_in(_bought_before(window)))
    return (
        select(Delivery.state, Delivery.variant, func.count(distinct(table.friend_id)).label("did"))
        .join(table, table.friend_id == Delivery.friend_id)
        .where(*_compared(campaign_id), counts, within(table.at, window))
        .group_by(Delivery.state, Delivery.variant)
    )


def _bought_before(window: Window) -> Select[int]:
    return select(Order.friend_id).where(Order.state == OrderState.PLACED, Order.at < window.begins)


def knows_blocks(session: Session) -> bool:
    """Tell whether any file or log of this shop has ever told of a block."""
    told = exists().where(Event.kind == EventKind.BLOCK) | exists().where(ErasedCopies.blocked > 0)
    return bool(session.scalar(select(told)))


def reactions(
    session: Session, campaign_id: int, window: Window | None, *, has_blocks: bool, friend_id: int | None = None
) -> Reactions:
    """Count what the shop's own files say of those who got a send, of erased people too; or of one friend alone."""
    found = _told(session, campaign_id, window, friend_id)
    if friend_id is None:
        columns = (ErasedCopies.opened, ErasedCopies.clicked, ErasedCopies.blocked, ErasedCopies.refused)
        gone = select(*(func.coalesce(func.sum(column), 0) for column in columns))
        erased = session.execute(gone.where(ErasedCopies.campaign_id == campaign_id)).one()
        found = (found[0] + erased[0], found[1] + erased[1], found[2] + erased[2], found[3] + erased[3])
    opened, clicked, blocked, refused = found
    return Reactions(opened, clicked, blocked if has_blocks else None, refused)


def _told(
    session: Session, campaign_id: int, window: Window | None, friend_id: int | None
) -> tuple[int, int, int, int]:
    if window is None:
        return 0, 0, 0, 0
    got = [Delivery.campaign_id == campaign_id, Delivery.state == DeliveryState.ACCEPTED]
    if friend_id is not None:
        got.append(Delivery.friend_id == friend_id)
    noticed = (
        select(Event.kind, func.count(distinct(Event.friend_id)))
        .join(Delivery, Delivery.friend_id == Event.friend_id)
        .where(*got, Event.kind.in_(_NOTICED), within(Event.at, window))
        .group_by(Event.kind)
    )
    counts = {kind: number for kind, number in session.execute(noticed)}
    refused = (
        select(func.count(distinct(ConsentEntry.friend_id)))
        .join(Delivery, Delivery.friend_id == ConsentEntry.friend_id)
        .where(*got, ConsentEntry.kind == ConsentKind.REFUSED, within(ConsentEntry.at, window))
    )
    opened, clicked, blocked = (counts.get(kind, 0) for kind in _NOTICED)
    return opened, clicked, blocked, session.scalar(refused) or 0


def _compared(campaign_id: int) -> list[ColumnElement[bool]]:
    return [Delivery.campaign_id == campaign_id, Delivery.state.in_(COMPARED)]
