"""The three paths of the sample shop: who walks them, what each friend had, and who left and why.

The numbers are those of the pictures. Their messages were sent by a system before this one, so no send stands for them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import entering, library, templates
from linecrm_desktop.messages import library as messages
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyTurn, Left, TurnState
from linecrm_desktop.sample.people import CORE_AGAIN, CORE_NEW, RECENTLY, Cell, Fate, Person, of, pick
from linecrm_desktop.sample.sorting import ids_of_friends
from linecrm_desktop.sample.words import said
from linecrm_desktop.sample.world import SEED, world
from linecrm_desktop.text import N_, language

STARTED = 60
_MORNING = timedelta(hours=7)
_SENT = timedelta(hours=18)
_NAMES = {
    "new_friends": (N_("Welcome"), N_("Founder’s story, how to choose"), N_("Three questions")),
    "ready_again": (N_("How to use it"), N_("Missing step"), N_("Running low")),
    "warm_no_order": (N_("Which one suits you?"), N_("Doubts, answered"), N_("A reason to begin")),
}


@dataclass(frozen=True, slots=True)
class _Group:
    """Friends who stand at the same place of a path: on which days (ago) they entered and had its steps."""

    people: list[Person]
    entered: int
    had: tuple[int, ...] = ()
    due_in: int = 0
    """Days until the next step, or the end, is due."""
    why: Left | None = None
    is_held: bool = False


@dataclass(slots=True)
class _Pool:
    """People to draw from; nobody is drawn twice, because a friend is on one path at a time."""

    rng: Random
    people: list[Person]
    taken: set[int] = field(default_factory=set[int])

    def draw(
        self,
        number: int,
        *cells: Cell,
        fate: Fate = Fate.REACHED,
        bought: int | None = None,
        did: int | None = None,
    ) -> list[Person]:
        """Draw so many; only those who ordered (`bought`) or did anything (`did`) so many days ago at most."""

        def fits(one: Person) -> bool:
            free = one.place not in self.taken and one.fate is fate
            return free and (bought is None or _ordered(one, bought)) and (did is None or _reacted(one, did))

        found = pick(self.rng, of(self.people, *cells), number, fits)
        self.taken |= {one.place for one in found}
        return found


def walk(session: Session, day: ShopDay, now: datetime) -> None:
    """Make the three paths from their templates and put everybody on them."""
    pool = _Pool(Random(SEED + 5), list(world().people))
    friends, numbers = ids_of_friends(session), count(1)
    paths: list[Journey] = []
    for core, groups in (
        ("new_friends", _new(pool)),
        ("ready_again", _buyers(pool)),
        ("warm_no_order", _warm(pool)),
    ):
        journey = _path(session, core, day, now)
        steps = [step.id or 0 for step in library.load(session, journey.id).steps]
        for group in groups:
            _write(session, group, journey, steps, friends, numbers, day)
        paths.append(journey)
    for journey in paths:
        entering.leave_out(session, journey, day, journey.started_at or now)


def _path(session: Session, core: str, day: ShopDay, now: datetime) -> Journey:
    made = session.get_one(Journey, templates.make(session, core, language(), day, now))
    for step, name in zip(library.load(session, made.id).steps, _NAMES[core], strict=True):
        draft = messages.load(session, step.message_id or 0)
        messages.save(session, draft.with_name(said(name)), now, step.message_id)
    began = day.days_ago(STARTED) + _MORNING
    made.state, made.created_at, made.changed_at, made.started_at = JourneyState.RUNNING, began, began, began
    made.prepared_at = min(now, day.start_of(day.today) + _MORNING)
    evening = library.load(session, made.id)
    for place in range(len(evening.steps)):
        evening = evening.with_step(place, send_from=18 * 60)
    library.save(session, evening, day, began, made.id)
    return made


def _new(pool: _Pool) -> Iterator[_Group]:
    """412 new friends under way, of whom 46 are due for step 2."""
    yield _Group(pool.draw(46, *CORE_NEW), 3, (3,))
    yield _Group(pool.draw(31, *CORE_NEW), 2, (2,), 1)
    yield _Group(pool.draw(18, *CORE_NEW), 1, (1,), 2)
    yield _Group(pool.draw(62, *CORE_NEW), 4, (4, 1), 4)
    yield _Group(pool.draw(255, *CORE_NEW), 10, (10, 7, 2), 28)
    yield _Group(pool.draw(45, *CORE_NEW), 10, (10, 7, 2), 28, is_held=True)


def _buyers(pool: _Pool) -> Iterator[_Group]:
    """968 entered: 688 under way, 118 ordered, 14 refused, 9 blocked, 62 did nothing, 77 walked it to the end."""
    again = CORE_AGAIN
    due = [*pool.draw(38, *again, did=11), *pool.draw(4, *again, fate=Fate.CAPPED, did=11)]
    yield _Group(due, 15, (15, 8))
    yield _Group(pool.draw(40, *again, did=11), 14, (14, 7), 1)
    yield _Group(pool.draw(29, *again, did=11), 13, (13, 6), 2)
    yield _Group(pool.draw(41, *again, did=10), 11, (11, 4), 4)
    yield _Group(pool.draw(92, *again), 2, (2,), 5)
    yield _Group(pool.draw(90, *again), 1, (1,), 6)
    yield _Group(pool.draw(354, *again), 17, (17, 10, 2), 28)
    yield _Group(pool.draw(57, *RECENTLY, bought=5), 13, (13, 6), why=Left.BOUGHT)
    yield _Group(pool.draw(43, *RECENTLY, bought=12), 13, (13,), why=Left.BOUGHT)
    yield _Group(pool.draw(18, *RECENTLY, bought=12), 13, why=Left.BOUGHT)
    yield _Group(pool.draw(7, *again, fate=Fate.REFUSED), 22, (22,), why=Left.REFUSED)
    yield _Group(pool.draw(7, *again, fate=Fate.REFUSED), 22, why=Left.REFUSED)
    yield _Group(pool.draw(9, *again, fate=Fate.BLOCKED), 22, why=Left.BLOCKED)
    yield _Group(pool.draw(62, *again), 24, (24, 17), why=Left.QUIET)
    yield _Group(pool.draw(77, *again), 50, (50, 43, 35), why=Left.DONE)
    yield _Group(pool.draw(8, *RECENTLY, bought=12), 13, why=Left.BOUGHT, is_held=True)
    yield _Group(pool.draw(100, *again), 17, (17, 10, 2), 28, is_held=True)


def _warm(pool: _Pool) -> Iterator[_Group]:
    """217 who click and never ordered, of whom 21 are due for step 1 and two had enough messages this week."""
    warm = Cell.WARM
    yield _Group([*pool.draw(21, warm), *pool.draw(2, warm, fate=Fate.CAPPED)], 0)
    yield _Group(pool.draw(13, warm), 3, (3,), 1)
    yield _Group(pool.draw(5, warm), 2, (2,), 2)
    yield _Group(pool.draw(14, warm), 6, (6, 2), 4)
    yield _Group(pool.draw(162, warm), 12, (12, 8, 2), 28)
    yield _Group(pool.draw(20, warm), 12, (12, 8, 2), 28, is_held=True)


def _ordered(person: Person, since: int) -> bool:
    """Whether somebody ordered from `since` days ago on, and not between entering 13 days ago and then, nor today."""
    days = [order.day for order in person.orders if order.day <= 13]
    return bool(days) and all(1 <= day <= since for day in days)


def _reacted(person: Person, since: int) -> bool:
    """Whether somebody did anything from `since` days ago on."""
    return any(deed.day <= since for deed in person.deeds)


def _write(
    session: Session,
    group: _Group,
    journey: Journey,
    steps: list[int],
    friends: dict[str, int],
    numbers: Iterator[int],
    day: ShopDay,
) -> None:
    entered = day.days_ago(group.entered) + _MORNING
    following = steps[len(group.had)] if len(group.had) < len(steps) else None
    common: dict[str, Any] = {"journey_id": journey.id, "entered_at": entered, "is_held": group.is_held}
    if group.why is None:
        common |= {"next_step_id": following, "due_on": day.today + timedelta(days=group.due_in)}
        common |= {"left_at": None, "why": None}
    else:
        common |= {"next_step_id": following, "due_on": None, "left_at": day.days_ago(0) + _MORNING, "why": group.why}
    entries = [common | {"id": next(numbers), "friend_id": friends[one.member]} for one in group.people]
    session.execute(insert(JourneyEntry), entries)
    state = TurnState.KEPT_BACK if group.is_held else TurnState.SENT
    turns = [
        {"entry_id": entry["id"], "step_id": step, "state": state, "why": "", "campaign_id": None}
        | {"day": day.local(day.days_ago(ago)).date(), "at": day.days_ago(ago) + _SENT}
        for entry in entries
        for step, ago in zip(steps, group.had, strict=False)
    ]
    if turns:
        session.execute(insert(JourneyTurn), turns)
