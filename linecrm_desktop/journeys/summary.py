"""What other screens say of journeys: what waits for approval today, and how the core segments' paths stand.

Reads kept rows only: nobody is taken in or out by looking. It costs one count for each running path, and one more
where its messages go through different accounts or to informed friends only.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.audience import Sieve
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.base import JourneyId
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyStep
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import library as segments


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person's approval today."""

    friends: int = 0
    """Messages that would leave: friends who are due and can be written to."""
    steps: int = 0
    paths: int = 0


@dataclass(frozen=True, slots=True)
class CorePath:
    """How the path of one core segment stands."""

    core: str
    id: JourneyId
    name: str
    state: JourneyState
    steps: int
    started_at: datetime | None
    changed_at: datetime


def waiting(session: Session, day: ShopDay, now: datetime) -> Waiting:
    """Count what is due today on running paths and not approved yet."""
    friends = steps = paths = 0
    running = select(Journey.id, Journey.segment_id).where(Journey.state == JourneyState.RUNNING)
    for journey, segment in session.execute(running).all():
        ways = _due_steps(session, journey, day)
        cap = segments.cap(session, segment) if ways else None
        for (only_informed, through), due_steps in ways.items():
            due = due_friends(journey, day).where(JourneyEntry.next_step_id.in_(due_steps))
            friends += audience.reach(session, due, day, now, Sieve(cap, only_informed, through)).reachable
            steps += len(due_steps)
        paths += bool(ways)
    return Waiting(friends, steps, paths)


def _due_steps(session: Session, journey: int, day: ShopDay) -> dict[tuple[bool, int | None], list[int]]:
    """Return the steps of a path that are due, by what their messages ask of friends: being informed, an account."""
    due = due_friends(journey, day).with_only_columns(JourneyEntry.next_step_id)
    rows = session.execute(
        select(JourneyStep.id, Message.only_informed, Message.channel_id)
        .outerjoin(Message, Message.id == JourneyStep.message_id)
        .where(JourneyStep.id.in_(due))
    )
    found: dict[tuple[bool, int | None], list[int]] = {}
    for step, only_informed, through in rows:
        found.setdefault((bool(only_informed), through), []).append(step)
    return found


def core_paths(session: Session) -> dict[str, CorePath]:
    """Return the path of each core segment that has one, by the segment's key; of several, the one furthest on."""
    live = (JourneyStep.journey_id == Journey.id) & JourneyStep.retired_at.is_(None)
    counted = select(func.count()).select_from(JourneyStep).where(live).scalar_subquery()
    found = session.execute(
        select(Segment.core, Journey, counted)
        .join(Segment, Segment.id == Journey.segment_id)
        .where(Segment.core.is_not(None))
        .order_by(Journey.place)
    )
    paths = [
        CorePath(core or "", JourneyId(row.id), row.name, row.state, steps, row.started_at, row.changed_at)
        for core, row, steps in found
    ]
    order = (JourneyState.RUNNING, JourneyState.PAUSED, JourneyState.DRAFT, JourneyState.STOPPED)
    return {path.core: path for path in sorted(paths, key=lambda path: order.index(path.state), reverse=True)}


def last_changed(session: Session) -> datetime | None:
    """Return when a person last started, stopped or changed a path."""
    return session.scalars(select(Journey.changed_at).order_by(Journey.changed_at.desc())).first()


def due_friends(journey_id: int, day: ShopDay, step_id: int | None = None) -> Select[int]:
    """Return the friends of a path whose next step is due and who are not kept back, as one SELECT of ids."""
    due = (JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None), ~JourneyEntry.is_held)
    now_due = select(JourneyEntry.friend_id).where(
        *due, JourneyEntry.next_step_id.is_not(None), JourneyEntry.due_on <= day.today
    )
    return now_due if step_id is None else now_due.where(JourneyEntry.next_step_id == step_id)
