"""What a person can do about a rejected row: leave the cell out that cannot be read, or use it instead of its twin."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import counts, plan_for

HEADER = "member number,name,phone,e-mail,joined on"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "members.csv"


def checked(database: Database, path: Path, now: datetime, **options: Any) -> Report:
    return importing.dry_run(database, plan_for(path, **options), Task(), now)


def fixes(report: Report) -> dict[int, str]:
    return {sample.line: sample.fix for sample in report.samples if sample.verdict == "rejected"}


def test_a_row_is_taken_without_the_cells_that_cannot_be_read(database: Database, path: Path, now: datetime) -> None:
    rows = ("1,Mei,0912,,2026-01-01", "2,Lin,0912345678,lin at example,2026-13-01", ",Kai,0912,,")
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    assert fixes(checked(database, path, now)) == {2: "phone", 3: "email", 4: "phone"}
    report = checked(database, path, now, without=frozenset({2, 3, 4}))
    assert counts(report) == (2, 0, 0, 1)
    assert report.reasons == {"phone": 1}, "without its phone, nothing says who row 4 is"
    assert report.flagged == {"phone": 1, "email": 1, "date": 1}
    importing.run(database, plan_for(path, without=frozenset({2, 3})), Task(), now)
    with database.read() as session:
        found = session.execute(select(Friend.name, Friend.phone, Friend.email).order_by(Friend.name)).all()
    assert [tuple(row) for row in found] == [("Lin", "+886912345678", None), ("Mei", None, None)]


def test_an_older_row_can_be_used_instead_of_its_twin(database: Database, path: Path, now: datetime) -> None:
    path.write_text(f"{HEADER}\n1,Mei Old,,,\n1,Mei New,,,\n1,Mei Newest,,,\n", encoding="utf-8")
    assert fixes(checked(database, path, now)) == {2: "instead", 3: "instead"}
    report = checked(database, path, now, instead=frozenset({2}))
    told = {row.line: row.sentence for row in report.rejected_rows}
    assert set(told.values()) == {"Row 2 is the same friend and will be used, as you chose."}
    assert set(told) == {3, 4}
    assert fixes(report) == {3: "", 4: ""}
    importing.run(database, plan_for(path, instead=frozenset({2})), Task(), now)
    with database.read() as session:
        assert session.scalars(select(Friend.name)).all() == ["Mei Old"]


def test_a_poorer_row_cannot_stand_for_the_fuller_one(database: Database, path: Path, now: datetime) -> None:
    path.write_text(f"{HEADER}\n1,Mei,,mei@example.tw,\n,May,,mei@example.tw,\n", encoding="utf-8")
    assert fixes(checked(database, path, now)) == {3: ""}


def test_orders_cannot_do_without_an_amount(database: Database, path: Path, now: datetime) -> None:
    path.write_text("order number,date,member number,total\nA,2026-05-01,1,6o\n", encoding="utf-8")
    assert fixes(checked(database, path, now)) == {2: ""}


def test_the_rows_that_would_be_rejected_can_be_saved_before(
    database: Database, path: Path, now: datetime, tmp_path: Path
) -> None:
    path.write_text(f"{HEADER}\n1,Mei,0912,,\n2,Lin,,,\n", encoding="utf-8")
    saved = tmp_path / "rejected.csv"
    importing.dry_run(database, plan_for(path), Task(), now, saved)
    lines = saved.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == f"{HEADER},Why"
    assert len(lines) == 2
    assert lines[1].startswith("1,Mei,0912,,,")
    with database.read() as session:
        assert session.scalars(select(Friend.id)).all() == []
