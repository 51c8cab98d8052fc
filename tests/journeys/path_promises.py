"""What was promised of paths, asked of what the practice LINE really took and of what the shop file says of it."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.journeys import turns
from linecrm_desktop.models.campaign import Campaign, Delivery
from linecrm_desktop.models.journey import JourneyEntry, JourneyStep, JourneyTurn, TurnState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.quiet_hours import QuietHours
from tests.journeys.path_life import Life


@dataclass(frozen=True)
class Copy:
    """One copy that reached a person."""

    at: datetime
    day: date
    friend: int
    user: str
    campaign: int
    step: int | None


def broken(life: Life) -> Counter[str]:
    """Return how often each promise was broken; nothing: never."""
    found: Counter[str] = Counter()
    with life.database.read() as session:
        ledger = _ledger(life, session)
        _of_everybody(life, session, ledger, found)
        entries = {(row.journey_id, row.friend_id): row for row in session.scalars(select(JourneyEntry))}
        steps = {row.id: row for row in session.scalars(select(JourneyStep))}
        _of_paths(life, ledger, entries, steps, found)
        _of_rows(session, ledger, entries, steps, found)
    return +found


def count(life: Life) -> dict[str, int]:
    """Return what happened, for a person to read."""
    with life.database.read() as session:
        ledger = _ledger(life, session)
        states = Counter(str(turn.state) for turn in session.scalars(select(JourneyTurn)))
        left = Counter(str(entry.why) for entry in session.scalars(select(JourneyEntry)) if entry.why)
        entered = len(session.scalars(select(JourneyEntry.id)).all())
    told = {"friends": len(life.friends), "entered": entered}
    told |= {"copies of steps": sum(copy.step is not None for copy in ledger), "other copies": 0}
    told["other copies"] = len(ledger) - told["copies of steps"]
    told |= {f"turns {state}": number for state, number in sorted(states.items())}
    told |= {f"left: {why}": number for why, number in sorted(left.items())}
    return told | dict(sorted(life.seen.items()))


def _ledger(life: Life, session: Session) -> list[Copy]:
    rows = session.execute(select(Campaign.unit, Campaign.id, Campaign.journey_step_id))
    of_unit = {unit: (campaign, step) for unit, campaign, step in rows}
    who = select(Delivery.campaign_id, Delivery.line_user_id, Delivery.friend_id)
    friends = {(campaign, user): friend for campaign, user, friend in session.execute(who)}
    found: list[Copy] = []
    for taken in life.world.taken:
        campaign, step = of_unit[taken.unit]
        day = life.day.local(taken.at).date()
        found += (Copy(taken.at, day, friends[campaign, user], user, campaign, step) for user in taken.people)
    return found


def _of_everybody(life: Life, session: Session, ledger: list[Copy], found: Counter[str]) -> None:
    shop = session.scalars(select(Shop)).one()
    quiet = QuietHours(shop.quiet_from, shop.quiet_to)
    days: defaultdict[int, list[date]] = defaultdict(list)
    for copy in ledger:
        found["in quiet hours"] += quiet.hold(life.day.local(copy.at))
        found["after a refusal"] += life.refused_at.get(copy.friend, copy.at) < copy.at
        days[copy.friend].append(copy.day)
    for received in days.values():
        for place in range(len(received) - shop.cap_messages):
            found["over the cap"] += (received[place + shop.cap_messages] - received[place]).days < shop.cap_days


def _of_paths(
    life: Life,
    ledger: list[Copy],
    entries: dict[tuple[int, int], JourneyEntry],
    steps: dict[int, JourneyStep],
    found: Counter[str],
) -> None:
    """Twice, out of order, too soon, after leaving, or to somebody who is kept back?"""
    got: defaultdict[tuple[int, int], list[Copy]] = defaultdict(list)
    for copy in ledger:
        if copy.step is None:
            continue
        journey = steps[copy.step].journey_id
        entry, before = entries[journey, copy.friend], got[journey, copy.friend]
        order = life.orders[copy.campaign]
        place, wait = order[copy.step]
        found["a step twice"] += any(earlier.step == copy.step for earlier in before)
        found["out of order"] += any(order[earlier.step or 0][0] >= place for earlier in before)
        since = before[-1].day if before else life.day.local(entry.entered_at).date()
        found["too soon"] += (copy.day - since).days < wait
        found["after leaving"] += entry.left_at is not None and copy.at > entry.left_at
        found["to somebody kept back"] += entry.is_held
        before.append(copy)


def _of_rows(
    session: Session,
    ledger: list[Copy],
    entries: dict[tuple[int, int], JourneyEntry],
    steps: dict[int, JourneyStep],
    found: Counter[str],
) -> None:
    """Does the shop file say of each step what happened to it, and why it was skipped?"""
    had: defaultdict[int, dict[int, JourneyTurn]] = defaultdict(dict)
    for turn in session.scalars(select(JourneyTurn)):
        had[turn.entry_id][turn.step_id] = turn
        skipped = turn.state is TurnState.SKIPPED
        found["skipped without a reason"] += skipped and not turns.skipped_sentence(turn.why)
    sent = {(copy.friend, copy.step) for copy in ledger if copy.step is not None}
    told = {
        (entry.friend_id, step)
        for entry in entries.values()
        for step, turn in had[entry.id].items()
        if turn.state is TurnState.SENT
    }
    found["sent, and not written down"] += len(sent - told)
    found["written down, and not sent"] += len(told - sent)
    for entry in entries.values():
        if entry.left_at is None:
            found["skipped silently"] += _silent(entry, had[entry.id], steps)


def _silent(entry: JourneyEntry, had: dict[int, JourneyTurn], steps: dict[int, JourneyStep]) -> int:
    """Count steps behind a friend, or taken out while the friend was on the path, of which nothing is said."""
    mine = [step for step in steps.values() if step.journey_id == entry.journey_id]
    passed = [steps[step].place for step, turn in had.items() if turn.why not in ("retired", "behind")]
    behind = max(passed, default=-1)
    silent = [step for step in mine if step.retired_at is None and step.place < behind and step.id not in had]
    out = [step for step in mine if step.retired_at is not None and step.retired_at > entry.entered_at]
    return len(silent) + sum(step.id not in had for step in out)
