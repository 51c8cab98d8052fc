"""The window of a send: from the moment it begins to the end of the local day that its brief named beforehand.

An order may lie in the windows of several sends. It is counted once, for the last of them that began before it: the
send that was nearest to it. Friends who were kept back from that last send count in its kept-back group in the same
way, or the two groups would not be comparable.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, and_, column, exists, select, true, values
from sqlalchemy.orm import Session, aliased

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import from_json
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.order import Order

COMPARED = (DeliveryState.ACCEPTED, DeliveryState.KEPT_BACK)
"""The two groups of a send: those whose copy LINE took, and those who were kept back to compare."""


@dataclass(frozen=True, slots=True)
class Window:
    """From when to which local day friends' deeds count for a send."""

    begins: datetime
    last_day: date
    ends: datetime
    is_open: bool


@dataclass(frozen=True, slots=True)
class Span:
    """The window of one send among all others."""

    campaign_id: int
    is_practice: bool
    begins: datetime
    ends: datetime


def window(started_at: datetime | None, days: int, day: ShopDay) -> Window | None:
    """Return the window of a send, None until it has begun."""
    if started_at is None:
        return None
    last = day.local(started_at).date() + timedelta(days=days)
    return Window(started_at, last, day.end_of(last), day.today <= last)


def spans(session: Session, day: ShopDay) -> list[Span]:
    """Return the windows of all sends that have begun."""
    asked = select(Campaign.id, Campaign.is_practice, Campaign.started_at, Campaign.brief)
    found: list[Span] = []
    for campaign_id, is_practice, started_at, brief in session.execute(asked.where(Campaign.started_at.is_not(None))):
        its = window(started_at, from_json(brief).metric_days, day)
        if its is not None:
            found.append(Span(campaign_id, is_practice, its.begins, its.ends))
    return found


def is_nearest(campaign: Campaign, its: Window, all_spans: Sequence[Span]) -> ColumnElement[bool]:
    """Say in SQL that no later send of the same kind to the same friend had begun when the order came."""
    later = [
        span
        for span in all_spans
        if span.is_practice == campaign.is_practice
        and (its.begins, campaign.id) < (span.begins, span.campaign_id)
        and span.begins < its.ends
    ]
    if not later:
        return true()
    rival, other = _table(later), aliased(Delivery)
    return ~exists().where(
        other.campaign_id == rival.c.id,
        other.friend_id == Order.friend_id,
        other.state.in_(COMPARED),
        Order.at >= rival.c.begins,
        Order.at < rival.c.ends,
    )


def _table(later: Sequence[Span]) -> CTE:
    moment = Order.at.type
    columns = (column("id", Integer), column("begins", moment), column("ends", moment))
    rows = [(span.campaign_id, span.begins, span.ends) for span in later]
    return values(*columns, name="later").data(rows).cte("later")


def within(at: Any, its: Window) -> ColumnElement[bool]:
    """Say in SQL that a moment lies in a window."""
    return and_(at >= its.begins, at < its.ends)
