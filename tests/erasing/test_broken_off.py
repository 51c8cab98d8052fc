"""An erasing that is killed or finds the disk full: the person is all there, or wholly gone; never between."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from linecrm_desktop.store.opening import open_shop
from tests.maker import Maker

pytestmark = pytest.mark.files

FRIENDS = 4_000
WORD = "Quixotova"
_TOLD = ("friend", "orders", "event", "consent_entry", "erased_key", "erased_order", "erasure")


@pytest.fixture(scope="module")
def filled(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop in which erasing takes a moment."""
    from linecrm_desktop.models.event import EventKind
    from tests.conftest import NOW

    path = tmp_path_factory.mktemp("filled") / "shop.tagwell"
    shutil.copy(template, path)
    database, make = open_shop(path), Maker(NOW)
    with database.write() as session:
        for number in range(FRIENDS):
            make.friend(session, member_number=f"N{number}", email=f"friend{number}@example.tw")
        zelda = make.friend(session, name=f"{WORD} Zelda", member_number="Z1", email=f"{WORD}@example.org")
        for _number in range(300):
            make.event(session, zelda, EventKind.REPLY, detail=f"{WORD} said something")
            make.order(session, zelda)
    database.close()
    return path


def command(shop: Path) -> list[str]:
    erase = ["friends", "erase", "Z1", "--confirm", "Z1"]
    return [sys.executable, "-m", "linecrm_desktop", "--lang", "en", *erase, "--shop", str(shop), "--json"]


def told(shop: Path) -> dict[str, int]:
    """Open the shop as the program does, then count the rows of all that an erasing writes."""
    open_shop(shop).close()
    with closing(sqlite3.connect(shop)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in _TOLD}


BEFORE = {"friend": FRIENDS + 1, "orders": 300, "event": 300, "consent_entry": 0}
BEFORE |= {"erased_key": 0, "erased_order": 0, "erasure": 0}
AFTER = {"friend": FRIENDS, "orders": 0, "event": 0, "consent_entry": 0}
AFTER |= {"erased_key": 303, "erased_order": 300, "erasure": 1}


def test_killed_at_any_moment_the_person_is_there_or_gone(filled: Path, tmp_path: Path) -> None:
    chance = random.Random(20_261_128)
    shop = tmp_path / "shop.tagwell"
    # Moments over the whole run, from before it is open to after it is over, and one as soon as pages are written.
    waits: list[float | None] = [chance.uniform(0.6, 3.0) for _trial in range(7)]
    for wait in (*waits, None):
        shutil.copy(filled, shop)
        child = subprocess.Popen(command(shop), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if wait is None:
            log = shop.with_name(shop.name + "-wal")
            while child.poll() is None and not (log.exists() and log.stat().st_size):
                time.sleep(0.001)
        else:
            time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.wait()
        found = told(shop)
        assert found in (BEFORE, AFTER)
        if found == AFTER:  # opened again, the file holds nothing, however little of the wiping was done
            assert WORD.encode() not in shop.read_bytes()


def small_files(most: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return limit


def _run(shop: Path, most: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command(shop),
        capture_output=True,
        text=True,
        preexec_fn=small_files(most),
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def test_a_full_disk_is_said_in_a_sentence_and_erases_nobody(filled: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop.tagwell"
    shutil.copy(filled, shop)
    said = _run(shop, 40_000)
    assert said.returncode == 3, said.stderr
    assert said.stderr.strip().splitlines()[-1].startswith("The disk takes no more")
    assert not said.stdout
    assert told(shop) == BEFORE


def test_no_room_to_write_the_file_anew_still_erases_and_the_next_opening_wipes(filled: Path, tmp_path: Path) -> None:
    shop = tmp_path / "shop.tagwell"
    shutil.copy(filled, shop)
    said = _run(shop, shop.stat().st_size - 200_000)  # enough for the change itself, too little for the whole file
    assert said.returncode == 3, said.stderr
    assert '"wiped": false' in said.stdout
    assert "Traceback" not in said.stderr
    assert told(shop) == AFTER
    assert WORD.encode() not in shop.read_bytes()
