"""What Home asks of journeys."""

from datetime import datetime

from sqlalchemy.orm import Session

from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import due, summary
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyStep
from linecrm_desktop.segments import library
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_only_due_friends_who_can_be_written_to_wait_for_approval(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        journey, step = _path(session, JourneyState.RUNNING, now)
        for columns in ({}, {"marketing": Marketing.REFUSED}, {}):
            friend = make.friend(session, **columns)
            session.add(_entry(journey, step, friend, day, now))
        session.add(_entry(journey, step, make.friend(session), day, now, is_held=True))
        session.flush()
        assert summary.waiting(session, day, now) == summary.Waiting(friends=2, steps=1, paths=1)
        session.get_one(Journey, journey).state = JourneyState.PAUSED
        session.flush()
        assert summary.waiting(session, day, now) == summary.Waiting()


def test_what_a_message_asks_of_friends_counts_for_what_waits(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        journey, step = _path(session, JourneyState.RUNNING, now)
        outlet = accounts.add(session, "Outlet", now, shares_ids=False)
        told = MessageDraft("Hello").with_brief(channel_id=outlet, only_informed=True)
        session.get_one(JourneyStep, step).message_id = messages.save(session, told, now)
        for informed, is_known in ((Answer.YES, True), (Answer.NO, True), (Answer.YES, False)):
            friend = make.friend(session, informed=informed)
            session.add(_entry(journey, step, friend, day, now))
            if is_known:
                ids.keep(session, outlet, friend, f"U{friend:032x}", now)
        session.flush()
        assert summary.waiting(session, day, now) == summary.Waiting(friends=1, steps=1, paths=1)
        assert [line.recipients for line in due.sheet(session, day, now)] == [1]


def test_a_core_segments_path_says_its_state_and_how_many_steps_it_has(database: Database, now: datetime) -> None:
    with database.write() as session:
        assert summary.core_paths(session) == {}
        assert summary.last_changed(session) is None
        journey, _step = _path(session, JourneyState.DRAFT, now)
        found = summary.core_paths(session)["new_friends"]
        assert (found.id, found.state, found.steps) == (journey, JourneyState.DRAFT, 1)
        assert summary.last_changed(session) == now


def _path(session: Session, state: JourneyState, now: datetime) -> tuple[int, int]:
    library.make_core(session, now, 60)
    segment = next(row.id for row in library.all_segments(session) if row.core == "new_friends")
    moments = {"created_at": now, "changed_at": now}
    journey = Journey(name="Path", segment_id=segment, state=state, place=0, salt="s", **moments)
    session.add(journey)
    session.flush()
    step = JourneyStep(journey_id=journey.id, place=0, wait_days=0, created_at=now)
    session.add(step)
    session.flush()
    return journey.id, step.id


def _entry(journey: int, step: int, friend: int, day: ShopDay, now: datetime, *, is_held: bool = False) -> JourneyEntry:
    told = {"journey_id": journey, "friend_id": friend, "entered_at": now, "is_held": is_held}
    return JourneyEntry(**told, next_step_id=step, due_on=day.today)
