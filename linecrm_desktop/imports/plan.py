"""What an import is told before it runs, and what it says afterwards."""

from dataclasses import dataclass, field
from pathlib import Path

from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports.columns import Kind, Matching
from linecrm_desktop.imports.detect import Found
from linecrm_desktop.text import N_, _

DATE_ORDERS = ("ymd", "dmy", "mdy")


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """The file, how it is written, what its rows are, where its columns go, and where the data came from."""

    path: Path
    found: Found
    kind: Kind
    matching: Matching
    origin: Origin
    country: str
    zone: str
    currency: str
    date_order: str = "ymd"
    preset: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that was not taken, as it stood in the file, with the reason."""

    line: int
    cells: tuple[str, ...]
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
    tags_given: int = 0
    refused: int = 0
    """Friends who newly refuse marketing."""
    allowed: int = 0
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
    "twice": N_("Same friend twice in the file"),
    "conflict": N_("Two friends fit"),
    "cells": N_("Too many cells"),
}


def reason_name(code: str) -> str:
    """Return the reason's name in the person's language."""
    return _(REASONS[code])
