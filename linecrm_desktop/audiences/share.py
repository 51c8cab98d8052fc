"""Who of a segment could be shared, counted while the segment is being built.

Refusing, not having been told of ads, and carrying a sensitive tag each keep a friend out; a segment that asks for a
sensitive tag cannot be shared at all, because the list itself would tell who has it.
"""

from dataclasses import dataclass

from sqlalchemy import not_, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.audiences.leaving import closed, sensitive_tags
from linecrm_desktop.consent import uses
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments.counting import Counting, parted, size
from linecrm_desktop.segments.rules import HasTag, Rule
from linecrm_desktop.settings.limits import Limits


@dataclass(frozen=True, slots=True)
class Share:
    """What sharing a segment would come to; each friend is taken out for one reason, in this order."""

    refused: int = 0
    uninformed: int = 0
    sensitive: int = 0
    """Friends who carry a sensitive tag."""
    no_line_id: int = 0
    shared: int = 0
    asks_for: str = ""
    """A sensitive tag of the rules: this segment cannot be shared."""
    rare: str = ""
    """A tag of the rules that too few friends have: this segment is too narrow to be shared."""


def share(session: Session, counting: Counting, rule: Rule, limits: Limits) -> Share:
    """Count who of a segment could be shared. Raises ShopError while anything in the rule is missing."""
    sensitive = sensitive_tags(session)
    left = counting.who(rule)
    counts: list[int] = []
    for out in (
        counting.where("refuses_sharing", uses.refuses_sharing()),
        counting.where("untold_of_ads", not_(uses.was_told(Use.ADS))),
        counting.who(HasTag(tuple(sensitive))) if sensitive else None,
        counting.where("no_line_id", or_(Friend.line_user_id.is_(None), Friend.line_user_id == "")),
    ):
        gone, left = parted(left, out) if out is not None else (None, left)
        counts.append(0 if gone is None else size(gone))
    shut = closed(rule, counting.segments, sensitive, lambda tag: counting.count(HasTag((tag,))), limits)
    rare = session.scalar(select(Tag.name).where(Tag.id == shut.rare)) if shut.rare is not None else None
    return Share(*counts, shared=size(left), asks_for=shut.asks_for, rare=rare or "")
