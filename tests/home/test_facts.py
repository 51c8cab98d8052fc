"""The facts of the plan as the shop's rows tell them: the audit, the sends, the paths, next month, and skips."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.audit import plan as audits
from linecrm_desktop.audit.changes import Retire
from linecrm_desktop.audit.findings import Check, Finding, Proposal
from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import reading, skips
from linecrm_desktop.home.plan import State, Task, TaskKey
from linecrm_desktop.messages import brief
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.journey import Journey, JourneyState, JourneyStep
from linecrm_desktop.segments import counts, library
from linecrm_desktop.store.database import Database
from tests.maker import Maker


@pytest.fixture(autouse=True)
def begun(database: Database, make: Maker, now: datetime) -> int:
    """A shop whose first file came 20 days ago, with a friend and a tag; the tag's number."""
    with database.write() as session:
        session.add(ImportBatch(file_name="a.csv", kind="customers", at=now - timedelta(days=20)))
        tag = make.tag(session, "VIP", helps_decide="Who is thanked first")
        make.give(session, tag, make.friend(session))
        return tag


def task(database: Database, day: ShopDay, now: datetime, key: TaskKey) -> Task:
    with database.read() as session:
        found = reading.read(session, day, now).plan
    return next(task for task in found.tasks if task.key is key)


def send(session: Session, make: Maker, days_ago: float, *, kept: int, metric_days: int = 7) -> None:
    told = brief.to_json(Brief(1, "Because it is time", "What is new", metric_days=metric_days))
    campaign = make.campaign(session, started_at=make.ago(days_ago), is_practice=True, brief=told)
    make.delivery(session, campaign, make.friend(session))
    for _friend in range(kept):
        make.delivery(session, campaign, make.friend(session), DeliveryState.KEPT_BACK)


def test_the_plan_begins_with_the_first_import_that_was_not_undone(
    database: Database, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        session.add(ImportBatch(file_name="b.csv", kind="customers", at=now - timedelta(days=25), undone_at=now))
    with database.read() as session:
        period = reading.read(session, day, now).plan.period
    assert (period.begins, period.week) == (date(2026, 10, 23), 3)


def test_look_alikes_and_unused_tags_are_counted_in_the_audit_that_is_open(
    database: Database, make: Maker, day: ShopDay, now: datetime, begun: int
) -> None:
    for key in (TaskKey.MERGE, TaskKey.RETIRE):
        assert not task(database, day, now, key).is_known
    with database.write() as session:
        other = make.tag(session, "V.I.P.", helps_decide="The same")
        found = [
            Finding(Check.SAME_NAME, (begun, other), Proposal.MERGE),
            Finding(Check.SAME_PEOPLE, (other, begun), Proposal.MERGE),
            Finding(Check.UNUSED, (begun,), Proposal.RETIRE),
            Finding(Check.UNUSED, (other,), Proposal.RETIRE),
        ]
        audit = audits.begin(session, [], found, now)
        audits.decide(session, audit, found[2].key, Retire(begun), now)
    merge = task(database, day, now, TaskKey.MERGE)
    assert (merge.state, merge.of) == (State.DONE, 1)  # one of the two goes, so there is nothing left to merge
    retire = task(database, day, now, TaskKey.RETIRE)
    assert (retire.state, retire.count, retire.of) == (State.PART, 1, 2)
    with database.write() as session:
        audits.decide(session, audit, found[3].key, Retire(other), now)
        audits.finish(session, audit, now)
    assert task(database, day, now, TaskKey.RETIRE).state is State.DONE


def test_an_audit_of_last_month_does_not_tick_this_month(database: Database, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        audit = audits.begin(session, [], [], now)
        audits.finish(session, audit, now)
    assert task(database, day, now, TaskKey.MERGE).state is State.DONE
    later = now + timedelta(days=30)
    assert task(database, ShopDay.of(later, day.zone), later, TaskKey.MERGE).state is State.OPEN


def test_a_core_segment_is_done_when_it_was_counted(database: Database, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        library.make_core(session, now, days=60)
    assert task(database, day, now, TaskKey.NEW_FRIENDS).state is State.PART
    with database.write() as session:
        counts.record(session, {1: (0, 0), 2: (0, 0), 3: (0, 0)}, day, now)
    assert task(database, day, now, TaskKey.NEW_FRIENDS).state is State.DONE


def test_every_send_since_the_start_must_hold_somebody_back(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        send(session, make, 30, kept=0)
        send(session, make, 3, kept=1)
    assert task(database, day, now, TaskKey.HOLD_BACK).state is State.DONE
    with database.write() as session:
        send(session, make, 2, kept=0)
    held = task(database, day, now, TaskKey.HOLD_BACK)
    assert (held.state, held.count, held.of) == (State.PART, 1, 2)


def test_results_are_in_when_a_window_is_over(database: Database, make: Maker, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        send(session, make, 3, kept=0)
    assert task(database, day, now, TaskKey.RESULTS).state is State.OPEN
    with database.write() as session:
        send(session, make, 3, kept=0, metric_days=2)
    assert task(database, day, now, TaskKey.RESULTS).state is State.DONE


def test_a_path_is_made_then_runs_then_is_changed_after_two_weeks(
    database: Database, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        library.make_core(session, now, days=60)
        path = Journey(name="New friends", segment_id=1, place=1, salt="s", created_at=now, changed_at=now)
        session.add(path)
        session.flush()
        for place in (1, 2):
            session.add(JourneyStep(journey_id=path.id, place=place, wait_days=1, created_at=now))
    made = task(database, day, now, TaskKey.PATH_NEW_FRIENDS)
    assert (made.state, made.count) == (State.PART, 2)
    with database.write() as session:
        row = session.get_one(Journey, 1)
        row.state, row.changed_at = JourneyState.RUNNING, now - timedelta(days=15)
        row.started_at = row.changed_at
    assert task(database, day, now, TaskKey.PATH_NEW_FRIENDS).state is State.DONE
    changed = task(database, day, now, TaskKey.CHANGE_PATH)
    assert (changed.state, changed.can_be_done) == (State.OPEN, True)
    with database.write() as session:
        session.get_one(Journey, 1).changed_at = now
    assert task(database, day, now, TaskKey.CHANGE_PATH).state is State.DONE


@pytest.mark.parametrize(
    ("send_at", "why_now", "state"),
    [
        ("2026-12-01T00:00:00+08:00", "Because it is time", State.DONE),
        ("2026-12-31T23:00:00+08:00", "Because it is time", State.DONE),
        ("2026-11-30T23:00:00+08:00", "Because it is time", State.OPEN),
        ("2027-01-01T00:00:00+08:00", "Because it is time", State.OPEN),
        ("2026-12-05T00:00:00+08:00", "soon", State.OPEN),
    ],
)
def test_next_month_needs_a_draft_with_four_answers(
    database: Database, day: ShopDay, now: datetime, send_at: str, why_now: str, state: State
) -> None:
    with database.write() as session:
        library.make_core(session, now, days=60)
        answers = Brief(1, why_now, "What is new in winter", send_at=datetime.fromisoformat(send_at))
        messages.save(session, MessageDraft("Winter", answers), now)
    assert task(database, day, now, TaskKey.NEXT_MONTH).state is state


def test_a_skip_holds_for_its_month_and_can_be_taken_back(database: Database, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        skips.skip(session, TaskKey.MERGE, date(2026, 10, 1), now)
        skips.skip(session, TaskKey.MERGE, date(2026, 10, 1), now)
    assert task(database, day, now, TaskKey.MERGE).is_skipped
    later = now + timedelta(days=30)
    assert not task(database, ShopDay.of(later, day.zone), later, TaskKey.MERGE).is_skipped
    with database.write() as session:
        skips.take_back(session, TaskKey.MERGE, date(2026, 10, 1))
    assert not task(database, day, now, TaskKey.MERGE).is_skipped
