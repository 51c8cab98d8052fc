"""The JSON Schema of rules says what the reader of rules takes: no more, no less."""

import json
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings

from linecrm_desktop.resources import resource
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import Rule
from linecrm_desktop.segments.schema import schema
from tests.segments.trees import trees

_TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def fits(value: Any, wanted: dict[str, Any], root: dict[str, Any]) -> bool:
    """Say whether a value fits a schema, for the few words that ours uses."""
    if "$ref" in wanted and not fits(value, root["$defs"][wanted["$ref"].rsplit("/", 1)[1]], root):
        return False
    if "const" in wanted and value != wanted["const"]:
        return False
    if "enum" in wanted and value not in wanted["enum"]:
        return False
    if "type" in wanted and type(value) not in _TYPES[wanted["type"]]:
        return False
    for word, enough in (("anyOf", 1), ("oneOf", 1)):
        if word in wanted:
            fitting = sum(fits(value, option, root) for option in wanted[word])
            if fitting < enough or (word == "oneOf" and fitting != 1):
                return False
    if isinstance(value, dict):
        found = cast("dict[str, Any]", value)
        named = wanted.get("properties", {})
        if not set(wanted.get("required", ())) <= found.keys():
            return False
        return all(fits(part, named[name], root) for name, part in found.items() if name in named)
    if isinstance(value, list) and "items" in wanted:
        return all(fits(part, wanted["items"], root) for part in cast("list[Any]", value))
    return True


def test_the_schema_in_the_resources_is_the_one_of_the_rules() -> None:
    assert json.loads(resource("segment.schema.json").read_text(encoding="utf-8")) == schema()


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.too_slow])
@given(trees)
def test_every_tree_fits_the_schema(tree: Rule) -> None:
    assert fits(json.loads(json.dumps(codec.to_json(tree))), schema(), schema())


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "all_of", "rules": []},
        {"version": 1, "kind": "all_of"},
        {"version": 1, "kind": "everybody"},
        {"version": 1, "kind": "has_tag", "tags": ["1"]},
        {"version": 1, "kind": "orders", "compare": "more", "count": 1},
        {"version": 1, "kind": "all_of", "rules": [{"kind": "last_order", "days": "1"}]},
    ],
)
def test_what_is_no_rule_does_not_fit(data: Any) -> None:
    assert not fits(data, schema(), schema())
