"""Opens and clicks by LINE's count: asked for sparingly, kept with their day, and never nought."""

from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import UnitFigures
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_ledger import Taken
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Delivery
from linecrm_desktop.models.reading import Reading
from linecrm_desktop.results import reading
from linecrm_desktop.results.figures import Figure, LineFigures, Told, together
from linecrm_desktop.results.outcome import outcome
from linecrm_desktop.results.reading import Asked, due, keep, room
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.results.sends import put_send


def _put(session: Session, make: Maker, days_ago: float, people: int = 20, **columns: Any) -> int:
    friends = [make.friend(session) for _ in range(people)]
    at = make.ago(days_ago)
    return put_send(session, at, accepted=friends, is_practice=True, ended_at=at, **columns)


def _due(session: Session, now: datetime, send: int | None = None) -> list[int]:
    return [question.campaign_id for question in due(session, now, send, is_practice=True)]


def test_what_is_asked_are_sends_of_enough_people_that_line_still_counts(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        old, young, few, today = (
            _put(session, make, 40),
            _put(session, make, 3),
            _put(session, make, 3, people=19),
            _put(session, make, 0.1),
        )
        real = put_send(session, make.ago(3), accepted=[make.friend(session) for _ in range(20)])
        assert _due(session, now) == [young, old]
        assert _due(session, now, today) == [today]
        assert [_due(session, now, send) for send in (few, real)] == [[], []]


def test_one_day_asks_once_and_a_person_may_ask_again(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        send = _put(session, make, 3)
        (question,) = due(session, now, is_practice=True)
        keep(session, question, UnitFigures(None, None), now)
        assert (_due(session, now), _due(session, now, send)) == ([], [send])
        assert _due(session, now + timedelta(days=1)) == [send]


def test_numbers_stand_after_fourteen_days(database: Database, make: Maker, now: datetime) -> None:
    """Sent on the 2nd, LINE counts to the 16th: a reading of the 17th is the last one."""
    with database.write() as session:
        send = _put(session, make, 14)
        (question,) = due(session, now, is_practice=True)
        keep(session, question, UnitFigures(20, None), now)
        later = now + timedelta(days=1)
        assert _due(session, later, send) == [send]
        keep(session, question, UnitFigures(21, None), later)
        assert _due(session, later + timedelta(days=1), send) == []


def test_days_are_those_of_utc_plus_nine(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        late = datetime.fromisoformat("2026-11-02T23:30+08:00")
        friends = [make.friend(session) for _ in range(20)]
        send = put_send(session, late, accepted=friends, is_practice=True, ended_at=late + timedelta(minutes=5))
        (question,) = due(session, now, send, is_practice=True)
    assert (question.first, question.last) == (date(2026, 11, 3), date(2026, 11, 3))


def test_an_answer_without_a_number_takes_none_away(
    database: Database, make: Maker, now: datetime, day: ShopDay
) -> None:
    with database.write() as session:
        send = _put(session, make, 5)
        (question,) = due(session, now, is_practice=True)
        keep(session, question, UnitFigures(25, None), now)
        keep(session, question, UnitFigures(None, None), now + timedelta(days=1))
        line = outcome(session, send, day).line
    assert (line.seen, line.pressed) == (Figure(Told.NUMBER, 25), Figure(Told.UNDER))
    assert line.day == date(2026, 11, 13)


@pytest.mark.parametrize(
    ("people", "days_ago", "said", "shown"),
    [
        (20, 5, UnitFigures(None, None), ("under 20", "under 20")),
        (20, 1, UnitFigures(None, None), ("not counted yet", "not counted yet")),
        (20, 1, UnitFigures(1000, 20), ("1,000", "20")),
        (20, 1, UnitFigures(1000, None), ("1,000", "under 20")),
        (20, 5, None, ("—", "—")),
        (19, 5, None, ("under 20", "under 20")),
    ],
)
def test_no_number_is_never_shown_as_nought(
    database: Database,
    make: Maker,
    now: datetime,
    day: ShopDay,
    people: int,
    days_ago: int,
    said: UnitFigures | None,
    shown: tuple[str, str],
) -> None:
    with database.write() as session:
        send = _put(session, make, days_ago, people)
        for question in due(session, now, send, is_practice=True):
            if said is not None:
                keep(session, question, said, now)
        line = outcome(session, send, day).line
    assert (line.seen.text, line.pressed.text) == shown


def test_variants_are_asked_one_by_one_and_added_up(
    database: Database, make: Maker, now: datetime, day: ShopDay
) -> None:
    with database.write() as session:
        send = _put(session, make, 5, people=60, others=[[]], unit="tw_x")
        half = select(Delivery.friend_id).where(Delivery.campaign_id == send).limit(30)
        session.execute(update(Delivery).where(Delivery.friend_id.in_(half)).values(variant=1))
        questions = due(session, now, is_practice=True)
        assert [question.unit for question in questions] == ["tw_x_a", "tw_x_b"]
        keep(session, questions[0], UnitFigures(25, None), now)
        keep(session, questions[1], UnitFigures(None, None), now)
        found = outcome(session, send, day)
    assert [(one.letter, one.group.friends, one.line.seen.text) for one in found.variants] == [
        ("A", 30, "25"),
        ("B", 30, "under 20"),
    ]
    assert (found.line.seen.text, found.line.pressed.text) == ("at least 25", "under 39")


def test_nothing_together_is_nothing_asked() -> None:
    assert together([]) == LineFigures()


def test_no_more_than_sixty_are_asked_in_an_hour(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        for _n in range(62):
            _put(session, make, 5)
        questions = due(session, now, is_practice=True)
        for question in questions[:59]:
            keep(session, question, UnitFigures(None, None), now)
        assert (len(questions), room(session, now)) == (62, 1)
        assert room(session, now + timedelta(minutes=61)) == 60


def test_numbers_are_read_from_line_and_kept(database: Database, make: Maker, now: datetime, day: ShopDay) -> None:
    """Half of 100 people have seen it after 14 days, and a tenth pressed: of them LINE tells nothing."""
    world = PracticeWorld(clock=lambda: now)
    server = PracticeServer(world)
    server.start()
    line = SdkLine(server.host, PRACTICE_TOKEN)
    with database.write() as session:
        send = _put(session, make, 14, people=100, unit="spring")
    users = tuple(f"U{n:032x}" for n in range(100))
    world.taken.append(Taken(make.ago(14), "multicast", "k", "r", "spring", users))
    try:
        assert reading.read(database, lambda _account: nullcontext(line), now, Task(), is_practice=True) == Asked(1, 0)
        assert reading.read(database, lambda _account: nullcontext(line), now, Task(), is_practice=True) == Asked(0, 0)
    finally:
        line.close()
        server.stop()
    with database.read() as session:
        found = outcome(session, send, day).line
    assert (found.seen.text, found.pressed.text, found.at) == ("50", "under 20", now)


def test_a_line_that_cannot_be_reached_leaves_all_as_it_was(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        _put(session, make, 5)
    line = SdkLine("http://127.0.0.1:9", PRACTICE_TOKEN, (0.5, 0.5))
    with pytest.raises(OutsideError):
        reading.read(database, lambda _account: nullcontext(line), now, Task(), is_practice=True)
    line.close()
    with database.read() as session:
        assert session.scalars(select(Reading)).all() == []
