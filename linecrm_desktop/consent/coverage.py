"""How far the three questions are answered: for all friends, and for each source that data came through.

A no is worth as little as silence, as it is among friends. People without a source are a line of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, not_, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing


class Question(StrEnum):
    """What is asked of every friend's data."""

    SOURCE = "source"
    INFORMED = "informed"
    CAN_OPT_OUT = "can_opt_out"
    ALL_THREE = "all_three"


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the friends that coverage counts: those who came through a source, or have or lack an answer, or both."""

    source: str | None = None
    """None: any; empty: those without."""
    question: Question | None = None
    is_answered: bool = False


@dataclass(frozen=True, slots=True)
class Covered:
    """How many friends of a source there are, and of how many each question is answered."""

    source: str
    """Empty for friends whose data came from nobody knows where."""
    friends: int
    informed: int
    """Known to have been told what their data is used for."""
    can_opt_out: int
    """Known to have a way to stop."""
    complete: int
    """All three questions are answered well."""
    refused: int


@dataclass(frozen=True, slots=True)
class Kept:
    """Whether refusals are kept: how many there were, and how many messages went to somebody after theirs."""

    refusals: int
    sent_after: int


def by_source(session: Session) -> list[Covered]:
    """Return each source with its gaps, the largest first and those without a source last."""
    source = _source()
    asked = (Question.INFORMED, Question.CAN_OPT_OUT, Question.ALL_THREE)
    counted = (*(_is_answered(question) for question in asked), Friend.marketing == Marketing.REFUSED)
    sums = [func.sum(case((condition, 1), else_=0)) for condition in counted]
    found = [Covered(*row) for row in session.execute(select(source, func.count(), *sums).group_by(source))]
    return sorted(found, key=lambda one: (not one.source, -one.friends, one.source))


def together(parts: Sequence[Covered]) -> Covered:
    """Return all sources as one; its name is empty."""
    names = ("friends", "informed", "can_opt_out", "complete", "refused")
    return Covered("", *(sum(getattr(one, name) for one in parts) for name in names))


def with_source(parts: Sequence[Covered]) -> int:
    """Count the friends of whom it is known where their data came from."""
    return sum(one.friends for one in parts if one.source)


def since(session: Session, moment: datetime) -> Kept:
    """Return how many refusals were written down since a moment, and how many messages went to who refused before."""
    refusal = (ConsentEntry.kind == ConsentKind.REFUSED, ConsentEntry.at >= moment)
    refusals = session.scalar(select(func.count()).where(*refusal)) or 0
    before = exists().where(
        ConsentEntry.friend_id == Delivery.friend_id,
        ConsentEntry.kind == ConsentKind.REFUSED,
        ConsentEntry.at < Delivery.at,
    )
    refused = select(Friend.id).where(Friend.marketing == Marketing.REFUSED)
    went = (Delivery.state == DeliveryState.ACCEPTED, Delivery.at >= moment, Delivery.friend_id.in_(refused))
    return Kept(refusals, session.scalar(select(func.count()).select_from(Delivery).where(*went, before)) or 0)


def friends_of(part: Part) -> Select[int]:
    """Return the query for the ids of a part's friends: as many as coverage counts."""
    chosen = select(Friend.id)
    if part.source is not None:
        chosen = chosen.where(_source() == part.source)
    if part.question is not None:
        answered = _is_answered(part.question)
        chosen = chosen.where(answered if part.is_answered else not_(answered))
    return chosen


def _source() -> ColumnElement[str]:
    return func.trim(func.coalesce(Friend.collected_through, ""))


def _is_answered(question: Question) -> ColumnElement[bool]:
    match question:
        case Question.SOURCE:
            return _source() != ""
        case Question.INFORMED:
            return Friend.informed == Answer.YES
        case Question.CAN_OPT_OUT:
            return Friend.can_opt_out == Answer.YES
        case Question.ALL_THREE:
            each = (Question.SOURCE, Question.INFORMED, Question.CAN_OPT_OUT)
            return and_(*(_is_answered(one) for one in each))
