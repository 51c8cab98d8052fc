"""The shop's paths: list, load, save, start, pause, stop. Saving a running path keeps what every friend has had."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import progress
from linecrm_desktop.campaigns.scheduling import PLANNED
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.journeys import due, entering, leaving, steps, turns
from linecrm_desktop.journeys.draft import NAME_MAX, PathDraft, StepDraft
from linecrm_desktop.models.base import JourneyId
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.journey import (
    Journey,
    JourneyEntry,
    JourneyState,
    JourneyStep,
    Left,
)
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments.core import CORE
from linecrm_desktop.text import _


@dataclass(frozen=True, slots=True)
class PathRow:
    """One path in a list. Friends who are kept back are counted in `held` only."""

    id: JourneyId
    name: str
    segment_name: str
    core: str | None
    state: JourneyState
    steps: int
    entered: int
    under_way: int
    held: int
    started_at: datetime | None
    prepared_at: datetime | None
    changed_at: datetime


def all_paths(session: Session) -> list[PathRow]:
    """Return the paths in the order that decides where a friend goes."""
    counts = {journey: (entered, here, held) for journey, entered, here, held in session.execute(_friends())}
    live = (JourneyStep.journey_id == Journey.id) & JourneyStep.retired_at.is_(None)
    counted = select(func.count()).select_from(JourneyStep).where(live).scalar_subquery()
    rows = session.execute(
        select(Journey, Segment.name, Segment.core, counted)
        .join(Segment, Segment.id == Journey.segment_id)
        .order_by(Journey.place, Journey.id)
    )
    return [
        PathRow(
            *(JourneyId(row.id), row.name, segment, core, row.state, of_steps),
            *counts.get(row.id, (0, 0, 0)),
            *(row.started_at, row.prepared_at, row.changed_at),
        )
        for row, segment, core, of_steps in rows
    ]


def load(session: Session, journey_id: int) -> PathDraft:
    """Return a path as a draft. Raises ShopError when it is gone."""
    row = row_of(session, journey_id)
    live = session.scalars(
        select(JourneyStep)
        .where(JourneyStep.journey_id == journey_id, JourneyStep.retired_at.is_(None))
        .order_by(JourneyStep.place)
    )
    return PathDraft(
        name=row.name,
        segment_id=row.segment_id,
        steps=tuple(
            StepDraft(one.message_id, one.wait_days, one.send_from, one.only_segment_id, one.only_inside, one.id)
            for one in live
        ),
        keep_back=row.keep_back,
        end_days=row.end_days,
        leaves_bought=row.leaves_bought,
        leaves_quiet=row.leaves_quiet,
        exit_segment_id=row.exit_segment_id,
    )


def save(session: Session, draft: PathDraft, day: ShopDay, now: datetime, journey_id: int | None = None) -> JourneyId:
    """Keep a path, new or changed. Raises ShopError with the first thing that is missing.

    Of a changed path, steps that are not in the draft any more are taken out: friends who have not had them skip them.
    """
    missing = draft.problems()
    if missing:
        raise ShopError(missing[0], _("Nothing was changed."))
    name = " ".join(draft.name.split())[:NAME_MAX]
    _refuse_twin(session, name, journey_id)
    row = row_of(session, journey_id) if journey_id is not None else _new(session, draft, now)
    _refuse_other_entrance(row, draft)
    row.name, row.segment_id, row.keep_back = name, draft.segment_id or 0, draft.keep_back
    row.end_days, row.leaves_bought, row.leaves_quiet = draft.end_days, draft.leaves_bought, draft.leaves_quiet
    row.exit_segment_id, row.changed_at = draft.exit_segment_id, now
    session.add(row)
    session.flush()
    steps.save(session, row.id, draft.steps, day, now)
    turns.plan(session, row.id, day, now)
    return JourneyId(row.id)


def start(session: Session, journey_id: int, day: ShopDay, now: datetime, *, only_new: bool = False) -> None:
    """Let a draft or paused path run; `only_new` takes nobody in who is in its segment now.

    Raises ShopError while it has no step, or after it was stopped.
    """
    row = row_of(session, journey_id)
    if row.state is JourneyState.STOPPED:
        raise ShopError(_("This path was stopped for good."), _("Make a new path."))
    missing = load(session, journey_id).problems()
    if missing:
        raise ShopError(missing[0], _("Nothing was started."))
    if not any(stop.is_live for stop in turns.stops(session, journey_id)):
        raise ShopError(_("This path has no step."), _("Add one under Edit steps, then start it."))
    begins, row.started_at = row.started_at is None, row.started_at or now
    row.state, row.changed_at = JourneyState.RUNNING, now
    session.flush()
    if only_new and begins:
        entering.leave_out(session, row, day, now)
    due.prepare(session, day, now)


def pause(session: Session, journey_id: int, day: ShopDay, now: datetime) -> None:
    """Let a running path rest: nothing of it is due, and what was approved and has not left goes back."""
    row = row_of(session, journey_id)
    if row.state is JourneyState.RUNNING:
        row.state, row.changed_at = JourneyState.PAUSED, now
        _take_back(session, journey_id, day, now)


def stop(session: Session, journey_id: int, day: ShopDay, now: datetime) -> None:
    """End a path for good: everybody leaves it. What each friend had stays written down."""
    row = row_of(session, journey_id)
    row.state, row.changed_at = JourneyState.STOPPED, now
    _take_back(session, journey_id, day, now)
    walking = select(JourneyEntry.id).where(JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None))
    leaving.let_go(session, list(session.scalars(walking)), Left.STOPPED, now)


def delete(session: Session, journey_id: int) -> None:
    """Delete a path that nobody has ever walked. Raises ShopError for any other."""
    row = row_of(session, journey_id)
    if row.started_at is not None:
        raise ShopError(_("Friends have walked this path, so it is kept."), _("You can stop it."))
    session.delete(row)
    session.flush()


def row_of(session: Session, journey_id: int) -> Journey:
    """Return the row of a path. Raises ShopError when it is gone."""
    row = session.get(Journey, journey_id)
    if row is None:
        raise ShopError(_("This path was deleted."), _("Choose another one."))
    return row


def _friends() -> Select[*tuple[int, int, int, int]]:
    here, held = JourneyEntry.left_at.is_(None), JourneyEntry.is_held
    walked = func.coalesce(JourneyEntry.why, "") != Left.BEFORE
    return select(
        JourneyEntry.journey_id,
        func.count().filter(walked, ~held),
        func.count().filter(here, ~held),
        func.count().filter(held),
    ).group_by(JourneyEntry.journey_id)


def _new(session: Session, draft: PathDraft, now: datetime) -> Journey:
    """Make the row of a new path. Those of the core segments come first, in their order, then the others as made."""
    core = session.scalars(select(Segment.core).where(Segment.id == draft.segment_id)).first()
    order = [one.key for one in CORE]
    last = session.scalars(select(func.max(Journey.place))).one() or 0
    place = order.index(core) if core in order else max(last, len(order)) + 1
    return Journey(place=place, salt=str(uuid.uuid4()), state=JourneyState.DRAFT, created_at=now)


def _refuse_twin(session: Session, name: str, journey_id: int | None) -> None:
    twin = session.scalars(select(Journey.id).where(Journey.name == name)).first()
    if twin is not None and twin != journey_id:
        raise ShopError(_("There is a path “{name}” already.").format(name=name), _("Choose another name."))


def _refuse_other_entrance(row: Journey, draft: PathDraft) -> None:
    if row.started_at is not None and row.segment_id != draft.segment_id:
        raise ShopError(
            _("The path has begun, so its entrance cannot be another segment."),
            _("Nothing was changed. Make a new path for another segment."),
        )


def _take_back(session: Session, journey_id: int, day: ShopDay, now: datetime) -> None:
    """Stop approved sends of a path that have not begun, and put their friends back into the queue."""
    mine = select(JourneyStep.id).where(JourneyStep.journey_id == journey_id)
    chosen = select(Campaign.id).where(Campaign.journey_step_id.in_(mine), Campaign.state.in_(PLANNED))
    for campaign in session.scalars(chosen).all():
        progress.stop(session, campaign, now)
    session.flush()
    turns.settle(session, journey_id, day, now)


def segment_name(session: Session, segment_id: int | None) -> str:
    """Return what a segment is called; nothing where there is none."""
    return session.scalars(select(Segment.name).where(Segment.id == segment_id)).first() or ""
