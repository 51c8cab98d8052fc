"""Two computers at one shared shop: one writes at a time, one holds a send, each sees what the other did."""

from collections.abc import Iterator, Set
from contextlib import closing
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import select

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.channel import Channel
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.database import Database, seen
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import HEAD, create_shared_shop, open_shop
from tests import postgres
from tests.conftest import NOW
from tests.maker import Maker

STRUCTURE = (
    "SELECT table_name, column_name, data_type, collation_name, is_nullable FROM information_schema.columns"
    " WHERE table_schema = 'public' ORDER BY 1, 2",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1",
    "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
    "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0 ORDER BY 1, 2",
)
"""Queries for all that makes up the tables."""


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
    with one.lease("send 1") as mine:
        assert mine
        server.run(
            "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'",
            "SELECT pg_sleep(0.2)",
            database=where.database,
        )
        with other.lease("send 1") as theirs:
            assert theirs


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


def test_a_shop_of_a_newer_program_is_not_touched(
    two: tuple[Database, Database], server: postgres.Server, where: Address
) -> None:
    one, other = two
    server.run("UPDATE alembic_version SET version_num = '9999'", database=where.database)
    before = other.others()
    with pytest.raises(OutsideError, match="newer Tagwell"):
        open_shop(one.path, one.key)
    assert other.others() == before


def test_a_naming_file_that_is_damaged_has_its_own_sentence(two: tuple[Database, Database]) -> None:
    path = two[0].path
    path.write_bytes(path.read_bytes()[:60] + b"\xff")
    with pytest.raises(ShopError, match="does not say where its shop lies"):
        open_shop(path)


def test_on_a_server_that_counts_nothing_every_table_counts_as_written(
    two: tuple[Database, Database], server: postgres.Server, where: Address, make: Maker
) -> None:
    server.run(f"ALTER DATABASE {where.database} SET track_counts = off")
    told: list[Set[str]] = []
    with closing(open_shop(two[0].path, two[0].key)) as database:
        database.after_commit = told.append
        with database.write() as session:
            make.friend(session)
    assert {"friend", "friend.marketing", "consent_entry"} <= told[0]


def test_a_shop_of_an_older_version_is_brought_up_to_date(
    two: tuple[Database, Database], server: postgres.Server, where: Address
) -> None:
    def structure() -> list[Any]:
        return [server.run(query, database=where.database) for query in STRUCTURE]

    wanted = structure()
    for database in two:
        database.close()
    server.run(
        "DROP TABLE channel_friend, channel, refusal_effect",
        *(f"ALTER TABLE {table} DROP COLUMN channel_id" for table in ("message", "campaign", "tester", "shared_list")),
        "ALTER TABLE friend DROP COLUMN refuses_service",
        "ALTER TABLE shop DROP COLUMN cap_wait_days, DROP COLUMN people",
        "DROP INDEX ix_friend_refuses_ads, ix_friend_refuses_profiling",
        "UPDATE alembic_version SET version_num = '0023'",
        database=where.database,
    )
    with closing(open_shop(two[0].path, two[0].key)) as database, database.write() as session:
        session.add(Channel(name="Outlet", shares_ids=False, created_at=NOW))
    assert structure() == wanted
    assert server.run("SELECT version_num FROM alembic_version", database=where.database) == [(HEAD,)]
