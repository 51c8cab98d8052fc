"""The sends that a review looks at: those of the last year whose window is over, and what each friend did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import from_json
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results import counting
from linecrm_desktop.results.windows import COMPARED, Window, spans, window
from linecrm_desktop.tags.uses import tags_in

YEAR = 365
"""Older sends say little about the friends of today."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What one friend did in a send's window."""

    friend_id: int
    is_kept_back: bool
    did: bool
    """Whether the friend did what the metric counts."""
    orders: int
    revenue: int


@dataclass(frozen=True, slots=True)
class Send:
    """One send with what came of it, friend by friend. People who were erased since carry no tags and are not here."""

    id: int
    message_id: int | None
    started_at: datetime
    tags: frozenset[int]
    """The tags that its rules named."""
    deeds: tuple[Deed, ...]
    """In the order of the friends."""


def over(session: Session, day: ShopDay, days: int = YEAR) -> list[Send]:
    """Return the sends whose windows are over. In a real shop a rehearsal says nothing."""
    practice = session.scalars(select(Shop.is_practice)).one()
    begun = select(Campaign).where(Campaign.started_at >= day.days_ago(days), Campaign.is_practice == practice)
    found: list[Send] = []
    for row in session.scalars(begun.order_by(Campaign.started_at, Campaign.id)):
        its = window(row.started_at, from_json(row.brief).metric_days, day)
        if its is not None and not its.is_open:
            told = _deeds(session, row, its, day)
            found.append(Send(row.id, row.message_id, its.begins, frozenset(tags_in(row.segment_rule)), told))
    return [one for one in found if one.deeds]


def _deeds(session: Session, campaign: Campaign, its: Window, day: ShopDay) -> tuple[Deed, ...]:
    bought = counting.ordered(campaign, its, spans(session, day)).add_columns(Delivery.friend_id)
    orders = {row.friend_id: (row.orders, row.revenue) for row in session.execute(bought.group_by(Delivery.friend_id))}
    did = counting.done(campaign.id, from_json(campaign.brief).metric, its).add_columns(Delivery.friend_id)
    doing = {row.friend_id for row in session.execute(did.group_by(Delivery.friend_id))}
    compared = (Delivery.campaign_id == campaign.id, Delivery.state.in_(COMPARED))
    everybody = select(Delivery.friend_id, Delivery.state).where(*compared).order_by(Delivery.friend_id)
    return tuple(
        Deed(friend, state is DeliveryState.KEPT_BACK, friend in doing, *orders.get(friend, (0, 0)))
        for friend, state in session.execute(everybody)
    )
