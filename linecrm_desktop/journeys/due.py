"""The run-sheet: each day says which step is due for whom; a person approves it, or nobody gets anything.

There is no server. Whatever could not be approved or sent on its day is due again on the next one; a friend gets one
step a day at most, so nothing is made up for in a burst.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience, progress
from linecrm_desktop.campaigns.audience import Reach, Sieve
from linecrm_desktop.campaigns.scheduling import PLANNED
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import entering, leaving, turns
from linecrm_desktop.journeys.path import Skipped
from linecrm_desktop.journeys.summary import due_friends
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyStep, TurnState
from linecrm_desktop.models.message import Message
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import AllOf, InSegment
from linecrm_desktop.settings.quiet_hours import QuietHours
from linecrm_desktop.text import _, ngettext, number


@dataclass(frozen=True, slots=True)
class Line:
    """One step that is due today for some friends."""

    journey_id: int
    journey_name: str
    step_id: int
    number: int
    """Its place among the steps of the path, from 1."""
    wait_days: int
    message_id: int | None
    message_name: str
    due: int
    """Friends whose turn it is, without those who are kept back."""
    held: int
    overdue: int
    """Of those due, how many were due on a day before."""
    reach: Reach
    send_from: int | None

    @property
    def recipients(self) -> int:
        return self.reach.reachable

    @property
    def taken_out(self) -> int:
        return self.due - self.recipients

    @property
    def why_today(self) -> str:
        """Say why it is due today."""
        if self.number == 1:
            words = ngettext("{n} day after entering", "{n} days after entering", self.wait_days)
            return words.format(n=number(self.wait_days)) if self.wait_days else _("on the day of entering")
        words = ngettext("{n} day after step {step}", "{n} days after step {step}", self.wait_days)
        return words.format(n=number(self.wait_days), step=number(self.number - 1))


@dataclass(frozen=True, slots=True)
class Coming:
    """How many friends are due on a later day, by path."""

    on: date
    by_path: dict[int, int]

    @property
    def friends(self) -> int:
        return sum(self.by_path.values())


def prepare(session: Session, day: ShopDay, now: datetime) -> None:
    """Bring all paths up to date: settle what was sent, let friends leave, and once a day let others enter.

    Call it in the morning, before looking, and before approving or sending; a second time changes nothing.
    """
    for journey in session.scalars(select(Journey).order_by(Journey.place, Journey.id)).all():
        _give_up(session, journey.id, day, now)
        turns.settle(session, journey.id, day, now)
        if journey.state not in (JourneyState.RUNNING, JourneyState.PAUSED):
            continue
        leaving.leave(session, journey, day, now)
        if journey.state is JourneyState.RUNNING:
            if journey.prepared_at is None or day.age(journey.prepared_at) > 0:
                entering.enter(session, journey, day, now)
                journey.prepared_at = now
            _ask_conditions(session, journey, day, now)
            _move_held(session, journey, day, now)
    session.flush()


def sheet(session: Session, day: ShopDay, now: datetime) -> list[Line]:
    """Return what is due today, as it stands; call `prepare` first."""
    found: list[Line] = []
    running = select(Journey).where(Journey.state == JourneyState.RUNNING).order_by(Journey.place, Journey.id)
    for journey in session.scalars(running).all():
        cap = segments.cap(session, journey.segment_id)
        counted = _counted(session, journey.id, day)
        steps = _live_steps(session, journey.id)
        for place, (step, message) in enumerate(steps, start=1):
            if step.id not in counted:
                continue
            due, held, overdue = counted[step.id]
            chosen = due_friends(journey.id, day, step.id)
            sieve = Sieve(cap, message.only_informed, message.channel_id) if message is not None else Sieve(cap)
            reach = audience.reach(session, chosen, day, now, sieve)
            name = message.name if message is not None else ""
            found.append(
                Line(
                    *(journey.id, journey.name, step.id, place, step.wait_days, step.message_id, name),
                    *(due, held, overdue, reach, step.send_from),
                )
            )
    return found


def coming(session: Session, day: ShopDay, most: int = 3) -> list[Coming]:
    """Return the next days on which something will be due, as far as it is known today."""
    rows = session.execute(
        select(JourneyEntry.due_on, JourneyEntry.journey_id, func.count())
        .join(Journey, Journey.id == JourneyEntry.journey_id)
        .where(Journey.state == JourneyState.RUNNING, JourneyEntry.left_at.is_(None), ~JourneyEntry.is_held)
        .where(JourneyEntry.next_step_id.is_not(None), JourneyEntry.due_on > day.today)
        .group_by(JourneyEntry.due_on, JourneyEntry.journey_id)
        .order_by(JourneyEntry.due_on)
    )
    days: dict[date, dict[int, int]] = {}
    for on, journey, friends in rows:
        if on is not None:
            days.setdefault(on, {})[journey] = friends
    return [Coming(on, by_path) for on, by_path in list(days.items())[:most]]


def leaves_at(send_from: int | None, quiet: QuietHours, day: ShopDay, now: datetime) -> datetime | None:
    """Return when a step approved now would leave: its time of day if that is still to come; None: at once.

    In the quiet hours of the morning it waits until they are over.
    """
    moment = now
    if send_from is not None:
        at = day.local(now).replace(hour=send_from // 60, minute=send_from % 60, second=0, microsecond=0)
        moment = max(now, at)
    over = quiet.over_at(moment, day)
    if day.local(over).date() == day.today:
        moment = over
    return moment if moment > now else None


def skip_today(session: Session, step_ids: list[int], day: ShopDay) -> dict[int, date]:
    """Move everybody who is due for these steps to tomorrow; return the days before, by entry, for `put_back`."""
    due = (JourneyEntry.next_step_id.in_(step_ids), JourneyEntry.left_at.is_(None), JourneyEntry.due_on <= day.today)
    rows = session.execute(select(JourneyEntry.id, JourneyEntry.due_on).where(*due)).all()
    before = {entry: on for entry, on in rows if on is not None}
    turns.put_off(session, dict.fromkeys(before, tomorrow(day)))
    return before


def tomorrow(day: ShopDay) -> date:
    """Return the local day after this one."""
    return day.today + timedelta(days=1)


def put_back(session: Session, before: dict[int, date]) -> None:
    """Take `skip_today` back for those who are still waiting."""
    for some in turns.batches(sorted(before)):
        for entry in session.scalars(select(JourneyEntry).where(JourneyEntry.id.in_(some))):
            if entry.left_at is None and entry.due_on is not None:
                entry.due_on = before[entry.id]
    session.flush()


def _give_up(session: Session, journey_id: int, day: ShopDay, now: datetime) -> None:
    """Stop what was approved on an earlier day and never began; its friends are due again today."""
    mine = select(JourneyStep.id).where(JourneyStep.journey_id == journey_id)
    begins = day.start_of(day.today)
    chosen = select(Campaign).where(
        Campaign.journey_step_id.in_(mine), Campaign.state.in_(PLANNED), Campaign.due_at < begins
    )
    for campaign in session.scalars(chosen).all():
        progress.stop(session, campaign.id, now)
        campaign.note = _("It did not leave on its day. Its friends are due again.")
    session.flush()


def _ask_conditions(session: Session, journey: Journey, day: ShopDay, now: datetime) -> None:
    """Let those skip a step today for whom its condition does not hold."""
    known = segments.rules(session)
    steps = select(JourneyStep).where(JourneyStep.journey_id == journey.id, JourneyStep.only_segment_id.is_not(None))
    for step in session.scalars(steps.where(JourneyStep.retired_at.is_(None))).all():
        rule = AllOf((InSegment(step.only_segment_id or 0, inside=step.only_inside),))
        if problems(rule, known):
            continue
        fits = audience.members(session, rule, day)
        out = _due(journey.id, step.id, day).where(JourneyEntry.friend_id.not_in(fits))
        entries = list(session.scalars(out))
        turns.skip(session, ((entry, step.id) for entry in entries), Skipped.CONDITION, day.today, now)
        turns.plan(session, journey.id, day, now, entries)


def _move_held(session: Session, journey: Journey, day: ShopDay, now: datetime) -> None:
    """Let those who are kept back go on where nobody else is due for their step: there will be no send to wait for."""
    for step, (due, held, _overdue) in _counted(session, journey.id, day).items():
        if held and not due:
            entries = list(session.scalars(_due(journey.id, step, day)))
            told = {"state": TurnState.KEPT_BACK, "day": day.today, "at": now}
            turns.write(session, ((entry, step) for entry in entries), told)
            turns.plan(session, journey.id, day, now, entries)


def _due(journey_id: int, step_id: int, day: ShopDay) -> Select[int]:
    here = (JourneyEntry.journey_id == journey_id, JourneyEntry.next_step_id == step_id)
    return select(JourneyEntry.id).where(*here, JourneyEntry.left_at.is_(None), JourneyEntry.due_on <= day.today)


def _counted(session: Session, journey_id: int, day: ShopDay) -> dict[int, tuple[int, int, int]]:
    """Count who is due by step: those who would get it, those kept back, and of the former those who waited longer."""
    is_late = (JourneyEntry.due_on < day.today).label("waits_longer")
    rows = session.execute(
        select(JourneyEntry.next_step_id, JourneyEntry.is_held, is_late, func.count())
        .where(JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None))
        .where(JourneyEntry.next_step_id.is_not(None), JourneyEntry.due_on <= day.today)
        .group_by(JourneyEntry.next_step_id, JourneyEntry.is_held, is_late)
    )
    found: dict[int, tuple[int, int, int]] = {}
    for step, is_held, is_late, friends in rows:
        due, held, late = found.get(step or 0, (0, 0, 0))
        if is_held:
            held += friends
        else:
            due, late = due + friends, late + (friends if is_late else 0)
        found[step or 0] = due, held, late
    return found


def _live_steps(session: Session, journey_id: int) -> list[tuple[JourneyStep, Message | None]]:
    rows = session.execute(
        select(JourneyStep, Message)
        .outerjoin(Message, Message.id == JourneyStep.message_id)
        .where(JourneyStep.journey_id == journey_id, JourneyStep.retired_at.is_(None))
        .order_by(JourneyStep.place)
    )
    return [(step, message) for step, message in rows]


def wants_preparing(session: Session, day: ShopDay) -> bool:
    """Whether a running path has not been looked at today."""
    late = or_(Journey.prepared_at.is_(None), Journey.prepared_at < day.start_of(day.today))
    return bool(session.scalar(select(func.count()).where(Journey.state == JourneyState.RUNNING, late)))
