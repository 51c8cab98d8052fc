"""What LINE said of a send's opens and clicks. LINE keeps counting for 14 days, so a reading is of a day."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId


class Reading(Row):
    """The newest numbers of one unit name: a send, or one variant of it. Days are LINE's, in UTC+9."""

    __tablename__ = "reading"

    campaign_id: Mapped[int] = mapped_column(RowId, ForeignKey("campaign.id", ondelete="CASCADE"), primary_key=True)
    variant: Mapped[int] = mapped_column(primary_key=True, default=0)
    sent_on: Mapped[date]
    """The day on which the last of its messages left."""
    day: Mapped[date]
    """The day on which LINE said it."""
    at: Mapped[datetime]
    seen: Mapped[int | None]
    """People who opened it; None: LINE names no number of fewer than 20 people, and none in the first days."""
    pressed: Mapped[int | None]

    __table_args__ = ({"sqlite_with_rowid": False},)
