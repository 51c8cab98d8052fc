"""The JSON Schema of segment rules, made from the rules' own classes so that it cannot say anything else.

`resources/segment.schema.json` is what this returns; a test keeps the two equal.
"""

import dataclasses
from datetime import date
from enum import StrEnum
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from linecrm_desktop.segments import codec, rules
from linecrm_desktop.segments.rules import AllOf, AnyOf, Compare, NoneOf

_RULE: dict[str, Any] = {"$ref": "#/$defs/rule", "unevaluatedProperties": False}
"""A rule, and nothing that no rule has."""
_SECOND_NUMBER: tuple[dict[str, Any], ...] = (
    {"properties": {"compare": {"const": str(Compare.BETWEEN)}}, "required": ["compare"]},
    {"properties": {"high": {"type": "null"}}},
)
_PLAIN = {int: "integer", float: "number", str: "string", bool: "boolean"}


def schema() -> dict[str, Any]:
    """Return the schema of a whole rule tree as it stands in a file."""
    leaves = {kind: cls for cls, kind in codec.KINDS.items() if cls not in (AllOf, AnyOf, NoneOf)}
    groups = [kind for cls, kind in codec.KINDS.items() if cls in (AllOf, AnyOf, NoneOf)]
    rule = {"oneOf": [{"$ref": f"#/$defs/{kind}"} for kind in (*groups, *leaves)]}
    defined = {kind: _group(kind) for kind in groups} | {kind: _leaf(kind, cls) for kind, cls in leaves.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rules of a Tagwell segment",
        "description": f"Groups can be nested {rules.MAX_DEPTH} deep.",
        "type": "object",
        "properties": {"version": {"const": codec.VERSION}},
        "required": ["version", "kind"],
        **_RULE,
        "$defs": {"rule": rule, **defined},
    }


def _group(kind: str) -> dict[str, Any]:
    inner = {"type": "array", "items": _RULE, "minItems": 1}
    return {"type": "object", "properties": {"kind": {"const": kind}, "rules": inner}, "required": ["kind", "rules"]}


def _leaf(kind: str, cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls)
    properties: dict[str, Any] = {"kind": {"const": kind}}
    required = ["kind"]
    for field in dataclasses.fields(cls):
        properties[field.name] = _value(hints[field.name])
        if field.default is dataclasses.MISSING:
            required.append(field.name)
    said = " ".join((cls.__doc__ or "").split())
    leaf = {"description": said, "type": "object", "properties": properties, "required": required}
    return leaf | {"anyOf": list(_SECOND_NUMBER)} if {"compare", "high"} <= properties.keys() else leaf


def _value(hint: Any) -> dict[str, Any]:
    options = get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)
    made = [_one(option) for option in options]
    return made[0] if len(made) == 1 else {"anyOf": made}


def _one(hint: Any) -> dict[str, Any]:
    if hint is type(None):
        return {"type": "null"}
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _one(get_args(hint)[0])}
    if hint is date:
        return {"type": "string", "format": "date"}
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return {"enum": [str(value) for value in hint]}
    return {"type": _PLAIN[hint]}
