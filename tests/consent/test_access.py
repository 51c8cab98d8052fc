"""Who looked: each look has its line, no list leaves without a purpose, and an erased person's number goes."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from linecrm_desktop.consent import access, access_words
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing import erase
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.access import AccessLine, Looked, Place
from linecrm_desktop.store.database import Database
from tests.maker import Maker


@pytest.fixture
def asked(make: Maker) -> Asked:
    return Asked("Ann", Place.WINDOW, make.now, "Call about the parcel")


def test_a_look_names_who_when_and_whose(database: Database, make: Maker, day: ShopDay, asked: Asked) -> None:
    with database.write() as session:
        access.reveal(session, make.friend(session, name="Mei"), Looked.PHONE, asked)
    with database.read() as session:
        (look,) = access.looks(session)
    told = access_words.cells(look, day)
    assert told == ["2026-11-12 10:31", "Ann", "Phone shown", "Mei", "", "", "Window", ""]


def test_a_list_leaves_with_its_purpose_and_the_hash_of_its_bytes(
    database: Database, asked: Asked, tmp_path: Path
) -> None:
    path = tmp_path / "friends.csv"
    with database.write() as session:
        assert access.save_list(session, asked, access.FRIENDS, path, ["Name"], [["Mei"], ["Bo"]]) == 2
        (look,) = access.looks(session)
        assert access.purposes(session) == ["Call about the parcel"]
    assert (look.people, look.columns) == (2, ("Name",))
    assert look.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize("purpose", ["", "  "])
def test_without_a_purpose_nothing_leaves(database: Database, asked: Asked, tmp_path: Path, purpose: str) -> None:
    with pytest.raises(ShopError, match="what the list is for"), database.write() as session:
        access.save_list(
            session, replace(asked, purpose=purpose), access.FRIENDS, tmp_path / "a.csv", ["Name"], [["Mei"]]
        )
    assert list(tmp_path.glob("*.csv")) == []


def test_a_list_that_could_not_be_written_has_no_line(database: Database, asked: Asked, tmp_path: Path) -> None:
    with pytest.raises(OutsideError), database.write() as session:
        access.save_list(session, asked, access.FRIENDS, tmp_path / "no" / "a.csv", ["Name"], [["Mei"]])
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(AccessLine)) == 0


def test_an_erased_person_is_in_no_line_and_the_line_stays(
    database: Database, make: Maker, asked: Asked, tmp_path: Path
) -> None:
    with database.write() as session:
        mei = make.friend(session, name="Quixotova", member_number="M-1")
        access.reveal(session, mei, Looked.EMAIL, asked)
        about = replace(asked, purpose="Parcel of Quixotova")
        access.save_list(session, about, access.FRIENDS, tmp_path / "a.csv", ["Name"], [["x"]])
    done = erase.erase(database, mei, "M-1", Task(), make.now, "Asia/Taipei")
    assert done.searched.is_clean
    with database.read() as session:
        listed, shown = access.looks(session)
    assert listed.purpose == "(erased)"
    assert (shown.friend_id, access_words.of_whom(shown)) == (None, "(erased)")
