"""The plan decides by facts alone: when each task is open, partly done and done, and which weeks are on."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from linecrm_desktop.home.core import CoreNumbers
from linecrm_desktop.home.plan import Facts, Path, State, Task, TaskKey, period, plan

TODAY = date(2026, 11, 12)
NOTHING = Facts(
    friends=0,
    tags=0,
    undecided=0,
    pairs=None,
    unused=None,
    core={},
    counted=frozenset(),
    paths={},
    sends=0,
    with_group=0,
    accepted=0,
    has_results=False,
    proposals=None,
    has_old_results=False,
    path_changed=False,
    is_planned=False,
)
CORE = CoreNumbers("new_friends", "New friends", 7, 687, "Who gets the welcome path")
FEW = replace(NOTHING, friends=3, tags=2)


def task(facts: Facts, key: TaskKey, today: date = TODAY) -> Task:
    found = plan(facts, period(date(2026, 10, 19), today), frozenset(), today)
    return next(task for task in found.tasks if task.key is key)


@pytest.mark.parametrize(
    ("key", "facts", "state"),
    [
        (TaskKey.IMPORT, replace(NOTHING, friends=3), State.OPEN),
        (TaskKey.IMPORT, FEW, State.DONE),
        (TaskKey.MERGE, replace(FEW, pairs=None), State.OPEN),
        (TaskKey.MERGE, replace(FEW, pairs=(6, 0)), State.OPEN),
        (TaskKey.MERGE, replace(FEW, pairs=(6, 2)), State.PART),
        (TaskKey.MERGE, replace(FEW, pairs=(6, 6)), State.DONE),
        (TaskKey.MERGE, replace(FEW, pairs=(0, 0)), State.DONE),
        (TaskKey.RETIRE, replace(FEW, unused=(17, 1)), State.PART),
        (TaskKey.RETIRE, replace(FEW, unused=(17, 17)), State.DONE),
        (TaskKey.DECIDE, NOTHING, State.OPEN),
        (TaskKey.DECIDE, replace(FEW, undecided=2), State.OPEN),
        (TaskKey.DECIDE, replace(FEW, undecided=1), State.PART),
        (TaskKey.DECIDE, FEW, State.DONE),
        (TaskKey.NEW_FRIENDS, replace(FEW, core={CORE.key: replace(CORE, segment_id=None)}), State.OPEN),
        (TaskKey.NEW_FRIENDS, replace(FEW, core={CORE.key: CORE}), State.PART),
        (TaskKey.NEW_FRIENDS, replace(FEW, core={CORE.key: CORE}, counted=frozenset({7})), State.DONE),
        (
            TaskKey.NEW_FRIENDS,
            replace(FEW, core={CORE.key: replace(CORE, helps_decide=" ")}, counted=frozenset({7})),
            State.PART,
        ),
        (TaskKey.PATH_NEW_FRIENDS, FEW, State.OPEN),
        (TaskKey.PATH_NEW_FRIENDS, replace(FEW, paths={"new_friends": Path(4, is_running=False)}), State.PART),
        (TaskKey.PATH_NEW_FRIENDS, replace(FEW, paths={"new_friends": Path(1, is_running=True)}), State.PART),
        (TaskKey.PATH_NEW_FRIENDS, replace(FEW, paths={"new_friends": Path(2, is_running=True)}), State.DONE),
        (TaskKey.PATH_READY_AGAIN, replace(FEW, paths={"new_friends": Path(2, is_running=True)}), State.OPEN),
        (TaskKey.HOLD_BACK, replace(FEW, sends=5, with_group=0), State.OPEN),
        (TaskKey.HOLD_BACK, replace(FEW, sends=5, with_group=4), State.PART),
        (TaskKey.HOLD_BACK, replace(FEW, sends=5, with_group=5), State.DONE),
        (TaskKey.RESULTS, replace(FEW, accepted=499), State.OPEN),
        (TaskKey.RESULTS, replace(FEW, accepted=500), State.DONE),
        (TaskKey.RESULTS, replace(FEW, accepted=1, has_results=True), State.DONE),
        (TaskKey.PROPOSALS, replace(FEW, proposals=(9, 3)), State.PART),
        (TaskKey.PROPOSALS, replace(FEW, proposals=(9, 9)), State.DONE),
        (TaskKey.CHANGE_PATH, replace(FEW, has_old_results=True), State.OPEN),
        (TaskKey.CHANGE_PATH, replace(FEW, path_changed=True), State.DONE),
        (TaskKey.NEXT_MONTH, FEW, State.OPEN),
        (TaskKey.NEXT_MONTH, replace(FEW, is_planned=True), State.DONE),
    ],
)
def test_a_task_ticks_itself_from_the_facts(key: TaskKey, facts: Facts, state: State) -> None:
    assert task(facts, key).state is state


def test_a_new_shop_has_fifteen_tasks_and_none_is_done() -> None:
    found = plan(NOTHING, period(None, TODAY), frozenset(), TODAY)
    assert [len(week) for week in found.weeks] == [4, 3, 4, 4]
    assert found.done == 0
    assert [task.key for task in found.tasks if task.can_be_done] == [TaskKey.IMPORT]


@pytest.mark.parametrize(("days", "week"), [(0, 1), (6, 1), (7, 2), (20, 3), (21, 4), (27, 4)])
def test_the_weeks_are_counted_from_the_first_import(days: int, week: int) -> None:
    found = period(TODAY - timedelta(days=days), TODAY)
    assert (found.is_monthly, found.week) == (False, week)


def test_after_week_four_the_tasks_come_again_each_month_without_the_import() -> None:
    found = plan(FEW, period(date(2026, 10, 19), date(2026, 11, 16)), frozenset(), date(2026, 11, 16))
    assert found.period.is_monthly
    assert found.period.begins == found.period.month == date(2026, 11, 1)
    assert found.period.week == 3
    assert len(found.tasks) == 14
    assert TaskKey.IMPORT not in {task.key for task in found.tasks}


@pytest.mark.parametrize(("day", "week"), [(1, 1), (7, 1), (8, 2), (22, 4), (31, 4)])
def test_a_month_has_four_weeks_and_the_last_is_longer(day: int, week: int) -> None:
    assert period(date(2026, 1, 1), date(2026, 12, day)).week == week


def test_next_month_is_planned_after_week_four_or_from_the_sixteenth_on() -> None:
    assert task(FEW, TaskKey.NEXT_MONTH).opens == date(2026, 11, 16)
    assert task(FEW, TaskKey.NEXT_MONTH, date(2026, 11, 16)).opens is None
    assert task(FEW, TaskKey.NEXT_MONTH, date(2026, 12, 15)).opens == date(2026, 12, 16)


def test_a_skipped_task_counts_as_done_and_keeps_its_state() -> None:
    skipped = frozenset({str(TaskKey.MERGE)})
    found = plan(FEW, period(TODAY, TODAY), skipped, TODAY)
    merge = next(task for task in found.tasks if task.key is TaskKey.MERGE)
    assert (merge.is_skipped, merge.counts_as_done, merge.state) == (True, True, State.OPEN)
    assert found.done == plan(FEW, period(TODAY, TODAY), frozenset(), TODAY).done + 1


def test_what_nobody_can_do_yet_leads_nowhere() -> None:
    for key in (TaskKey.PROPOSALS, TaskKey.CHANGE_PATH, TaskKey.RESULTS, TaskKey.HOLD_BACK, TaskKey.NEXT_MONTH):
        assert not task(FEW, key).can_be_done
    assert task(replace(FEW, proposals=(9, 3)), TaskKey.PROPOSALS).can_be_done
    assert task(replace(FEW, has_results=True), TaskKey.PROPOSALS).can_be_done
    assert task(FEW, TaskKey.NEXT_MONTH, date(2026, 11, 16)).can_be_done
