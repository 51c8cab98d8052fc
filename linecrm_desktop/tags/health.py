"""Whether a tag still earns its place: has it a decision, an owner, friends, and does anybody use it?

Pure but for one count: the caller says how many things use a tag, because segments and messages stand above tags.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.tags.library import TagRow

UNUSED_DAYS = 90
LONG_UNUSED_DAYS = 180
"""From here on an unused tag is the worst of all."""
SMALL = 20
"""Under so many friends a tag is too small to decide anything with."""


class Health(StrEnum):
    """One thing to say about a tag."""

    LOOKS_LIKE = "looks_like"
    NO_DECISION = "no_decision"
    UNUSED = "unused"
    TOO_SMALL = "too_small"
    NO_OWNER = "no_owner"
    SENSITIVE = "sensitive"
    HEALTHY = "healthy"
    RETIRED = "retired"


class Weight(StrEnum):
    """How much a sign asks for attention."""

    BAD = "bad"
    WARN = "warn"
    INFO = "info"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing to say about a tag, and how much it matters. `days` counts for UNUSED, `other` for LOOKS_LIKE only."""

    health: Health
    weight: Weight
    days: int = 0
    other: str = ""


def signs(tag: TagRow, used_by: int, day: ShopDay) -> tuple[Sign, ...]:
    """Return all there is to say about a tag, worst first; one without a fault is healthy, a retired one retired."""
    if tag.is_retired:
        return (Sign(Health.RETIRED, Weight.INFO),)
    found: list[Sign] = []
    days = unused_days(tag, day)
    unused = used_by == 0 and days > UNUSED_DAYS
    if unused and days >= LONG_UNUSED_DAYS:
        found.append(Sign(Health.UNUSED, Weight.BAD, days))
    if not tag.helps_decide.strip():
        found.append(Sign(Health.NO_DECISION, Weight.WARN))
    if unused and days < LONG_UNUSED_DAYS:
        found.append(Sign(Health.UNUSED, Weight.WARN, days))
    if tag.is_sensitive:
        found.append(Sign(Health.SENSITIVE, Weight.INFO))
    if tag.friends < SMALL:
        found.append(Sign(Health.TOO_SMALL, Weight.INFO))
    if not tag.owner.strip():
        found.append(Sign(Health.NO_OWNER, Weight.INFO))
    return tuple(found) or (Sign(Health.HEALTHY, Weight.GOOD),)


def with_look_alike(found: Sequence[Sign], other: str) -> tuple[Sign, ...]:
    """Add that a tag may be the same as another one, whose name is given; only what is bad is worse."""
    bad = [sign for sign in found if sign.weight is Weight.BAD]
    rest = [sign for sign in found if sign.weight is not Weight.BAD and sign.health is not Health.HEALTHY]
    return (*bad, Sign(Health.LOOKS_LIKE, Weight.WARN, other=other), *rest)


def unused_days(tag: TagRow, day: ShopDay) -> int:
    """Return how many local days ago a friend last got the tag; for a tag never given, how old it is."""
    return max(0, day.age(max(tag.last_used or tag.created_at, tag.created_at)))


def count_undecided(session: Session) -> int:
    """Return how many tags in use say nothing about what they help decide."""
    undecided = Tag.retired_at.is_(None) & (func.trim(Tag.helps_decide) == "")
    return session.scalar(select(func.count()).select_from(Tag).where(undecided)) or 0
