"""What a send cost, and what a broadcast in its place would have cost.

The price is the one that the gate showed when the send was confirmed; sends of before are priced by the plan of now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.cost import Cost, cost
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import own_prices, prices


@dataclass(frozen=True, slots=True)
class Costs:
    """A send priced twice; both None where the plan is not known. Smallest units of the plan's currency."""

    own: Cost | None = None
    broadcast: Cost | None = None


@dataclass(frozen=True, slots=True)
class Waste:
    """What a month's sends spared against as many broadcasts."""

    messages: int
    extra_minor: int | None
    """The price of the extra messages that were not needed; None where the plan is not known."""


def costs(session: Session, campaign: Campaign, accepted: int, day: ShopDay) -> Costs:
    """Price a send and a broadcast after the copies that this shop file sent earlier in the same month.

    LINE's own count of that moment is not kept, so a send made elsewhere is not in it.
    """
    shop = session.scalars(select(Shop)).one()
    begun = campaign.started_at or campaign.created_at
    on = day.local(begun).date()
    own_account = accounts.account(session, campaign.channel_id)
    plan = prices.from_json(campaign.priced) if campaign.priced else own_prices.plan_of(shop, on, own_account)
    if plan is None:
        return Costs()
    before = (
        *(Campaign.is_practice == campaign.is_practice, Campaign.id != campaign.id),
        Campaign.channel_id.is_not_distinct_from(campaign.channel_id),
        *(Campaign.started_at >= day.start_of(on.replace(day=1)), Campaign.started_at < begun),
    )
    sent = sum(session.scalars(query.where(*before)).one() for query in (_accepted(), _accepted_of_erased()))
    limit = own_account.line_limit
    return Costs(cost(plan, sent, limit, accepted), cost(plan, sent, limit, campaign.reach_then))


def waste(session: Session, month: date, sends: Iterable[tuple[int, int]]) -> Waste:
    """Return what the sends of a month spared; each is (copies that LINE took, friends a broadcast would have reached).

    As many broadcasts would have gone through the plan and up the price steps together, so the month is priced whole.
    """
    told = list(sends)
    sent, broadcast = sum(own for own, _reach in told), sum(max(own, reach) for own, reach in told)
    shop = session.scalars(select(Shop)).one()
    plan = own_prices.plan_of(shop, month)
    if plan is None:
        return Waste(broadcast - sent, None)
    limit = shop.line_limit
    spared = cost(plan, 0, limit, broadcast).extra_minor - cost(plan, 0, limit, sent).extra_minor
    return Waste(broadcast - sent, spared)


def _accepted() -> Select[int]:
    joined = select(func.count()).select_from(Delivery).join(Campaign, Campaign.id == Delivery.campaign_id)
    return joined.where(Delivery.state == DeliveryState.ACCEPTED)


def _accepted_of_erased() -> Select[int]:
    total = func.coalesce(func.sum(ErasedCopies.copies), 0)
    joined = select(total).join(Campaign, Campaign.id == ErasedCopies.campaign_id)
    return joined.where(ErasedCopies.state == DeliveryState.ACCEPTED)
