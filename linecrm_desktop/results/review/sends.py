"""The sends that a review looks at: those of the last year whose window is over, and what their friends did."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.results.outcome import Deed, deeds
from linecrm_desktop.tags.uses import tags_in

YEAR = 365
"""Older sends say little about the friends of today."""


@dataclass(frozen=True, slots=True)
class Send:
    """One send with what came of it, friend by friend."""

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
        told = tuple(deeds(session, row.id, day))
        if told and row.started_at is not None:
            found.append(Send(row.id, row.message_id, row.started_at, frozenset(tags_in(row.segment_rule)), told))
    return found
