"""Copies of which nobody can tell whether LINE took them: a person decides, with the facts in front.

A request without an answer goes again with the same key for a day. Later, LINE has forgotten the key: sending again may
give a second copy, and leaving it may mean none. No machine can know which is worse, so none decides.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.outbox import mark, set_aside
from linecrm_desktop.campaigns.states import Why
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.text import _, ngettext, number

_PLAIN = {"synchronize_session": False}
_DECIDABLE = (CampaignState.PAUSED, CampaignState.DONE)


@dataclass(frozen=True, slots=True)
class Doubts:
    """What is known about the copies in doubt that nobody has decided about."""

    copies: int
    requests: int
    first: datetime | None
    """When the first of these requests left; None where that was not kept."""
    last: datetime | None
    tries: int
    """How often they were tried, all together."""


def find(session: Session, campaign_id: int) -> Doubts | None:
    """Return what a person must decide about; None when there is nothing, or the send is under way or was stopped."""
    if session.get_one(Campaign, campaign_id).state not in _DECIDABLE:
        return None
    copies = session.scalars(select(func.count()).select_from(Delivery).where(*_asked(campaign_id))).one()
    if not copies:
        return None
    numbers = select(Delivery.chunk).where(*_asked(campaign_id)).distinct()
    counted = select(
        func.count(),
        func.min(Chunk.first_try_at),
        func.max(Chunk.first_try_at),
        func.coalesce(func.sum(Chunk.tries), 0),
    ).where(Chunk.campaign_id == campaign_id, Chunk.number.in_(numbers))
    requests, first, last, tries = session.execute(counted).one()
    return Doubts(copies, requests, first, last, tries)


def send_again(session: Session, campaign_id: int, now: datetime) -> int:
    """Let copies in doubt wait for a new request with a new key; return how many. The send is paused until it goes on.

    Who has refused since is not asked about: those copies stay in doubt. Raises ShopError when nothing is in doubt.
    """
    _must_find(session, campaign_id)
    _part_from_refused(session, campaign_id, now)
    mine = update(Delivery).where(*_asked(campaign_id))
    copies = session.scalars(select(func.count()).select_from(Delivery).where(*_asked(campaign_id))).one()
    numbers = select(Delivery.chunk).where(*_asked(campaign_id)).distinct()
    fresh = {"state": ChunkState.WAITING, "retry_key": None, "body": None, "first_try_at": None, "tries": 0}
    session.execute(
        update(Chunk)
        .where(Chunk.campaign_id == campaign_id, Chunk.state == ChunkState.IN_DOUBT, Chunk.number.in_(numbers))
        .values(**fresh),
        execution_options=_PLAIN,
    )
    session.execute(mine.values(state=DeliveryState.WAITING, why="", at=now), execution_options=_PLAIN)
    if copies:
        campaign = session.get_one(Campaign, campaign_id)
        campaign.state, campaign.ended_at, campaign.resume_at = CampaignState.PAUSED, None, None
        campaign.note = ngettext(
            "{n} message that was in doubt waits to be sent again. Press Go on.",
            "{n} messages that were in doubt wait to be sent again. Press Go on.",
            copies,
        ).format(n=number(copies))
    return copies


def _part_from_refused(session: Session, campaign_id: int, now: datetime) -> None:
    """Let copies of friends who refused stay in doubt for good, each in a request that is never made again."""
    asked = (
        select(Delivery.chunk, Delivery.friend_id)
        .join(Friend, Friend.id == Delivery.friend_id)
        .where(*_asked(campaign_id), Friend.marketing == Marketing.REFUSED)
    )
    refused: dict[int, list[int]] = {}
    for request, friend in session.execute(asked).all():
        if request is not None:
            refused.setdefault(request, []).append(friend)
    chunks = select(Chunk).where(Chunk.campaign_id == campaign_id, Chunk.number.in_(refused))
    for chunk in session.scalars(chunks).all():
        set_aside(session, chunk, refused[chunk.number], ChunkState.IN_DOUBT)
        mark(session, campaign_id, refused[chunk.number], DeliveryState.IN_DOUBT, now, Why.REFUSED_SINCE)


def leave(session: Session, campaign_id: int, now: datetime) -> int:
    """Leave copies in doubt for good; return how many. Raises ShopError when nothing is in doubt."""
    copies = _must_find(session, campaign_id).copies
    left = update(Delivery).where(*_asked(campaign_id)).values(why=str(Why.LEFT_IN_DOUBT), at=now)
    session.execute(left, execution_options=_PLAIN)
    return copies


def _asked(campaign_id: int) -> tuple[ColumnElement[bool], ...]:
    return (
        Delivery.campaign_id == campaign_id,
        Delivery.state == DeliveryState.IN_DOUBT,
        Delivery.why == str(Why.NO_ANSWER),
    )


def _must_find(session: Session, campaign_id: int) -> Doubts:
    found = find(session, campaign_id)
    if found is None:
        raise ShopError(
            _("There is nothing to decide about this send."),
            _("Messages in doubt can be sent again or left when a send is paused or over, once, and not after a stop."),
        )
    return found
