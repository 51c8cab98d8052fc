"""The consent ledger: append-only lines that say where data came from, what people were told, and who refused."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId

UNSEALED = bytes(80)
"""The proof of a line that is not in the chain yet: it gets one of the same length before its transaction ends."""


class ConsentKind(StrEnum):
    """What a ledger line records. The first four are about marketing by LINE and about data that came in."""

    COLLECTED = "collected"
    REFUSED = "refused"
    ALLOWED = "allowed"
    CORRECTED = "corrected"
    USE_REFUSED = "use_refused"
    """A use other than marketing is refused."""
    USE_ALLOWED = "use_allowed"
    """A use that was refused is allowed again."""
    SHARED = "shared"
    """What left the shop in a list for ads."""
    NOT_SHARED = "not_shared"
    """It did not leave after all."""


class Use(StrEnum):
    """What a shop uses people's data for."""

    MARKETING = "marketing"
    """Messages by LINE."""
    ADS = "ads"
    """Ads, and reaching the same or similar people again."""
    PROFILING = "profiling"
    """Sorting people by what they did."""
    SERVICE = "service"
    """Orders, delivery, questions."""


class ConsentEntry(Row):
    """One line of the ledger. Lines are added, never changed, and each vouches for the one before (store.chain)."""

    __tablename__ = "consent_entry"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    """The line's number."""
    friend_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("friend.id"))
    """None: the line's personal part was emptied, because the friend is not in the shop any more."""
    at: Mapped[datetime]
    kind: Mapped[ConsentKind] = mapped_column(Code(ConsentKind))
    through: Mapped[str] = mapped_column(default="")
    """Where it came from: a shop's checkout, a market stall, a chat. For SHARED lines: to whom it went."""
    purpose: Mapped[str] = mapped_column(default="")
    """In the words of the person who wrote it down."""
    informed: Mapped[str] = mapped_column(default="")
    """yes, no or unknown for COLLECTED lines."""
    evidence: Mapped[str] = mapped_column(default="")
    """How we know."""
    batch_id: Mapped[int | None] = mapped_column(RowId)
    uses: Mapped[str] = mapped_column(default="", server_default="")
    """What the line is about: codes of Use with commas. Empty in lines that are older than this column."""
    collected: Mapped[str] = mapped_column(default="", server_default="")
    """What was collected: names, phones, orders."""
    notice_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("notice.id"))
    """What they were told, with its version and language."""
    told_at: Mapped[datetime | None]
    """When they were told or asked, where it is known to have been earlier than the line."""
    recording_id: Mapped[int | None] = mapped_column(RowId, ForeignKey("consent_recording.id"))
    list_id: Mapped[int | None] = mapped_column(RowId)
    """The shared list of a SHARED line."""
    proof: Mapped[bytes | None] = mapped_column(LargeBinary, default=UNSEALED)
    """The line's place in the chain: salt, digest of the personal part, hash. Without the salt once that is emptied."""

    __table_args__ = (Index(None, "friend_id", "at"),)


class RefusalEffect(Row):
    """Which segments a refusal of marketing took the friend out of, as they were at that moment."""

    __tablename__ = "refusal_effect"

    line_id: Mapped[int] = mapped_column(RowId, ForeignKey("consent_entry.id"), primary_key=True)
    segments: Mapped[list[Any]] = mapped_column(JSON)
    """Their names."""


class ConsentHead(Row):
    """Where the chain of the ledger ends. One row; none: nothing is in the chain yet."""

    __tablename__ = "consent_head"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    line: Mapped[int] = mapped_column(RowId)
    """The number of the last line."""
    lines: Mapped[int] = mapped_column(RowId)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class Notice(Row):
    """What people are told about the use of their data: one version in one language."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    version: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str]
    opt_out: Mapped[str]
    """How to stop, as messages say it."""
    uses: Mapped[str]
    """The uses that the text names: codes of Use with commas."""
    valid_from: Mapped[datetime]
    made_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("version", "language"),)


class RecordingWay(StrEnum):
    """Where many people were told or asked at once."""

    IMPORT = "import"
    EVENT = "event"
    SURVEY = "survey"
    PAPER = "paper"
    OTHER = "other"


class ConsentRecording(Row):
    """What was written into the ledgers of many friends at once."""

    __tablename__ = "consent_recording"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    at: Mapped[datetime]
    way: Mapped[RecordingWay] = mapped_column(Code(RecordingWay))
    whom: Mapped[str]
    """Who was chosen, in words: a segment, a tag, an import, a file."""
    friends: Mapped[int]
    undone_at: Mapped[datetime | None]
