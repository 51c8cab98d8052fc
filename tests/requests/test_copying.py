"""The copy is whole, opens with its password alone, leaves nothing readable, and a full disk leaves no half of it."""

import resource
from datetime import datetime
from pathlib import Path

import pytest
import pyzipper

from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing.erase import erase
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.data_request import RequestStep, Wants
from linecrm_desktop.requests import copying, sealed_zip
from linecrm_desktop.requests.copying import Saved
from linecrm_desktop.store.database import Database
from tests.requests.conftest import SECRET, ask, do, plain_pdf, row

CHECK, COLLECT, HAND_OVER, CLOSE = RequestStep


def save(database: Database, request: int, path: Path, day: ShopDay, now: datetime) -> Saved:
    return copying.save(database, request, path, plain_pdf, day, "Boss", now)


def opened(saved: Saved, password: str) -> dict[str, str]:
    with pyzipper.AESZipFile(saved.path) as packed:
        packed.setpassword(password.encode())
        return {name: packed.read(name).decode("utf-8-sig") for name in packed.namelist()}


@pytest.fixture
def request_(database: Database, mei: int, day: ShopDay, now: datetime) -> int:
    request = ask(database, mei, day, now)
    do(database, request, day, now, CHECK)
    return request


def test_the_copy_of_a_friend_without_a_line_id_has_all_that_the_shop_knows(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    saved = save(database, request_, tmp_path / "copy.zip", day, now)
    files = opened(saved, saved.password)
    assert set(files) == {"copy.pdf", *(f"{part}.csv" for part in PARTS)}
    assert "梅 Mei" in files["person.csv"]
    assert "mei@example.tw" in files["person.csv"]
    assert [line.split(",")[0] for line in files["orders.csv"].splitlines()] == ["Order", "O-2", "O-1", "O-1"]
    assert SECRET in files["events.csv"]
    assert "Refill,Accepted by LINE" in files["messages.csv"]
    assert "'=Tea" in files["tags.csv"]
    assert "Allergy" in files["tags.csv"]
    assert "market stall" in files["consent.csv"]
    assert row(database, request_, day).collected == tuple({**dict.fromkeys(PARTS, 1), "orders": 2, "tags": 2}.items())


PARTS = ("person", "orders", "events", "messages", "tags", "consent", "requests")


def test_only_the_password_opens_it_and_every_copy_has_its_own(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    first, second = (save(database, request_, tmp_path / f"{n}.zip", day, now) for n in "ab")
    assert first.password != second.password
    with pytest.raises(RuntimeError, match="Bad password"):
        opened(first, second.password)
    assert len(opened(first, first.password)) == 8


def test_it_is_encrypted_with_256_bits_and_its_names_tell_of_nobody(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    saved = save(database, request_, tmp_path / "copy.zip", day, now)
    with pyzipper.AESZipFile(saved.path) as packed:
        assert {info.wz_aes_strength for info in packed.infolist()} == {3}
    raw = saved.path.read_bytes()
    for word in (SECRET, "Mei", "1001", "mei@example.tw"):
        assert word.encode() not in raw
    assert copying.file_name(row(database, request_, day)) == "R-0001_2026-11-27"


def test_nothing_readable_is_written_anywhere(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, temporary = tmp_path / "out", tmp_path / "temporary"
    folder.mkdir()
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    saved = save(database, request_, folder / "copy.zip", day, now)
    assert [file.name for file in folder.iterdir()] == ["copy.zip"]
    assert list(temporary.iterdir()) == []
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert saved.password.encode() not in file.read_bytes(), file
            assert b"%PDF" not in file.read_bytes(), file


def test_a_copy_waits_until_somebody_checked_who_is_asking(
    database: Database, mei: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    request = ask(database, mei, day, now)
    with pytest.raises(ShopError, match="checked"):
        save(database, request, tmp_path / "copy.zip", day, now)
    assert list(tmp_path.glob("*.zip")) == []


def test_a_full_disk_leaves_no_half_and_the_step_is_not_done(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    path = tmp_path / "copy.zip"
    path.write_bytes(b"what was there")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    try:
        with pytest.raises(OutsideError, match="cannot be written"):
            save(database, request_, path, day, now)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert path.read_bytes() == b"what was there"
    assert [file.name for file in tmp_path.iterdir() if "copy" in file.name] == ["copy.zip"]
    assert [step.step for step in row(database, request_, day).steps] == [CHECK]
    save(database, request_, path, day, now)
    assert [step.step for step in row(database, request_, day).steps] == [CHECK, COLLECT, HAND_OVER]


def test_a_folder_that_is_gone_is_said(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    with pytest.raises(OutsideError, match="cannot be written"):
        save(database, request_, tmp_path / "unplugged" / "copy.zip", day, now)


def test_it_takes_the_place_of_a_zip_file_only(
    database: Database, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    (tmp_path / "folder.zip").mkdir()
    for name in ("copy.tagwell", "folder.zip", database.path.name):
        with pytest.raises(ShopError, match="A copy cannot be written"):
            sealed_zip.write(tmp_path / name, b"")


def test_a_copy_before_erasing_does_not_do_the_erasing(
    database: Database, mei: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    request = ask(database, mei, day, now, Wants.ERASE)
    do(database, request, day, now, CHECK)
    save(database, request, tmp_path / "copy.zip", day, now)
    assert row(database, request, day).next is HAND_OVER


def test_of_an_erased_friend_there_is_nothing_to_copy(
    database: Database, mei: int, request_: int, tmp_path: Path, day: ShopDay, now: datetime
) -> None:
    erase(database, mei, "M-1001", Task(), now, "Asia/Taipei")
    with pytest.raises(ShopError, match="R-0001 is not in the shop"):
        save(database, request_, tmp_path / "copy.zip", day, now)


def test_passwords_are_long_and_without_letters_that_look_alike() -> None:
    made = {sealed_zip.new_password() for _number in range(200)}
    assert len(made) == 200
    assert all(len(one) == 19 and not set("l1o0") & set(one) for one in made)
