"""One path looked at: its steps with what became of them, who is on it, who left and why."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.journeys import library, turns
from linecrm_desktop.journeys.draft import PathDraft
from linecrm_desktop.models.journey import JourneyEntry, JourneyState, JourneyStep, JourneyTurn, Left, TurnState
from linecrm_desktop.models.message import Message
from linecrm_desktop.text import N_, _, number

_STATES = {
    JourneyState.DRAFT: N_("Draft"),
    JourneyState.RUNNING: N_("Running"),
    JourneyState.PAUSED: N_("Paused"),
    JourneyState.STOPPED: N_("Stopped"),
}
_LEFT = {
    Left.BOUGHT: N_("orders"),
    Left.REFUSED: N_("refuses marketing"),
    Left.BLOCKED: N_("blocks us"),
    Left.QUIET: N_("does nothing after two messages"),
    Left.OWN_RULE: N_("comes into a segment"),
    Left.DONE: N_("walked it to the end"),
    Left.STOPPED: N_("the path was stopped"),
    Left.BEFORE: N_("was there before it began"),
}


@dataclass(frozen=True, slots=True)
class StepLook:
    """One step with what became of it; friends who are kept back are not counted."""

    id: int
    message_id: int | None
    message: str
    wait_days: int
    send_from: int | None
    has_condition: bool
    sent: int
    approved: int
    waiting: int
    """Friends for whom it comes next, whether they are due or not."""
    skipped: dict[str, int] = field(default_factory=dict[str, int])
    """By the code of the reason."""


@dataclass(frozen=True, slots=True)
class Look:
    """One path."""

    id: int
    draft: PathDraft
    state: JourneyState
    segment_name: str
    exit_name: str
    steps: tuple[StepLook, ...]
    entered: int
    under_way: int
    held: int
    left: dict[Left, int]
    """Everybody but those kept back and those who were there before it began."""
    started_at: datetime | None
    prepared_at: datetime | None


def state_words(state: JourneyState) -> str:
    """Name the state of a path."""
    return _(_STATES[state])


def left_words(why: Left) -> str:
    """Say, behind "leaves the path when a friend", why friends leave."""
    return _(_LEFT[why])


def skipped_words(step: StepLook) -> tuple[str, ...]:
    """Say how many friends skipped a step, one sentence for each reason."""
    words = _("{n} friends. {why}")
    return tuple(
        words.format(n=number(friends), why=turns.skipped_sentence(why))
        for why, friends in sorted(step.skipped.items())
    )


def look(session: Session, journey_id: int) -> Look:
    """Count one path. Raises ShopError when it is gone."""
    draft = library.load(session, journey_id)
    row = next(one for one in library.all_paths(session) if one.id == journey_id)
    left: dict[Left, int] = dict.fromkeys((Left.BOUGHT, Left.REFUSED, Left.BLOCKED, Left.QUIET, Left.OWN_RULE), 0)
    for why, friends in session.execute(
        select(JourneyEntry.why, func.count())
        .where(JourneyEntry.journey_id == journey_id, ~JourneyEntry.is_held, JourneyEntry.left_at.is_not(None))
        .group_by(JourneyEntry.why)
    ):
        if why is not None and why is not Left.BEFORE:
            left[why] = friends
    return Look(
        id=journey_id,
        draft=draft,
        state=row.state,
        segment_name=row.segment_name,
        exit_name=library.segment_name(session, draft.exit_segment_id),
        steps=_steps(session, journey_id),
        entered=row.entered,
        under_way=row.under_way,
        held=row.held,
        left=left,
        started_at=row.started_at,
        prepared_at=row.prepared_at,
    )


def _steps(session: Session, journey_id: int) -> tuple[StepLook, ...]:
    states: defaultdict[int, Counter[TurnState]] = defaultdict(Counter)
    skipped: defaultdict[int, dict[str, int]] = defaultdict(dict)
    counted = session.execute(
        select(JourneyTurn.step_id, JourneyTurn.state, JourneyTurn.why, func.count())
        .join(JourneyEntry, JourneyEntry.id == JourneyTurn.entry_id)
        .where(JourneyEntry.journey_id == journey_id, ~JourneyEntry.is_held)
        .group_by(JourneyTurn.step_id, JourneyTurn.state, JourneyTurn.why)
    )
    for step, state, why, friends in counted:
        states[step][state] += friends
        if state is TurnState.SKIPPED:
            skipped[step][why] = friends
    here = (JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None), ~JourneyEntry.is_held)
    coming = select(JourneyEntry.next_step_id, func.count()).where(*here).group_by(JourneyEntry.next_step_id)
    waiting = {step: friends for step, friends in session.execute(coming)}
    rows = session.execute(
        select(JourneyStep, Message.name)
        .outerjoin(Message, Message.id == JourneyStep.message_id)
        .where(JourneyStep.journey_id == journey_id, JourneyStep.retired_at.is_(None))
        .order_by(JourneyStep.place)
    )
    return tuple(
        StepLook(
            *(step.id, step.message_id, name or "", step.wait_days, step.send_from, step.only_segment_id is not None),
            *(states[step.id][TurnState.SENT], states[step.id][TurnState.APPROVED]),
            *(waiting.get(step.id, 0), skipped[step.id]),
        )
        for step, name in rows
    )
