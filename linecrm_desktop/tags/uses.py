"""Which tags are named in rules: those of saved segments, of other tags, and of sends, whose words stay readable.

Reads the JSON of the rules only, because segments stand above tags.
"""

from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tagging import TagRule

_NAMING = ("tags", "sources")
"""Where rules name tags: what friends carry, and where they came from."""


def named_in_rules(session: Session) -> set[int]:
    """Return the ids of all tags that a segment, a send or a rule for tags names, and of those that have a rule."""
    rules = [
        rule
        for column in (Segment.rule, Campaign.segment_rule, TagRule.rule)
        for rule in session.scalars(select(column))
    ]
    return {tag for rule in rules for tag in tags_in(rule)} | set(session.scalars(select(TagRule.tag_id)))


def tags_in(rule: Any) -> set[int]:
    """Return the ids of all tags that the JSON of a rule names; what cannot be read names nothing."""
    if not isinstance(rule, dict):
        return set()
    told = cast("dict[str, Any]", rule)
    found = {tag for naming in _NAMING for tag in _list(told.get(naming)) if isinstance(tag, int)}
    return found.union(*(tags_in(inner) for inner in _list(told.get("rules"))))


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
