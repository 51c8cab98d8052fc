"""What the wizard knows: the file, what was found in it, every choice so far. Each choice is a new state."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from pathlib import Path

from linecrm_desktop.channels import accounts
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports import chats, detect, history, presets, profile
from linecrm_desktop.imports.columns import Kind, Matching, guess
from linecrm_desktop.imports.detect import Choice, Found
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.imports.presets import Preset
from linecrm_desktop.imports.profile import ColumnProfile
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.desk import ShopFacts

THROUGH = (N_("Online shop checkout"), N_("Store counter"), N_("LINE Official Account"), N_("Market or event"))
INFORMED = {Answer.YES: N_("Yes"), Answer.NO: N_("No"), Answer.UNKNOWN: N_("Not sure")}
PURPOSES = (N_("Orders, membership and marketing"), N_("Orders only"), N_("Membership"))
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
    source_tag: str = ""
    """A tag of the type source that every friend of the file gets; empty: none."""

    decisions: Mapping[int, int] = field(default_factory=dict[int, int])
    """Who a person said that a row is: line and friend."""
    friend_id: int | None = None
    """Whose chat the file is."""
    without: Set[int] = frozenset()
    """Lines that are taken without the cells that cannot be read."""
    instead: Set[int] = frozenset()
    """Lines that are used instead of newer ones of the same person."""
    second: Found | None = None
    """How the file can be read as well, where two encodings are plausible."""
    choice: Choice = field(default_factory=Choice)
    """What a person said about how the file is written; a preset remembers the encoding."""
    phones_of: str = ""
    """The country of the phone numbers; empty: the shop's."""
    accounts: tuple[AccountRow, ...] = ()
    """The shop's LINE accounts."""
    channel_id: int | None = None
    """The further account whose LINE user IDs the file has; None: the first."""

    @property
    def origin_is_told(self) -> bool:
        """Whether the three questions about the data's origin are answered."""
        return bool(self.through.strip() and self.purpose.strip()) and self.informed is not None

    @property
    def country(self) -> str:
        """The country that phone numbers without a code are of."""
        return self.phones_of or self.shop.country

    @property
    def is_of_people(self) -> bool:
        """Whether rows are people: only then can their LINE user IDs be those of a further account."""
        return self.kind in (Kind.CUSTOMERS, Kind.FRIENDS)

    def plan(self) -> ImportPlan:
        """Return the plan that the steps have come to."""
        informed = self.informed or Answer.UNKNOWN
        origin = Origin(self.through.strip(), self.purpose.strip(), informed, self.evidence.strip())
        shop = self.shop
        return ImportPlan(
            *(self.path, self.found, self.kind, self.matching, origin, self.country, shop.zone, shop.currency),
            *(self.date_order, self.preset, self.source_tag.strip(), self.decisions, self.friend_id),
            *(self.without, self.instead, self.channel_id if self.is_of_people else None),
        )

    def as_kind(self, kind: Kind) -> "WizardState":
        """Take the rows for something else; the columns are matched anew."""
        found = self.found
        matching = guess(kind, found.header, found.first_rows, marks_are_tags=True, no_marks=found.no_marks)
        return replace(self, kind=kind, preset="", matching=matching)

    def as_preset(self, preset_id: str) -> "WizardState":
        """Take the file for the export of a known system."""
        preset = presets.by_id(preset_id)
        if preset is None:
            return self
        taken = propose(self.path, self.found, preset=preset)
        chosen = {"kind": taken.kind, "preset": taken.preset, "matching": taken.matching}
        return replace(self, **chosen, date_order=taken.date_order)


def begin(path: Path, shop: ShopFacts, database: Database) -> WizardState:
    """Look at a file, and propose the answers that were given for the last such file, or the usual ones of a preset.

    Whether people were informed is never proposed. Raises ShopError or OutsideError in plain words.
    """
    state = read_file(path, shop)
    with database.read() as session:
        told = history.last_origin(session, state.kind, state.preset)
        called = chats.of_name(session, state.found.person)
        known = tuple(accounts.rows(session))
    if told is None and state.preset:
        of_line = state.kind in (Kind.FRIENDS, Kind.EVENTS)
        told = (_(THROUGH[2] if of_line else THROUGH[0]), _(PURPOSES[0]))
    through, purpose = told or ("", "")
    friend = called[0] if len(called) == 1 else None
    return replace(state, through=through, purpose=purpose, friend_id=friend, accounts=known)


def read_again(state: WizardState, choice: Choice) -> WizardState:
    """Read the file in another way; what was answered about its origin stays."""
    choice = state.choice.then(choice)
    fresh = read_file(state.path, state.shop, choice)
    return replace(
        fresh,
        through=state.through,
        purpose=state.purpose,
        informed=state.informed,
        evidence=state.evidence,
        source_tag=state.source_tag,
        choice=choice,
        phones_of=state.phones_of,
        accounts=state.accounts,
        channel_id=state.channel_id,
    )


def save_as_preset(state: WizardState, name: str) -> Preset:
    """Keep the matching for the next such file. Raises ShopError for a name that cannot be used, OutsideError."""
    like = presets.by_id(state.preset)
    encoding = state.found.encoding if state.choice.encoding else ""
    told = {"date_order": state.date_order, "encoding": encoding}
    return presets.save_own(name, state.kind, state.found.header, state.matching, like, **told)


def read_file(path: Path, shop: ShopFacts, choice: Choice = Choice()) -> WizardState:  # noqa: B008 - frozen
    """Look at a file and make the first guesses. Raises ShopError or OutsideError in plain words."""
    found = look(path, shop.country, choice)
    taken = propose(path, found)
    columns = tuple(profile.columns(path, found))
    second = detect.look(path, shop.country, choice.then(Choice(encoding=found.others[0]))) if found.others else None
    told = (taken.kind, taken.preset, taken.matching, shop, taken.date_order)
    return WizardState(path, found, columns, *told, second=second)
