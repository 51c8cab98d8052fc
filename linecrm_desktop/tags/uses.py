"""Which tags and own fields rules name: those of saved segments and of sends that are over, whose words stay readable.

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
    return _named(session, _NAMING)


def fields_in_rules(session: Session) -> set[int]:
    """Return the ids of all fields of the shop's own that a segment or a send names."""
    return _named(session, ("field",))


def _named(session: Session, naming: tuple[str, ...]) -> set[int]:
    rules = [*session.scalars(select(Segment.rule)), *session.scalars(select(Campaign.segment_rule))]
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
