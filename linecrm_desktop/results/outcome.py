"""What came of each send: copies that LINE took, and what friends did in the window that the brief named beforehand.

The window begins with the send and ends with the local day `metric_days` after it. Friends who were kept back are
counted in the same window and the same way: a number without a comparison would flatter every message.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, distinct, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.cost import cost
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages.brief import Brief, Metric, from_json
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.groups import Group
from linecrm_desktop.settings import prices
from linecrm_desktop.text import _

_EVENTS = {Metric.CLICKS: EventKind.CLICK, Metric.REPLIES: EventKind.REPLY, Metric.COUPONS: EventKind.COUPON}


@dataclass(frozen=True, slots=True)
class Window:
    """From when to which local day friends' deeds count for a send."""

    begins: datetime
    last_day: date
    ends: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """One send with everything that is known about it today."""

    id: int
    message_id: int | None
    name: str
    segment_name: str
    state: CampaignState
    note: str
    is_practice: bool
    brief: Brief
    created_at: datetime
    ended_at: datetime | None
    window: Window | None
    """None until the send has begun."""
    recipients: int
    in_doubt: int
    waiting: int
    stopped: int
    refused: dict[str, int]
    """Copies that LINE did not take, by the code of the reason (campaigns.states has the sentences)."""
    left_out: dict[str, int]
    """Friends taken out before the send, by the code of the reason."""
    sent: Group
    kept: Group
    broadcast_messages: int
    """Messages that a broadcast would have needed."""
    due_at: datetime | None
    """The moment it was planned for."""
    broadcast_extra: int | None
    """What its extra messages would have cost, in smallest units; None where the plan is not known."""

    @property
    def accepted(self) -> int:
        return self.sent.friends

    @property
    def kept_back(self) -> int:
        return self.kept.friends

    @property
    def not_sent(self) -> int:
        """Messages saved against a broadcast at the same moment."""
        return max(0, self.broadcast_messages - self.accepted)

    @property
    def per_message(self) -> int | None:
        """Revenue of recipients by accepted message; it is not what the message brought about."""
        return round(self.sent.revenue / self.accepted) if self.accepted else None

    @property
    def window_open_until(self) -> date | None:
        return self.window.last_day if self.window is not None and self.window.is_open else None


@dataclass(frozen=True, slots=True)
class Copy:
    """One friend's copy of a send, and what the friend did in its window."""

    campaign_id: int
    state: DeliveryState
    why: str
    did: int
    """1 when the friend did what the metric counts."""
    orders: int
    revenue: int


def copies_of(session: Session, friend_id: int, day: ShopDay) -> list[Copy]:
    """Return what the outcomes of all sends count of one friend."""
    theirs = select(Delivery, Campaign).join(Campaign, Campaign.id == Delivery.campaign_id)
    found: list[Copy] = []
    for delivery, campaign in session.execute(theirs.where(Delivery.friend_id == friend_id)):
        brief, this = from_json(campaign.brief), Delivery.friend_id == friend_id
        window = _window(campaign.started_at, brief.metric_days, day)
        bought = did = None
        if window is not None:
            bought = session.execute(_bought(campaign.id, window).where(this)).first()
            did = session.execute(_did(campaign.id, brief.metric, window).where(this)).first()
        counts = (did.did if did else 0, bought.orders if bought else 0, bought.revenue if bought else 0)
        found.append(Copy(campaign.id, delivery.state, delivery.why, *counts))
    return found


def all_campaigns(session: Session, day: ShopDay) -> list[Outcome]:
    """Return every send with its outcome, the newest first."""
    newest = select(Campaign).order_by(
        func.coalesce(Campaign.started_at, Campaign.created_at).desc(), Campaign.id.desc()
    )
    return [_outcome(session, campaign, day) for campaign in session.scalars(newest)]


def outcome(session: Session, campaign_id: int, day: ShopDay) -> Outcome:
    """Return one send's outcome; raise ShopError when it is not there."""
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise ShopError(_("This send is no longer there."), _("Choose another one in Results."))
    return _outcome(session, campaign, day)


def _outcome(session: Session, campaign: Campaign, day: ShopDay) -> Outcome:
    brief = from_json(campaign.brief)
    window = _window(campaign.started_at, brief.metric_days, day)
    states, whys = _copies(session, campaign.id)
    groups = _groups(session, campaign.id, brief.metric, window, states)
    return Outcome(
        id=campaign.id,
        message_id=campaign.message_id,
        name=campaign.name,
        segment_name=campaign.segment_name,
        state=campaign.state,
        note=campaign.note,
        is_practice=campaign.is_practice,
        brief=brief,
        created_at=campaign.created_at,
        ended_at=campaign.ended_at,
        window=window,
        recipients=campaign.recipients,
        in_doubt=states.get(DeliveryState.IN_DOUBT, 0),
        waiting=states.get(DeliveryState.WAITING, 0) + states.get(DeliveryState.HANDED_OVER, 0),
        stopped=states.get(DeliveryState.STOPPED, 0),
        refused=whys.get(DeliveryState.REFUSED, {}),
        left_out=whys.get(DeliveryState.LEFT_OUT, {}),
        sent=groups[DeliveryState.ACCEPTED],
        kept=groups[DeliveryState.KEPT_BACK],
        broadcast_messages=campaign.reach_then,
        due_at=campaign.due_at,
        broadcast_extra=_broadcast_extra(session, campaign, day),
    )


def _window(started_at: datetime | None, days: int, day: ShopDay) -> Window | None:
    if started_at is None:
        return None
    last = day.local(started_at).date() + timedelta(days=days)
    return Window(started_at, last, day.start_of(last + timedelta(days=1)), day.today <= last)


def _broadcast_extra(session: Session, campaign: Campaign, day: ShopDay) -> int | None:
    """Price a broadcast after the copies that this shop file sent earlier in the same month.

    LINE's own count of that moment is not kept, so a send made elsewhere is not in it.
    """
    shop = session.scalars(select(Shop)).one()
    begun = campaign.started_at or campaign.created_at
    on = day.local(begun).date()
    plan = prices.plan(shop.country, shop.plan, on)
    if plan is None:
        return None
    before = (
        *(Campaign.is_practice == campaign.is_practice, Campaign.id != campaign.id),
        *(Campaign.started_at >= day.start_of(on.replace(day=1)), Campaign.started_at < begun),
    )
    earlier = (
        select(func.count())
        .select_from(Delivery)
        .join(Campaign, Campaign.id == Delivery.campaign_id)
        .where(Delivery.state == DeliveryState.ACCEPTED, *before)
    )
    erased = (
        select(func.coalesce(func.sum(ErasedCopies.copies), 0))
        .join(Campaign, Campaign.id == ErasedCopies.campaign_id)
        .where(ErasedCopies.state == DeliveryState.ACCEPTED, *before)
    )
    sent = session.scalars(earlier).one() + session.scalars(erased).one()
    return cost(plan, sent, shop.line_limit, campaign.reach_then).extra_minor


def _copies(session: Session, campaign_id: int) -> tuple[dict[DeliveryState, int], dict[DeliveryState, dict[str, int]]]:
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
    for state, why, copies in (*session.execute(counted), *gone):
        states[state] = states.get(state, 0) + copies
        of_state = whys.setdefault(state, {})
        of_state[why] = of_state.get(why, 0) + copies
    return states, whys


def _groups(
    session: Session, campaign_id: int, metric: Metric, window: Window | None, states: dict[DeliveryState, int]
) -> dict[DeliveryState, Group]:
    bought: dict[DeliveryState, Any] = {}
    did: dict[DeliveryState, int] = {}
    if window is not None:
        bought = {row.state: row for row in session.execute(_bought(campaign_id, window))}
        did = {row.state: row.did for row in session.execute(_did(campaign_id, metric, window))}
    erased = _did_before(session, campaign_id)
    return {
        state: Group(
            states.get(state, 0),
            did.get(state, 0) + erased[state].did,
            (bought[state].orders if state in bought else 0) + erased[state].orders,
            (bought[state].revenue if state in bought else 0) + erased[state].revenue,
        )
        for state in (DeliveryState.ACCEPTED, DeliveryState.KEPT_BACK)
    }


def _did_before(session: Session, campaign_id: int) -> dict[DeliveryState, Group]:
    """Return what people did who were erased since."""
    columns = (ErasedCopies.copies, ErasedCopies.did, ErasedCopies.orders, ErasedCopies.revenue)
    sums = [func.sum(column) for column in columns]
    mine = select(ErasedCopies.state, *sums).where(ErasedCopies.campaign_id == campaign_id)
    found = {state: Group(*told) for state, *told in session.execute(mine.group_by(ErasedCopies.state))}
    return {state: found.get(state, Group()) for state in DeliveryState}


def _bought(campaign_id: int, window: Window) -> Select[*tuple[Any, ...]]:
    currency = select(Shop.currency).scalar_subquery()
    own = case((Order.currency == currency, Order.total), else_=0)
    return (
        select(Delivery.state, func.count(Order.id).label("orders"), func.coalesce(func.sum(own), 0).label("revenue"))
        .join(Order, Order.friend_id == Delivery.friend_id)
        .where(*_compared(campaign_id), Order.state == OrderState.PLACED, *_within(Order.at, window))
        .group_by(Delivery.state)
    )


def _did(campaign_id: int, metric: Metric, window: Window) -> Select[*tuple[Any, ...]]:
    table, counts = (Order, Order.state == OrderState.PLACED)
    if metric in _EVENTS:
        table, counts = (Event, Event.kind == _EVENTS[metric])
    if metric is Metric.FIRST_PURCHASES:
        counts = and_(counts, Order.friend_id.not_in(_bought_before(window)))
    return (
        select(Delivery.state, func.count(distinct(table.friend_id)).label("did"))
        .join(table, table.friend_id == Delivery.friend_id)
        .where(*_compared(campaign_id), counts, *_within(table.at, window))
        .group_by(Delivery.state)
    )


def _bought_before(window: Window) -> Select[int]:
    return select(Order.friend_id).where(Order.state == OrderState.PLACED, Order.at < window.begins)


def _compared(campaign_id: int) -> list[ColumnElement[bool]]:
    groups = (DeliveryState.ACCEPTED, DeliveryState.KEPT_BACK)
    return [Delivery.campaign_id == campaign_id, Delivery.state.in_(groups)]


def _within(at: Any, window: Window) -> list[ColumnElement[bool]]:
    return [at >= window.begins, at < window.ends]


@dataclass(frozen=True, slots=True)
class Deed:
    """What one friend did in a send's window."""

    friend_id: int
    is_kept_back: bool
    did: bool
    """Whether the friend did what the metric counts."""
    orders: int
    revenue: int


def deeds(session: Session, campaign_id: int, day: ShopDay) -> list[Deed]:
    """Return what each friend did who got a send or was kept back; nobody while its window is open."""
    campaign = session.get_one(Campaign, campaign_id)
    brief = from_json(campaign.brief)
    window = _window(campaign.started_at, brief.metric_days, day)
    if window is None or window.is_open:
        return []
    bought = _bought(campaign_id, window).add_columns(Delivery.friend_id).group_by(Delivery.friend_id)
    orders = {row.friend_id: (row.orders, row.revenue) for row in session.execute(bought)}
    did = _did(campaign_id, brief.metric, window).add_columns(Delivery.friend_id).group_by(Delivery.friend_id)
    doing = {row.friend_id for row in session.execute(did)}
    everybody = select(Delivery.friend_id, Delivery.state).where(*_compared(campaign_id)).order_by(Delivery.friend_id)
    return [
        Deed(friend, state is DeliveryState.KEPT_BACK, friend in doing, *orders.get(friend, (0, 0)))
        for friend, state in session.execute(everybody)
    ]
