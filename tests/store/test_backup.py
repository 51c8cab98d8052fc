"""A backup counts after it was opened and counted; it is made while others write; the newest never goes."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store import backup, opening
from linecrm_desktop.store.database import Database
from tests.maker import Maker

AT = datetime(2026, 11, 12, 9, 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "backups"
    place.mkdir()
    return place


def friends_in(path: Path) -> int:
    with closing(opening.open_shop(path)) as shop, shop.read() as session:
        return session.scalar(select(func.count()).select_from(Friend)) or 0


def test_a_backup_has_what_was_committed_and_not_what_is_being_written(
    database: Database, folder: Path, make: Maker
) -> None:
    with database.write() as session:
        make.friend(session, name="Mei")
    with database.write() as session:
        make.friend(session, name="half written")
        session.flush()
        made = backup.back_up(database.path, folder, AT, 30, Task())

    assert made.path.name == "shop backup 2026-11-12 0900.tagwell"
    assert made.size == made.path.stat().st_size
    assert friends_in(made.path) == 1
    assert [one.name for one in folder.iterdir() if not one.name.endswith("-lock")] == [made.path.name]


def test_only_so_many_are_kept_and_other_files_stay(database: Database, folder: Path) -> None:
    (folder / "shop backup notes.tagwell").write_text("mine")
    (folder / "other backup 2020-01-01 0900.tagwell").write_text("another shop's")

    for day in range(5):
        backup.back_up(database.path, folder, AT + timedelta(days=day), 3, Task())

    assert [one.at.day for one in backup.backups(folder, "shop")] == [16, 15, 14]
    assert (folder / "shop backup notes.tagwell").read_text() == "mine"
    assert (folder / "other backup 2020-01-01 0900.tagwell").exists()


def test_a_clock_that_was_set_back_costs_no_new_backup(database: Database, folder: Path) -> None:
    for day in range(3):
        backup.back_up(database.path, folder, AT + timedelta(days=day), 2, Task())

    made = backup.back_up(database.path, folder, AT - timedelta(days=400), 2, Task())

    assert made.path.exists()
    assert len(backup.backups(folder, "shop")) == 2


def test_two_in_one_minute_are_two(database: Database, folder: Path) -> None:
    first = backup.back_up(database.path, folder, AT, 30, Task())
    second = backup.back_up(database.path, folder, AT, 30, Task())

    assert first.path != second.path
    assert [one.path for one in backup.backups(folder, "shop")] == [second.path, first.path]


def test_a_folder_that_is_not_there_is_told(database: Database, tmp_path: Path) -> None:
    with pytest.raises(OutsideError, match="is not there") as told:
        backup.back_up(database.path, tmp_path / "D" / "Backups", AT, 30, Task())
    assert "Plug in the drive" in told.value.advice


def test_a_stopped_backup_leaves_nothing(database: Database, folder: Path) -> None:
    task = Task()
    task.stop()

    with pytest.raises(Stopped):
        backup.back_up(database.path, folder, AT, 30, task)

    assert list(folder.iterdir()) == []


@pytest.mark.files
def test_a_backup_that_cannot_be_read_again_does_not_count(
    database: Database, folder: Path, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = backup.back_up(database.path, folder, AT, 1, Task())
    with database.write() as session:
        make.friend(session, name="Mei")
    monkeypatch.setattr(backup, "is_whole_copy", lambda _file, counted: counted["friend"] == 0)

    with pytest.raises(OutsideError, match="does not count"):
        backup.back_up(database.path, folder, AT + timedelta(days=1), 1, Task())

    assert [one.path for one in backup.backups(folder, "shop")] == [before.path]


def test_a_backup_is_restored_as_a_copy_first(database: Database, folder: Path, make: Maker) -> None:
    made = backup.back_up(database.path, folder, AT, 30, Task())
    with database.write() as session:
        make.friend(session, name="Mei")

    copy = backup.restore_beside(made.path, database.path)

    assert copy.name == "shop (from the backup of 2026-11-12 0900).tagwell"
    assert (friends_in(copy), made.path.exists()) == (0, True)
    database.close()
    assert friends_in(database.path) == 1


def test_a_restored_copy_takes_the_shops_place_and_the_shop_is_kept(
    database: Database, folder: Path, make: Maker
) -> None:
    made = backup.back_up(database.path, folder, AT, 30, Task())
    with database.write() as session:
        make.friend(session, name="Mei")
    database.close()

    kept = backup.put_back(backup.restore_beside(made.path, database.path), database.path, "before restoring")

    assert (friends_in(database.path), friends_in(kept)) == (0, 1)
    assert backup.copies(database.path) == [kept]


def test_a_damaged_backup_restores_nothing(database: Database, folder: Path) -> None:
    made = backup.back_up(database.path, folder, AT, 30, Task())
    whole = made.path.read_bytes()
    made.path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(OutsideError):
        backup.restore_beside(made.path, database.path)

    assert backup.copies(database.path) == []


def test_a_backup_is_one_file_that_can_be_carried_away(database: Database, folder: Path) -> None:
    made = backup.back_up(database.path, folder, AT, 30, Task())

    with closing(sqlite3.connect(made.path)) as file:
        assert file.execute("PRAGMA journal_mode").fetchone() == ("delete",)
