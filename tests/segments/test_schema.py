"""The JSON Schema of rules says what the reader of rules takes: no more, no less."""

import json
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings

from linecrm_desktop.errors import ShopError
from linecrm_desktop.resources import resource
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import Compare, Rule, UsedDiscount
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
    return _looked_at(value, wanted, root) is not None


def _looked_at(value: Any, wanted: dict[str, Any], root: dict[str, Any]) -> set[str] | None:
    """Return the properties that the schema says something about; None: the value does not fit."""
    looked: set[str] = set()
    if "$ref" in wanted:
        found = _looked_at(value, root["$defs"][wanted["$ref"].rsplit("/", 1)[1]], root)
        if found is None:
            return None
        looked |= found
    for word in ("anyOf", "oneOf"):
        if word in wanted:
            options = [found for option in wanted[word] if (found := _looked_at(value, option, root)) is not None]
            if not options or (word == "oneOf" and len(options) > 1):
                return None
            looked = looked.union(*options)
    if isinstance(value, dict):
        named = wanted.get("properties", {}).keys() & cast("dict[str, Any]", value).keys()
        looked |= named
    return looked if _fits_itself(value, wanted, root, looked) else None


def _fits_itself(value: Any, wanted: dict[str, Any], root: dict[str, Any], looked: set[str]) -> bool:
    if "const" in wanted and value != wanted["const"]:
        return False
    if "enum" in wanted and value not in wanted["enum"]:
        return False
    if "type" in wanted and type(value) not in _TYPES[wanted["type"]]:
        return False
    if isinstance(value, dict):
        found = cast("dict[str, Any]", value)
        named = wanted.get("properties", {})
        if not set(wanted.get("required", ())) <= found.keys():
            return False
        if wanted.get("unevaluatedProperties") is False and not found.keys() <= looked:
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


NO_RULES = [
    {"kind": "all_of", "rules": []},
    {"version": 1, "kind": "all_of"},
    {"version": 1, "kind": "everybody"},
    {"version": 1, "kind": "has_tag", "tags": ["1"]},
    {"version": 1, "kind": "has_tag", "tags": [1], "colour": "red"},
    {"version": 1, "kind": "has_tag", "tags": [1], "rules": []},
    {"version": 1, "kind": "all_of", "rules": [{"version": 1, "kind": "last_order", "days": 1}]},
    {"version": 1, "kind": "orders", "compare": "more", "count": 1},
    {"version": 1, "kind": "orders", "compare": "at_least", "count": 1, "high": 3},
    {"version": 1, "kind": "used_discount", "high": 3},
    {"version": 1, "kind": "own_field", "field": 1, "test": "number", "compare": "exactly", "number": 1, "high": 2},
    {"version": 1, "kind": "bought", "what": "serum", "by": "brand"},
    {"version": 1, "kind": "not_bought_since", "what": "serum", "by": ""},
    {"version": 1, "kind": "all_of", "rules": [{"kind": "last_order", "days": "1"}]},
]


@pytest.mark.parametrize("data", NO_RULES, ids=str)
def test_what_is_no_rule_fits_neither_the_schema_nor_the_reader(data: Any) -> None:
    assert not fits(data, schema(), schema())
    with pytest.raises(ShopError):
        codec.from_json(data)


def test_between_has_a_second_number() -> None:
    data = {"version": 1, "kind": "used_discount", "compare": "between", "count": 1, "high": 3}
    assert fits(data, schema(), schema())
    assert codec.from_json(data) == UsedDiscount(Compare.BETWEEN, 1, 3)
