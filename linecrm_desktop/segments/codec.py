"""Writes a rule tree as JSON and reads it back; anything that is not exactly a rule is refused with its place.

Strict on purpose: a rule that is skipped because it was not understood would widen the audience without a word.
"""

import dataclasses
import math
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, Union, cast, get_args, get_origin, get_type_hints

from linecrm_desktop.errors import ShopError
from linecrm_desktop.segments import rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, Group, Leaf, NoneOf, Rule, Unreadable
from linecrm_desktop.text import _

VERSION = 1
_GROUPS: dict[str, type[AllOf | AnyOf | NoneOf]] = {"all_of": AllOf, "any_of": AnyOf, "none_of": NoneOf}
_LEAVES: dict[str, type[Leaf]] = {
    "has_tag": rules.HasTag,
    "came_from": rules.CameFrom,
    "joined": rules.Joined,
    "bought": rules.Bought,
    "orders": rules.Orders,
    "spent": rules.Spent,
    "average_order": rules.AverageOrder,
    "last_order": rules.LastOrder,
    "first_order": rules.FirstOrder,
    "not_bought_since": rules.NotBoughtSince,
    "used_discount": rules.UsedDiscount,
    "returned": rules.Returned,
    "rfm": rules.Rfm,
    "did": rules.Did,
    "reacted": rules.Reacted,
    "last_reaction": rules.LastReaction,
    "received": rules.Received,
    "got": rules.Got,
    "may_market": rules.MayMarket,
    "informed": rules.Informed,
    "can_opt_out": rules.CanOptOut,
    "own_field": rules.OwnField,
    "random_share": rules.RandomShare,
    "in_segment": rules.InSegment,
}
KINDS: dict[type[Rule], str] = {cls: kind for kind, cls in (*_GROUPS.items(), *_LEAVES.items())}


def to_json(rule: Rule) -> dict[str, Any]:
    """Return a rule tree as plain JSON data with its version."""
    return {"version": VERSION, **_written(rule)}


def from_json(data: object) -> Rule:
    """Return the rule tree of JSON data. Raises ShopError naming the place of the first thing not understood."""
    if not isinstance(data, dict):
        raise _wrong("", _("a rule is an object with “kind”"))
    found = cast("dict[str, Any]", data)
    if found.get("version") != VERSION:
        raise _wrong("version", _("this Tagwell reads version {version}").format(version=VERSION))
    return _read({key: value for key, value in found.items() if key != "version"}, "", 1)


def stored(data: object) -> Group:
    """Return the rule tree of a row of the shop file; what cannot be read is said to be so and hurts no other."""
    try:
        rule = from_json(data)
    except ShopError:
        return Unreadable()
    return rule if isinstance(rule, (AllOf, AnyOf, NoneOf)) else AllOf((rule,))


def _written(rule: Rule) -> dict[str, Any]:
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        return {"kind": KINDS[type(rule)], "rules": [_written(inner) for inner in rule.rules]}
    written: dict[str, Any] = {"kind": KINDS[type(rule)]}
    for field in dataclasses.fields(rule):
        value = getattr(rule, field.name)
        if value != field.default or (field.name == "days" and field.default is not None):
            written[field.name] = _plain(value)
    return written


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(cast("tuple[Any, ...]", value))
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def _read(data: object, path: str, depth: int) -> Rule:
    if not isinstance(data, dict):
        raise _wrong(path, _("a rule is an object with “kind”"))
    found = cast("dict[str, Any]", data)
    kind = str(found.get("kind"))
    if kind in _GROUPS:
        return _read_group(_GROUPS[kind], found, path, depth)
    if kind not in _LEAVES:
        raise _wrong(f"{path}kind", _("“{kind}” is no kind of rule").format(kind=kind))
    return _read_leaf(_LEAVES[kind], found, path)


def _read_group(cls: type[AllOf | AnyOf | NoneOf], found: dict[str, Any], path: str, depth: int) -> Rule:
    if depth > rules.MAX_DEPTH:
        raise _wrong(path, _("groups can be nested {depth} deep").format(depth=rules.MAX_DEPTH))
    inner = found.get("rules")
    if not isinstance(inner, list) or set(found) != {"kind", "rules"}:
        raise _wrong(path, _("a group has “kind” and “rules”"))
    parts = cast("list[object]", inner)
    return cls(tuple(_read(part, f"{path}rules[{place}].", depth + 1) for place, part in enumerate(parts)))


def _read_leaf(cls: type[Leaf], found: dict[str, Any], path: str) -> Rule:
    hints = get_type_hints(cls)
    fields = {field.name: field for field in dataclasses.fields(cls)}
    values: dict[str, Any] = {}
    for name, value in found.items():
        if name == "kind":
            continue
        if name not in fields:
            raise _wrong(f"{path}{name}", _("this kind of rule has no such field"))
        values[name] = _value(hints[name], value, f"{path}{name}")
    if values.keys() & {"since", "until"} and "days" in fields:
        values.setdefault("days", None)  # dates stand for the usual number of days
    for name, field in fields.items():
        if name not in values and field.default is dataclasses.MISSING:
            raise _wrong(f"{path}{name}", _("this field is missing"))
    leaf = cls(**values)
    if values.get("high") is not None and getattr(leaf, "compare", Compare.BETWEEN) is not Compare.BETWEEN:
        raise _wrong(f"{path}high", _("only “between” has a second number"))
    return leaf


def _value(hint: Any, value: object, path: str) -> Any:
    """Return a JSON value as the type that a field wants. A bool is never taken for a number."""
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    if value is None and type(None) in options:
        return None
    wanted = next(option for option in options if option is not type(None))
    if get_origin(wanted) is tuple and isinstance(value, list):
        inner = get_args(wanted)[0]
        return tuple(_value(inner, part, path) for part in cast("list[object]", value))
    if wanted is date and isinstance(value, str):
        return _date(value, path)
    if isinstance(wanted, type) and issubclass(wanted, StrEnum) and isinstance(value, str) and value in set(wanted):
        return wanted(value)
    if wanted is float and type(value) in (int, float) and _can_be_kept(value):
        return float(cast("float", value))
    if wanted in (int, str, bool) and type(value) is wanted and _can_be_kept(value):
        return value
    raise _wrong(path, _("“{value}” does not fit here").format(value=value))


def _can_be_kept(value: object) -> bool:
    """Say whether a database can hold a value: whole numbers of 64 bits, text without halves of letters."""
    if isinstance(value, int):
        return -(2**63) <= value < 2**63
    if isinstance(value, float):
        return math.isfinite(value)
    try:
        str(value).encode()
    except UnicodeEncodeError:
        return False
    return True


def _date(value: str, path: str) -> date:
    try:
        found = date.fromisoformat(value)
    except ValueError:
        found = None
    if found is None or found.isoformat() != value:  # weeks and dates without dashes are ISO too, but no JSON Schema's
        raise _wrong(path, _("“{value}” is not a date").format(value=value))
    return found


def _wrong(path: str, why: str) -> ShopError:
    place = path.rstrip(".") or _("the rule")
    return ShopError(
        _("The rules cannot be read at “{place}”: {why}.").format(place=place, why=why),
        _("Nothing was changed. Correct the file and try again."),
    )


def references(rule: Rule) -> set[int]:
    """Return the ids of the segments that a rule tree asks about."""
    return {leaf.segment for leaf in leaves(rule) if isinstance(leaf, rules.InSegment)}


def tags_used(rule: Rule) -> set[int]:
    """Return the ids of the tags that a rule tree asks about."""
    found: set[int] = set()
    for leaf in leaves(rule):
        if isinstance(leaf, rules.HasTag):
            found |= set(leaf.tags)
        elif isinstance(leaf, rules.CameFrom):
            found |= set(leaf.sources)
    return found


def leaves(rule: Rule) -> Iterator[Leaf]:
    """Yield every leaf of a rule tree, from the top."""
    if isinstance(rule, (AllOf, AnyOf, NoneOf)):
        for inner in rule.rules:
            yield from leaves(inner)
    else:
        yield rule


def cycle(start: int, rule: Rule, segments: Mapping[int, Rule]) -> list[int]:
    """Return the path of segments by which a rule tree would contain the segment `start`; empty: it does not."""
    seen: set[int] = set()
    waiting = [[start, found] for found in sorted(references(rule))]
    while waiting:
        path = waiting.pop()
        if path[-1] == start:
            return path
        if path[-1] in seen or path[-1] not in segments:
            continue
        seen.add(path[-1])
        waiting.extend([*path, found] for found in sorted(references(segments[path[-1]])))
    return []
