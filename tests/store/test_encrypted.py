"""A shop file with a password: nobody reads it, nobody opens it with another one, and it works as any other."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store import driver, opening, sealing
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.server_troubles import PasswordWanted, WrongPassword
from tests.maker import Maker

pytestmark = pytest.mark.files
PASSWORD = "我家的貓 แมว 2019"
NAME = "王小明 Wang Xiaoming"


@pytest.fixture(scope="module")
def key() -> Key:
    return Key.new(PASSWORD)


@pytest.fixture
def locked(tmp_path: Path, now: datetime, key: Key, make: Maker) -> Iterator[Database]:
    """A shop with a password and one friend."""
    shop = opening.create_shop(tmp_path / "shop.tagwell", "Morning Mist", "TW", now, practice=True, key=key)
    with shop.write() as session:
        make.friend(session, name=NAME)
    yield shop
    shop.close()


def everything_beside(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.iterdir() if one.is_file())


def test_nothing_readable_lies_in_the_file_or_beside_it(locked: Database) -> None:
    found = everything_beside(locked.path)  # with the journal of a shop in use

    for word in (NAME, "Morning Mist", "friend"):
        assert word.encode() not in found
        assert word.encode("utf-16-le") not in found
    assert driver.HEADER not in found


def test_only_its_own_password_opens_it(locked: Database) -> None:
    locked.close()

    with pytest.raises(PasswordWanted, match="needs its password"):
        opening.open_shop(locked.path)
    with pytest.raises(WrongPassword, match="does not open this file"):
        opening.key_for(locked.path, PASSWORD + " ")

    with (
        closing(opening.open_shop(locked.path, opening.key_for(locked.path, PASSWORD))) as shop,
        shop.read() as session,
    ):
        assert session.scalars(select(Friend.name)).all() == [NAME]


def test_the_same_letters_open_it_however_a_keyboard_composes_them(tmp_path: Path, now: datetime) -> None:
    composed, apart = "Caf\u00e9 au lait", "Cafe\u0301 au lait"
    opening.create_shop(tmp_path / "a", "A", "TW", now, key=Key.new(composed)).close()

    assert opening.key_for(tmp_path / "a.tagwell", apart)


def test_a_wrong_password_writes_nothing_to_the_terminal(locked: Database, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WrongPassword):
        opening.key_for(locked.path, "another one")

    assert capfd.readouterr() == ("", "")


def test_a_copy_beside_it_has_the_same_password(locked: Database, key: Key) -> None:
    copy = copy_beside(locked.path, "before", key)

    assert NAME.encode() not in copy.read_bytes()
    assert opening.key_for(copy, PASSWORD) == key


def test_a_damaged_plain_file_is_not_taken_for_an_encrypted_one(database: Database) -> None:
    database.close()
    with database.path.open("rb+") as file:
        file.write(b"\x99" * 16)

    with pytest.raises(ShopError, match="is not a Tagwell shop"):
        opening.open_shop(database.path)


def test_an_older_shop_with_a_password_is_copied_and_upgraded_encrypted(tmp_path: Path, key: Key) -> None:
    path = tmp_path / "old.tagwell"
    shutil.copy(Path(__file__).parent.parent / "old_shops" / "0003.tagwell", path)
    sealing.seal(path, None, key)

    with closing(opening.open_shop(path, key)) as shop, shop.read() as session:
        assert session.scalar(select(func.count()).select_from(Friend)) is not None

    copy = tmp_path / "old (before update from 0003).tagwell"
    assert opening.is_encrypted(copy)
    assert opening.check(copy, key) == "0003"


def test_a_plain_shop_is_sealed_with_all_that_is_in_it(database: Database, make: Maker, key: Key) -> None:
    with database.write() as session:
        make.friend(session, name=NAME)
    database.close()
    before = _content(sqlite3.connect(database.path))

    sealing.seal(database.path, None, key)

    assert NAME.encode() not in everything_beside(database.path)
    assert _content(driver.connect(database.path, key)) == before


def test_a_password_is_changed_and_removed(locked: Database, key: Key) -> None:
    locked.close()
    before = _content(driver.connect(locked.path, key))
    other = Key.new("another sentence")

    sealing.seal(locked.path, key, other)
    with pytest.raises(WrongPassword):
        opening.open_shop(locked.path, key)
    assert _content(driver.connect(locked.path, other)) == before

    sealing.seal(locked.path, other, None)
    opening.open_shop(locked.path).close()
    assert _content(sqlite3.connect(locked.path)) == before


def test_a_sealing_that_breaks_off_leaves_the_shop_and_nothing_else(
    database: Database, key: Key, monkeypatch: pytest.MonkeyPatch
) -> None:
    database.close()
    before = _content(sqlite3.connect(database.path))

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutsideError, match="disk is full"):
        sealing.seal(database.path, None, key)

    assert _content(sqlite3.connect(database.path)) == before
    assert sorted(one.name for one in database.path.parent.iterdir() if "sealing" in one.name) == []


def test_a_shop_in_use_is_not_sealed(database: Database, key: Key) -> None:
    with database.read() as session:
        session.scalars(select(Friend.id)).all()
        with pytest.raises((ShopError, OutsideError)):
            sealing.seal(database.path, None, key)

    assert not opening.is_encrypted(database.path)


def test_a_key_survives_being_written_down(key: Key) -> None:
    assert Key.from_words(key.words) == key
    for wrong in (None, "", "x''", "no key", key.words[:-3] + "'"):
        assert Key.from_words(wrong) is None
    assert key.raw.hex() not in repr(key)


def _content(connection: sqlite3.Connection) -> list[object]:
    with closing(connection) as file:
        tables = [row[0] for row in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1")]
        schema = file.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        return [schema, *(file.execute(f'SELECT * FROM "{table}"').fetchall() for table in tables)]
