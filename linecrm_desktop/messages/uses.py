"""Which segments, rules for tags and paths need a message, so that it cannot be deleted from under them.

Reads the JSON of the rules only, because segments and messages stand side by side.
"""

from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.journey import Journey, JourneyStep
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tagging import TagRule


def naming(session: Session, message_id: int) -> list[str]:
    """Return the names of the segments, and of the rules for tags, that ask who got a message."""
    segments = session.execute(select(Segment.name, Segment.rule).order_by(Segment.name)).all()
    of_tags = session.execute(select(TagRule.name, TagRule.rule).order_by(TagRule.name)).all()
    return [name for name, rule in (*segments, *of_tags) if _names(rule, message_id)]


def on_paths(session: Session, message_id: int) -> list[str]:
    """Return the names of paths that have a message as a step."""
    live = (JourneyStep.message_id == message_id, JourneyStep.retired_at.is_(None))
    return list(session.scalars(select(Journey.name).join(JourneyStep).where(*live).order_by(Journey.place)))


def _names(rule: Any, message_id: int) -> bool:
    if not isinstance(rule, dict):
        return False
    told = cast("dict[str, Any]", rule)
    inner = told.get("rules")
    if isinstance(inner, list):
        return any(_names(part, message_id) for part in cast("list[Any]", inner))
    return told.get("kind") == "got" and told.get("message") == message_id
