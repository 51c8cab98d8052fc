"""Presets: what the exports of known shop systems look like. Data in resources/presets, recognised by column names."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from linecrm_desktop.imports.columns import Kind, fold
from linecrm_desktop.resources import resource

ENOUGH = 0.25
"""Share of a preset's column names that must be in the file beside its fingerprint: shops choose their columns."""
NEARLY_ALL = 0.8
"""Share that is enough without the fingerprint."""


@dataclass(frozen=True, slots=True)
class Preset:
    """One known export: its name, the kind of its rows, and where its columns go."""

    id: str
    name: str
    kind: Kind
    columns: Mapping[str, str]
    fingerprint: tuple[str, ...] = ()
    """Column names that no other system has together."""
    statuses: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a status of this system means, where the word alone does not say it: cancelled or refunded."""
    no_goods: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Values of a column that mark rows of an order which are no goods: shipping, fees, discounts."""
    date_order: str = ""
    """How its dates are written, where they could be read in several ways."""

    def share(self, header: Sequence[str]) -> float:
        """Return which share of the preset's columns the file has."""
        there = {fold(name) for name in header}
        return sum(fold(name) in there for name in self.columns) / len(self.columns)

    def fits(self, header: Sequence[str]) -> bool:
        """Say whether a file with this header is such an export."""
        there = {fold(name) for name in header}
        share = self.share(header)
        known = bool(self.fingerprint) and all(fold(name) in there for name in self.fingerprint)
        return share >= NEARLY_ALL or (known and share >= ENOUGH)


@cache
def all_presets() -> tuple[Preset, ...]:
    """Return all shipped presets by name."""
    found: list[Preset] = []
    for file in resource("presets").glob("*.json"):
        data = json.loads(file.read_text(encoding="utf-8"))
        if "columns" in data:
            kind, fingerprint = Kind(data.pop("kind")), tuple(data.pop("fingerprint"))
            found.append(Preset(kind=kind, fingerprint=fingerprint, **data))
    return tuple(sorted(found, key=lambda preset: preset.name))


def by_id(preset_id: str) -> Preset | None:
    """Return a preset by its id."""
    return next((preset for preset in all_presets() if preset.id == preset_id), None)


def best(header: Sequence[str]) -> Preset | None:
    """Return the preset that fits the header best, if one fits; of several, the one with most columns in the file."""
    fitting = [preset for preset in all_presets() if preset.fits(header)]
    return max(fitting, key=lambda one: (one.share(header) * len(one.columns), one.share(header)), default=None)
