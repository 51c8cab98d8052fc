"""What an import is told before it runs, and what it says afterwards."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports.columns import OTHER_LINE_ID, Kind, Matching
from linecrm_desktop.imports.detect import Form, Found
from linecrm_desktop.text import N_, _

DATE_ORDERS = ("ymd", "dmy", "mdy")
DELIMITERS = {"comma": ",", "tab": "\t", "semicolon": ";", "bar": "|"}
"""What may split the columns of a text."""
COUNTRIES = {
    "TW": (N_("Taiwan"), "+886"),
    "JP": (N_("Japan"), "+81"),
    "TH": (N_("Thailand"), "+66"),
    "HK": (N_("Hong Kong"), "+852"),
    "MO": (N_("Macao"), "+853"),
    "SG": (N_("Singapore"), "+65"),
    "MY": (N_("Malaysia"), "+60"),
}
"""Countries whose people a file may be about, with the code of their phone numbers."""

NAMED = 20_000
"""Most rows that a report names one by one; all of them are counted."""


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The file, how it is written, what its rows are, where its columns go, and where the data came from."""

    path: Path
    found: Found
    kind: Kind
    matching: Matching
    origin: Origin
    country: str
    """Whose phone numbers those without a code are, and how a family and a given name are joined."""
    zone: str
    currency: str
    date_order: str = "ymd"
    preset: str = ""
    source_tag: str = ""
    """A tag of the type source for every friend of the file; empty: none."""
    decisions: Mapping[int, int] = field(default_factory=dict[int, int])
    """Who a person said that a row is: line and friend."""

    friend_id: int | None = None
    """Whom all rows are about: whose chat it is."""
    without: Set[int] = frozenset()
    """Lines that are taken without the cells that cannot be read."""
    instead: Set[int] = frozenset()
    """Lines that are used instead of newer ones of the same person."""
    channel_id: int | None = None
    """The further LINE account whose user ids the file has; None: the shop's first."""

    def missing(self) -> list[str]:
        """Return sentences for what must be said before rows can be checked."""
        if self.channel_id is not None and self.kind not in (Kind.CUSTOMERS, Kind.FRIENDS):
            return [_("LINE user IDs of a further account come with customers and friends only.")]
        if self.found.form is not Form.CHAT:
            return self.matching.missing(self.kind)
        return [] if self.friend_id is not None else [_("Say whose chat this is.")]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, as it stood in the file, with the reason."""

    line: int
    cells: tuple[str, ...]
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """A line of the file, what was noticed in it as a code, and the sentence."""

    line: int
    why: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Sample:
    """A row with its verdict, for the table of the check."""

    line: int
    verdict: str
    name: str
    key: str
    cells: tuple[str, ...]
    sentence: str = ""
    why: str = ""
    fix: str = ""
    """What a person can do about a rejected row, one of FIXES; empty: nothing here."""


@dataclass(frozen=True, slots=True)
class Report:
    """How an import ended, or would end: new + updated + unchanged + rejected = rows."""

    rows: int
    new: int
    updated: int
    unchanged: int
    rejected: int
    reasons: dict[str, int] = field(default_factory=dict[str, int])
    """How many rows were rejected for each reason."""
    new_friends: int = 0
    new_tags: tuple[str, ...] = ()
    new_fields: tuple[str, ...] = ()
    """Fields of the shop's own that the import makes."""
    tags_given: int = 0
    refused: int = 0
    """Friends who newly refuse marketing."""
    allowed: int = 0
    rejected_rows: tuple[Noticed, ...] = ()
    """The rejected rows with their reasons, at most NAMED."""
    flagged: dict[str, int] = field(default_factory=dict[str, int])
    """How many cells were left out of rows that were taken, by reason."""
    flagged_rows: tuple[Noticed, ...] = ()
    samples: tuple[Sample, ...] = ()
    batch_id: int | None = None

    @property
    def taken(self) -> int:
        """Rows that are in the shop after the import."""
        return self.new + self.updated + self.unchanged


REASONS = {
    "line_id": N_("LINE user ID could not be read"),
    "phone": N_("Phone could not be read"),
    "email": N_("E-mail could not be read"),
    "date": N_("Date could not be read"),
    "amount": N_("Amount could not be read"),
    "number": N_("Number could not be read"),
    "answer": N_("Yes or no could not be read"),
    "event": N_("What happened could not be read"),
    "currency": N_("Another currency"),
    "nobody": N_("Nothing identifies the friend"),
    "merged": N_("Blank where the order stands"),
    "twice": N_("Same friend twice in the file"),
    "conflict": N_("Two friends fit"),
    "cells": N_("Too many cells"),
    "order": N_("Another row of the order cannot be taken"),
    "masked": N_("Masked, finds nobody"),
    "erased": N_("Asked to be erased"),
    "no_tag": N_("Number or answer, no tag"),
    "masked_name": N_("Masked name, not used"),
    "damaged": N_("Digits lost in a spreadsheet"),
    "relay": N_("A marketplace’s address"),
    "no_date": N_("Stands for no date"),
}

INSTEAD = "instead"
FIXES = {
    "phone": N_("Use row without phone"),
    "email": N_("Use row without e-mail"),
    "line_user_id": N_("Use row without LINE user ID"),
    OTHER_LINE_ID: N_("Use row without LINE user ID"),
    "joined_at": N_("Import without the date"),
    INSTEAD: N_("Use this row instead"),
}
"""What a person can do about a rejected row of people: leave the cell of a column out, or prefer it to its twin."""


def reason_name(code: str) -> str:
    """Return the reason's name in the person's language."""
    return _(REASONS[code])
