"""The change journal: what a field held before and after, so that a change can be taken back later."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Row, RowId


class Change(Row):
    """One field of one row, changed by one action. field "" stands for the whole row: added or removed."""

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    action: Mapped[str] = mapped_column(String(40))
    """One id for all lines that belong together and are undone together, such as "import:12"."""
    at: Mapped[datetime]
    entity: Mapped[str] = mapped_column(String(24))
    """Name of the table."""
    entity_id: Mapped[int] = mapped_column(RowId)
    field: Mapped[str] = mapped_column(String(40), default="")
    before: Mapped[Any | None] = mapped_column(JSON)
    after: Mapped[Any | None] = mapped_column(JSON)

    __table_args__ = (Index(None, "action"), Index(None, "entity", "entity_id"))
