"""The consent ledger: append-only lines that say where data came from, what people were told, and who refused."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class ConsentKind(StrEnum):
    """What a ledger line records."""

    COLLECTED = "collected"
    REFUSED = "refused"
    ALLOWED = "allowed"
    CORRECTED = "corrected"


class ConsentEntry(Row):
    """One line of the ledger. Lines are added, never changed."""

    __tablename__ = "consent_entry"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    friend_id: Mapped[int] = mapped_column(RowId, ForeignKey("friend.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    kind: Mapped[ConsentKind] = mapped_column(Code(ConsentKind))
    through: Mapped[str] = mapped_column(default="")
    """Where it came from: a shop's checkout, a market stall, a chat."""
    purpose: Mapped[str] = mapped_column(default="")
    informed: Mapped[str] = mapped_column(default="")
    """yes, no or unknown for COLLECTED lines."""
    evidence: Mapped[str] = mapped_column(default="")
    batch_id: Mapped[int | None] = mapped_column(RowId)

    __table_args__ = (Index(None, "friend_id", "at"),)
