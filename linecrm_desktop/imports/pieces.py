"""The rows of a file by the thousand, because most of a large file can be judged and cut without looking at each row.

Where thousands of lines have no quotation mark and the same number of cells, each line is a row, and its cells are
what stands between the delimiters: one cut serves them all. Everything else is read row by row, as text_rows does.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import methodcaller

from linecrm_desktop.imports import text_rows
from linecrm_desktop.imports.layout import BLANK, TELLING, Judge, Layout, Skip
from linecrm_desktop.imports.text_rows import Line

ROWS = 5_000
"""Most rows of a piece, so that memory does not grow with the file and Stop is soon heard."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Lines that are one row each, all with the same number of cells and none of them quoted."""

    begins: int
    lines: list[str]
    delimiter: str
    width: int

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def numbers(self) -> range:
        """The lines of the file that the rows begin on."""
        return range(self.begins, self.begins + len(self.lines))

    def columns(self) -> list[Sequence[str]]:
        """Return the cells of each column."""
        cells = self.delimiter.join(self.lines).split(self.delimiter)
        return [cells[place :: self.width] for place in range(self.width)]

    def row(self, place: int) -> Line:
        """Return one of the rows."""
        return Line(self.begins + place, self.lines[place].split(self.delimiter))

    def rows(self) -> list[Line]:
        """Return all rows."""
        return [Line(number, line.split(self.delimiter)) for number, line in zip(self.numbers, self.lines, strict=True)]


Piece = Plain | Sequence[Line]


def of_lines(lines: Iterable[Line]) -> Iterator[Piece]:
    """Yield rows in pieces."""
    rows = iter(lines)
    while piece := list(islice(rows, ROWS)):
        yield piece


def of_text(
    source: Callable[[], Iterator[str]], delimiter: str, table: Layout, *, careful: bool, strict: bool = False
) -> Iterator[Piece]:
    """Yield the rows of a delimited text, blank ones too; `source` begins its lines anew.

    With `strict` NeedsCare is raised where the careful way is needed, as by text_rows.
    """
    if careful:
        yield from of_lines(text_rows.rows(source, delimiter, careful=True))
        return
    width = len(table.raw_names) if len(table.raw_names) == len(table.places) else 0
    lines, number = source(), 1
    taken = list(islice(lines, table.begins - 1)) or list(islice(lines, ROWS))
    while taken:
        plain = _plain(number, taken, delimiter, width)
        if plain is None:
            rows, number = text_rows.some(taken, lines, number, delimiter, strict=strict)
            yield rows
        else:
            yield plain
            number += len(taken)
        taken = list(islice(lines, ROWS))


def rows_of(piece: Piece) -> Sequence[Line]:
    """Return the rows of a piece one by one."""
    return piece.rows() if isinstance(piece, Plain) else piece


def judged(pieces: Iterable[Piece], table: Layout) -> Iterator[tuple[Piece, list[tuple[Line, Skip]]]]:
    """Yield the rows of the table in pieces, each with the rows beside them that are no data, and why."""
    judge = Judge(table)
    for piece in pieces:
        if (
            isinstance(piece, Plain)
            and not judge.is_watching
            and piece.begins >= table.begins
            and _is_all_data(piece, table)
        ):
            yield piece, []
            continue
        yield _sorted(decided for line in rows_of(piece) if line.number >= table.begins for decided in judge.of(line))
    if last := judge.rest():
        yield _sorted(last)


def _sorted(decided: Iterable[tuple[Line, Skip | None]]) -> tuple[list[Line], list[tuple[Line, Skip]]]:
    """Return the rows of the table, and those beside it with the reason."""
    data: list[Line] = []
    beside: list[tuple[Line, Skip]] = []
    for line, why in decided:
        if why is None:
            data.append(line)
        else:
            beside.append((line, why))
    return data, beside


def _plain(begins: int, taken: Sequence[str], delimiter: str, width: int) -> Plain | None:
    """Return lines as plain rows, None where they have to be read one by one."""
    text = "".join(taken)
    if width < 2 or '"' in text or len(text) > text_rows.CELL_MAX:
        return None
    if delimiter + " " in text or "\n " in text or text.startswith(" "):  # blanks before a cell are none of it
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n")
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != len(taken) or "\r" in text or set(map(methodcaller("count", delimiter), lines)) != {width - 1}:
        return None
    return Plain(begins, lines, delimiter, width)


def _is_all_data(piece: Plain, table: Layout) -> bool:
    """Say whether no row of a piece is anything but data; only those that may be something else are looked at.

    In a file of orders "#1001" or "A1001" every row begins as a remark or an average does, but has too many cells.
    """
    delimiter, text = piece.delimiter, "\n".join(piece.lines)
    again = table.raw_names[0] + delimiter
    telling = TELLING | {delimiter, again[0]}
    lines, least = piece.lines, piece.width - table.most_filled
    if not (_has_blank_cells(text, delimiter) or text.startswith(again) or f"\n{again}" in text):
        if least > 2:  # one of three empty cells stands between two others
            empty = delimiter * 2
            lines = [line for line in lines if empty in line]
        lines = [line for line in lines if line[0] in telling and line.split(delimiter).count("") >= least]
    doubtful = [line for line in lines if line[0] in telling]
    return all(table.skip(Line(0, line.split(delimiter))) is None for line in doubtful)


def _has_blank_cells(text: str, delimiter: str) -> bool:
    """Say whether a cell may hold nothing but blanks, so that counting the empty ones would not do."""
    begins = (delimiter, "\n")
    blanks = [blank for blank in BLANK if blank not in begins and blank in text]
    return any(before + blank in text for blank in blanks for before in begins) or text[0] in blanks
