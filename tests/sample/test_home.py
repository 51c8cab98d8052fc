"""Home of the sample shop shows the numbers of the design's pictures on Thursday, 12 November 2026."""

from datetime import date

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import reading, words
from linecrm_desktop.home.month import NotWasted
from linecrm_desktop.home.plan import State, TaskKey
from linecrm_desktop.home.reading import Home
from linecrm_desktop.store.database import Database
from tests.sample.conftest import NOW


def home(sample: Database, day: ShopDay) -> Home:
    with sample.read() as session:
        return reading.read(session, day, NOW)


def test_the_five_numbers_are_those_of_the_picture(sample: Database, sample_day: ShopDay) -> None:
    numbers = home(sample, sample_day).numbers
    people, left = numbers.people, numbers.left
    assert (people.reachable, people.friends, people.blocked, people.refused) == (4057, 4862, 618, 187)
    assert (people.sourced, people.broadcast) == (3647, 4244)
    assert (numbers.undecided, numbers.tags) == (23, 64)
    assert left is not None
    assert (left.left, left.limit, left.extra) == (2588, 6000, 0)
    assert numbers.not_wasted == NotWasted(5, 17_808, 304_400)


def test_the_plan_is_in_its_fourth_week_with_nine_tasks_done(sample: Database, sample_day: ShopDay) -> None:
    plan = home(sample, sample_day).plan
    assert (plan.period.begins, plan.period.week, plan.period.is_monthly) == (date(2026, 10, 19), 4, False)
    assert (plan.done, len(plan.tasks)) == (9, 15)
    assert [sum(task.counts_as_done for task in week) for week in plan.weeks] == [1, 3, 4, 1]
    tasks = {task.key: task for task in plan.tasks}
    assert [tasks[key].count for key in (TaskKey.NEW_FRIENDS, TaskKey.READY_AGAIN, TaskKey.WARM_NO_ORDER)] == [
        *(687, 1127, 335)
    ]
    assert (tasks[TaskKey.DECIDE].state, tasks[TaskKey.DECIDE].count) == (State.PART, 41)
    assert words.detail(tasks[TaskKey.HOLD_BACK], sample_day) == "5 of 5 sends"
    assert words.detail(tasks[TaskKey.RESULTS], sample_day) == "3,412 accepted by LINE"
    assert words.detail(tasks[TaskKey.NEXT_MONTH], sample_day) == "opens 16 Nov"


def test_five_sends_of_november_stand_beside_their_broadcasts(sample: Database, sample_day: ShopDay) -> None:
    sends = home(sample, sample_day).sends
    assert [send.accepted for send in sends] == [474, 312, 274, 1860, 492]
    assert [send.on.day for send in sends] == [3, 5, 7, 10, 11]
    assert {send.broadcast for send in sends} == {4244}


def test_105_journey_messages_a_request_and_23_tags_wait(sample: Database, sample_day: ShopDay) -> None:
    found = home(sample, sample_day)
    assert [words.sentence(item) for item in found.items] == [
        "105 journey messages wait for approval",
        "1 request about data waits",
        "23 tags still have no decision",
    ]
    assert [words.more(item) for item in found.items] == [
        "3 steps due today · uses 105 of 2,588",
        "R-0007: Copy of the data, 6 days left",
        "The largest: “VIP客” 812 friends, “FB” 640 friends",
    ]
    assert words.done_today(found.done) == "Done today: LINE quota read, 2 imports, 3 journey queues built"
