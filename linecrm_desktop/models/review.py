"""The review of the tags: what was proposed last, and every answer with the evidence of its day."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from linecrm_desktop.models.base import Code, Row, RowId


class Answer(StrEnum):
    """What a person said to a proposal."""

    ACCEPTED = "accepted"
    LATER = "later"


class Review(Row):
    """One review. It is open until its changes are made; then the next look begins another."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    begun_at: Mapped[datetime]
    counted_at: Mapped[datetime]
    found: Mapped[list[Any]] = mapped_column(JSON)
    """The keys of all proposals when they were counted last, so that others can tell how many wait without counting."""
    ended_at: Mapped[datetime | None]


class ReviewAnswer(Row):
    """One answer to one proposal. The newest one counts; the older ones are the history."""

    __tablename__ = "review_answer"

    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(String(60))
    """What the proposal is about: results.review.rules.Proposed.key."""
    kind: Mapped[str] = mapped_column(String(24))
    """What was proposed then."""
    answer: Mapped[Answer] = mapped_column(Code(Answer))
    why: Mapped[str] = mapped_column(default="")
    """One line in the person's own words."""
    evidence: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Names and numbers of the day; written and read by results.review.decisions only."""
    change: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """The change of tags to be made; None: nothing is to change. Written and read by audit.changes only."""
    at: Mapped[datetime]
    bundle: Mapped[str | None] = mapped_column(String(40))
    """The name that the operations have together by which it was made; None: not made yet, or there is nothing to."""

    __table_args__ = (Index(None, "key"),)
