"""What the sending page shows of one send, read in one go."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import doubts, progress
from linecrm_desktop.campaigns.doubts import Doubts
from linecrm_desktop.campaigns.progress import DeliveryLine, Standing, VariantStanding
from linecrm_desktop.campaigns.scheduling import PLANNED
from linecrm_desktop.models.campaign import Campaign, CampaignState, DeliveryState
from linecrm_desktop.text import N_, _, number

LINES = 500
"""Newest copies on the screen; the saved list has all."""
SHOWN: tuple[tuple[DeliveryState, ...] | None, ...] = (
    None,
    (DeliveryState.REFUSED, DeliveryState.IN_DOUBT, DeliveryState.STOPPED),
    (DeliveryState.KEPT_BACK,),
    (DeliveryState.LEFT_OUT,),
)
"""Which copies each choice over the list shows."""
STATES = {
    CampaignState.SCHEDULED: N_("Scheduled"),
    CampaignState.HELD: N_("Waits for you"),
    CampaignState.READY: N_("Ready to send"),
    CampaignState.SENDING: N_("Sending"),
    CampaignState.PAUSED: N_("Paused"),
    CampaignState.DONE: N_("Sent"),
    CampaignState.STOPPED: N_("Stopped"),
}


@dataclass(frozen=True, slots=True)
class SendFacts:
    """One send as it stands."""

    id: int
    name: str
    started_at: datetime | None
    is_practice: bool
    standing: Standing
    lines: tuple[DeliveryLine, ...]
    due_at: datetime | None = None
    doubts: Doubts | None = None
    """What a person has to decide; None: nothing."""
    variants: tuple[VariantStanding, ...] = ()
    """Of a send with several."""

    @property
    def is_planned(self) -> bool:
        """Whether it waits for its moment, or for a person after it."""
        return self.standing.state in PLANNED

    @property
    def is_over(self) -> bool:
        return self.standing.state in (CampaignState.DONE, CampaignState.STOPPED)

    @property
    def not_sent(self) -> int:
        return self.standing.refused + self.standing.in_doubt + self.standing.stopped


def read(session: Session, campaign_id: int, shown: int) -> SendFacts:
    """Read a send; `shown` is the choice over the list."""
    campaign = session.get_one(Campaign, campaign_id)
    return SendFacts(
        campaign.id,
        campaign.name,
        campaign.started_at,
        campaign.is_practice,
        progress.standing(session, campaign_id),
        tuple(progress.lines(session, campaign_id, LINES, only=SHOWN[shown])),
        campaign.due_at,
        doubts.find(session, campaign_id),
        tuple(progress.by_variant(session, campaign_id)),
    )


def time_left(facts: SendFacts, now: datetime) -> str:
    """Say how long the rest takes at the speed so far; empty while nobody can say."""
    done, waiting = facts.standing.done, facts.standing.waiting
    if facts.started_at is None or done == 0 or waiting == 0:
        return ""
    seconds = max(1.0, (now - facts.started_at).total_seconds()) / done * waiting
    if seconds < 60:
        return _("about {n} seconds left").format(n=number(max(1, round(seconds))))
    return _("about {n} minutes left").format(n=number(round(seconds / 60)))
