"""The sends of this month, each against the broadcast that would have been sent in its place.

A step of a path leaves a little every day. Nobody would have sent a broadcast each time, so it counts as one a month.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.cost import cost
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import own_prices
from linecrm_desktop.store.database import seen

_NEEDS = frozenset(
    f"{table}{column}"
    for table, columns in (
        ("campaign", ("", ".started_at", ".is_practice")),
        ("delivery", ("", ".state")),
        ("erased_copies", ("", ".copies", ".state")),
        ("shop", (".is_practice",)),
    )
    for column in columns
)
_ENTRY_BYTES = 200


@dataclass(frozen=True, slots=True)
class MonthSend:
    """One send of the month."""

    id: int
    name: str
    on: date
    """The shop's day on which it began; of a path's step, the first one of the month."""
    accepted: int
    broadcast: int
    """Messages that a broadcast would have needed at that moment."""

    @property
    def not_sent(self) -> int:
        return max(0, self.broadcast - self.accepted)


@dataclass(frozen=True, slots=True)
class NotWasted:
    """What the month's sends spared, against as many broadcasts."""

    sends: int
    messages: int
    money_minor: int | None
    """In smallest units of the shop's currency; None where the plan is not known."""


def first_of(day: date) -> date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def sends(session: Session, day: ShopDay) -> tuple[MonthSend, ...]:
    """Return the sends that began this month and of which LINE took something, the oldest first."""
    accepted = copies(session, day.start_of(first_of(day.today)))
    columns = (Campaign.id, Campaign.journey_step_id, Campaign.name, Campaign.started_at, Campaign.reach_then)
    rows = session.execute(select(*columns).where(Campaign.id.in_(accepted)).order_by(Campaign.started_at, Campaign.id))
    found: dict[tuple[str, int], MonthSend] = {}
    for number, step, name, began, reach in rows:
        key = ("send", number) if step is None else ("step", step)
        if key in found:
            found[key] = replace(found[key], accepted=found[key].accepted + accepted[number])
        elif began is not None:
            found[key] = MonthSend(number, name, day.local(began).date(), accepted[number], reach)
    return tuple(found.values())


def copies(session: Session, since: datetime, state: DeliveryState = DeliveryState.ACCEPTED) -> dict[int, int]:
    """Count the copies in a state by send, for sends that began since a moment; those without one are left out.

    Copies of people who were erased count too. Counting a million takes a while, so it is done anew only after
    something was sent.
    """
    key, known = ("home.copies", since, state), seen(session)
    found: dict[int, int] | None = known.kept.get(key, known.versions) if known else None
    if found is None:
        found = _count(session, since, state)
        if known:
            known.kept.put(key, found, _ENTRY_BYTES, _NEEDS, known.versions)
    return found


def not_wasted(session: Session, found: tuple[MonthSend, ...], day: ShopDay) -> NotWasted:
    """Sum up what the sends spared: messages, and the price of as many broadcasts less what was really paid.

    Messages that LINE counted and that were not sent here are part of both.
    """
    shop = session.get_one(Shop, 1)
    plan = own_prices.plan_of(shop, day.today)
    messages = sum(send.not_sent for send in found)
    if plan is None:
        return NotWasted(len(found), messages, None)
    sent = sum(send.accepted for send in found)
    used = max(sent, (shop.line_used or 0) if _is_of(shop.line_read_at, day) else 0)
    instead = cost(plan, 0, shop.line_limit, used + messages).month_minor
    return NotWasted(len(found), messages, instead - cost(plan, 0, shop.line_limit, used).month_minor)


def _is_of(moment: datetime | None, day: ShopDay) -> bool:
    return moment is not None and first_of(day.local(moment).date()) == first_of(day.today)


def _count(session: Session, since: datetime, state: DeliveryState) -> dict[int, int]:
    mine = Campaign.is_practice == select(Shop.is_practice).scalar_subquery()
    wanted = list(session.scalars(select(Campaign.id).where(Campaign.started_at >= since, mine)))
    copies_there = select(Delivery.campaign_id, func.count()).where(Delivery.state == state)
    gone = select(ErasedCopies.campaign_id, func.sum(ErasedCopies.copies)).where(ErasedCopies.state == state)
    found: dict[int, int] = {}
    for query, campaign_id in ((copies_there, Delivery.campaign_id), (gone, ErasedCopies.campaign_id)):
        for campaign, number in session.execute(query.where(campaign_id.in_(wanted)).group_by(campaign_id)):
            found[campaign] = found.get(campaign, 0) + int(number)
    return found
