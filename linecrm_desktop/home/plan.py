"""The four-week plan: fifteen tasks that tick themselves from the shop's data, and the same each month afterwards.

Week 1 begins with the first import, because before it there is nothing to do the plan with. Nobody can tick a task; it
can be skipped for the plan or for a month, which counts as done and can be taken back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from linecrm_desktop.home.core import CoreNumbers
from linecrm_desktop.home.month import first_of

WEEKS = 4
_DAYS = 7
_OPENS = 16
"""From this day of a month on, next month's sends can be planned."""
ENOUGH = 500
"""So many messages that LINE took are results worth a look before any window has ended."""


class State(StrEnum):
    """How far a task is."""

    OPEN = "open"
    PART = "part"
    DONE = "done"


class TaskKey(StrEnum):
    """The tasks, in order."""

    IMPORT = "import"
    MERGE = "merge"
    RETIRE = "retire"
    DECIDE = "decide"
    NEW_FRIENDS = "new_friends"
    READY_AGAIN = "ready_again"
    WARM_NO_ORDER = "warm_no_order"
    PATH_NEW_FRIENDS = "path_new_friends"
    PATH_READY_AGAIN = "path_ready_again"
    PATH_WARM_NO_ORDER = "path_warm_no_order"
    HOLD_BACK = "hold_back"
    RESULTS = "results"
    PROPOSALS = "proposals"
    CHANGE_PATH = "change_path"
    NEXT_MONTH = "next_month"


TASKS: Mapping[int, tuple[TaskKey, ...]] = {
    1: (TaskKey.IMPORT, TaskKey.MERGE, TaskKey.RETIRE, TaskKey.DECIDE),
    2: (TaskKey.NEW_FRIENDS, TaskKey.READY_AGAIN, TaskKey.WARM_NO_ORDER),
    3: (TaskKey.PATH_NEW_FRIENDS, TaskKey.PATH_READY_AGAIN, TaskKey.PATH_WARM_NO_ORDER, TaskKey.HOLD_BACK),
    4: (TaskKey.RESULTS, TaskKey.PROPOSALS, TaskKey.CHANGE_PATH, TaskKey.NEXT_MONTH),
}
"""The tasks of each week."""


@dataclass(frozen=True, slots=True)
class Path:
    """The message path of a core segment: how many steps it has, and whether it runs."""

    steps: int
    is_running: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tasks are decided by."""

    friends: int
    tags: int
    undecided: int
    pairs: tuple[int, int] | None
    """Look-alike tags that the audit found, and how many of them are decided; None: there was no audit."""
    unused: tuple[int, int] | None
    core: Mapping[str, CoreNumbers]
    counted: frozenset[int]
    """Segments that were counted at least once."""
    paths: Mapping[str, Path]
    """By the key of the core segment."""
    sends: int
    with_group: int
    """Of these, how many kept a group back."""
    accepted: int
    has_results: bool
    """Whether the window of a send is over."""
    proposals: tuple[int, int] | None
    """Proposals for tags, and how many are decided; None: the tags were never reviewed."""
    has_old_results: bool
    """Whether a path has run long enough to judge it."""
    path_changed: bool
    is_planned: bool
    """Whether a message with a complete brief is meant for next month."""


@dataclass(frozen=True, slots=True)
class Task:
    """One task as it stands. `count` of `of` are the two numbers of its line."""

    key: TaskKey
    state: State
    count: int = 0
    of: int = 0
    is_known: bool = True
    """False: nobody has looked yet, so that there is no number."""
    opens: date | None = None
    """The day from which it can be done, while that lies ahead."""
    is_skipped: bool = False
    is_waiting: bool = False
    """Whether a person can do nothing for it now, but wait or do another task first."""

    @property
    def can_be_done(self) -> bool:
        """Whether there is something to do for it now."""
        return not self.counts_as_done and not self.is_waiting and self.opens is None

    @property
    def counts_as_done(self) -> bool:
        return self.is_skipped or self.state is State.DONE


@dataclass(frozen=True, slots=True)
class Period:
    """The four weeks, or the month that is on after them."""

    begins: date | None
    """None: the plan begins with the first import."""
    is_monthly: bool
    month: date
    """What skips are kept under."""
    week: int
    """The week that is on, from 1."""
    opens: date
    """From when next month's sends can be planned."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The period and its tasks by week."""

    period: Period
    weeks: tuple[tuple[Task, ...], ...]

    @property
    def tasks(self) -> tuple[Task, ...]:
        return tuple(task for week in self.weeks for task in week)

    @property
    def done(self) -> int:
        return sum(task.counts_as_done for task in self.tasks)


def period(first_import: date | None, today: date) -> Period:
    """Say which four weeks or which month it is."""
    if first_import is None:
        return Period(None, False, first_of(today), 1, today + timedelta(days=WEEKS * _DAYS))
    age = (today - first_import).days
    if age < WEEKS * _DAYS:
        opens = first_import + timedelta(days=WEEKS * _DAYS)
        return Period(first_import, False, first_of(first_import), 1 + max(0, age) // _DAYS, opens)
    week = min(WEEKS, 1 + (today.day - 1) // _DAYS)
    return Period(first_of(today), True, first_of(today), week, today.replace(day=_OPENS))


def plan(facts: Facts, on: Period, skipped: frozenset[str], today: date) -> Plan:
    """Decide how far each task is."""
    found = {
        task.key: replace(task, is_skipped=str(task.key) in skipped, is_waiting=_is_waiting(task, facts))
        for task in _tasks(facts, on, today)
    }
    left_out = {TaskKey.IMPORT} if on.is_monthly else set[TaskKey]()
    weeks = (tuple(found[key] for key in keys if key not in left_out) for keys in TASKS.values())
    return Plan(on, tuple(weeks))


def _tasks(facts: Facts, on: Period, today: date) -> Iterator[Task]:
    yield Task(TaskKey.IMPORT, _state(facts.friends > 0 and facts.tags > 0), facts.friends, facts.tags)
    yield _of_audit(TaskKey.MERGE, facts.pairs)
    yield _of_audit(TaskKey.RETIRE, facts.unused)
    decided = facts.tags - facts.undecided
    yield Task(TaskKey.DECIDE, _state(0 < facts.tags == decided, decided > 0), decided, facts.tags, facts.tags > 0)
    for key in TASKS[2]:
        yield _of_core(key, facts)
    for key, core in zip(TASKS[3], TASKS[2], strict=False):
        path = facts.paths.get(str(core))
        steps = path.steps if path else 0
        is_running = path is not None and path.is_running
        yield Task(key, _state(is_running and steps > 1, path is not None), steps, is_known=path is not None)
    held, sends = facts.with_group, facts.sends
    yield Task(TaskKey.HOLD_BACK, _state(0 < sends == held, held > 0), held, sends, is_known=sends > 0)
    yield Task(TaskKey.RESULTS, _state(_has_results(facts)), facts.accepted, is_known=facts.accepted > 0)
    yield _of_audit(TaskKey.PROPOSALS, facts.proposals)
    yield Task(TaskKey.CHANGE_PATH, _state(facts.path_changed), is_known=facts.has_old_results)
    opens = on.opens if today < on.opens else None
    yield Task(TaskKey.NEXT_MONTH, _state(facts.is_planned), opens=opens)


def _is_waiting(task: Task, facts: Facts) -> bool:
    if facts.friends == 0:
        return task.key is not TaskKey.IMPORT
    if task.key is TaskKey.PROPOSALS:
        return not task.is_known and not _has_results(facts)
    if task.key is TaskKey.CHANGE_PATH:
        return not task.is_known
    return task.key in (TaskKey.HOLD_BACK, TaskKey.RESULTS)


def _has_results(facts: Facts) -> bool:
    return facts.has_results or facts.accepted >= ENOUGH


def _state(is_done: bool, is_part: bool = False) -> State:
    return State.DONE if is_done else State.PART if is_part else State.OPEN


def _of_audit(key: TaskKey, found: tuple[int, int] | None) -> Task:
    """Decide a task that is done when everything found is decided; nothing found is nothing to do."""
    if found is None:
        return Task(key, State.OPEN, is_known=False)
    of, decided = found
    return Task(key, _state(decided == of, decided > 0), decided, of)


def _of_core(key: TaskKey, facts: Facts) -> Task:
    core = facts.core.get(str(key))
    if core is None or core.segment_id is None:
        return Task(key, State.OPEN, is_known=False)
    is_whole = core.segment_id in facts.counted and core.reachable is not None and bool(core.helps_decide.strip())
    return Task(key, _state(is_whole, True), core.reachable or 0, is_known=core.reachable is not None)
