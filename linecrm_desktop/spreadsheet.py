"""The one door for tables that leave the program: opened right by every spreadsheet, and never run by one."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TextIO

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.text import _, number
from linecrm_desktop.whole_files import written_whole

_SHOP = b"SQLite format 3\x00"
"""How a shop file begins, whatever its name."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters that make a spreadsheet compute a cell (OWASP, CSV injection), also in full width."""


SHEET_ROWS = 1_048_576
"""Most rows of a sheet (Excel specifications and limits)."""
CELL_LETTERS = 32_767
"""Most letters of a cell (the same page)."""
_NOT_ALLOWED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters that the format of workbooks forbids."""


def write_table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write rows as CSV or xlsx, as the name's ending says, whole or not at all, and return how many there were.

    Raises ShopError when something else lies there, the ending is another or a sheet is too small, OutsideError when
    the folder or the disk does not let us; a file of that name is then as it was.
    """
    _refuse_place(path)
    write = _WRITERS[path.suffix.lower()]
    with written_whole(path) as unfinished:
        return write(unfinished, header, rows)


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return rows as CSV that never lies on a disk as it is, such as what goes into a file with a password."""
    out = io.StringIO(newline="")
    _put(out, header, rows)
    return out.getvalue().encode("utf-8-sig")


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write UTF-8 with a byte order mark, so that every spreadsheet opens it right."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        return _put(file, header, rows)


def _put(out: TextIO, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    written = 0
    writer = csv.writer(out)
    writer.writerow([safe(name) for name in header])
    for row in rows:
        writer.writerow([safe(cell) for cell in row])
        written += 1
    return written


def _write_workbook(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write one sheet of texts, row by row, so that memory does not grow; numbers of members keep their zeros."""
    from openpyxl import Workbook
    from openpyxl.cell import Cell, WriteOnlyCell
    from openpyxl.styles import Font

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for place, name in enumerate(header):
        sheet.column_dimensions[_letters(place)].width = max(12, min(40, len(name) + 4))

    def texts(cells: Sequence[str], *, bold: bool = False) -> Iterator[Cell]:
        for text in cells:
            kept = safe(text) if text.startswith("'") else text  # so that `plain` gives every text back
            cell = WriteOnlyCell(sheet, _NOT_ALLOWED.sub("", kept)[:CELL_LETTERS])
            cell.data_type = "s"  # text that looks like a formula stays text
            if bold:
                cell.font = Font(bold=True)
            yield cell

    written = 0
    try:
        sheet.append(texts(header, bold=True))
        for row in rows:
            if written + 2 > SHEET_ROWS:
                room = _("A sheet has room for {n} rows.").format(n=number(SHEET_ROWS - 1))
                raise ShopError(room, _("Save it as CSV."))
            sheet.append(texts(row))
            written += 1
    finally:
        sheet.close()
    book.save(path)
    return written


def _letters(place: int) -> str:
    """Return a column's name: A to Z, then AA and so on."""
    place, rest = divmod(place, 26)
    return (_letters(place - 1) if place else "") + chr(ord("A") + rest)


_WRITERS = {".csv": _write_csv, ".xlsx": _write_workbook}


def _refuse_place(path: Path) -> None:
    """Refuse to put a list where something else is: a shop, a folder, a device, or no name at all."""
    other = ShopError(
        _("A list cannot be written to “{file}”.").format(file=path),
        _("Give it a name of its own that ends in .csv or .xlsx."),
    )
    if not path.name or path.suffix.lower() not in _WRITERS:
        raise other
    try:
        if path.exists() and not path.is_file():
            raise other
        with path.open("rb") as file:
            if file.read(len(_SHOP)) == _SHOP:
                raise other
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutsideError(
            _("“{file}” cannot be written.").format(file=path.name),
            _("Close it if it is open in another program, or choose another folder. The shop is unchanged."),
            details=str(error),
            retry=True,
        ) from error


def safe(cell: str) -> str:
    """Return a cell that no spreadsheet computes: what would begin a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.lstrip("'").startswith(FORMULA_STARTS) else cell


def plain(cell: str) -> str:
    """Return a cell without the apostrophe that `safe` puts in front; any other apostrophe is part of the text."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'").startswith(FORMULA_STARTS) else cell
