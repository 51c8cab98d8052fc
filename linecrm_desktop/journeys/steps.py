"""The steps of a path as they are saved: which are new, which were taken out, and in what order all of them stand.

A row stays what it was. Taking a step out and putting it back is one and the same step, so nobody can get it twice.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import turns
from linecrm_desktop.journeys.draft import StepDraft
from linecrm_desktop.journeys.path import Skipped, reordered
from linecrm_desktop.models.journey import JourneyEntry, JourneyStep, JourneyTurn, TurnState


def save(session: Session, journey_id: int, steps: Sequence[StepDraft], day: ShopDay, now: datetime) -> None:
    """Keep the steps as a person put them; friends who have not had one that is not among them skip it."""
    before = list(
        session.scalars(
            select(JourneyStep).where(JourneyStep.journey_id == journey_id).order_by(JourneyStep.place, JourneyStep.id)
        )
    )
    rows = {row.id: row for row in before}
    were_out = {row.id for row in before if row.retired_at is not None}
    live: list[int] = []
    # A message that was in the path before is the same step again, so that nobody gets it a second time.
    out = {row.message_id: row.id for row in before if row.id in were_out}
    for step in steps:
        row = rows.get(step.id or out.get(step.message_id) or 0)
        if row is None:
            row = JourneyStep(journey_id=journey_id, place=0, created_at=now)
            session.add(row)
        row.message_id, row.wait_days, row.send_from = step.message_id, step.wait_days, step.send_from
        row.only_segment_id, row.only_inside = step.only_segment_id, step.only_inside
        row.retired_at = None
        session.flush()
        rows[row.id] = row
        live.append(row.id)
    for row in before:
        if row.id not in live and row.retired_at is None:
            row.retired_at = now
            _skip_retired(session, row, day, now)
    _bring_back(session, were_out & set(live))
    for place, step_id in enumerate(reordered([row.id for row in before], were_out - set(live), live)):
        rows[step_id].place = place
    session.flush()


def _skip_retired(session: Session, step: JourneyStep, day: ShopDay, now: datetime) -> None:
    """Write down that friends who have not had a step will not get it."""
    had = select(JourneyTurn.entry_id).where(JourneyTurn.step_id == step.id)
    waiting = select(JourneyEntry.id).where(
        JourneyEntry.journey_id == step.journey_id, JourneyEntry.left_at.is_(None), JourneyEntry.id.not_in(had)
    )
    entries = list(session.scalars(waiting))
    turns.skip(session, ((entry, step.id) for entry in entries), Skipped.RETIRED, day.today, now)


def _bring_back(session: Session, steps: set[int]) -> None:
    """Let friends have a step after all who skipped it because it was out of the path: nothing of it was sent."""
    skipped = (JourneyTurn.state == TurnState.SKIPPED, JourneyTurn.why == Skipped.RETIRED)
    gone = delete(JourneyTurn).where(JourneyTurn.step_id.in_(steps), *skipped)
    session.execute(gone, execution_options={"synchronize_session": False})
