"""One writer, readers that change nothing, and troubles in plain words."""

import sqlite3
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, text
from sqlalchemy.exc import IntegrityError

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.troubles import explain
from tests.maker import Maker


def test_what_a_reader_changes_is_thrown_away(database: Database, make: Maker) -> None:
    with database.read() as session:
        make.friend(session)
    with database.read() as session:
        assert session.query(Friend).count() == 0


def test_what_is_rehearsed_is_thrown_away_and_a_write_after_it_is_kept(database: Database, make: Maker) -> None:
    with database.rehearse() as session:
        make.friend(session)
        assert session.query(Friend).count() == 1
    assert database.writes == 0
    with database.write() as session:
        assert session.query(Friend).count() == 0
        make.friend(session)
    with database.read() as session:
        assert session.query(Friend).count() == 1


def test_an_error_while_writing_takes_everything_back(database: Database, make: Maker) -> None:
    with pytest.raises(RuntimeError), database.write() as session:
        make.friend(session)
        raise RuntimeError
    with database.read() as session:
        assert session.query(Friend).count() == 0
    assert database.writes == 0


def test_a_write_moves_the_counter(database: Database, make: Maker) -> None:
    with database.write() as session:
        make.friend(session)
    assert database.writes == 1


def test_a_reader_sees_one_moment_while_somebody_writes(database: Database, make: Maker) -> None:
    with database.read() as reader:
        assert reader.query(Friend).count() == 0
        with database.write() as writer:
            make.friend(writer)
        assert reader.query(Friend).count() == 0


def test_foreign_keys_hold(database: Database, now: datetime) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(FriendTag(tag_id=1, friend_id=1, origin=TagOrigin.HAND, since=now))


def test_foreign_keys_are_looked_up_again_after_a_write_that_proves_them(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write(proven=True) as session:
        friend = make.friend(session)
        make.give(session, make.tag(session, "Tea"), friend)
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(FriendTag(tag_id=1, friend_id=friend + 1, origin=TagOrigin.HAND, since=now))
    with database.write() as session:
        session.execute(delete(Friend).where(Friend.id == friend))
        assert session.query(FriendTag).count() == 0


def test_moments_need_a_time_zone(database: Database, now: datetime) -> None:
    with pytest.raises(Exception, match="time zone"), database.write() as session:
        session.add(Friend(name="A", created_at=now.replace(tzinfo=None)))


@pytest.mark.files
def test_the_file_keeps_a_write_ahead_log_and_syncs_fully(database: Database) -> None:
    with database.read() as session:
        assert session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert session.scalar(text("PRAGMA synchronous")) == 2
        assert session.scalar(text("PRAGMA foreign_keys")) == 1


@pytest.mark.files
def test_a_full_disk_is_said_plainly(database: Database, make: Maker) -> None:
    with pytest.raises(OutsideError, match="disk is full"), database.write() as session:
        session.execute(text("PRAGMA max_page_count=1"))
        for _ in range(2000):
            make.friend(session, name="a" * 500)
    with database.read() as session:
        assert session.query(Friend).count() == 0


@pytest.mark.parametrize(
    ("words", "kind", "part"),
    [
        ("database or disk is full", OutsideError, "disk is full"),
        ("database is locked", ShopError, "open in another window"),
        ("database disk image is malformed", OutsideError, "damaged"),
        ("attempt to write a readonly database", OutsideError, "cannot be written"),
    ],
)
def test_each_trouble_has_its_own_sentence(words: str, kind: type[Exception], part: str) -> None:
    trouble = explain(sqlite3.OperationalError(words), Path("a.tagwell"))
    assert isinstance(trouble, kind)
    assert part in str(trouble)


def test_a_mistake_of_our_own_is_not_explained_away() -> None:
    assert explain(sqlite3.OperationalError("no such column: x"), Path("a.tagwell")) is None
