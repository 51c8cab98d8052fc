"""Imports the sample shop's files just as a person would: look, match the columns, run."""

from datetime import datetime
from pathlib import Path

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.days import ShopDay
from linecrm_desktop.imports import columns, detect
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.run import run
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database

_NOTHING_SAID = Origin("", "", Answer.UNKNOWN)
"""Where each friend came from is known one by one and written down afterwards."""


class _Inner(Task):
    """An import inside the larger work: it stops with it and keeps its own numbers of rows to itself."""

    def __init__(self, outer: Task) -> None:
        super().__init__()
        self._outer = outer

    def raise_if_stopped(self) -> None:
        """Raise Stopped when the larger work is to end."""
        self._outer.raise_if_stopped()


def import_file(database: Database, path: Path, day: ShopDay, task: Task, now: datetime) -> None:
    """Import one file whole. A rejected row is a fault in the made-up files."""
    found = detect.look(path)
    kind = columns.guess_kind(found.header)
    matching = columns.guess(kind, found.header, found.first_rows)
    plan = ImportPlan(path, found, kind, matching, _NOTHING_SAID, "TW", day.zone, "TWD")
    report = run(database, plan, _Inner(task), now)
    if report.rejected:
        raise RuntimeError(f"{path.name}: {report.rejected} rows rejected, {report.reasons}")
