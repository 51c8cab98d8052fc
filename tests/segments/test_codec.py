"""Rules survive the way through JSON; anything not understood is refused with its place."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from linecrm_desktop.errors import ShopError
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, InSegment, Rule
from tests.segments.trees import trees


@settings(deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
@given(trees)
def test_every_tree_comes_back_from_json_as_it_was(tree: Rule) -> None:
    assert codec.from_json(json.loads(json.dumps(codec.to_json(tree)))) == tree


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ([], "the rule"),
        ({"kind": "all_of", "rules": []}, "version"),
        ({"version": 2, "kind": "all_of", "rules": []}, "version"),
        ({"version": 1, "kind": "everybody"}, "kind"),
        ({"version": 1, "kind": "all_of", "rules": [{"kind": "has_tag"}]}, r"rules\[0\]\.tags"),
        ({"version": 1, "kind": "has_tag", "tags": ["1"]}, "tags"),
        ({"version": 1, "kind": "has_tag", "tags": [1], "colour": 1}, "colour"),
        ({"version": 1, "kind": "joined", "since": "2026-13-02"}, "since"),
        ({"version": 1, "kind": "orders", "compare": "at_least", "count": True}, "count"),
        ({"version": 1, "kind": "orders", "compare": "more", "count": 1}, "compare"),
        ({"version": 1, "kind": "any_of", "rules": {}}, "any_of|the rule"),
    ],
)
def test_what_is_not_understood_is_refused_by_place(data: Any, place: str) -> None:
    with pytest.raises(ShopError, match=place):
        codec.from_json(data)


def test_four_groups_deep_is_refused() -> None:
    leaf = {"kind": "last_order", "days": 1}
    deep: dict[str, Any] = leaf
    for _level in range(4):
        deep = {"kind": "all_of", "rules": [deep]}
    with pytest.raises(ShopError, match="3 deep"):
        codec.from_json({"version": 1, **deep})


def test_a_circle_of_segments_is_found_with_its_path() -> None:
    segments: dict[int, Rule] = {2: AllOf((InSegment(3),)), 3: AllOf((InSegment(1),))}
    assert codec.cycle(1, AllOf((InSegment(2),)), segments) == [1, 2, 3, 1]
    assert codec.cycle(1, AllOf((InSegment(4),)), segments) == []
