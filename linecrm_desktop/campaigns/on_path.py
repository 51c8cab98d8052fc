"""A send that carries one step of a path: to the friends who are due, not to a whole segment.

The gate, the freeze and the sender stay the same; only who is asked about, and who is kept back, come from the path.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyStep
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class OnPath:
    """Whom a step is for today."""

    step_id: int
    path: str
    """The path's name."""
    segment_id: int
    """Where friends enter; its own frequency cap holds for the path too."""
    due: Select[int]
    """Friends whose turn it is, as one SELECT of ids."""
    held: frozenset[int]
    """Those of them who get nothing on the whole path."""
    keep_back: int
    """Percent of all who enter who are held."""
    send_at: datetime | None
    """When it is to leave; None: at once."""


def changed_path(session: Session, campaign: Campaign) -> str:
    """Say that a person paused, stopped or changed the path after its step was approved; else nothing."""
    step = session.get(JourneyStep, campaign.journey_step_id)
    if step is None or step.retired_at is not None:
        return _("The step was taken out of its path.")
    journey = session.get_one(Journey, step.journey_id)
    if journey.state is not JourneyState.RUNNING:
        return _("The path “{path}” is not running any more.").format(path=journey.name)
    return ""


def left_path(session: Session, campaign_id: int, friends: Collection[int]) -> set[int]:
    """Return those of some friends who left the path whose step a send carries; nobody where it carries none."""
    step = session.scalars(select(Campaign.journey_step_id).where(Campaign.id == campaign_id)).one()
    if step is None or not friends:
        return set()
    journey = select(JourneyStep.journey_id).where(JourneyStep.id == step).scalar_subquery()
    gone = select(JourneyEntry.friend_id).where(JourneyEntry.journey_id == journey, JourneyEntry.left_at.is_not(None))
    span = JourneyEntry.friend_id.between(min(friends), max(friends))
    return set(session.scalars(gone.where(span))) & set(friends)
