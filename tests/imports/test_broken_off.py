"""Imports that are killed, or that find the disk full: the shop is as before or as after, never between."""

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports import run as importing
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.imports.conftest import plan_for

pytestmark = pytest.mark.files

ROWS = 20_000
ORIGIN = ("--source", "counter", "--purpose", "membership", "--informed", "yes")
TABLES = (
    *("friend", "friend_tag", "tag", "orders", "order_line", "consent_entry", "import_batch", "rejected_row"),
    "change",
)
Counted = dict[str, int]


@pytest.fixture
def shop(put_shop: Callable[[Path], Path], tmp_path: Path) -> Path:
    return put_shop(tmp_path / "shop.tagwell")


def write(path: Path, head: str, rows: Iterable[str]) -> Path:
    path.write_text("\n".join([head, *rows]), encoding="utf-8")
    return path


def customers(folder: Path) -> Path:
    rows = (f"M-{n},Friend {n},friend{n}@example.tw,yes,茶、VIP" for n in range(ROWS - 1))
    head = "Member number,Name,E-mail,Accepts marketing,Tags"
    return write(folder / "customers.csv", head, [*rows, ",Nobody,,,"])


def orders(folder: Path) -> Path:
    rows = (f"A{n // 2},2026-{n % 12 + 1:02d}-01,M-{n // 4},Tea {n % 9},1,680" for n in range(ROWS))
    return write(folder / "orders.csv", "Order number,Order date,Member number,Product,Quantity,Line amount", rows)


MEMBERS = ROWS - 1
AFTER = {
    "customers": {"friend": MEMBERS, "friend_tag": MEMBERS * 2, "tag": 2, "import_batch": 1, "rejected_row": 1},
    "orders": {"friend": ROWS // 4, "orders": ROWS // 2, "order_line": ROWS, "import_batch": 1},
}
MAKERS = {"customers": customers, "orders": orders}


def counted(shop: Path) -> Counted:
    """Open the shop as the program does, then return how many rows there are of all that an import writes."""
    open_shop(shop).close()
    with closing(sqlite3.connect(shop)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in TABLES}


def command(shop: Path, file: Path) -> list[str]:
    return [sys.executable, "-m", "linecrm_desktop", "import", str(file), "--shop", str(shop), "--json", *ORIGIN]


def pages_are_written(shop: Path, child: subprocess.Popen[bytes]) -> None:
    """Wait until the last part of an import has begun: its pages go into the log beside the shop."""
    log = shop.with_name(shop.name + "-wal")
    while child.poll() is None and not (log.exists() and log.stat().st_size):
        time.sleep(0.001)


@pytest.mark.parametrize("kind", MAKERS)
def test_an_import_that_is_killed_is_whole_or_was_never_there(tmp_path: Path, shop: Path, kind: str) -> None:
    file = MAKERS[kind](tmp_path)
    before = counted(shop)
    chance = random.Random(20_261_123)
    seen: list[Counted] = []
    for wait in (chance.uniform(0.3, 0.8), chance.uniform(0.8, 1.6), chance.uniform(1.0, 2.4), None):
        child = subprocess.Popen(command(shop, file), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        if wait is None:
            pages_are_written(shop, child)
        else:
            time.sleep(wait)
        child.send_signal(signal.SIGKILL)
        child.wait()
        seen.append(counted(shop))
    assert seen[0] == before
    subprocess.run(command(shop, file), check=True, capture_output=True)
    after = told(counted(shop))
    assert after == {**after, **told(AFTER[kind])}
    assert all(told(one) in (told(before), after) for one in seen)


def told(found: Counted) -> Counted:
    """Return what a file brings, without what each import of it adds: its line in the history and its rejected rows."""
    return {name: count for name, count in found.items() if name not in ("import_batch", "rejected_row")}


def small_files(most: int) -> Callable[[], None]:
    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return limit


@pytest.mark.parametrize(("kind", "most"), [("customers", 400_000), ("customers", 3_000_000), ("orders", 2_000_000)])
def test_a_full_disk_is_said_in_a_sentence_and_changes_nothing(
    tmp_path: Path, shop: Path, kind: str, most: int
) -> None:
    before = counted(shop)
    bytes_before = shop.read_bytes()
    said = subprocess.run(
        command(shop, MAKERS[kind](tmp_path)),
        capture_output=True,
        text=True,
        preexec_fn=small_files(most),
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert said.returncode == 3, said.stderr
    last = said.stderr.strip().splitlines()[-1]
    assert last.startswith("The disk takes no more"), said.stderr
    assert "Traceback" not in said.stderr and not said.stdout
    assert counted(shop) == before
    assert shop.read_bytes() == bytes_before
    done = subprocess.run(command(shop, tmp_path / f"{kind}.csv"), capture_output=True)
    assert done.returncode == 0, done.stderr


def test_a_disk_that_is_full_after_the_last_page_does_not_deny_the_import(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    file = write(tmp_path / "members.csv", "member number,name", (f"{n},Friend {n}" for n in range(50)))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def fill(_session: Session) -> None:
        log = database.path.with_name(database.path.name + "-wal")
        resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size, before[1]))

    event.listen(Session, "after_commit", fill)
    try:
        report = importing.run(database, plan_for(file), Task(), now)
    finally:
        event.remove(Session, "after_commit", fill)
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert report.new == 50
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Friend)) == 50
