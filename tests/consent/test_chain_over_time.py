"""The chain over a shop's life: old files, imports and their undo, a killed program, and two writers at once."""

import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import func, select

from linecrm_desktop.consent import chain, ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import undo
from linecrm_desktop.imports.run import run
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.consent import ConsentEntry
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.imports.conftest import plan_for
from tests.maker import Maker

OLD_SHOPS = Path(__file__).parent.parent / "old_shops"
WRITING = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database

database, now = Database(Path(sys.argv[1])), datetime(2026, 11, 12, tzinfo=UTC)
for turn in range(int(sys.argv[3])):
    with database.write() as session:
        ledger.record_collected(session, range(1, 41), Origin(f"{sys.argv[2]} {turn}", "", Answer.YES), now)
    print(turn, flush=True)
"""


def check(database: Database) -> chain.LedgerCheck:
    with database.read() as session:
        return chain.check(session)


@pytest.mark.parametrize("old", sorted(OLD_SHOPS.glob("*.tagwell")), ids=lambda path: path.stem)
def test_the_lines_of_an_old_shop_are_chained_when_it_is_opened(old: Path, tmp_path: Path, make: Maker) -> None:
    path = tmp_path / "old.tagwell"
    shutil.copy(old, path)
    database = open_shop(path)
    with database.read() as session:
        lines = session.scalar(select(func.count()).select_from(ConsentEntry))
        friend = session.scalars(select(Friend.id)).first()
    assert (check(database).lines, check(database).broken) == (lines, None)
    if friend is not None:
        with database.write() as session:
            ledger.record_collected(session, [friend], Origin("a new stall", "", Answer.YES), make.now)
        assert (check(database).lines, check(database).broken) == ((lines or 0) + 1, None)
    database.close()


def test_an_import_its_undo_and_the_same_import_again_keep_the_chain(
    database: Database, tmp_path: Path, make: Maker
) -> None:
    file = tmp_path / "customers.csv"
    file.write_text("Member number,Name,Accepts marketing\n1,Mei,yes\n2,Bo,no\n3,Amy,\n", encoding="utf-8")
    for turn in range(2):
        run(database, plan_for(file), Task(), make.now)
        assert check(database).is_whole
        with database.write() as session:
            batch = session.scalars(select(func.max(ImportBatch.id))).one() or 0
            undo.undo(session, batch, make.now, also_refusals=turn == 1)
        found = check(database)
        assert found.is_whole
        assert found.emptied > 0


@pytest.fixture
def peopled(database: Database, make: Maker) -> Database:
    """Return a shop of forty friends."""
    with database.write() as session:
        for _ in range(40):
            make.friend(session)
    return database


def _writing(database: Database, name: str, turns: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITING, str(database.path), name, str(turns)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_program_that_is_killed_leaves_a_whole_chain(peopled: Database) -> None:
    for turn in range(3):
        writer = _writing(peopled, f"killed {turn}", 10_000)
        assert writer.stdout is not None
        for _line in range(3 + 4 * turn):
            writer.stdout.readline()
        writer.kill()
        writer.wait()
        writer.stdout.close()
        found = check(peopled)
        assert found.is_whole
        assert found.lines % 40 == 0
        assert found.lines >= 40 * 3 * (turn + 1)


def test_two_programs_and_two_threads_that_write_make_one_chain(peopled: Database, make: Maker) -> None:
    others = [_writing(peopled, f"program {name}", 10) for name in "ab"]

    def write(name: str) -> None:
        for turn in range(10):
            with peopled.write() as session:
                ledger.record_collected(session, range(1, 41), Origin(f"{name} {turn}", "", Answer.YES), make.now)

    threads = [Thread(target=write, args=(name,)) for name in "cd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for other in others:
        other.communicate()
        assert other.returncode == 0
    found = check(peopled)
    assert (found.lines, found.broken) == (4 * 10 * 40, None)
