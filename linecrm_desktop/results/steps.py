"""What each step of a path came to: all sends that carried it together, and whether it works.

A friend gets a step once, so its sends are groups of different people; each is compared within itself.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.journey import Journey, JourneyStep
from linecrm_desktop.models.message import Message
from linecrm_desktop.results.lift import Lift, pooled
from linecrm_desktop.results.outcome import Outcome
from linecrm_desktop.results.totals import Totals, total


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of a path that was sent at least once."""

    step_id: int
    path: str
    place: int | None
    """Which step of the path it is today, from one; None: it was taken out."""
    message: str
    totals: Totals
    lift: Lift
    """The difference over its sends that count the same thing over as many days as the newest does."""


def steps(session: Session, outcomes: Sequence[Outcome]) -> list[StepResult]:
    """Put sends together by the step that they carried, in the order of paths and steps; the newest outcome first."""
    sends = _by_step(session, outcomes)
    rows = session.execute(
        select(JourneyStep, Journey.name, Message.name)
        .join(Journey, Journey.id == JourneyStep.journey_id)
        .outerjoin(Message, Message.id == JourneyStep.message_id)
        .order_by(Journey.place, Journey.id, JourneyStep.place, JourneyStep.id)
    )
    places: defaultdict[int, int] = defaultdict(int)
    found: list[StepResult] = []
    for step, path, message in rows:
        place = None
        if step.retired_at is None:
            place = places[step.journey_id] = places[step.journey_id] + 1
        if mine := sends.get(step.id):
            name = message or mine[0].name
            found.append(StepResult(step.id, path, place, name, total(mine), _together(mine)))
    return found


def _by_step(session: Session, outcomes: Sequence[Outcome]) -> dict[int, list[Outcome]]:
    carried = select(Campaign.id, Campaign.journey_step_id).where(Campaign.journey_step_id.is_not(None))
    step_of = {campaign: step for campaign, step in session.execute(carried)}
    found: defaultdict[int, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        step = step_of.get(one.id)
        if step is not None and one.window is not None:
            found[step].append(one)
    return found


def _together(sends: Sequence[Outcome]) -> Lift:
    """Judge the sends whose metric is that of the newest: shares of different things cannot be added."""
    asked = _question(sends[0])
    return pooled([(one.sent, one.kept) for one in sends if _question(one) == asked])


def _question(one: Outcome) -> tuple[object, ...]:
    return one.brief.metric, one.brief.metric_days
