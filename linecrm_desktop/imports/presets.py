"""Presets: what the exports of known shop systems look like. Data in resources/presets, recognised by column names."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from linecrm_desktop.imports.columns import Kind, fold
from linecrm_desktop.resources import resource

ENOUGH = 0.6
"""Share of a preset's column names that must be in the file."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One known export: its name, the kind of its rows, and where its columns go."""

    id: str
    name: str
    kind: Kind
    columns: Mapping[str, str]

    def share(self, header: Sequence[str]) -> float:
        """Return which share of the preset's columns the file has."""
        there = {fold(name) for name in header}
        return sum(fold(name) in there for name in self.columns) / len(self.columns)


@cache
def all_presets() -> tuple[Preset, ...]:
    """Return all shipped presets by name."""
    found: list[Preset] = []
    for file in resource("presets").glob("*.json"):
        data = json.loads(file.read_text(encoding="utf-8"))
        if "columns" in data:
            found.append(Preset(data["id"], data["name"], Kind(data["kind"]), data["columns"]))
    return tuple(sorted(found, key=lambda preset: preset.name))


def by_id(preset_id: str) -> Preset | None:
    """Return a preset by its id."""
    return next((preset for preset in all_presets() if preset.id == preset_id), None)


def best(header: Sequence[str]) -> Preset | None:
    """Return the preset that fits the header best, if one fits well enough."""
    fitting = max(all_presets(), key=lambda preset: preset.share(header), default=None)
    return fitting if fitting is not None and fitting.share(header) >= ENOUGH else None
