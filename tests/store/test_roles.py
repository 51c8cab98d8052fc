"""Parts in a shared shop are kept by the server: whoever steps past the program meets the same limits."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.store import parts, roles, sharing
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import HEAD, create_shared_shop, open_shop
from linecrm_desktop.store.parts import Member, Part
from linecrm_desktop.store.server_troubles import NoPart
from tests import postgres
from tests.conftest import NOW
from tests.maker import Maker


@pytest.fixture
def where(server: postgres.Server, empty: str, tmp_path: Path) -> Iterator[Address]:
    """A shared shop whose owner may make users."""
    address = server.address(empty)
    create_shared_shop(tmp_path / "tea.tagwell", address, "Tea", "TW", NOW, practice=True, key=key(address)).close()
    yield address
    for user in ("mei", "ken"):
        if server.run(f"SELECT FROM pg_roles WHERE rolname = '{user}'"):
            server.run(f"DROP OWNED BY {user}", database=empty)
            server.run(f"DROP ROLE {user}")


def key(address: Address) -> Key:
    return Key.of_server(postgres.PASSWORD, address.salt)


def give(where: Address, user: str, part: Part) -> list[Member]:
    return roles.give(where, key(where), user, part, postgres.PASSWORD)


def opened(where: Address, user: str, server: postgres.Server, tmp_path: Path) -> Database:
    theirs, path = server.address(where.database, user), tmp_path / f"{user}.tagwell"
    theirs.write(path)
    return open_shop(path, key(theirs))


def test_staff_write_rows_and_nothing_else(
    where: Address, server: postgres.Server, tmp_path: Path, make: Maker
) -> None:
    assert give(where, "mei", Part.STAFF) == [Member("crm", Part.OWNER), Member("mei", Part.STAFF)]
    with closing(opened(where, "mei", server, tmp_path)) as database:
        assert database.may_write()
        with database.write() as session:
            make.friend(session, name="Ann")
        for forbidden in ("DROP TABLE friend", "UPDATE alembic_version SET version_num = '0001'"):
            with pytest.raises(ShopError, match="may look"), database.write() as session:
                session.execute(text(forbidden))
    with pytest.raises(ShopError, match="Only an owner"):
        roles.give(server.address(where.database, "mei"), key(where), "ken", Part.OWNER, postgres.PASSWORD)


def test_a_reader_reads_and_writes_nothing(
    where: Address, server: postgres.Server, tmp_path: Path, make: Maker
) -> None:
    give(where, "mei", Part.STAFF)
    assert Member("mei", Part.READER) in give(where, "mei", Part.READER)
    with closing(opened(where, "mei", server, tmp_path)) as database:
        assert not database.may_write()
        with database.read() as session:
            assert _name(session) == "Tea"
        with pytest.raises(ShopError, match="may look at this shop"), database.write() as session:
            make.friend(session)


def _name(session: Session) -> str:
    return str(session.execute(text("SELECT name FROM shop")).scalar())


def test_who_has_no_part_any_more_is_not_let_in(where: Address, server: postgres.Server, tmp_path: Path) -> None:
    give(where, "mei", Part.READER)
    assert give(where, "mei", Part.NOBODY) == [Member("crm", Part.OWNER)]
    with pytest.raises(ShopError, match="no right to open this shop"):
        opened(where, "mei", server, tmp_path)


def test_who_loses_their_part_while_the_shop_is_open_is_told_that_and_nothing_else(
    where: Address, server: postgres.Server, tmp_path: Path
) -> None:
    give(where, "mei", Part.READER)
    with closing(opened(where, "mei", server, tmp_path)) as database:
        give(where, "mei", Part.NOBODY)
        with pytest.raises(NoPart, match="no right to open this shop"), database.read() as session:
            _name(session)
        with pytest.raises(NoPart, match="no right to open this shop"):
            database.news()


def test_a_second_owner_may_do_what_the_first_may(where: Address, server: postgres.Server, tmp_path: Path) -> None:
    give(where, "mei", Part.OWNER)
    as_mei = server.address(where.database, "mei")
    assert Member("mei", Part.OWNER) in roles.members(as_mei, key(as_mei))
    with closing(opened(where, "mei", server, tmp_path)) as database:
        assert database.may_write()
    with pytest.raises(ShopError, match="nobody takes that away"):
        roles.give(as_mei, key(as_mei), "mei", Part.READER)


def test_a_part_reaches_tables_that_come_later(where: Address, server: postgres.Server, tmp_path: Path) -> None:
    give(where, "mei", Part.STAFF)
    server.run(
        "CREATE TABLE later (id bigint)", "UPDATE alembic_version SET version_num = '0022'", database=where.database
    )
    with pytest.raises(ShopError, match="older Tagwell"):
        opened(where, "mei", server, tmp_path)
    server.run(f"UPDATE alembic_version SET version_num = '{HEAD}'", database=where.database)
    with sharing.connected(where, key(where)) as connection:
        parts.extend(connection)
        connection.commit()
    with closing(opened(where, "mei", server, tmp_path)) as database, database.write() as session:
        session.execute(text("INSERT INTO later VALUES (1)"))
