"""Reads workbooks (xlsx, xls, ods, by content and not by name) and HTML tables that call themselves .xls.

python-calamine has one door here. Cells come typed: numbers lose the ".0" that a workbook gives every number, dates are
written as dates, everything else stays as it is stored.
"""

import io
import zipfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""The name of what an xlsx behind a password holds."""
_PARTS = ("xl/", "word/", "ppt/", "mimetype", "content.xml")
"""How the names of the parts begin that office programs put into their files."""
_MOST_EXACT = 2**53
"""Whole numbers above this are not stored exactly: the workbook itself has lost their last digits."""


def sheets(path: Path) -> tuple[str, ...]:
    """Return the names of the sheets that are shown, the one with most rows first. Raises ShopError."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    with _opened(path) as book:
        shown = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet
        ]
        opened = [(name, book.get_sheet_by_name(name)) for name in shown]
        sizes = {name: (sheet.total_height, sheet.total_width) for name, sheet in opened}
    if not any(height for height, _width in sizes.values()):
        raise ShopError(_("“{file}” is empty.").format(file=path.name), _("Export it again and choose the new file."))
    return tuple(sorted(shown, key=lambda name: sizes[name], reverse=True))


def rows(path: Path, sheet: str) -> Iterator[Line]:
    """Yield the rows of a sheet, blank ones too, numbered as the spreadsheet numbers them. Raises ShopError."""
    with _opened(path) as book:
        for number, cells in enumerate(book.get_sheet_by_name(sheet).iter_rows(), 1):
            yield Line(number, [written(cell) for cell in cells])


def written(cell: object) -> str:
    """Return a typed cell as a clerk would write it."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < _MOST_EXACT:
            return str(int(cell))
        case float():
            return repr(cell)
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime():
            return cell.isoformat(" ", "seconds")
        case date() | time():
            return cell.isoformat()
        case timedelta():
            return str(cell)
        case _:
            return str(cell)


@contextmanager
def _opened(path: Path) -> Generator["CalamineWorkbook"]:
    """Open a workbook. Raises ShopError, also where only a sheet inside turns out to be broken."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    content = b""
    try:
        content = path.read_bytes()
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:  # by its path it would trust the name
            yield book
    except (CalamineError, OSError) as error:
        if isinstance(error, PasswordError) or _LOCKED in content:  # the library tells some of them from a path only
            raise ShopError(
                _("“{file}” is protected with a password.").format(file=path.name),
                _("Open it with the password, save it without one, then import that file."),
            ) from error
        if _is_archive(content):
            raise archive(path) from error
        raise ShopError(
            _("“{file}” is no workbook that can be read.").format(file=path.name),
            _("Nothing was changed. Open it in a spreadsheet program and save it as xlsx or “CSV UTF-8”."),
            details=str(error),
        ) from error


def archive(path: Path) -> ShopError:
    """Return the sentence for a file that holds other files."""
    return ShopError(
        _("“{file}” is an archive.").format(file=path.name), _("Unpack it, then import the file that is inside.")
    )


def _is_archive(content: bytes) -> bool:
    """Say whether a ZIP file holds files of its own instead of a workbook's parts."""
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    return bool(names) and not any(name.startswith(_PARTS) for name in names)


def html_rows(text: str) -> Iterator[Line]:
    """Yield the rows of the largest table in a page of HTML."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    largest = max(reader.tables, key=len, default=list[list[str]]())
    for number, cells in enumerate(largest, 1):
        yield Line(number, cells)


class _Tables(HTMLParser):
    """Collects the texts of table cells, of pages and of the XML that Excel 2003 wrote.

    A cell that spans columns is followed by blank ones; one that spans rows stands in each of them.
    """

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._blanks = 0
        self._rows = 1
        self._hanging: dict[int, tuple[int, str]] = {}
        """Columns into which cells of earlier rows reach: for how many rows more, and their text."""

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append([])
            self._hanging = {}
        elif tag in ("tr", "row") and self.tables:
            self._end_row()
            self.tables[-1].append([])
        elif tag in ("td", "th", "cell") and self.tables:
            self._end_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._hang()
            self._cell = []
            told = dict(attrs)
            self._blanks = _count(told, "colspan", 1) - 1 + _count(told, "ss:mergeacross", 0)
            self._rows = _count(told, "rowspan", 1)
            row = self.tables[-1][-1]
            row += [""] * (_count(told, "ss:index", 1) - 1 - len(row))
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("tr", "row", "table"):
            self._end_row()
        elif tag in ("td", "th", "cell"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _hang(self) -> None:
        """Write the cells that reach down from above into the row, as far as it goes."""
        row = self.tables[-1][-1]
        while len(row) in self._hanging:
            rows, text = self._hanging.pop(len(row))
            if rows > 1:
                self._hanging[len(row)] = (rows - 1, text)
            row.append(text)

    def _end_row(self) -> None:
        self._end_cell()
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self._hang()

    def _end_cell(self) -> None:
        if self._cell is not None and self.tables and self.tables[-1]:
            text = "\n".join(" ".join(part.split()) for part in "".join(self._cell).split("\n")).strip()
            row = self.tables[-1][-1]
            if self._rows > 1:
                self._hanging[len(row)] = (self._rows - 1, text)
            row += [text, *[""] * self._blanks]
        self._cell = None


def _count(attributes: Mapping[str, str | None], name: str, usual: int) -> int:
    """Return a number that a tag names, at most 1000."""
    told = attributes.get(name) or ""
    return min(int(told), 1000) if told.isdecimal() else usual
