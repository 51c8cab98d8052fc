"""What tests of imports share: a file from a few lines, and a plan for it as the wizard would guess it."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import detect
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind, guess, guess_kind
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Answer
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
