"""The cells of a file's rows as they stand there, kept beside the staged values for the few that are shown or saved.

Rows are kept by the chunk: one line of a table for some thousand, which costs nearly nothing to write. They are asked
for in the order of the file, so that each chunk is taken apart once.
"""

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.imports.pieces import Piece, Plain
from linecrm_desktop.imports.staging import STAGED_CELLS

_CELL_END, _ROW_END = "\x1f\x1e", "\x1f\x1d"
"""Two characters that no text has side by side."""
_C = STAGED_CELLS.c


class Kept(NamedTuple):
    """The cells of some rows, as they are kept: as one text, with what stands behind each cell and each row."""

    first: int
    """The line that the first row begins on."""
    lines: bytes
    """The lines of all rows; empty where each row is one line."""
    cells: str
    cell_end: str
    row_end: str


def kept(piece: Piece) -> Kept:
    """Return the cells of some rows as they are kept."""
    if isinstance(piece, Plain):
        return Kept(piece.begins, b"", "\n".join(piece.lines), piece.delimiter, "\n")
    numbers = array("q", [line.number for line in piece])
    cells = _ROW_END.join([_CELL_END.join(line.cells) for line in piece])
    return Kept(numbers[0], numbers.tobytes(), cells, _CELL_END, _ROW_END)


def keep(session: Session, rows: Kept) -> None:
    """Keep the cells of some rows."""
    session.execute(insert(STAGED_CELLS).values(rows._asdict()))


class KeptCells:
    """Finds the cells of rows again; the chunk that was asked for last stays at hand."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: Sequence[int] = ()
        self._rows: list[str] = []
        self._cell_end = ""

    def of(self, line: int) -> tuple[str, ...]:
        """Return the cells of the row that begins on a line."""
        if not self._numbers or not self._numbers[0] <= line <= self._numbers[-1]:
            self._load(line)
        return tuple(self._rows[bisect_left(self._numbers, line)].split(self._cell_end))

    def _load(self, line: int) -> None:
        columns = [_C[name] for name in Kept._fields]
        query = select(*columns).where(_C.first <= line).order_by(_C.first.desc()).limit(1)
        found = Kept(*self._session.execute(query).one())
        self._rows, self._cell_end = found.cells.split(found.row_end), found.cell_end
        self._numbers = array("q", found.lines) or range(found.first, found.first + len(self._rows))
