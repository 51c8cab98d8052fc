"""Presets: what the exports of known shop systems look like, and those that a shop has saved for its own files.

The shipped ones are data in resources/presets, recognised by column names; own ones lie beside the preferences.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.imports.columns import Kind, Matching
from linecrm_desktop.imports.headings import fold
from linecrm_desktop.resources import resource
from linecrm_desktop.settings.places import config_folder
from linecrm_desktop.text import _

ENOUGH = 0.25
"""Share of a preset's column names that must be in the file beside its fingerprint: shops choose their columns."""
NEARLY_ALL = 0.8
"""Share that is enough without the fingerprint."""
NAME_MAX = 60


@dataclass(frozen=True, slots=True)
class Preset:
    """One known export: its name, the kind of its rows, and where its columns go."""

    id: str
    name: str
    kind: Kind
    columns: Mapping[str, str]
    fingerprint: tuple[str, ...] = ()
    """Column names that no other system has together."""
    shape: tuple[str, ...] = ()
    """What the cells of each column look like, for a system that translates its column names."""
    statuses: Mapping[str, str] = field(default_factory=dict[str, str])
    """What a status of this system means, where the word alone does not say it: cancelled or refunded."""
    happened: Mapping[str, str] = field(default_factory=dict[str, str])
    """Columns that hold when something happened to an order: a filled cell means cancelled or refunded."""
    no_goods: Mapping[str, list[str]] = field(default_factory=dict[str, list[str]])
    """Values of a column that mark rows of an order which are no goods: shipping, fees, discounts."""
    date_order: str = ""
    """How its dates are written, where they could be read in several ways."""
    member_prefix: str = ""
    """Put before member numbers that are the system's own, so that they never meet those of the shop."""
    marks_are_tags: bool = False
    """Whether columns of marks (1 or blank) beside the known ones are tags."""
    encoding: str = ""
    """The encoding that a person chose where two were plausible."""
    is_own: bool = False

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

    def has_shape(self, first_rows: Sequence[Sequence[str]]) -> bool:
        """Say whether rows look like this export's whatever the columns are called."""
        if not self.shape or not first_rows:
            return False
        return all(
            len(row) == len(self.shape)
            and all(re.fullmatch(shape, cell.strip()) for shape, cell in zip(self.shape, row, strict=True) if shape)
            for row in first_rows
        )

    def named_as(self, header: Sequence[str]) -> "Preset":
        """Return this preset for a file whose column names are translated: the same places by their order."""
        return replace(self, columns=dict(zip(header, self.columns.values(), strict=True)))


def all_presets() -> tuple[Preset, ...]:
    """Return all presets by name, the shop's own ones first."""
    return (*own_presets(), *_shipped())


@cache
def _shipped() -> tuple[Preset, ...]:
    found: list[Preset] = []
    for file in resource("presets").glob("*.json"):
        data = json.loads(file.read_text(encoding="utf-8"))
        if "columns" in data:
            found.append(_understood(data))
    return tuple(sorted(found, key=lambda preset: preset.name))


def _understood(data: dict[str, Any]) -> Preset:
    lists = {name: tuple(data.pop(name, ())) for name in ("fingerprint", "shape")}
    return Preset(kind=Kind(data.pop("kind")), **lists, **data)


def own_presets() -> tuple[Preset, ...]:
    """Return the presets that were saved on this computer; a file that cannot be read is passed over."""
    found: list[Preset] = []
    for file in sorted(_own_folder().glob("*.json")):
        try:
            found.append(_understood(json.loads(file.read_text(encoding="utf-8"))))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            continue
    return tuple(found)


def by_id(preset_id: str) -> Preset | None:
    """Return a preset by its id."""
    return next((preset for preset in all_presets() if preset.id == preset_id), None)


def best(header: Sequence[str], first_rows: Sequence[Sequence[str]] = ()) -> Preset | None:
    """Return the preset that fits a file best, if one fits; of several, the one with most columns in the file.

    One that was saved here wins over a shipped one: a person made it for this file.
    """
    fitting = [preset for preset in all_presets() if preset.fits(header)]
    known = max(
        fitting, key=lambda one: (one.is_own, one.share(header) * len(one.columns), one.share(header)), default=None
    )
    if known is not None:
        return known
    alike = next((preset for preset in _shipped() if preset.has_shape(first_rows)), None)
    return alike.named_as(header) if alike else None


def save_own(
    name: str, kind: Kind, header: Sequence[str], matching: Matching, like: Preset | None = None, **told: str
) -> Preset:
    """Keep a matching under a name for the next file of this kind; one of the same name is replaced.

    `like` is the preset that the file was taken for, whose statuses and marks stay. Raises ShopError for a name that
    is empty or a shipped preset's, OutsideError when the folder cannot be written.
    """
    called = " ".join(name.split())
    if not called or len(called) > NAME_MAX:
        raise ShopError(_("A preset needs a name."), _("Write a short one, such as the system’s name."))
    if fold(called) in {fold(preset.name) for preset in _shipped()}:
        raise ShopError(_("Tagwell has a preset “{name}” already.").format(name=called), _("Choose another name."))
    base = like or Preset("", "", kind, {})
    columns = {column: str(target) for column, target in zip(header, matching.targets, strict=True)}
    ident = f"own_{fold(called) or 'preset'}"
    preset = replace(
        base, id=ident, name=called, kind=kind, columns=columns, fingerprint=(), shape=(), is_own=True, **told
    )
    file = _own_folder() / f"{ident}.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(preset), ensure_ascii=False, indent=1), encoding="utf-8")
    except OSError as error:
        raise OutsideError(
            _("The preset cannot be saved."),
            _("Check that the disk is not full. The import itself is not touched."),
            details=str(error),
            retry=True,
        ) from error
    return preset


def _own_folder() -> Path:
    return config_folder() / "presets"
