"""Reads the columns that a file keeps as fields of the shop's own. No database.

A row never stands or falls by such a cell: one that cannot be read is left out and named, and the row is taken.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from linecrm_desktop.imports import values
from linecrm_desktop.imports.columns import FIELD_TARGETS
from linecrm_desktop.imports.meanings import Meanings, Trouble
from linecrm_desktop.imports.plan import ImportPlan
from linecrm_desktop.models.field import FieldKind
from linecrm_desktop.tags import library

Entry = tuple[str, float | None]
"""A value as the shop keeps it: its text, and what it counts where it is a number."""
NAMES = ("line", "field", "place", "text", "number")


class FieldColumns:
    """The columns of a plan that are kept as fields; two of one name are one field, the first filled cell counts."""

    def __init__(self, plan: ImportPlan) -> None:
        self._plan = plan
        readers: dict[FieldKind, Callable[[str], tuple[Entry, ...]]] = {
            FieldKind.TEXT: _text,
            FieldKind.NUMBER: _number,
            FieldKind.DATE: partial(_date, zone=plan.zone, order=plan.date_order),
            FieldKind.LIST: _list,
        }
        self._columns = [
            (place, first, Meanings(readers[FIELD_TARGETS[plan.matching.targets[place]]]))
            for place, first in same_fields(plan).items()
        ]

    def read(
        self, cells: Sequence[Sequence[str]], numbers: Sequence[int], flags: list[tuple[int, tuple[str, str]]]
    ) -> dict[str, Sequence[Any]]:
        """Return what the rows say, as STAGED_FIELD has it; cells that cannot be read are added to the flags."""
        said: set[tuple[int, int]] = set()
        rows: list[tuple[int, int, int, str, float | None]] = []
        for column, first, meanings in self._columns:
            for place, found in enumerate(meanings.of(cells[column])):
                if isinstance(found, Trouble):
                    flags.append((place, (found.code, found.sentence)))
                elif found and (place, first) not in said:
                    said.add((place, first))
                    rows += [(numbers[place], first, at, *entry) for at, entry in enumerate(found)]
        return dict(zip(NAMES, zip(*rows, strict=True), strict=True)) if rows else {}


def same_fields(plan: ImportPlan) -> dict[int, int]:
    """Return each column that is kept as a field, with the first column of the same name."""
    firsts: dict[str, int] = {}
    return {
        place: firsts.setdefault(field_key(plan, place), place)
        for place, target in enumerate(plan.matching.targets)
        if target in FIELD_TARGETS
    }


def field_name(plan: ImportPlan, column: int) -> str:
    """Return what the field of a column is called."""
    return " ".join(plan.found.header[column].split())[: library.NAME_MAX]


def field_key(plan: ImportPlan, column: int) -> str:
    """Return a field's name as names are compared."""
    return library.fold(field_name(plan, column))[: library.NAME_MAX]


def _text(cell: str) -> tuple[Entry, ...]:
    found = values.words(cell)
    return () if found is None or values.is_empty(values.clean(cell)) else ((found, None),)


def _number(cell: str) -> tuple[Entry, ...]:
    found = values.number(cell)
    return () if found is None else ((f"{found:.10g}" if found % 1 else f"{found:.0f}", found),)


def _date(cell: str, zone: str, order: str) -> tuple[Entry, ...]:
    found: datetime | None = values.moment(cell, zone, order)
    return () if found is None else ((found.astimezone(ZoneInfo(zone)).date().isoformat(), None),)


def _list(cell: str) -> tuple[Entry, ...]:
    return tuple((entry, None) for entry in values.several(cell))
