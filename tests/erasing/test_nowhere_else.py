"""After an erasing the person is in no file that is written then: backups, copies, logs, lists and requests."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from linecrm_desktop.audiences import register as lists
from linecrm_desktop.audiences import saving
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Wish
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.data_request import RequestStep, Wants
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.share import Way
from linecrm_desktop.requests import register as requests
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.settings.places import log_folder
from linecrm_desktop.store.backup import back_up, copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.views import log_file, shown_errors
from tests.erasing.conftest import WORDS, Shop, erased

ASKED = {"asked": "please forget my grotto order", "how": "came-with-passport-grotto", "by": "clerk"}


def spelled(word: str) -> set[bytes]:
    """Return a word's bytes in every way that a file of ours could hold it."""
    return {
        *(word.encode(how) for how in ("utf-8", "utf-16-le", "utf-16-be")),
        json.dumps(word)[1:-1].encode(),
        ascii(word)[1:-1].encode(),
    }


def holding(folder: Path) -> dict[str, list[str]]:
    """Return which files of a folder, however deep, hold which words of the person."""
    words = {**WORDS, "asked": ASKED["asked"], "how": ASKED["how"]}
    found: dict[str, list[str]] = {}
    for path in (one for one in folder.rglob("*") if one.is_file()):
        whole = path.read_bytes() + path.name.encode()
        told = [name for name, word in words.items() if any(one in whole for one in spelled(word))]
        if told:
            found[path.name] = told
    return found


@pytest.fixture
def asked(database: Database, shop: Shop, day: ShopDay, now: datetime) -> None:
    """Zelda asked to be erased, and somebody wrote down how she was known."""
    with database.write() as session:
        number = requests.write_down(session, shop.zelda, Wants.ERASE, day, now, about=ASKED["asked"])
        requests.record(session, number, RequestStep.CHECK, ASKED["by"], ASKED["how"], now)


@pytest.mark.files
def test_backups_and_copies_made_afterwards_hold_nothing_of_the_person(
    database: Database, shop: Shop, asked: None, now: datetime, tmp_path: Path
) -> None:
    kept_apart.watch(database, now)
    before = holding(tmp_path)
    assert {name for words in before.values() for name in words} == {*WORDS, "asked", "how"}

    erased(database, shop.zelda, now)
    folder = tmp_path / "Backups"
    folder.mkdir()
    back_up(database.path, folder, now, 3, Task())
    copy_beside(database.path, "afterwards")
    with database.write() as session:
        ledger.refuse(session, [shop.other], "chat", now)

    assert holding(tmp_path) == {}
    assert len(list(tmp_path.rglob("*.tagwell"))) >= 3


def test_the_register_of_lists_keeps_counts_and_nobody(
    database: Database, shop: Shop, day: ShopDay, now: datetime, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    wish = Wish(AllOf((HasTag((1,)),)), Way.CSV, "Write to tea lovers", frozenset({Identifier.LINE_ID}), "A tool")
    with database.write() as session:
        told = Origin("stall", "news", Answer.YES)
        ledger.record_collected(session, [shop.zelda, shop.other], told, now)
    number = saving.save(database, wish, None, folder, Moment(day, now), Limits(share=2, share_tag=2))
    assert any(WORDS["line"].encode() in path.read_bytes() for path in folder.iterdir())

    erased(database, shop.zelda, now)

    with database.read() as session:
        assert lists.passport(session, number).people == 2
        assert lists.of_friend(session, shop.zelda) == []
    for path in folder.iterdir():  # what left is outside the shop and named as not reachable
        path.unlink()
    assert holding(tmp_path) == {}


def test_neither_log_nor_what_is_kept_apart_holds_the_person(
    database: Database, shop: Shop, asked: None, now: datetime, home: Path, tmp_path: Path
) -> None:
    kept_apart.watch(database, now)
    log_file.keep_log(lambda _error: None)
    try:
        for error in (
            ValueError(f"cannot read {WORDS['name']} {WORDS['email']} {WORDS['phone']}"),
            KeyError(WORDS["line"]),
            OutsideError(f"{WORDS['name']} is too long", "Shorten it."),
        ):
            shown_errors.note(error)
        with pytest.raises(OSError) as failed:
            (tmp_path / f"[LINE] {WORDS['name']}.txt").read_bytes()
        shown_errors.note(OutsideError("It cannot be read.", "Look.", details=str(failed.value)))
        erased(database, shop.zelda, now)
    finally:
        log_file.stop_log()

    assert (log_folder() / "tagwell.log").read_text(encoding="utf-8").count("\n") >= 3
    assert holding(home) == {}
