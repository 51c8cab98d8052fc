"""Large files are read by a second process: nothing else may be different, and nothing may be left of it."""

import multiprocessing
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import ahead
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.pieces import ROWS
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import set_language
from tests.imports.conftest import contents, plan_for


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Three pieces of rows, with troubles and tags in each."""
    rows = [f"{n % 11_000},Friend {n},{'0912' if n % 500 == 0 else ''},tag {n % 3 + n // 5_000}" for n in range(12_000)]
    path = tmp_path / "members.csv"
    path.write_text("\n".join(["member number,name,phone,tags", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "WORTH", 0)


def test_it_reads_what_one_process_reads(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    set_language("ja")
    alone = [repr(part) for part in ahead.read(plan_for(file))]
    monkeypatch.setattr(ahead, "WORTH", 0)
    assert [repr(part) for part in ahead.read(plan_for(file))] == alone
    assert len(alone) == 3 and "電話" in alone[0]
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("in_two")
def test_stop_leaves_neither_rows_nor_the_process(database: Database, file: Path, now: datetime) -> None:
    before = contents(database)

    def report(_done: int, _total: int, _what: str) -> None:
        assert multiprocessing.active_children()
        task.stop()

    task = Task(report)
    with pytest.raises(Stopped):
        importing.run(database, plan_for(file), task, now)
    assert contents(database) == before
    assert not multiprocessing.active_children()


@pytest.mark.usefixtures("in_two")
def test_its_trouble_is_said_here(file: Path) -> None:
    plan = plan_for(file)
    changed = replace(plan, found=replace(plan.found, size=plan.found.size + 1))
    with pytest.raises(ShopError, match="was changed after it was chosen"):
        list(ahead.read(changed))


def never_begins(_plan: ImportPlan, _spoken: str, _pipe: "Connection[Any, Any]") -> None:
    os._exit(1)


def ends_early(plan: ImportPlan, _spoken: str, pipe: "Connection[Any, Any]") -> None:
    pipe.send(next(ahead.read(plan)))  # in that process WORTH is what it always is
    os._exit(1)


@pytest.mark.usefixtures("in_two")
@pytest.mark.parametrize("ending", [never_begins, ends_early])
def test_the_rest_is_read_where_it_ends_early(
    file: Path, monkeypatch: pytest.MonkeyPatch, ending: Callable[..., None]
) -> None:
    monkeypatch.setattr(ahead, "_send", ending)
    parts = list(ahead.read(plan_for(file)))
    assert [part.rows for part in parts] == [ROWS, ROWS, 2_000]
    assert [number for part in parts for number in part.chunk.columns["line"]] == list(range(2, 12_002))
