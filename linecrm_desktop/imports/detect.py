"""Finds out how a file is written: text or not, which encoding, which delimiter, which header. Nothing is changed.

The whole file is read, not a sample: one broken letter on the last page is found before anything is saved.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.text import _

DELIMITERS = (",", "\t", ";", "|")
FIRST_ROWS = 8
_SAMPLE = 65_536
_CELL_MAX = 10_000_000
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_ARCHIVES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file; `number` is the line it begins on, counted from 1 as an editor does."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Found:
    """How a file is written, and its first rows as they will be read."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    rows: int
    first_rows: tuple[tuple[str, ...], ...]
    size: int
    changed: float
    """When the file was last changed: a later change starts the import again."""
    uneven: int
    """Rows with another number of cells than the header."""


def look(path: Path) -> Found:
    """Read the whole file once and say how it is written. Raises ShopError or OutsideError with one clear sentence."""
    raw = _start(path)
    if not raw.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise ShopError(_("“{file}” is empty.").format(file=path.name), _("Export it again and choose the new file."))
    _refuse_other_kinds(path, raw)
    encoding = _encoding(path)
    delimiter = _delimiter(raw.decode(encoding, errors="replace"))
    lines = _lines(path, encoding, delimiter)
    header = next(lines, None)
    if header is None or len([cell for cell in header.cells if cell.strip()]) < 1:
        raise ShopError(
            _("“{file}” has no column names.").format(file=path.name), _("The first row must name the columns.")
        )
    rows, uneven = 0, 0
    first: list[tuple[str, ...]] = []
    for line in lines:
        rows += 1
        uneven += len(line.cells) != len(header.cells)
        if rows <= FIRST_ROWS:
            first.append(tuple(line.cells))
    status = path.stat()
    names = tuple(cell.strip() for cell in header.cells)
    return Found(encoding, delimiter, names, rows, tuple(first), status.st_size, status.st_mtime, uneven)


def rows(path: Path, found: Found) -> Iterator[Line]:
    """Read the rows below the header. Raises ShopError when the file is not the one that was looked at."""
    try:
        status = path.stat()
    except OSError as error:
        raise _gone(path) from error
    if (status.st_size, status.st_mtime) != (found.size, found.changed):
        raise ShopError(
            _("“{file}” was changed after it was chosen.").format(file=path.name),
            _("Nothing was saved. Choose the file again."),
        )
    lines = _lines(path, found.encoding, found.delimiter)
    next(lines, None)
    yield from lines


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_SAMPLE)
    except FileNotFoundError as error:
        raise _gone(path) from error
    except PermissionError as error:
        raise OutsideError(
            _("“{file}” cannot be opened.").format(file=path.name),
            _("If another program has it open, close it there, then try again."),
            retry=True,
        ) from error
    except OSError as error:
        raise ShopError(_("“{file}” is not a file.").format(file=path.name), _("Choose a CSV file.")) from error


def _gone(path: Path) -> ShopError:
    return ShopError(_("There is no file “{file}”.").format(file=path.name), _("Check the name and choose it again."))


def _refuse_other_kinds(path: Path, raw: bytes) -> None:
    if raw.startswith(_PICTURES):
        raise ShopError(_("“{file}” is a picture.").format(file=path.name), _("Choose a CSV file."))
    if raw.startswith(b"%PDF"):
        raise ShopError(_("“{file}” is a PDF.").format(file=path.name), _("Export the list as CSV."))
    if raw.startswith(_ARCHIVES):
        raise ShopError(
            _("“{file}” is a workbook or an archive.").format(file=path.name),
            _("Open it and save it as “CSV UTF-8”, then import that file."),
        )


def _encoding(path: Path) -> str:
    """Return utf-8 or utf-8-sig when every byte of the file fits, else refuse with the line."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, has_mark = 1, False
    with path.open("rb") as file:
        has_mark = file.read(3) == codecs.BOM_UTF8
        file.seek(0)
        for block in file:
            try:
                text = decoder.decode(block)
            except UnicodeDecodeError as error:
                raise _not_utf8(path, line) from error
            if "\x00" in text:
                raise _not_utf8(path, line)
            line += 1
    return "utf-8-sig" if has_mark else "utf-8"


def _not_utf8(path: Path, line: int) -> ShopError:
    return ShopError(
        _("“{file}” is not written in UTF-8 (line {line}).").format(file=path.name, line=line),
        _("Nothing was changed. Save it as “CSV UTF-8” in your spreadsheet program, then import that file."),
    )


def _delimiter(sample: str) -> str:
    """Choose the delimiter that cuts most lines into the same number of cells, more than one."""

    def steadiness(delimiter: str) -> tuple[int, int]:
        lines = [line for line in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter) if line][:200]
        widths = [len(line) for line in lines[:-1] or lines]
        usual = widths[0] if widths else 1
        return (sum(width == usual for width in widths) if usual > 1 else 0, usual)

    _allow_long_cells()
    return max(DELIMITERS, key=steadiness)


def _lines(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    _allow_long_cells()
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        begins = 1
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    yield Line(begins, cells)
                begins = reader.line_num + 1
        except csv.Error as error:
            raise ShopError(
                _("“{file}” cannot be read at line {line}.").format(file=path.name, line=reader.line_num),
                _("Nothing was saved. Look for a missing quotation mark there."),
                details=str(error),
            ) from error


def _allow_long_cells() -> None:
    csv.field_size_limit(_CELL_MAX)
