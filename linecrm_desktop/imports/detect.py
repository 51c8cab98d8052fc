"""Finds out how a file is written: text, workbook or page, which encoding and delimiter, where its table is.

The whole file is read, not a sample: one broken letter on the last page is found before anything is saved. Nothing is
changed. What a person chose (another encoding, another sheet) is taken as it is.
"""

import csv
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.imports import chats, encodings, layout, tag_columns, text_rows, webhooks, workbooks
from linecrm_desktop.imports.encodings import Reading
from linecrm_desktop.imports.layout import Layout, Skip
from linecrm_desktop.imports.pieces import Piece, Plain, judged, of_lines, of_text, rows_of
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.text import _

FIRST_ROWS = 8
NAMED = 200
"""Most skipped and mended rows that are named one by one; all of them are counted."""
_HEAD = 65_536
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_BOXED = (b"WEBP", b"heic", b"heix", b"mif1", b"avif")
"""Kinds of pictures that say so after a length and a mark."""
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh", b"\xfd7zXZ")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class Form(StrEnum):
    """What a file is."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PAGE = "page"
    LINE_LOG = "line_log"
    CHAT = "chat"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no data, with the reason; `text` is what stands in it."""

    line: int
    why: Skip
    text: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose instead of what was found; empty: as found."""

    encoding: str = ""
    sheet: str = ""
    delimiter: str = ""
    names: bool | None = None
    """Whether the first row holds the column names; None: as found."""

    def then(self, new: "Choice") -> "Choice":
        """Return this choice with what was chosen anew."""
        names = self.names if new.names is None else new.names
        return Choice(new.encoding or self.encoding, new.sheet or self.sheet, new.delimiter or self.delimiter, names)


@dataclass(frozen=True, slots=True)
class Found:
    """How a file is written, and its first rows as they will be read."""

    form: Form
    layout: Layout
    size: int
    changed: float
    """When the file was last changed: a later change starts the import again."""
    encoding: str = ""
    others: tuple[str, ...] = ()
    """Encodings in which the file can be read as well; the person sees the first rows in both."""
    broken: int = 0
    """Letters that cannot be read: they do not fit the encoding, or people made them themselves."""
    unread: tuple[tuple[int, str], ...] = ()
    """Cells with such letters, by line."""
    is_cut: bool = False
    """Whether the file ends inside a letter."""
    delimiter: str = ""
    careful: bool = False
    """Whether the file breaks the rules of quoting, so that its rows are read one by one."""
    person: str = ""
    """What a chat calls the friend."""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    rows: int = 0
    first_rows: tuple[tuple[str, ...], ...] = ()
    uneven: int = 0
    """Rows with another number of cells than the header."""
    no_marks: frozenset[int] = frozenset()
    """Columns whose first rows hold nothing but marks, such as 1 or ○, while something else stands below."""
    skip_counts: tuple[tuple[Skip, int], ...] = ()
    skipped: tuple[Skipped, ...] = ()
    mended: tuple[tuple[int, str], ...] = ()
    """Lines whose quotation marks were put right, with the code of what was done."""

    @property
    def header(self) -> tuple[str, ...]:
        """The columns' names."""
        return self.layout.names


def look(path: Path, country: str = "TW", choice: Choice = Choice()) -> Found:
    """Read the whole file once and say how it is written. Raises ShopError or OutsideError with one clear sentence."""
    head = _start(path)
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise ShopError(_("“{file}” is empty.").format(file=path.name), _("Export it again and choose the new file."))
    _refuse_other_kinds(path, head)
    if head.startswith((_ZIP, _OLE)):
        sheets = workbooks.sheets(path)
        sheet = choice.sheet if choice.sheet in sheets else sheets[0]
        book: dict[str, Any] = {"sheet": sheet, "sheets": sheets}
        return _look_at_rows(path, Form.WORKBOOK, lambda: workbooks.rows(path, sheet), names=choice.names, **book)
    if webhooks.is_log(head):
        return _look_at_rows(path, Form.LINE_LOG, lambda: webhooks.rows(path), webhooks.layout(), encoding="utf-8")
    readings = (Reading(choice.encoding),) if choice.encoding else encodings.readings(path, country)
    best = readings[0]
    told: dict[str, Any] = {
        "encoding": best.encoding,
        "others": tuple(reading.encoding for reading in readings[1:]),
        "broken": best.broken + encodings.own_letters(path, best.encoding),
        "is_cut": best.is_cut,
    }
    if _is_page(head, best.encoding):
        return _look_at_rows(path, Form.PAGE, lambda: _page_rows(path, best.encoding), names=choice.names, **told)
    _refuse_binary(path, head, best.encoding)
    delimiter = choice.delimiter or _delimiter(path, best.encoding)
    told["delimiter"] = delimiter
    try:
        return _look_at_text(path, {**told, "careful": False}, choice.names)
    except text_rows.NeedsCare:
        return _look_at_text(path, {**told, "careful": True}, choice.names)


def _look_at_text(path: Path, told: dict[str, Any], names: bool | None) -> Found:
    """Look at a text whose encoding and delimiter are known; raises NeedsCare where its quoting is broken."""
    source = _text_rows(path, told["encoding"], told["delimiter"], careful=told["careful"], strict=True)
    if chats.is_chat(source):
        person = chats.person(source)
        return _look_at_rows(path, Form.CHAT, lambda: chats.rows(source), chats.layout(), **told, person=person)
    return _look_at_rows(
        path, Form.TEXT, source, cut=lambda table: _text_pieces(path, table, told, strict=True), names=names, **told
    )


def pieces(path: Path, found: Found) -> Iterator[Piece]:
    """Read the rows of the table, some thousand at once.

    Raises ShopError when the file is not the one that was looked at.
    """
    try:
        status = path.stat()
    except OSError as error:
        raise _gone(path) from error
    if (status.st_size, status.st_mtime) != (found.size, found.changed):
        raise ShopError(
            _("“{file}” was changed after it was chosen.").format(file=path.name),
            _("Nothing was saved. Choose the file again."),
        )
    table = found.layout
    for piece, _beside in judged(_pieces(path, found), table):
        if isinstance(piece, Plain):
            yield piece
        elif piece:
            yield [table.cut(line) for line in piece]


def rows(path: Path, found: Found) -> Iterator[Line]:
    """Read the rows of the table one by one, as `pieces` does."""
    for piece in pieces(path, found):
        yield from rows_of(piece)


def _pieces(path: Path, found: Found) -> Iterator[Piece]:
    match found.form:
        case Form.WORKBOOK:
            return of_lines(workbooks.rows(path, found.sheet))
        case Form.LINE_LOG:
            return of_lines(webhooks.rows(path))
        case Form.PAGE:
            return of_lines(_page_rows(path, found.encoding))
        case Form.CHAT:
            return of_lines(chats.rows(_text_rows(path, found.encoding, found.delimiter, careful=found.careful)))
        case Form.TEXT:
            told = {"encoding": found.encoding, "delimiter": found.delimiter, "careful": found.careful}
            return _text_pieces(path, found.layout, told)


@dataclass(slots=True)
class _Counted:
    """What is counted and named of a file's rows while they are looked at."""

    table: Layout
    counts: Counter[Skip]
    skipped: list[Skipped]
    rows: int = 0
    uneven: int = 0
    first: list[tuple[str, ...]] = field(default_factory=list[tuple[str, ...]])
    mended: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    marks: set[int] | None = None
    """Columns of nothing but marks so far, None before the first rows are known."""
    no_marks: set[int] = field(default_factory=set[int])
    looks_at_letters: bool = False
    unread: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])

    def add(self, piece: Piece, beside: Sequence[tuple[Line, Skip]]) -> None:
        """Count some rows of the table, and those beside them that are no data."""
        for line, why in beside:
            self.counts[why] += 1
            if why is not Skip.BLANK and len(self.skipped) < NAMED:
                self.skipped.append(Skipped(line.number, why, " ".join(cell for cell in line.cells if cell)))
        self.rows += len(piece)
        if self.looks_at_letters:
            self._look_at_letters(piece)
        wanted = FIRST_ROWS - len(self.first)
        if isinstance(piece, Plain):
            self.first += [tuple(piece.row(place).cells) for place in range(min(wanted, len(piece)))]
            self._look_at_marks(piece)
            return
        self.first += [tuple(self.table.cells(line)) for line in piece[:wanted]]
        self._look_at_marks(piece)
        width = len(self.table.raw_names)
        for line in piece:
            self.uneven += len(line.cells) != width
            if line.mended and len(self.mended) < NAMED:
                self.mended.append((line.number, line.mended))

    def _look_at_letters(self, piece: Piece) -> None:
        """Name the cells with letters that cannot be read."""
        cells = ((line.number, cell) for line in rows_of(piece) for cell in line.cells if encodings.UNREAD.search(cell))
        self.unread += islice(cells, NAMED - len(self.unread))

    def _look_at_marks(self, piece: Piece) -> None:
        """Find the columns that only began as columns of marks do."""
        if self.marks is None and len(self.first) == FIRST_ROWS:
            columns = enumerate(zip(*(row[: len(self.table.names)] for row in self.first), strict=True))
            self.marks = {place for place, cells in columns if any(cells) and tag_columns.are_marks(cells)}
        if not self.marks:
            return
        if isinstance(piece, Plain):
            columns = piece.columns()
            odd = {place for place in self.marks if not tag_columns.are_marks(columns[place])}
        else:
            rows = [self.table.cells(line) for line in piece]
            odd = {place for place in self.marks if not tag_columns.are_marks(row[place] for row in rows)}
        self.marks -= odd
        self.no_marks |= odd


def _look_at_rows(
    path: Path,
    form: Form,
    source: Callable[[], Iterator[Line]],
    known: Layout | None = None,
    cut: Callable[[Layout], Iterator[Piece]] | None = None,
    names: bool | None = None,
    **told: Any,
) -> Found:
    """Find the table among the rows if it is not known, then count them all."""
    head = list(islice(source(), layout.LOOKED_AT))
    if not any(cell.strip() for line in head for cell in line.cells):
        raise ShopError(_("“{file}” is empty.").format(file=path.name), _("Export it again and choose the new file."))
    every = frozenset(range(max(len(line.cells) for line in head)))
    table = known or layout.find(head, every, names)
    if "" in table.raw_names:
        table = layout.find(head, _filled(source(), table), names)
    counts = Counter(why for _line, why in table.above)
    texts = {line.number: " ".join(cell for cell in line.cells if cell) for line in head}
    skipped = [Skipped(number, why, texts.get(number, "")) for number, why in table.above if why is not Skip.BLANK]
    counted = _Counted(table, counts, skipped, looks_at_letters=told.get("broken", 0) > 0)
    for piece, beside in judged(cut(table) if cut else of_lines(source()), table):
        counted.add(piece, beside)
    status = path.stat()
    return Found(
        form,
        table,
        status.st_size,
        status.st_mtime,
        rows=counted.rows,
        first_rows=tuple(counted.first),
        uneven=counted.uneven if form is Form.TEXT else 0,
        no_marks=frozenset(counted.no_marks),
        skip_counts=tuple((why, counts[why]) for why in Skip if counts[why]),
        skipped=tuple(skipped),
        mended=tuple(counted.mended),
        unread=tuple(counted.unread),
        **told,
    )


def _filled(source: Iterator[Line], table: Layout) -> frozenset[int]:
    """Return which columns without a name hold something in any row below."""
    unnamed = [place for place, name in enumerate(table.raw_names) if not name]
    filled = {place for place, name in enumerate(table.raw_names) if name}
    for line in source:
        if line.number >= table.begins:
            filled.update(place for place in unnamed if place < len(line.cells) and line.cells[place].strip())
    return frozenset(filled)


def _lines(path: Path, encoding: str) -> Iterator[str]:
    """Yield the lines of a text with their ends; a first line `sep=;` is left blank."""
    with path.open(encoding=encoding, errors=encodings.ERRORS, newline="") as file:
        first = file.readline()
        yield "\n" if text_rows.told_delimiter(first) else first
        yield from file


def _delimiter(path: Path, encoding: str) -> str:
    with path.open(encoding=encoding, errors=encodings.ERRORS, newline="") as file:
        told = text_rows.told_delimiter(file.readline(1000))
    return told or text_rows.find_delimiter(_lines(path, encoding))


def _text_rows(
    path: Path, encoding: str, delimiter: str, *, careful: bool, strict: bool = False
) -> Callable[[], Iterator[Line]]:
    def read() -> Iterator[Line]:
        with _readable(path):
            yield from text_rows.rows(lambda: _lines(path, encoding), delimiter, careful=careful, strict=strict)

    return read


def _text_pieces(path: Path, table: Layout, told: Mapping[str, Any], *, strict: bool = False) -> Iterator[Piece]:
    """Yield the rows of a text, some thousand at once; `told` is how it is written."""
    lines = partial(_lines, path, told["encoding"])
    with _readable(path):
        yield from of_text(lines, told["delimiter"], table, careful=told["careful"], strict=strict)


@contextmanager
def _readable(path: Path) -> Generator[None, None, None]:
    """Say in a sentence that a file is no table."""
    try:
        yield
    except csv.Error as error:
        raise ShopError(
            _("“{file}” cannot be read as a table.").format(file=path.name),
            _("Nothing was saved. Open it in a spreadsheet program and save it as “CSV UTF-8”."),
            details=str(error),
        ) from error


def _page_rows(path: Path, encoding: str) -> Iterator[Line]:
    return workbooks.html_rows("".join(encodings.decoded(path, encoding)))


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
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


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    if head.startswith(_PICTURES) or head[8:12] in _BOXED or (head[:2] == b"BM" and head[6:10] == bytes(4)):
        raise ShopError(_("“{file}” is a picture.").format(file=path.name), _("Choose a CSV file."))
    if head.startswith(b"%PDF"):
        raise ShopError(_("“{file}” is a PDF.").format(file=path.name), _("Export the list as CSV."))
    if head.startswith(_ARCHIVES) or head[257:262] == b"ustar":
        raise workbooks.archive(path)


def _refuse_binary(path: Path, head: bytes, encoding: str) -> None:
    """Refuse what is no text at all; a single NUL in a text is only a broken letter."""
    if not encoding.startswith("utf-16") and head.count(0) * 100 > len(head):
        raise ShopError(
            _("“{file}” is no text and no workbook.").format(file=path.name),
            _("Nothing was changed. Export the list as CSV or xlsx, then import that file."),
        )


def _is_page(head: bytes, encoding: str) -> bool:
    text = head.decode(encoding, errors="replace").lstrip("﻿ \r\n\t").lower()
    return text.startswith("<") and "<table" in text
