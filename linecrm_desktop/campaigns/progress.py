"""How a send stands: the counts, one line a friend, and the sends that are not over; pausing and stopping too.

Nothing here speaks to LINE; the sender looks at the campaign's state before each request.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.states import Why, again_sentence, why_sentence
from linecrm_desktop.models.base import CampaignId
from linecrm_desktop.models.campaign import Campaign, CampaignState, Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.erasure import ErasedCopies
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.text import _

_ASKING = (CampaignState.HELD, CampaignState.READY, CampaignState.SENDING, CampaignState.PAUSED)
UNFINISHED = (CampaignState.SCHEDULED, *_ASKING)


@dataclass(frozen=True, slots=True)
class Standing:
    """Copies by what became of them. `total` is the number that was typed; kept back and left out stand beside it."""

    accepted: int
    refused: int
    waiting: int
    in_doubt: int
    kept_back: int
    left_out: int
    stopped: int
    total: int
    state: CampaignState
    note: str

    @property
    def done(self) -> int:
        return self.total - self.waiting


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """One friend's copy, for the list under the bar."""

    friend_id: int
    friend_name: str
    state: DeliveryState
    why: str
    """A sentence; empty when there is nothing to say."""
    at: datetime | None
    tries: int
    variant: int = 0
    """From 0; of a friend who gets something."""


@dataclass(frozen=True, slots=True)
class VariantStanding:
    """How far one variant is."""

    done: int
    total: int


def standing(session: Session, campaign_id: int) -> Standing:
    """Count the copies of a send."""
    campaign = session.get_one(Campaign, campaign_id)
    counted = select(Delivery.state, func.count()).where(Delivery.campaign_id == campaign_id).group_by(Delivery.state)
    found = dict(session.execute(counted).all())
    erased = select(ErasedCopies.state, func.sum(ErasedCopies.copies)).group_by(ErasedCopies.state)
    for state, copies in session.execute(erased.where(ErasedCopies.campaign_id == campaign_id)):
        found[state] = found.get(state, 0) + copies
    return Standing(
        accepted=found.get(DeliveryState.ACCEPTED, 0),
        refused=found.get(DeliveryState.REFUSED, 0),
        waiting=found.get(DeliveryState.WAITING, 0) + found.get(DeliveryState.HANDED_OVER, 0),
        in_doubt=found.get(DeliveryState.IN_DOUBT, 0),
        kept_back=found.get(DeliveryState.KEPT_BACK, 0),
        left_out=found.get(DeliveryState.LEFT_OUT, 0),
        stopped=found.get(DeliveryState.STOPPED, 0),
        total=campaign.recipients,
        state=campaign.state,
        note=campaign.note,
    )


def lines(
    session: Session, campaign_id: int, limit: int, only: Collection[DeliveryState] | None = None
) -> list[DeliveryLine]:
    """Return copies whose turn has come, the newest first; `only` names other states to show."""
    mine = (Delivery.campaign_id == campaign_id, Delivery.chunk.is_not(None))
    chosen = Delivery.state.in_(only) if only is not None else Delivery.state.not_in((DeliveryState.WAITING,))
    found = session.execute(
        select(Delivery, Friend.name, Chunk.tries)
        .join(Friend, Friend.id == Delivery.friend_id)
        .outerjoin(Chunk, (Chunk.campaign_id == Delivery.campaign_id) & (Chunk.number == Delivery.chunk))
        .where(*(mine if only is None else mine[:1]), chosen)
        .order_by(Delivery.at.desc(), Delivery.friend_id.desc())
        .limit(limit)
    )
    return [_line(copy, name, tries or 0) for copy, name, tries in found]


def by_variant(session: Session, campaign_id: int) -> list[VariantStanding]:
    """Count the copies of each variant, those that wait and those whose turn has come; one alone is no variant."""
    campaign = session.get_one(Campaign, campaign_id)
    if not campaign.others:
        return []
    nobody = (DeliveryState.KEPT_BACK, DeliveryState.LEFT_OUT)
    counted = select(Delivery.variant, Delivery.state, func.count()).group_by(Delivery.variant, Delivery.state)
    done, total = [0] * (1 + len(campaign.others)), [0] * (1 + len(campaign.others))
    mine = (Delivery.campaign_id == campaign_id, Delivery.state.not_in(nobody))
    for variant, state, copies in session.execute(counted.where(*mine)):
        total[variant] += copies
        done[variant] += 0 if state in (DeliveryState.WAITING, DeliveryState.HANDED_OVER) else copies
    return [VariantStanding(*both) for both in zip(done, total, strict=True)]


def unfinished(session: Session) -> list[CampaignId]:
    """Return the sends that are not over, oldest first; those that only wait for their moment ask nobody yet."""
    found = select(Campaign.id).where(Campaign.state.in_(_ASKING)).order_by(Campaign.id)
    return [CampaignId(campaign) for campaign in session.scalars(found)]


def pause(session: Session, campaign_id: int, now: datetime) -> None:
    """Let the sender end after the request it is at. `now` is there so that pause and stop are called alike."""
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state in (CampaignState.READY, CampaignState.SENDING):
        campaign.state = CampaignState.PAUSED
        campaign.note = _("You paused it. Press Go on to send to the others.")


def stop(session: Session, campaign_id: int, now: datetime) -> None:
    """End a send for good; friends whose turn had not come get nothing.

    A request that is under way is in doubt until its answer comes.
    """
    campaign = session.get_one(Campaign, campaign_id)
    if campaign.state not in UNFINISHED:
        return
    campaign.state, campaign.ended_at = CampaignState.STOPPED, now
    campaign.note = _("You stopped it.")
    copies = update(Delivery).where(Delivery.campaign_id == campaign_id)
    session.execute(
        copies.where(Delivery.state == DeliveryState.WAITING).values(
            state=DeliveryState.STOPPED, why=str(Why.STOPPED), at=now
        )
    )
    session.execute(
        copies.where(Delivery.state == DeliveryState.HANDED_OVER).values(
            state=DeliveryState.IN_DOUBT, why=str(Why.NO_ANSWER), at=now
        )
    )
    chunks = update(Chunk).where(Chunk.campaign_id == campaign_id, Chunk.state == ChunkState.HANDED_OVER)
    session.execute(chunks.values(state=ChunkState.IN_DOUBT))


def _line(copy: Delivery, name: str, tries: int) -> DeliveryLine:
    why = why_sentence(copy.why)
    if copy.state is DeliveryState.ACCEPTED and tries > 1:
        why = again_sentence(tries)
    return DeliveryLine(copy.friend_id, name, copy.state, why, copy.at, tries, copy.variant)
