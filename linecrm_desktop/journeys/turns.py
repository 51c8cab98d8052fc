"""What became of each step for each friend: sends settle what was approved, then the next step is planned.

Only what LINE took, or may have taken, counts as sent. A copy that never left goes back into the queue; one that can
never leave is skipped, with the reason kept.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Select, delete, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns.states import Why, why_sentence
from linecrm_desktop.channels import accounts
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys.path import Had, Skipped, Stop, following
from linecrm_desktop.models.campaign import Campaign, CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyStep, JourneyTurn, TurnState
from linecrm_desktop.text import N_, _

_BATCH = 5000
_Some = TypeVar("_Some")
_PLAIN = {"synchronize_session": False}
AGAIN = frozenset({Why.CAPPED, Why.BLOCKED, Why.REFUSED, Why.STOPPED})
"""Reasons that may pass, or that end the path by themselves: the step is not skipped for them."""
_SENTENCES = {
    Skipped.CONDITION: N_("Skipped: the step’s condition did not hold on the day it was due."),
    Skipped.BEHIND: N_("Skipped: it was put into the path before a step that this friend had had already."),
    Skipped.RETIRED: N_("Skipped: it was taken out of the path before this friend’s turn."),
}


def batches(items: Iterable[_Some]) -> Iterator[list[_Some]]:
    """Yield items in lists that are short enough for one statement."""
    rest = iter(items)
    while some := list(islice(rest, _BATCH)):
        yield some


def skipped_sentence(code: str) -> str:
    """Say why a step was skipped."""
    if code in tuple(Skipped):
        return _(_SENTENCES[Skipped(code)])
    return why_sentence(code)


def stops(session: Session, journey_id: int) -> list[Stop]:
    """Return all steps of a path in its order, those that were taken out among them."""
    rows = session.execute(
        select(JourneyStep.id, JourneyStep.wait_days, JourneyStep.retired_at)
        .where(JourneyStep.journey_id == journey_id)
        .order_by(JourneyStep.place, JourneyStep.id)
    )
    return [Stop(step, wait, retired is None) for step, wait, retired in rows]


def first_stop(session: Session, journey_id: int) -> Stop | None:
    """Return the first step of a path that was not taken out."""
    return next((stop for stop in stops(session, journey_id) if stop.is_live), None)


def through(session: Session, journey_id: int) -> int | None:
    """Return the LINE account of the first message of a path: whoever it cannot reach neither enters nor stays."""
    first = first_stop(session, journey_id)
    message = session.get_one(JourneyStep, first.id).message_id if first is not None else None
    return accounts.of_message(session, message)


def settle(session: Session, journey_id: int, day: ShopDay, now: datetime) -> None:
    """Write down what became of the approved steps whose copies have had their turn, and plan what follows."""
    touched: set[int] = set()
    later: dict[int, date] = {}
    for entry, step, approved, state, why, at, started, stands, retired in session.execute(_approved(journey_id)).all():
        found = _became(state, why, at or now, started, stopped=stands is CampaignState.STOPPED)
        if found is None:
            continue
        touched.add(entry)
        became, reason, when = found
        if became is None and retired is not None:
            became, reason, when = TurnState.SKIPPED, Skipped.RETIRED, now
        mine = (JourneyTurn.entry_id == entry, JourneyTurn.step_id == step)
        if became is None:
            session.execute(delete(JourneyTurn).where(*mine), execution_options=_PLAIN)
            later[entry] = max(approved + timedelta(days=1), day.today)
        else:
            values = {"state": became, "why": str(reason), "at": when, "day": day.local(when).date()}
            session.execute(update(JourneyTurn).where(*mine).values(values), execution_options=_PLAIN)
    plan(session, journey_id, day, now, touched)
    put_off(session, later)


def _approved(journey_id: int) -> Select[*tuple[Any, ...]]:
    """Choose the approved steps of a path, with what their sends say of each friend."""
    copy = (Delivery.campaign_id == JourneyTurn.campaign_id) & (Delivery.friend_id == JourneyEntry.friend_id)
    of_turn = (JourneyTurn.entry_id, JourneyTurn.step_id, JourneyTurn.day)
    of_copy = (Delivery.state, Delivery.why, Delivery.at)
    return (
        select(*of_turn, *of_copy, Campaign.started_at, Campaign.state, JourneyStep.retired_at)
        .select_from(JourneyTurn)
        .join(JourneyEntry, JourneyEntry.id == JourneyTurn.entry_id)
        .join(JourneyStep, JourneyStep.id == JourneyTurn.step_id)
        .join(Campaign, Campaign.id == JourneyTurn.campaign_id)
        .join(Delivery, copy)
        .where(JourneyEntry.journey_id == journey_id, JourneyTurn.state == TurnState.APPROVED)
    )


def _became(
    state: DeliveryState, why: str, at: datetime, started: datetime | None, *, stopped: bool
) -> tuple[TurnState | None, str, datetime] | None:
    """Return what became of a copy, why and when; no state: it goes back into the queue; None: not over yet."""
    match state:
        case DeliveryState.ACCEPTED | DeliveryState.IN_DOUBT:
            return TurnState.SENT, "", at
        case DeliveryState.KEPT_BACK if started is not None:
            return TurnState.KEPT_BACK, "", started
        case DeliveryState.KEPT_BACK:
            return (None, "", at) if stopped else None
        case DeliveryState.WAITING | DeliveryState.HANDED_OVER:
            return None
        case _:
            return (None if why in AGAIN else TurnState.SKIPPED), why, at


def plan(
    session: Session, journey_id: int, day: ShopDay, now: datetime, entries: Collection[int] | None = None
) -> None:
    """Work out what comes next for friends on a path, or for some of them; what now lies behind them is skipped."""
    journey, order = session.get_one(Journey, journey_id), stops(session, journey_id)
    for some in batches(sorted(_active(session, journey_id, entries).items())):
        found = dict(some)
        had, waiting = _had(session, found)
        rows: list[dict[str, object]] = []
        behind: list[tuple[int, int]] = []
        for entry, entered in found.items():
            coming = following(order, had[entry], day.local(entered).date(), journey.end_days)
            known = {step for step, turn in had[entry].items() if turn.why == Skipped.BEHIND}
            behind += ((entry, step) for step in coming.behind if step not in known)
            _forget(session, entry, known - set(coming.behind))
            if entry in waiting:
                rows.append({"id": entry, "next_step_id": waiting[entry], "due_on": None})
            else:
                rows.append({"id": entry, "next_step_id": coming.step, "due_on": coming.due_on})
        if rows:
            session.execute(update(JourneyEntry), rows)
        skip(session, behind, Skipped.BEHIND, day.today, now)


def _forget(session: Session, entry: int, steps: Collection[int]) -> None:
    """Take back that steps lie behind a friend: what stood before them did not leave after all."""
    if steps:
        mine = (JourneyTurn.entry_id == entry, JourneyTurn.step_id.in_(steps), JourneyTurn.why == Skipped.BEHIND)
        session.execute(delete(JourneyTurn).where(*mine), execution_options=_PLAIN)


def skip(session: Session, turns: Iterable[tuple[int, int]], why: str, on: date, now: datetime) -> None:
    """Write down that friends (by entry) skip steps."""
    write(session, turns, {"state": TurnState.SKIPPED, "why": str(why), "campaign_id": None, "day": on, "at": now})


def write(session: Session, turns: Iterable[tuple[int, int]], told: dict[str, Any]) -> None:
    """Write down the same for many turns, each an entry and a step."""
    usual = {"why": "", "campaign_id": None}
    for some in batches(turns):
        session.execute(
            insert(JourneyTurn), [usual | told | {"entry_id": entry, "step_id": step} for entry, step in some]
        )


def put_off(session: Session, days: dict[int, date]) -> None:
    """Let what comes next for friends (by entry) wait at least until a day."""
    for some in batches(sorted(days)):
        rows = session.execute(select(JourneyEntry.id, JourneyEntry.due_on).where(JourneyEntry.id.in_(some))).all()
        changed = [{"id": entry, "due_on": max(due, days[entry])} for entry, due in rows if due is not None]
        if changed:
            session.execute(update(JourneyEntry), changed)


def _active(session: Session, journey_id: int, entries: Collection[int] | None) -> dict[int, datetime]:
    mine = select(JourneyEntry.id, JourneyEntry.entered_at).where(
        JourneyEntry.journey_id == journey_id, JourneyEntry.left_at.is_(None)
    )
    if entries is None:
        return {entry: entered for entry, entered in session.execute(mine)}
    found: dict[int, datetime] = {}
    for some in batches(sorted(entries)):
        found |= {entry: entered for entry, entered in session.execute(mine.where(JourneyEntry.id.in_(some)))}
    return found


def _had(session: Session, entries: Collection[int]) -> tuple[defaultdict[int, dict[int, Had]], dict[int, int]]:
    """Return what friends had, by entry and step, and which step of theirs is approved and not over."""
    had: defaultdict[int, dict[int, Had]] = defaultdict(dict)
    waiting: dict[int, int] = {}
    span = JourneyTurn.entry_id.between(min(entries), max(entries))
    columns = (JourneyTurn.entry_id, JourneyTurn.step_id, JourneyTurn.state, JourneyTurn.day, JourneyTurn.why)
    for entry, step, state, on, why in session.execute(select(*columns).where(span)):
        if entry in entries:
            had[entry][step] = Had(on, why)
            if state is TurnState.APPROVED:
                waiting[entry] = step
    return had, waiting
