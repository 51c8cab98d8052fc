"""Imports that are killed, or that find the disk full: the shop is as before or as after, never between."""

import json
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROWS = 40_000
ORIGIN = ("--source", "counter", "--purpose", "membership", "--informed", "yes")
RUN = (sys.executable, "-m", "linecrm_desktop")
SMALL = 3_000_000
"""Bytes that a file may have in the test of the full disk."""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    path = tmp_path / "shop.tagwell"
    subprocess.run([*RUN, "new", str(path)], check=True, capture_output=True)
    return path


def customers(folder: Path, rows: int, name: str = "customers.csv") -> Path:
    path = folder / name
    lines = (f"M-{n},Friend {n},friend{n}@example.tw,yes,茶、VIP" for n in range(rows))
    path.write_text("\n".join(["Member number,Name,E-mail,Accepts marketing,Tags", *lines]), encoding="utf-8")
    return path


def contents(shop: Path) -> tuple[int, ...]:
    """Return how much of everything an import writes there is; the file must be sound."""
    with sqlite3.connect(shop) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = ("friend", "friend_tag", "tag", "consent_entry", "import_batch", "rejected_row", "change")
        return tuple(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables)


def test_an_import_that_is_killed_is_whole_or_was_never_there(tmp_path: Path, shop: Path) -> None:
    file = customers(tmp_path, ROWS)
    command = [*RUN, "import", str(file), "--shop", str(shop), "--json", *ORIGIN]
    before = contents(shop)
    after = (ROWS, ROWS * 2, 2, ROWS * 2, 1, 0)
    chance = random.Random(20_261_123)
    untouched = 0
    for _kill in range(5):
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.4, 1.8))
        child.send_signal(signal.SIGKILL)
        child.wait()
        now = contents(shop)
        assert now[:6] in (before[:6], after)
        untouched += now[:6] == before[:6]
        if now[:6] == after:
            break
    assert untouched
    said = subprocess.run(command, check=True, capture_output=True, text=True)
    report = json.loads(said.stdout)
    assert report["new"] + report["unchanged"] == ROWS
    assert contents(shop)[0] == ROWS


def test_a_full_disk_is_said_in_a_sentence_and_changes_nothing(tmp_path: Path, shop: Path) -> None:
    before = contents(shop)
    file = customers(tmp_path, 40_000)

    def small_files() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL, SMALL))

    said = subprocess.run(
        [*RUN, "import", str(file), "--shop", str(shop), *ORIGIN],
        capture_output=True,
        text=True,
        preexec_fn=small_files,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    assert said.returncode == 3, said.stderr
    assert "The disk takes no more" in said.stderr and "Traceback" not in said.stderr
    assert contents(shop) == before
