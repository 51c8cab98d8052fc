"""Which tags are named in rules: those of saved segments and those of sends that are over, whose words stay readable.

Reads the JSON of the rules only, because segments stand above tags.
"""

from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.campaign import Campaign
from linecrm_desktop.models.segment import Segment


def named_in_rules(session: Session) -> set[int]:
    """Return the ids of all tags that a segment or a send names."""
    rules = [*session.scalars(select(Segment.rule)), *session.scalars(select(Campaign.segment_rule))]
    return {tag for rule in rules for tag in _tags(rule)}


def _tags(rule: dict[str, Any]) -> set[int]:
    found = set(cast("list[int]", rule.get("tags", [])))
    for inner in cast("list[dict[str, Any]]", rule.get("rules", [])):
        found |= _tags(inner)
    return found
