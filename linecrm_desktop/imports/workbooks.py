"""Reads workbooks (xlsx, xls, ods, by content and not by name) and HTML tables that call themselves .xls.

python-calamine has one door here. Cells come typed: numbers lose the ".0" that a workbook gives every number, dates are
written as dates, everything else stays as it is stored.
"""

import io
from collections.abc import Generator, Iterator, Sequence
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
        sizes = {name: book.get_sheet_by_name(name).total_height for name in shown}
    if not any(sizes.values()):
        raise ShopError(_("“{file}” is empty.").format(file=path.name), _("Export it again and choose the new file."))
    return tuple(sorted(shown, key=lambda name: -sizes[name]))


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
        raise ShopError(
            _("“{file}” is no workbook that can be read.").format(file=path.name),
            _("Nothing was changed. Open it in a spreadsheet program and save it as xlsx or “CSV UTF-8”."),
            details=str(error),
        ) from error


def html_rows(text: str) -> Iterator[Line]:
    """Yield the rows of the largest table in a page of HTML."""
    reader = _Tables()
    reader.feed(text)
    reader.close()
    largest = max(reader.tables, key=len, default=list[list[str]]())
    for number, cells in enumerate(largest, 1):
        yield Line(number, cells)


class _Tables(HTMLParser):
    """Collects the texts of table cells; a cell that spans columns is followed by blank ones."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._blanks = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._end_cell()
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1].append([])
        elif tag in ("td", "th") and self.tables:
            self._end_cell()
            if not self.tables[-1]:
                self.tables[-1].append([])
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._blanks = min(int(span), 100) - 1 if span.isdigit() else 0
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _end_cell(self) -> None:
        if self._cell is not None and self.tables and self.tables[-1]:
            text = "\n".join(" ".join(part.split()) for part in "".join(self._cell).split("\n"))
            self.tables[-1][-1] += [text.strip(), *[""] * self._blanks]
        self._cell = None
