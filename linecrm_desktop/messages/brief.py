"""The brief: four answers that come before the words. Who is it for, why now, what to say, and which metric will tell.

A message without them cannot be sent, because nobody could say afterwards whether it was worth sending.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

ANSWER_MIN = 10
ANSWER_MAX = 200
KEEP_BACK_CHOICES = (0, 5, 10, 20)
"""Percent of the reachable friends who get nothing, so that a difference can be seen."""


class Metric(StrEnum):
    """What is counted afterwards."""

    ORDERS = "orders"
    CLICKS = "clicks"
    REPLIES = "replies"
    COUPONS = "coupons"
    """Coupons used, as the shop's imports or webhook logs tell them."""
    FIRST_PURCHASES = "first_purchases"
    """First orders ever, of friends who had none when the send began."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The answers, with the window in whole local days and the share (percent) that makes the send good."""

    segment_id: int | None = None
    why_now: str = ""
    what: str = ""
    metric: Metric = Metric.ORDERS
    metric_days: int = 7
    good_if: int = 5
    keep_back: int = 10
    send_at: datetime | None = None
    """When it should leave; None: as soon as a person confirms it."""
    only_informed: bool = False
    """Whether friends without a record of a privacy notice are left out."""
    channel_id: int | None = None
    """Which further account it goes through; None: the shop's first."""

    def missing(self) -> list[int]:
        """Return the numbers (1 to 4) of the questions that have no answer yet."""
        answered = {
            1: self.segment_id is not None,
            2: is_answer(self.why_now),
            3: is_answer(self.what),
            4: self.metric_days >= 1 and 0 <= self.good_if <= 100,
        }
        return [question for question, done in answered.items() if not done]


def expected(brief: Brief, recipients: int) -> int:
    """Return how many friends at least have to do it so that the send was good; half a friend is one."""
    return -(-recipients * brief.good_if // 100)


def is_answer(text: str) -> bool:
    """Tell whether a text is long enough to be an answer, and short enough to stay one."""
    return ANSWER_MIN <= len(text.strip()) <= ANSWER_MAX


def to_json(brief: Brief) -> dict[str, Any]:
    """Write a brief down, as a campaign freezes it."""
    return {
        "segment_id": brief.segment_id,
        "why_now": brief.why_now,
        "what": brief.what,
        "metric": str(brief.metric),
        "metric_days": brief.metric_days,
        "good_if": brief.good_if,
        "keep_back": brief.keep_back,
        "send_at": brief.send_at.isoformat() if brief.send_at else None,
        "only_informed": brief.only_informed,
        "channel_id": brief.channel_id,
    }


def from_json(row: Mapping[str, Any]) -> Brief:
    """Read a brief that a campaign froze; what an older version did not write has its usual value."""
    usual, send_at = Brief(), row.get("send_at")
    return Brief(
        segment_id=row.get("segment_id"),
        why_now=str(row.get("why_now", "")),
        what=str(row.get("what", "")),
        metric=Metric(row.get("metric", usual.metric)),
        metric_days=int(row.get("metric_days", usual.metric_days)),
        good_if=int(row.get("good_if", usual.good_if)),
        keep_back=int(row.get("keep_back", usual.keep_back)),
        send_at=datetime.fromisoformat(send_at) if send_at else None,
        only_informed=bool(row.get("only_informed", usual.only_informed)),
        channel_id=row.get("channel_id"),
    )
