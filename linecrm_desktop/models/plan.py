"""The plan on Home: what a person skips of it. Everything else there is counted from the shop's data."""

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row


class SkippedTask(Row):
    """A task that a person does not want to do in one month."""

    __tablename__ = "skipped_task"

    task: Mapped[str] = mapped_column(String(24), primary_key=True)
    """Its key in home.plan."""
    month: Mapped[date] = mapped_column(primary_key=True)
    """The first day of the month for which it is skipped."""
    at: Mapped[datetime]
