"""What a step of a path came to over all sends that carried it."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.journey import JourneyStep
from linecrm_desktop.models.reading import Reading
from linecrm_desktop.results.figures import Told
from linecrm_desktop.results.lift import Verdict
from linecrm_desktop.results.outcome import all_campaigns
from linecrm_desktop.results.steps import StepResult, steps
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.results.paths import put_path
from tests.results.sends import put_send


def _put(
    session: Session, make: Maker, step: int, days_ago: float, sizes: tuple[int, int], bought: tuple[int, int]
) -> int:
    """Add a send of a step to so many friends, kept back as many, of whom so many bought a day later."""
    got, kept = ([make.friend(session) for _ in range(size)] for size in sizes)
    for friend in (*got[: bought[0]], *kept[: bought[1]]):
        make.order(session, friend, days_ago=days_ago - 1, total=50_000)
    return put_send(session, make.ago(days_ago), got, kept, journey_step_id=step)


def _found(session: Session, now: datetime) -> list[StepResult]:
    return steps(session, all_campaigns(session, ShopDay.of(now, "Asia/Taipei")))


def test_the_sends_of_a_step_are_one_line_and_each_is_compared_within_itself(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        first, second = put_path(session, now, "Buyers", ["Care", "Refill"])
        for days_ago in (40, 30, 20):
            _put(session, make, second, days_ago, (100, 40), (30, 4))
        put_send(session, make.ago(10), [make.friend(session)], name="To a whole segment")
        put_send(session, None, name="Planned", journey_step_id=first)
        (found,) = _found(session, now)
    assert (found.step_id, found.path, found.place, found.message) == (second, "Buyers", 2, "Refill")
    assert (found.totals.sends, found.totals.accepted, found.totals.orders) == (3, 300, 90)
    assert found.totals.revenue == 90 * 50_000
    assert (found.lift.sends, found.lift.verdict) == (3, Verdict.WORKED)
    assert found.lift.interval is not None
    assert round(found.lift.interval.estimate, 6) == 0.2


def test_lines_numbers_are_added_up_over_the_sends_of_a_step(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        (step,) = put_path(session, now, "Buyers", ["Care"])
        for days_ago, seen in ((40, 60), (30, 50), (20, None)):
            send = _put(session, make, step, days_ago, (100, 0), (0, 0))
            days = {"sent_on": make.ago(days_ago).date(), "day": now.date()}
            session.add(Reading(campaign_id=send, variant=0, at=now, seen=seen, pressed=None, **days))
        session.flush()
        (found,) = _found(session, now)
    assert (found.totals.line.seen.told, found.totals.line.seen.people) == (Told.AT_LEAST, 110)
    assert found.totals.seen_of == 200
    assert (found.totals.line.pressed.told, found.totals.line.pressed.limit) == (Told.UNDER, 58)


def test_sends_that_asked_for_something_else_are_not_judged_with_the_newest(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        (step,) = put_path(session, now, "Buyers", ["Care"])
        old = _put(session, make, step, 40, (100, 40), (0, 0))
        _put(session, make, step, 20, (100, 40), (10, 1))
        clicks = Brief(metric=Metric.CLICKS)
        session.get_one(Campaign, old).brief = {**session.get_one(Campaign, old).brief, "metric": clicks.metric}
        session.flush()
        (found,) = _found(session, now)
    assert (found.totals.sends, found.totals.accepted) == (2, 200)
    assert (found.lift.sends, found.lift.sent.friends) == (1, 100)


def test_a_step_that_was_taken_out_keeps_its_results_and_the_next_one_its_number(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        gone, stays = put_path(session, now, "Buyers", ["Care", "Refill"])
        (other,) = put_path(session, now, "New friends", ["Hello"], place=1)
        for step in (other, stays, gone):
            _put(session, make, step, 20, (5, 1), (1, 0))
        session.get_one(JourneyStep, gone).retired_at = now - timedelta(days=1)
        session.flush()
        found = _found(session, now)
    assert [(one.path, one.place, one.message) for one in found] == [
        *(("Buyers", None, "Care"), ("Buyers", 1, "Refill"), ("New friends", 1, "Hello"))
    ]
