"""Which step comes next, when, and what an edit does to the order of steps."""

from datetime import date, timedelta

from linecrm_desktop.journeys.path import Had, Skipped, Stop, following, reordered

DAY = date(2026, 11, 12)
A, B, C, D = 1, 2, 3, 4


def path(*steps: int, wait: int = 3, out: tuple[int, ...] = ()) -> list[Stop]:
    return [Stop(step, wait, step not in out) for step in steps]


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


def test_the_first_step_waits_from_the_day_of_entering() -> None:
    coming = following(path(A, B), {}, ago(1), 30)
    assert (coming.step, coming.due_on) == (A, DAY + timedelta(days=2))


def test_a_step_waits_from_the_day_on_which_the_step_before_really_left() -> None:
    coming = following(path(A, B), {A: Had(ago(1))}, ago(20), 30)
    assert (coming.step, coming.due_on) == (B, DAY + timedelta(days=2))


def test_after_the_last_step_comes_the_end() -> None:
    coming = following(path(A), {A: Had(DAY)}, ago(5), 30)
    assert (coming.step, coming.due_on) == (None, DAY + timedelta(days=30))


def test_a_skipped_step_counts_as_a_turn_so_that_two_never_come_on_one_day() -> None:
    coming = following(path(A, B), {A: Had(DAY, Skipped.CONDITION)}, ago(9), 30)
    assert coming.due_on == DAY + timedelta(days=3)


def test_a_step_put_before_one_that_a_friend_had_is_behind_for_good() -> None:
    coming = following(path(C, A, B), {A: Had(ago(1))}, ago(5), 30)
    assert (coming.step, coming.behind) == (B, (C,))


def test_a_step_that_was_taken_out_before_a_friends_turn_does_not_carry_the_friend_forward() -> None:
    coming = following(path(A, B, C, out=(B,)), {A: Had(ago(4)), B: Had(DAY, Skipped.RETIRED)}, ago(5), 30)
    assert (coming.step, coming.due_on, coming.behind) == (C, ago(1), ())


def test_nobody_gets_a_second_version_of_a_step_that_was_replaced() -> None:
    order = reordered([A, B, C], {}, [A, D, C])
    assert order == [A, D, B, C]
    had = {A: Had(ago(9)), B: Had(ago(2))}
    assert following(path(*order, out=(B,)), had, ago(9), 30).step == C


def test_a_step_added_at_the_end_comes_for_those_who_had_one_that_was_taken_out_long_before() -> None:
    order = reordered(reordered([A, B], {}, [A]), {B}, [A, D])
    assert order == [A, B, D]
    assert following(path(*order, out=(B,)), {A: Had(ago(9)), B: Had(ago(5))}, ago(9), 30).step == D


def test_the_order_of_live_steps_is_that_of_the_person() -> None:
    assert reordered([A, B, C], {}, [C, A, B]) == [C, A, B]
