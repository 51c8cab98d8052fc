"""What the wizard knows: the file, what was found in it, every choice so far. Each choice is a new state."""

from dataclasses import dataclass, replace
from pathlib import Path

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import detect, presets, profile
from linecrm_desktop.imports.columns import Kind, Matching, guess, guess_kind
from linecrm_desktop.imports.detect import Choice, Found
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.profile import ColumnProfile
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.views.desk import ShopFacts

CHANGED = changes(Word.FRIENDS, Word.TAGS, Word.CONSENT, Word.IMPORTS, Word.SEGMENTS)
"""What an import changes, and the undo of one."""


@dataclass(frozen=True, slots=True)
class WizardState:
    """A file on its way into the shop."""

    path: Path
    found: Found
    columns: tuple[ColumnProfile, ...]
    kind: Kind
    preset: str
    matching: Matching
    shop: ShopFacts
    date_order: str = "ymd"
    through: str = ""
    purpose: str = ""
    informed: Answer | None = None
    evidence: str = ""

    @property
    def origin_is_told(self) -> bool:
        """Whether the three questions about the data's origin are answered."""
        return bool(self.through.strip() and self.purpose.strip()) and self.informed is not None

    def plan(self) -> ImportPlan:
        """Return the plan that the steps have come to."""
        informed = self.informed or Answer.UNKNOWN
        origin = Origin(self.through.strip(), self.purpose.strip(), informed, self.evidence.strip())
        shop = self.shop
        return ImportPlan(
            *(self.path, self.found, self.kind, self.matching, origin, shop.country, shop.zone, shop.currency),
            *(self.date_order, self.preset),
        )

    def as_kind(self, kind: Kind) -> "WizardState":
        """Take the rows for something else; the columns are matched anew."""
        matching = guess(kind, self.found.header, self.found.first_rows)
        return replace(self, kind=kind, preset="", matching=matching)

    def as_preset(self, preset_id: str) -> "WizardState":
        """Take the file for the export of a known system."""
        preset = presets.by_id(preset_id)
        if preset is None:
            return self
        matching = guess(preset.kind, self.found.header, self.found.first_rows, preset.columns)
        order = preset.date_order or self.date_order
        return replace(self, kind=preset.kind, preset=preset.id, matching=matching, date_order=order)


def read_again(state: WizardState, choice: Choice) -> WizardState:
    """Read the file in another encoding or another sheet; what was answered about its origin stays."""
    fresh = read_file(state.path, state.shop, choice)
    told = {"through": state.through, "purpose": state.purpose, "informed": state.informed, "evidence": state.evidence}
    return replace(fresh, date_order=state.date_order, **told)


def read_file(path: Path, shop: ShopFacts, choice: Choice = Choice()) -> WizardState:  # noqa: B008 - frozen
    """Look at a file and make the first guesses. Raises ShopError or OutsideError in plain words."""
    found = detect.look(path, shop.country, choice)
    kind = guess_kind(found.header)
    matching = guess(kind, found.header, found.first_rows)
    state = WizardState(path, found, tuple(profile.columns(path, found)), kind, "", matching, shop)
    fitting = presets.best(found.header)
    return state.as_preset(fitting.id) if fitting else state
