"""How far the three questions are answered: for all friends, and for each source that data came through.

A no is worth as little as silence, as it is among friends. People without a source are a line of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.friend import Answer, Friend, Marketing


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


def by_source(session: Session) -> list[Covered]:
    """Return each source with its gaps, the largest first and those without a source last."""
    source = func.trim(func.coalesce(Friend.collected_through, ""))
    is_informed, is_free = Friend.informed == Answer.YES, Friend.can_opt_out == Answer.YES
    counted = (
        is_informed,
        is_free,
        and_(source != "", is_informed, is_free),
        Friend.marketing == Marketing.REFUSED,
    )
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
