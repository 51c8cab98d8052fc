"""Who was never told how to stop: a first marketing message to them must say it."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.messages import blocks
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.friend import Answer, Friend


def never_told(session: Session, friends: Iterable[int]) -> int:
    """Count the friends without a record that they can stop, and without an accepted message that told them how."""
    told = set(session.scalars(select(Friend.id).where(Friend.can_opt_out == Answer.YES)))
    sends = session.execute(select(Campaign.id, Campaign.bubbles, Campaign.others))
    telling = [number for number, first, others in sends if all(map(blocks.has_opt_out, (first, *others)))]
    if telling:
        got = select(Delivery.friend_id).where(
            Delivery.campaign_id.in_(telling), Delivery.state == DeliveryState.ACCEPTED
        )
        told |= set(session.scalars(got))
    return len(set(friends) - told)
