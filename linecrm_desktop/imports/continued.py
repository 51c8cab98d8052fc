"""Rows under merged cells: an order's number, day and buyer stand in its first row only, the next ones hold its goods.

Saved as CSV, merged cells leave blanks. In a file of orders such a row goes on with the row above; where it does not
say enough for that, the reason says so.
"""

from collections.abc import Mapping, Sequence, Set
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.imports.columns import KEYS, Matching, Target
from linecrm_desktop.imports.people import S, filled
from linecrm_desktop.imports.staging import STAGE
from linecrm_desktop.text import _

_GOODS = (Target.PRODUCT, Target.CATEGORY)
"""What says that a row holds goods; a row with nothing but numbers may be a sum."""
_HEAD = (Target.ORDER, Target.AT, *KEYS, Target.NAME, Target.TOTAL)
"""What an order says once."""
_SHARED = ("number", "line_user_id", "member_number", "email", "phone", "at")
"""What the first row of an order gives to the others."""
Cells = Sequence[Sequence[str]]
Values = Mapping[str, Sequence[Any]]


class Continued:
    """Says of one row of orders after the other which row above it continues."""

    def __init__(self, matching: Matching, columns: Mapping[Target, str]) -> None:
        told = {target: matching.places(target) for target in (*_HEAD, *_GOODS)}
        self._has_number = bool(told[Target.ORDER])
        self._who = [place for target in _HEAD if target is not Target.TOTAL for place in told[target]]
        """Columns that say which order it is, and whose."""
        self._ours = [
            (columns.get(target, str(target)), told[target])
            for target in _HEAD
            if told[target] and target is not Target.ORDER
        ]
        self._goods = [place for target in _GOODS for place in told[target]]
        self._told_by = told[Target.ORDER] or told[Target.AT]
        self._key = "number" if self._has_number else "at"
        self._head: dict[str, Any] = {}
        self._line: int | None = None
        """The last row that is the first of an order, and what it says."""

    def of(self, cells: Cells, values: Values, lines: Sequence[int]) -> tuple[list[int | None] | None, list[int]]:
        """Return the line that each row continues, None where none does, and the places of rows that cannot be told."""
        found: list[int | None] = [None] * len(lines)
        untold: list[int] = []
        if None not in values.get(self._key, ()):
            self._begin(values, lines, len(lines) - 1)
            return None, []
        for place in range(len(lines)):
            is_first = not self._is_blank(cells, place, self._told_by)
            if not is_first and self._continues(cells, values, place):
                found[place] = self._line
            elif not is_first and self._is_blank(cells, place, self._who):
                untold.append(place)
            else:
                self._begin(values, lines, place)
        return (found if any(found) else None), untold

    def _begin(self, values: Values, lines: Sequence[int], place: int) -> None:
        self._line = lines[place]
        self._head = {column: values[column][place] for column, _places in self._ours if column in values}

    def _continues(self, cells: Cells, values: Values, place: int) -> bool:
        """Say whether a row without a number (or a day) holds goods, and nothing that contradicts the row above."""
        if self._line is None or self._is_blank(cells, place, self._goods):
            return False
        for column, places in self._ours:
            is_same = self._has_number and values.get(column, ())[place : place + 1] == [self._head.get(column)]
            if not is_same and not self._is_blank(cells, place, places):
                return False
        return True

    def _is_blank(self, cells: Cells, place: int, columns: Sequence[int]) -> bool:
        return not any(cells[column][place].strip() for column in columns)


def untold(line: int) -> tuple[str, str]:
    """Return the reason for a row that is blank where an order stands."""
    sentence = _("Row {row} is blank where the order and its buyer stand. If cells were merged, fill each of them.")
    return "merged", sentence.format(row=line)


def take_first(session: Session, there: Set[str]) -> None:
    """Give the rows that continue another what the first row of their order says; if it cannot be taken, nor can they.

    `there` are the columns that the file has.
    """
    if "continues" not in there:
        return
    first = STAGE.alias("first")
    mine = select(first).where(first.c.line == S.continues)
    given = {
        name: func.coalesce(S[name], mine.with_only_columns(first.c[name]).scalar_subquery())
        for name in _SHARED
        if name in there
    }
    session.execute(update(STAGE).where(S.continues.is_not(None)).values(given))
    bad = mine.where(first.c.verdict == "rejected").exists()
    sentence = filled(_("Row {row} of the same order cannot be taken."), row=S.continues)
    told = (S.continues.is_not(None), S.verdict.is_(None), bad)
    session.execute(update(STAGE).where(*told).values(verdict="rejected", why="order", sentence=sentence))


def take_number(session: Session, there: Set[str]) -> None:
    """Give the rows that continue another its number, once orders without a number have got one."""
    if "continues" in there:
        first = STAGE.alias("first")
        number = select(first.c.number).where(first.c.line == S.continues).scalar_subquery()
        session.execute(update(STAGE).where(S.continues.is_not(None)).values(number=number))
