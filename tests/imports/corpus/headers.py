"""The column names that each system really writes, kept apart from the presets: neither hides the other's slip."""

import json
from functools import cache
from pathlib import Path


@cache
def _all() -> dict[str, list[str]]:
    return json.loads(Path(__file__).with_name("headers.json").read_text(encoding="utf-8"))


def of(system: str) -> list[str]:
    """Return a system's column names in their order."""
    return _all()[system]


def rows(system: str, *told: dict[str, str]) -> list[list[str]]:
    """Return a table of a system: its column names, and rows of which only some cells are told."""
    names = of(system)
    for row in told:
        unknown = set(row) - set(names)
        assert not unknown, unknown
    return [names, *([row.get(name, "") for name in names] for row in told)]
