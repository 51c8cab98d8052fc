"""Friends from LINE itself, through the real SDK and the practice LINE: pages, names, stops, refusals."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.imports import from_line, undo
from linecrm_desktop.imports.from_line import Fetched
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line import practice_answers
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.imports.conftest import ORIGIN
from tests.maker import Maker

IDS = [f"U{number:032x}" for number in range(7)]
Fetch = Callable[..., Fetched]


@pytest.fixture
def world(now: datetime, monkeypatch: pytest.MonkeyPatch) -> PracticeWorld:
    monkeypatch.setattr("linecrm_desktop.line.sdk.FRIENDS_MAX", 3)
    return PracticeWorld(friends=set(IDS), verified=True, clock=Clock(now))


@pytest.fixture
def line(world: PracticeWorld) -> Iterator[Line]:
    door = LineDoor(None, world)
    client = door.client(PRACTICE_TOKEN)
    yield client
    client.close()
    door.close()


@pytest.fixture
def fetch(database: Database, line: Line, now: datetime) -> Fetch:
    def work(task: Task | None = None, **options: Any) -> Fetched:
        return from_line.fetch(database, line, ORIGIN, task or Task(), now, wait=lambda _seconds: None, **options)

    return work


def friends(database: Database) -> dict[str | None, str]:
    with database.read() as session:
        return {ident: name for ident, name in session.execute(select(Friend.line_user_id, Friend.name))}


def test_all_pages_come_in_with_names_and_again_nothing_changes(fetch: Fetch, database: Database) -> None:
    first = fetch()
    assert (first.found, first.new, first.named, first.gone, first.absent) == (7, 7, 7, 0, 0)
    assert friends(database) == {ident: f"Friend {ident[-4:]}" for ident in IDS}
    again = fetch()
    assert (again.found, again.new, again.named) == (7, 0, 0)
    with database.read() as session:
        batches = list(session.scalars(select(ImportBatch).order_by(ImportBatch.id)))
        assert [(row.rows, row.new, row.updated, row.unchanged) for row in batches] == [(7, 7, 0, 0), (7, 0, 0, 7)]
        assert session.scalar(select(func.count()).where(Friend.collected_through == ORIGIN.through)) == 7


def test_a_stop_keeps_what_is_there_and_the_next_time_goes_on(fetch: Fetch, database: Database) -> None:
    task = Task(lambda done, _total, _what: task.stop() if done == 3 else None)
    with pytest.raises(Stopped):
        fetch(task)
    assert len(friends(database)) == 3
    rest = fetch()
    assert (rest.found, rest.new, rest.absent) == (4, 7, None)
    assert set(friends(database)) == set(IDS)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(ImportBatch)) == 1


def test_a_page_that_expired_begins_again(fetch: Fetch, database: Database, world: PracticeWorld) -> None:
    task = Task(lambda _done, _total, _what: task.stop())
    with pytest.raises(Stopped):
        fetch(task)
    world.clock.now += practice_answers.PAGE_LIFE + timedelta(minutes=1)  # type: ignore[attr-defined]
    rest = fetch(names=False)
    assert (rest.found, rest.new, rest.absent) == (7, 7, 0)


def test_an_account_that_may_not_is_told_why(fetch: Fetch, database: Database, world: PracticeWorld) -> None:
    world.verified = False
    with pytest.raises(OutsideError, match="only to verified and premium accounts"):
        fetch()
    assert friends(database) == {}


def test_who_blocks_us_is_not_there_and_who_came_back_is(
    fetch: Fetch, database: Database, world: PracticeWorld, make: Maker
) -> None:
    with database.write() as session:
        make.friend(session, line_user_id=IDS[0], is_blocked=True)
        make.friend(session, line_user_id=IDS[1], name="Mei")
    world.blocked.add(IDS[1])
    fetched = fetch()
    assert (fetched.found, fetched.new, fetched.absent) == (6, 5, 1)
    with database.read() as session:
        assert not any(session.scalars(select(Friend.is_blocked)))
        batch = session.get_one(ImportBatch, fetched.batch_id)
        assert (batch.updated, batch.unchanged) == (1, 0)
    assert friends(database)[IDS[1]] == "Mei"


def test_undo_takes_them_away_again(fetch: Fetch, database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        make.friend(session, line_user_id=IDS[0], is_blocked=True, name="")
    fetched = fetch()
    with database.write() as session:
        undo.undo(session, fetched.batch_id, now)
    with database.read() as session:
        rows = session.execute(select(Friend.line_user_id, Friend.name, Friend.is_blocked))
        assert [tuple(row) for row in rows] == [(IDS[0], "", True)]
