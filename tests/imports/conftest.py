"""What tests of imports share: a file from a few lines, and a plan for it as the wizard would guess it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import detect
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind, guess, guess_kind
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.undo import Undone, undo, would
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.store.database import Database

ORIGIN = Origin("shop checkout", "orders and news", Answer.YES)
BringIn = Callable[..., Report]


def plan_for(path: Path, kind: Kind | None = None, origin: Origin = ORIGIN, **options: Any) -> ImportPlan:
    found = detect.look(path)
    kind = kind or guess_kind(found.header)
    matching = guess(kind, found.header, found.first_rows)
    return ImportPlan(path, found, kind, matching, origin, "TW", "Asia/Taipei", "TWD", **options)


@pytest.fixture
def bring_in(database: Database, tmp_path: Path, now: datetime) -> BringIn:
    """Import lines of text, the first of them the column names; say how it ended."""

    def work(*lines: str, kind: Kind | None = None, origin: Origin = ORIGIN, task: Task | None = None) -> Report:
        path = tmp_path / "export.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        report = importing.run(database, plan_for(path, kind, origin), task or Task(), now)
        assert report.new + report.updated + report.unchanged + report.rejected == report.rows == len(lines) - 1
        return report

    return work


def counts(report: Report) -> tuple[int, int, int, int]:
    """Return (new, updated, unchanged, rejected)."""
    return report.new, report.updated, report.unchanged, report.rejected


ORDERS = "order number,date,member number,product,quantity,line amount,total,status"
CUSTOMERS = "member number,name,phone,email,joined on,tags,accepts marketing,was informed,blocked"
EVENTS = "event,date,member number,category,detail"
_WHOLE = {
    "friend": "*",
    "friend_tag": "*",
    "tag": "*",
    "field": "*",
    "friend_field": "*",
    "orders": "*",
    "order_line JOIN goods ON goods.id = goods_id": (
        "order_id, friend_id, at, is_counted, product, category, quantity, amount"
    ),
    "goods": "product, category",
    "event": "*",
}


def contents(database: Database) -> dict[str, list[Any]]:
    """Return every row of the shop's tables. The number of an order's line is nobody's name for it."""
    with database.read() as session:
        if database.address is None:
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
        rows = {name: session.execute(text(f"SELECT {columns} FROM {name}")) for name, columns in _WHOLE.items()}
        return {name: sorted(map(repr, found)) for name, found in rows.items()}


@pytest.fixture
def take_back(database: Database, now: datetime) -> Callable[..., Undone]:
    """Undo an import, whose counts must be what was promised."""

    def work(batch: int | None, **options: Any) -> Undone:
        assert batch is not None
        with database.read() as session:
            promised = would(session, batch, **options)
        with database.write() as session:
            done = undo(session, batch, now, **options)
        assert done == promised
        return done

    return work


def friend(session: Session, member: str) -> Friend:
    return session.scalars(select(Friend).where(Friend.member_number == member)).one()
