"""The import as a whole: a dry run that tells the truth, a Stop that leaves nothing, and rejected rows kept."""

import csv
import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect, text

from linecrm_desktop.imports import detect, history, profile
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.pieces import ROWS
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.imports.conftest import BringIn, counts, plan_for


def contents(database: Database) -> dict[str, int]:
    with database.read() as session:
        names = inspect(session.connection()).get_table_names()
        return {name: session.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0 for name in names}


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_dry_run_gives_the_runs_numbers_and_changes_nothing(
    database: Database, tmp_path: Path, now: datetime
) -> None:
    path = write(tmp_path / "a.csv", "member number,name,tags", "1,Mei,tea", "2,Lin,", ",Nobody,", "2,Lin again,")
    before = contents(database)
    tried = importing.dry_run(database, plan_for(path), Task(), now)
    assert contents(database) == before
    done = importing.run(database, plan_for(path), Task(), now)
    assert (counts(tried), tried.reasons, tried.new_tags) == (counts(done), done.reasons, done.new_tags)
    assert [(sample.line, sample.verdict) for sample in tried.samples] == [
        (2, "new"),
        (3, "rejected"),
        (4, "rejected"),
        (5, "new"),
    ]
    assert tried.samples[0].name == "Mei" and tried.samples[0].key == "1"
    assert tried.samples[0].cells == ("1", "Mei", "tea")


@pytest.mark.parametrize("rows_before", [0, ROWS])
def test_stop_leaves_the_shop_as_it_was(database: Database, tmp_path: Path, now: datetime, rows_before: int) -> None:
    path = write(tmp_path / "a.csv", "member number,name", *(f"{n},Friend {n}" for n in range(20_001)))
    seen: list[int] = []

    def report(done: int, total: int, what: str) -> None:
        assert (total, what) == (20_001, "a.csv")
        seen.append(done)
        if done >= rows_before:
            task.stop()

    task = Task(report)
    if not rows_before:
        task.stop()
    before = contents(database)
    with pytest.raises(Stopped):
        importing.run(database, plan_for(path), task, now)
    assert contents(database) == before
    assert seen == ([ROWS] if rows_before else [])


def test_rejected_rows_are_saved_so_that_a_spreadsheet_runs_nothing(
    database: Database, bring_in: BringIn, tmp_path: Path
) -> None:
    report = bring_in("name,member number,note", '=1+1,,"a, b"', "Mei,7,x")
    path = tmp_path / "rejected.csv"
    assert report.batch_id is not None
    with database.read() as session:
        assert importing.save_rejected(session, report.batch_id, path) == 1
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, row = csv.reader(file)
    assert header == ["name", "member number", "note", "Why"]
    assert row[:3] == ["'=1+1", "", "a, b"]
    assert row[3].startswith("Nothing identifies this friend")


def test_the_history_names_each_import_with_its_counts(database: Database, bring_in: BringIn) -> None:
    bring_in("member number", "1", "2")
    bring_in("order number,date,member number", "A1,2026-11-01,1")
    with database.read() as session:
        newest, oldest = history.batches(session)
    assert (newest.what, newest.new, oldest.what, oldest.rows) == ("Orders", 1, "Customers", 2)


def test_a_column_is_described_by_its_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", "member number,city", "1,Taipei", "2,", "3,Taipei", "4,Tainan")
    member, city = profile.columns(path, detect.look(path))
    assert (member.example, member.filled) == ("1", 1.0)
    assert (city.filled, city.values) == (0.75, (("Taipei", 2), ("Tainan", 1)))


_CELL = {
    "line user id": st.sampled_from(["", *(f"U{n:032x}" for n in range(4)), "U12", "u"]),
    "member number": st.sampled_from(["", "1", "2", "3", "4", "1*3"]),
    "email": st.sampled_from(["", "a@example.tw", "b@example.tw", "c@", "A@example.tw"]),
    "phone": st.sampled_from(["", "0912345678", "0922333444", "12"]),
    "name": st.sampled_from(["", "Mei", "王小明"]),
    "order number": st.sampled_from(["", "A1", "A2", "A3"]),
    "date": st.sampled_from(["", "2026-11-01", "2026-11-02", "soon"]),
    "product": st.sampled_from(["", "Serum", "Soap"]),
    "line amount": st.sampled_from(["", "100", "5x"]),
    "total": st.sampled_from(["", "100", "90"]),
    "event": st.sampled_from(["", "click", "danced"]),
}
_COLUMNS = {
    Kind.CUSTOMERS: ("line user id", "member number", "email", "phone", "name"),
    Kind.ORDERS: tuple(name for name in _CELL if name != "event"),
    Kind.EVENTS: ("event", "date", "line user id", "member number", "email", "phone"),
}


_FILES = st.sampled_from(list(_COLUMNS)).flatmap(
    lambda kind: st.tuples(st.just(kind), st.lists(st.tuples(*(_CELL[name] for name in _COLUMNS[kind])), max_size=12))
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(files=st.lists(_FILES, min_size=1, max_size=3))
def test_every_row_of_any_file_is_accounted_for_and_a_second_time_adds_nothing(
    put_shop: Callable[[Path], Path], tmp_path: Path, now: datetime, files: list[tuple[Kind, list[tuple[str, ...]]]]
) -> None:
    shop = tmp_path / "any.tagwell"
    shop.unlink(missing_ok=True)
    database = open_shop(put_shop(shop))
    try:
        for place, (kind, rows) in enumerate(files):
            header = ",".join(_COLUMNS[kind])
            lines = [line for line in map(",".join, rows) if line.strip(",")] or ["x" + "," * header.count(",")]
            path = write(tmp_path / "any.csv", header, *lines)
            report = importing.run(database, plan_for(path, kind), Task(), now)
            assert sum(counts(report)) == report.rows == len(lines)
            again = importing.run(database, plan_for(path, kind), Task(), now)
            assert sum(counts(again)) == again.rows == len(lines)
            assert place > 0 or (again.new, again.new_friends) == (0, 0)
    finally:
        database.close()


def test_the_order_of_rows_does_not_change_who_is_there(database: Database, bring_in: BringIn) -> None:
    rows = [f"{n},Friend {n}" for n in range(50)]
    random.Random(7).shuffle(rows)
    assert counts(bring_in("member number,name", *rows)) == (50, 0, 0, 0)
    assert counts(bring_in("member number,name", *sorted(rows))) == (0, 0, 50, 0)
