"""Which tags and own fields rules name: rules of saved segments, of tags, and of sends, whose words stay readable.

Reads the JSON of the rules only, because segments stand above tags.
"""

from collections.abc import Iterator
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
    named = {tag for rule in _rules(session) for tag in tags_in(rule)}
    return named | set(session.scalars(select(TagRule.tag_id)))


def fields_in_rules(session: Session) -> set[int]:
    """Return the ids of all fields of the shop's own that a segment, a send or a rule for tags names."""
    return {field for rule in _rules(session) for field in _numbers(rule, ("field",))}


def tags_in(rule: Any) -> set[int]:
    """Return the ids of all tags that the JSON of a rule names; what cannot be read names nothing."""
    return _numbers(rule, _NAMING)


def _rules(session: Session) -> Iterator[Any]:
    for column in (Segment.rule, Campaign.segment_rule, TagRule.rule):
        yield from session.scalars(select(column))


def _numbers(rule: Any, naming: tuple[str, ...]) -> set[int]:
    if not isinstance(rule, dict):
        return set()
    told = cast("dict[str, Any]", rule)
    found = {number for name in naming for number in _list(told.get(name)) if isinstance(number, int)}
    return found.union(*(_numbers(inner, naming) for inner in _list(told.get("rules"))))


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
