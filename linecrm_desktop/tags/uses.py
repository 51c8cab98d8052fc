"""Which tags and own fields rules name: rules of segments, of tags, and of sends, whose words stay readable.

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
    return _named(session, _NAMING) | set(session.scalars(select(TagRule.tag_id)))


def fields_in_rules(session: Session) -> set[int]:
    """Return the ids of all fields of the shop's own that a segment, a send or a rule for tags names."""
    return _named(session, ("field",))


def tags_in(rule: Any) -> set[int]:
    """Return the ids of all tags that the JSON of a rule names; what cannot be read names nothing."""
    return _numbers(rule, _NAMING)


def _named(session: Session, naming: tuple[str, ...]) -> set[int]:
    columns = (Segment.rule, Campaign.segment_rule, TagRule.rule)
    rules = [rule for column in columns for rule in session.scalars(select(column))]
    return {number for rule in rules for number in _numbers(rule, naming)}


def _numbers(rule: Any, naming: tuple[str, ...]) -> set[int]:
    """Collect the numbers; rules that cannot be read name nothing."""
    if not isinstance(rule, dict):
        return set()
    told = cast("dict[str, Any]", rule)
    found = {number for name in naming for number in _list(told.get(name)) if isinstance(number, int)}
    return found.union(*(_numbers(inner, naming) for inner in _list(told.get("rules"))))


def _list(value: Any) -> list[Any]:
    return cast("list[Any]", value) if isinstance(value, list) else [value]
