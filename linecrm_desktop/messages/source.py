"""Flex JSON that a person wrote: read without losing anything, and filled only where a friend reads a text."""

import json
from collections.abc import Iterator
from typing import Any, cast

from linecrm_desktop.messages.actions import Say

_READ_BY_FRIENDS = ("text", "label")
"""Keys of Flex components and actions that hold what a person reads."""


def read(source: str) -> Any:
    """Return the JSON as values; raise ValueError where it is none, or where a name stands twice in one object."""
    return json.loads(source, object_pairs_hook=_only_once, parse_constant=_no_number)


def texts(node: Any) -> Iterator[str]:
    """Return every text in it that a friend reads."""
    for key, value in _inside(node):
        if key in _READ_BY_FRIENDS and isinstance(value, str):
            yield value
        else:
            yield from texts(value)


def filled(node: Any, say: Say) -> Any:
    """Return the same values in the same order with those texts filled for one friend."""
    if isinstance(node, list):
        return [filled(part, say) for part in cast("list[Any]", node)]
    if not isinstance(node, dict):
        return node
    return {
        key: say(value) if key in _READ_BY_FRIENDS and isinstance(value, str) else filled(value, say)
        for key, value in cast("dict[str, Any]", node).items()
    }


def size(container: Any) -> int:
    """Count the bytes of a container as compact UTF-8 JSON; LINE does not say how it counts."""
    return len(json.dumps(container, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _inside(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        yield from cast("dict[str, Any]", node).items()
    elif isinstance(node, list):
        yield from (("", part) for part in cast("list[Any]", node))


def _only_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _no_number(sign: str) -> Any:
    raise ValueError(f"{sign} is no number of JSON")
