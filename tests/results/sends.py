"""Puts finished sends into a test's shop, as the campaign tables hold them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from linecrm_desktop.messages.brief import Brief, to_json
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState


def put_send(
    session: Session,
    started_at: datetime | None,
    accepted: Iterable[int] = (),
    kept: Iterable[int] = (),
    left_out: Sequence[tuple[int, str]] = (),
    refused: Sequence[tuple[int, str]] = (),
    brief: Brief | None = None,
    **columns: Any,
) -> int:
    """Add one send with its deliveries and return its id."""
    copies = [(friend, DeliveryState.ACCEPTED, "") for friend in accepted]
    copies += [(friend, DeliveryState.KEPT_BACK, "") for friend in kept]
    copies += [(friend, DeliveryState.LEFT_OUT, why) for friend, why in left_out]
    copies += [(friend, DeliveryState.REFUSED, why) for friend, why in refused]
    usual = {"name": "November", "segment_name": "Serum buyers", "state": CampaignState.DONE, "reach_then": 100}
    frozen = {"segment_rule": {}, "brief": to_json(brief or Brief()), "bubbles": [], "unit": "t1"}
    moments = {"created_at": started_at or datetime.fromisoformat("2026-11-01T00:00+00:00"), "started_at": started_at}
    recipients = sum(state in (DeliveryState.ACCEPTED, DeliveryState.REFUSED) for _, state, _ in copies)
    campaign = Campaign(**(usual | frozen | moments | {"recipients": recipients} | columns))
    session.add(campaign)
    session.flush()
    session.add_all(
        Delivery(campaign_id=campaign.id, friend_id=friend, state=state, why=why, at=started_at)
        for friend, state, why in copies
    )
    session.flush()
    return campaign.id
