"""Which tasks of the plan a person skips, for the four weeks or for one month. It can be taken back."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.home.plan import TaskKey
from linecrm_desktop.models.plan import SkippedTask


def skipped(session: Session, month: date) -> frozenset[str]:
    """Return the keys of the tasks that are skipped in a month."""
    return frozenset(session.scalars(select(SkippedTask.task).where(SkippedTask.month == month)))


def skip(session: Session, task: TaskKey, month: date, now: datetime) -> None:
    """Skip a task for a month."""
    session.merge(SkippedTask(task=str(task), month=month, at=now))


def take_back(session: Session, task: TaskKey, month: date) -> None:
    """Do a task of a month after all."""
    row = session.get(SkippedTask, (str(task), month))
    if row is not None:
        session.delete(row)
