"""A shop goes to a server and comes back: all of it, the same to the byte, or nothing."""

import shutil
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.store import carrying, moving
from linecrm_desktop.store.address import Address, parse
from linecrm_desktop.store.carrying import TABLES, Carried
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.file_ground import make_engine
from linecrm_desktop.store.opening import key_for, open_shop
from linecrm_desktop.store.server_troubles import PasswordWanted, WrongPassword
from tests import postgres

SHOPS = Path(__file__).parents[1] / "old_shops"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A shop of the present schema with a row in every table."""
    path = tmp_path / "Tea.tagwell"
    shutil.copy(max(SHOPS.glob("*.tagwell")), path)
    open_shop(path).close()
    return path


def told_by(path: Path) -> tuple[Carried, ...]:
    engine = make_engine(path)
    with engine.connect() as connection:
        found = carrying.contents(connection)
    engine.dispose()
    return found


def key_to(where: Address) -> Key:
    return Key.of_server(postgres.PASSWORD, where.salt)


def test_a_shop_goes_there_and_back_and_is_the_same_to_the_byte(
    server: postgres.Server, empty: str, shop: Path, tmp_path: Path
) -> None:
    before, where = told_by(shop), server.address(empty)
    assert {one.table for one in before if one.rows} >= {"friend", "tag", "friend_tag", "orders", "campaign"}
    there = moving.to_server(shop, None, where, key_to(where), Task())
    assert there.tables == before
    assert there.before is not None
    assert told_by(there.before) == before
    back = moving.to_file(where, key_to(where), tmp_path / "back", Task())
    assert back.tables == before
    assert told_by(back.path) == before


def test_every_table_but_the_packed_columns_is_carried() -> None:
    from linecrm_desktop.models.all import METADATA

    assert {table.name for table in TABLES} == set(METADATA.tables) - {"packed_column"}


def test_the_file_in_its_place_opens_the_shop_and_holds_no_password(
    server: postgres.Server, empty: str, shop: Path, now: datetime
) -> None:
    where = server.address(empty)
    moving.to_server(shop, None, where, key_to(where), Task())
    assert postgres.PASSWORD not in shop.read_text(encoding="utf-8")
    with pytest.raises(PasswordWanted):
        open_shop(shop)
    with pytest.raises(WrongPassword):
        key_for(shop, "another")
    with closing(open_shop(shop, key_for(shop, postgres.PASSWORD))) as database:
        with database.write() as session:
            session.add(Tag(name="New", name_key="new", type="interest", created_at=now))
        with database.read() as session:
            assert session.scalars(select(Tag.name).where(Tag.name == "New")).one() == "New"


def test_numbers_go_on_from_the_largest_and_what_was_taken_back_leaves_no_gap(
    server: postgres.Server, empty: str, shop: Path, now: datetime
) -> None:
    where = server.address(empty)
    moving.to_server(shop, None, where, key_to(where), Task())
    with closing(open_shop(shop, key_to(where))) as database:
        for _again in range(2):
            with database.rehearse() as session:
                largest = max(session.scalars(select(Tag.id)))
                tag = Tag(name="New", name_key="new", type="interest", created_at=now)
                session.add(tag)
                session.flush()
                assert tag.id == largest + 1


def test_a_stopped_move_leaves_the_database_empty_and_the_file_as_it_was(
    server: postgres.Server, empty: str, shop: Path
) -> None:
    before, where, task = shop.read_bytes(), server.address(empty), Task()
    task.stop()
    with pytest.raises(Stopped):
        moving.to_server(shop, None, where, key_to(where), task)
    assert server.run("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'", database=empty) == [(0,)]
    assert shop.read_bytes() == before
    assert list(shop.parent.glob("*.part")) == []


def test_a_row_that_arrives_otherwise_is_noticed(shop: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.tagwell"
    shutil.copy(shop, copy)
    source, target = make_engine(shop), make_engine(copy)
    spoil = "CREATE TRIGGER spoil AFTER INSERT ON friend BEGIN UPDATE friend SET name = 'x' WHERE id = new.id; END"
    with source.connect() as reader, target.connect() as writer:
        for table in reversed(TABLES):
            writer.execute(table.delete())
        writer.execute(text(spoil))
        with pytest.raises(OutsideError, match="“friend” did not arrive whole"):
            carrying.carry(reader, writer, Task())
    source.dispose()
    target.dispose()


def test_a_database_that_holds_something_is_refused(server: postgres.Server, empty: str, shop: Path) -> None:
    server.run("CREATE TABLE other (id int)", database=empty)
    where = server.address(empty)
    with pytest.raises(ShopError, match="is not empty"):
        moving.to_server(shop, None, where, key_to(where), Task())
    open_shop(shop).close()


def test_a_server_that_does_not_answer_and_an_unknown_database_have_their_sentences(
    server: postgres.Server, shop: Path
) -> None:
    nobody = Address("127.0.0.1", "shop", "crm", 1)
    with pytest.raises(OutsideError, match="does not answer"):
        moving.to_server(shop, None, nobody, key_to(nobody), Task())
    unknown = server.address("no_such")
    with pytest.raises(ShopError, match="no database of this name"):
        moving.to_server(shop, None, unknown, key_to(unknown), Task())


@pytest.mark.parametrize("words", ["postgresql://", "postgresql://server", "postgresql://a@b", "postgresql://a@b:x/c"])
def test_an_address_that_names_no_database_is_refused(words: str) -> None:
    with pytest.raises(ShopError, match="names no database"):
        parse(words)
