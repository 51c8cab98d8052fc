"""Cuts the text of a delimited file into rows, mending what other programs wrote wrongly and saying where it did.

The quick way is the standard library's reader. It is left for the careful way only where a file breaks the rules of
quoting: a quotation mark that is never closed would swallow the rows after it, and one that stands inside a quoted cell
without being doubled would end it. The careful way looks at each row alone and never lets one row swallow another.
"""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

DELIMITERS = (",", "\t", ";", "|")
CELL_MAX = 50_000_000
_LOOKED_AT = 400
_LONGEST = 60
"""Lines that one cell may hold before its quotation mark counts as never closed."""
_SEP = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)


class Line(NamedTuple):
    """One row of a file; `number` is the line it begins on, counted from 1 as an editor or a spreadsheet does."""

    number: int
    cells: list[str]
    mended: str = ""
    """Code of what was put right in this row: unclosed or inner_quote."""


def told_delimiter(first: str) -> str | None:
    """Return the delimiter that a file names itself in a first line `sep=;`, as Excel understands it."""
    found = _SEP.fullmatch(first)
    return found[1] if found else None


def find_delimiter(sample: Iterable[str]) -> str:
    """Choose the delimiter that cuts most lines into one same number of cells, more than one."""
    looked = [line for line in islice(sample, _LOOKED_AT) if line.strip()]

    def steadiness(delimiter: str) -> tuple[int, int]:
        widths = Counter(len(row) for row in csv.reader(looked, delimiter=delimiter, skipinitialspace=True) if row)
        return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 1))

    csv.field_size_limit(CELL_MAX)
    return max(DELIMITERS, key=steadiness)


class NeedsCare(Exception):
    """The file breaks the rules of quoting, so that the quick reader would read it wrongly."""


def rows(source: Callable[[], Iterator[str]], delimiter: str, *, careful: bool, strict: bool = False) -> Iterator[Line]:
    """Yield the rows of a file, blank ones too. `source` begins the lines anew.

    With `strict` the quick way raises NeedsCare at the first row that needs the careful one.
    """
    if careful:
        yield from _careful(source(), delimiter)
        return
    lines, number = source(), 1
    while taken := list(islice(lines, _LOOKED_AT)):
        found, number = some(taken, lines, number, delimiter, strict=strict)
        yield from found


def some(
    taken: Sequence[str], after: Iterator[str], begins: int, delimiter: str, *, strict: bool
) -> tuple[list[Line], int]:
    """Return the rows that begin in these lines of a file, the quick way, and the line that the next row begins on.

    `after` gives the lines that follow, for a last row that does not end in its own. Raises NeedsCare as `rows` does.
    """
    csv.field_size_limit(CELL_MAX)
    reader = csv.reader(chain(taken, after), delimiter=delimiter, strict=strict, skipinitialspace=True)
    found: list[Line] = []
    number = begins
    try:
        for cells in reader:
            next_one = begins + reader.line_num
            if strict and next_one - number > _LONGEST:
                raise NeedsCare
            found.append(Line(number, cells))
            number = next_one
            if reader.line_num >= len(taken):
                break
    except csv.Error as error:
        if strict:
            raise NeedsCare from error
        raise
    return found, number


def _careful(source: Iterator[str], delimiter: str) -> Iterator[Line]:
    waiting: list[str] = []
    number, usual = 1, Counter[int]()

    def fill(count: int) -> bool:
        waiting.extend(islice(source, max(0, count - len(waiting))))
        return len(waiting) >= count

    while fill(1):
        width = usual.most_common(1)[0][0] if usual else 0
        taken, cells, mended = _one_row(waiting, fill, delimiter, width)
        yield Line(number, cells, mended)
        if cells:
            usual[len(cells)] += 1
        number += taken
        del waiting[:taken]


def _one_row(waiting: list[str], fill: Callable[[int], bool], delimiter: str, width: int) -> tuple[int, list[str], str]:
    """Return how many lines a row takes, its cells, and what was mended. `width` is the usual one, 0 when unknown."""
    first = waiting[0]
    if '"' not in first:
        return 1, _plain(first, delimiter), ""
    alone = _plain(first, delimiter)
    likely = '\\"' in first
    for backslash in (likely, not likely):
        taken, text = 1, first
        while True:
            cells, is_open, mended = _cut(text, delimiter, backslash=backslash)
            if not is_open or taken >= _LONGEST or not fill(taken + 1):
                break
            text += waiting[taken]
            taken += 1
        swallows = bool(mended) and len(alone) == width and (taken > 1 or len(cells) != width)
        if not is_open and not swallows and (not width or len(cells) == width or ("\\" not in first and taken == 1)):
            return taken, cells, mended
    if (is_open or taken > 1) and width != len(alone):  # the last cell, with delimiters in it, is the one left open
        closed, still_open, _mended = _cut(first.rstrip("\r\n") + '"', delimiter, backslash=False)
        if len(closed) == width and not still_open:
            return 1, closed, "unclosed"
    if is_open or (width and len(alone) == width and (taken > 1 or mended)):
        return 1, [_bare(cell) for cell in alone], "unclosed"
    cells, _is_open, mended = _cut("".join(waiting[:taken]), delimiter, backslash=False)
    return taken, cells, mended


def _bare(cell: str) -> str:
    """Return a cell of a line that was cut at all its delimiters, without the quotation marks around it."""
    whole = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if whole else cell.strip('"') if cell.count('"') == 1 else cell


def _plain(line: str, delimiter: str) -> list[str]:
    text = line.rstrip("\r\n")
    return text.split(delimiter) if text else []


def _cut(text: str, delimiter: str, *, backslash: bool) -> tuple[list[str], bool, str]:
    """Cut one row. A quotation mark closes a cell only before a delimiter or the end; others are part of the cell."""
    cells: list[str] = []
    place, end, mended = 0, len(text.rstrip("\r\n")), ""
    while place <= end:
        if text[place : place + 2] == ' "':
            place += 1
        if text[place : place + 1] != '"' or place == end:
            stop = text.find(delimiter, place, end)
            stop = end if stop < 0 else stop
            cells.append(text[place:stop])
            place = stop + 1
            continue
        cell, place, inner = _quoted(text, place + 1, end, delimiter, backslash=backslash)
        mended = mended or inner
        if place < 0:
            return cells, True, mended
        cells.append(cell)
    return cells, False, mended


def _quoted(text: str, place: int, end: int, delimiter: str, *, backslash: bool) -> tuple[str, int, str]:
    """Read a quoted cell; return it, where the next cell begins (-1: it is not closed), and what was mended."""
    parts: list[str] = []
    mended = ""
    while True:
        mark = text.find('"', place, end)
        if mark < 0:
            return "", -1, mended
        after = text[mark + 1 : mark + 2]
        before = text[place:mark]
        if backslash and (len(before) - len(before.rstrip("\\"))) % 2:
            parts.append(text[place : mark - 1] + '"')
            place, mended = mark + 1, "inner_quote"
        elif mark + 1 >= end or after == delimiter:
            parts.append(text[place:mark])
            return "".join(parts), mark + 2, mended
        elif after == '"':
            parts.append(text[place : mark + 1])
            place = mark + 2
        else:
            parts.append(text[place : mark + 1])
            place, mended = mark + 1, "inner_quote"
