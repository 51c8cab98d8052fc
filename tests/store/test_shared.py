"""Two computers at one shared shop: one writes at a time, one holds a send, each sees what the other did."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import select

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.database import Database, seen
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import create_shared_shop, open_shop
from tests import postgres
from tests.conftest import NOW
from tests.maker import Maker


@pytest.fixture
def where(server: postgres.Server, empty: str) -> Address:
    return server.address(empty)


@pytest.fixture
def two(where: Address, tmp_path: Path) -> Iterator[tuple[Database, Database]]:
    """The same shop, open on two computers."""
    key = Key.of_server(postgres.PASSWORD, where.salt)
    mine, theirs = tmp_path / "mine.tagwell", tmp_path / "theirs.tagwell"
    where.write(theirs)
    with (
        closing(create_shared_shop(mine, where, "Tea", "TW", NOW, practice=True, key=key)) as one,
        closing(open_shop(theirs, key)) as other,
    ):
        yield one, other


def test_a_send_is_held_by_one_and_taken_over_when_the_other_ends(two: tuple[Database, Database]) -> None:
    one, other = two
    with one.lease("send 1") as mine:
        assert mine
        with other.lease("send 1") as theirs, other.lease("send 2") as another:
            assert (theirs, another) == (False, True)
    with other.lease("send 1") as theirs:
        assert theirs


def test_a_computer_that_is_cut_off_loses_what_it_held(
    two: tuple[Database, Database], server: postgres.Server, where: Address
) -> None:
    one, other = two
    with _cut_off(), one.lease("send 1") as mine:
        assert mine
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
            "SELECT pg_sleep(0.2)",
            database=where.database,
        )
        with other.lease("send 1") as theirs:
            assert theirs


@contextmanager
def _cut_off() -> Iterator[None]:
    """Let the end of a connection that is gone already be no trouble."""
    import psycopg

    with suppress(psycopg.OperationalError):
        yield


def test_what_others_write_is_seen_and_moves_their_number_only(two: tuple[Database, Database], make: Maker) -> None:
    one, other = two
    before = one.others(), other.others()
    with one.write() as session:
        make.friend(session, name="Mei")
    assert one.others() == before[0]
    assert other.others() == before[1] + 1
    with other.read() as session:
        assert session.scalars(select(Friend.name)).all() == ["Mei"]


def test_each_computer_is_told_once_which_tables_the_others_wrote(two: tuple[Database, Database], make: Maker) -> None:
    one, other = two
    assert other.news() == frozenset()
    with one.write() as session:
        make.friend(session, name="Mei")
    assert one.news() == frozenset()
    assert "friend" in other.news()
    assert other.news() == frozenset()


def test_kept_answers_of_before_are_not_used_after_another_wrote(two: tuple[Database, Database], make: Maker) -> None:
    one, other = two

    def stamp() -> object:
        with one.read() as session:
            found = seen(session)
            assert found is not None
            return found.versions.stamp(["friend"])

    before = stamp()
    assert stamp() == before
    with other.write() as session:
        make.friend(session)
    assert stamp() != before


def test_writers_take_turns_and_lose_no_row(two: tuple[Database, Database]) -> None:
    def add(database: Database, sign: str) -> None:
        for number in range(20):
            with database.write() as session:
                session.add(Friend(line_user_id=f"U{sign}{number:031x}", name=sign, created_at=NOW))

    threads = [Thread(target=add, args=(database, sign)) for database, sign in zip(two, "ab", strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with two[0].read() as session:
        assert sorted(session.scalars(select(Friend.id))) == list(range(1, 41))


def test_who_may_only_look_is_told_so(
    two: tuple[Database, Database], server: postgres.Server, where: Address, tmp_path: Path, make: Maker
) -> None:
    server.run(
        f"CREATE ROLE looker LOGIN PASSWORD '{postgres.PASSWORD}'",
        "GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker",
        database=where.database,
    )
    theirs, path = server.address(where.database, "looker"), tmp_path / "looker.tagwell"
    theirs.write(path)
    with closing(open_shop(path, Key.of_server(postgres.PASSWORD, theirs.salt))) as database:
        with database.read() as session:
            assert session.scalars(select(Friend.id)).all() == []
        with pytest.raises(ShopError, match="may look at this shop"), database.write() as session:
            make.friend(session)
    server.run("DROP OWNED BY looker", "DROP ROLE looker", database=where.database)
