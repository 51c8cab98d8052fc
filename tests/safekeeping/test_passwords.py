"""A password covers the shop and every copy of it; a plan says when a backup is due."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.safekeeping import backups, passwords
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.settings import file_keys
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store import opening
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database

pytestmark = pytest.mark.files
PASSWORD = "我家的貓今年七歲了"


@pytest.fixture
def plan(database: Database) -> Plan:
    return backups.plan_for(database.path, Preferences())


def test_all_copies_get_the_password_and_lose_it_again(database: Database, plan: Plan, now: datetime) -> None:
    day = ShopDay.of(now, "Asia/Taipei")
    made = backups.make(database, plan, now, day, Task())
    beside = copy_beside(database.path, "before the audit")
    database.close()

    sealed = passwords.seal(database.path, None, PASSWORD, plan, Task())

    assert (sealed.copies, sealed.left) == (2, ())
    for file in (database.path, made.path, beside):
        assert opening.key_for(file, PASSWORD) == sealed.key

    opened = passwords.seal(database.path, sealed.key, None, plan, Task())
    assert (opened.key, opened.copies) == (None, 2)
    assert not any(opening.is_encrypted(file) for file in (database.path, made.path, beside))


def test_a_copy_with_another_password_is_left_and_named(database: Database, plan: Plan) -> None:
    beside = copy_beside(database.path, "older")
    passwords.seal(beside, None, "the password of last year", replace(plan, folder=plan.folder / "none"), Task())
    database.close()

    sealed = passwords.seal(database.path, None, PASSWORD, plan, Task())

    assert (sealed.copies, sealed.left) == (0, (beside,))


def test_a_short_password_is_refused(database: Database, plan: Plan) -> None:
    database.close()
    with pytest.raises(ShopError, match="too short"):
        passwords.seal(database.path, None, "1234567", plan, Task())
    assert not opening.is_encrypted(database.path)


def test_waiting_grows_with_wrong_passwords() -> None:
    waits = [passwords.wait_after(wrong) for wrong in range(12)]
    assert waits[:4] == [0, 0, 0, 2]
    assert waits == sorted(waits)


def test_the_computer_keeps_a_key_only_when_asked(database: Database, plan: Plan) -> None:
    database.close()
    sealed = passwords.seal(database.path, None, PASSWORD, plan, Task())
    assert sealed.key is not None
    store = SessionTokens()

    assert file_keys.kept(store, sealed.key.salt) is None
    file_keys.keep(store, sealed.key.salt, sealed.key.words)
    assert file_keys.kept(store, sealed.key.salt) == sealed.key.words
    file_keys.forget(store, sealed.key.salt)
    assert file_keys.kept(store, sealed.key.salt) is None


def test_a_backup_is_due_once_a_day(database: Database, plan: Plan, now: datetime) -> None:
    day = ShopDay.of(now, "Asia/Taipei")
    assert backups.is_due(plan, database.path, day)

    made = backups.make(database, plan, now, day, Task())

    assert made.at == datetime(2026, 11, 12, 10, 31)
    assert not backups.is_due(plan, database.path, day)
    assert backups.is_due(plan, database.path, ShopDay.of(now + timedelta(days=1), "Asia/Taipei"))
    assert not backups.is_due(replace(plan, days=7), database.path, ShopDay.of(now + timedelta(days=6), "Asia/Taipei"))
    assert not backups.is_due(replace(plan, days=0), database.path, ShopDay.of(now + timedelta(days=99), "UTC"))


def test_large_work_makes_one_backup_a_day(database: Database, plan: Plan, now: datetime, day: ShopDay) -> None:
    assert backups.before_large_work(database, plan, now, day, Task()) is not None
    assert backups.before_large_work(database, plan, now + timedelta(hours=1), day, Task()) is None


def test_a_chosen_folder_is_never_made(database: Database, now: datetime, day: ShopDay, tmp_path: Path) -> None:
    plan = backups.plan_for(database.path, Preferences(backup_folder=str(tmp_path / "D" / "Backups")))
    with pytest.raises(OutsideError, match="is not there"):
        backups.make(database, plan, now, day, Task())
