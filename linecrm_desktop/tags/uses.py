"""Which tags are named in rules: those of saved segments and those of sends that are over, whose words stay readable.

Reads the JSON of the rules only, because segments stand above tags.
"""

from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.segment import Segment

_NAMING = ("tags", "sources")
"""Where rules name tags: what friends carry, and where they came from."""


def named_in_rules(session: Session) -> set[int]:
    """Return the ids of all tags that a segment or a send names."""
    rules = [*session.scalars(select(Segment.rule)), *session.scalars(select(Campaign.segment_rule))]
    return {tag for rule in rules for tag in _tags(rule)}


def _tags(rule: Any) -> set[int]:
    """Collect the numbers; rules that cannot be read name nothing."""
    if not isinstance(rule, dict):
        return set()
    told = cast("dict[str, Any]", rule)
    found = {tag for naming in _NAMING for tag in _list(told.get(naming)) if isinstance(tag, int)}
    return found.union(*(_tags(inner) for inner in _list(told.get("rules"))))


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else []
