"""Finds the table in a sheet of rows: where its column names stand, and which rows around it are no data.

Exports put titles above the names, a second row of names or a row of remarks below, totals and notes at the end. What
is left out is named with a reason, so that nothing disappears unseen.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from linecrm_desktop.imports.headings import fold, known_names
from linecrm_desktop.imports.text_rows import Line
from linecrm_desktop.text import N_, _

LOOKED_AT = 60
"""Rows from the top that the column names are looked for in."""
_DEEPEST = 20
_SURE = 2.2
"""Points from which on a row of names is one for sure."""
_WORDY = 8
"""Letters that the cells of a row of remarks have on average, at least."""
_INTERNAL = re.compile(r"(タグ|友だち情報|シナリオ|流入経路|回答フォーム|共通情報)_\d+|登録ID")
_TOTALS = (
    "合計 總合計 總計 总计 小計 小计 共計 本頁小計 本頁合計 總金額 總筆數 筆數 平均 総計 総合計 総額 件数 計 "
    "grand-total sub-total total-amount total sum average count "
    "รวมทั้งหมด รวมทั้งสิ้น รวมเป็นเงิน รวมเงิน ยอดรวมทั้งหมด ยอดรวมทั้งสิ้น ยอดรวม รวม"
)
_TOTAL = re.compile(
    f"({'|'.join(_TOTALS.replace('-', '[ -]?').split())})" + r"[\s:：\d,.(（)）筆件名人行列元円]*", re.IGNORECASE
)
_NOTES = (
    "資料筆數 匯出時間 匯出日期 製表 列印日期 列印時間 經手人 審核 出力日時 出力日 作成日 以上 以下空白 "
    "備註 註 注 備考 注記 หมายเหตุ exported generated page end note notes"
)
_NOTE = re.compile(
    r"((共|全|จำนวน|第)\s*\d+\s*(筆|件|列|名|行|人|頁|ページ|รายการ|คน)"
    rf"|({'|'.join(_NOTES.split())})(日期|時間|人|者)?(?!\w)|※|-+\s*end|-{{3,}}|={{3,}}).*",
    re.IGNORECASE | re.DOTALL,
)
_TELLING = frozenset(
    "#-=共全จ第※\ufeff" + "".join({word[0] + word[0].upper() for word in (_TOTALS + " " + _NOTES).split()})
)
"""First letters of all that can make a row a total or a note."""
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
TELLING = _TELLING.union(_BLANKS)
"""First letters of all rows that may be no data."""
BLANK = "\ufeff \t\r\n\u3000\xa0"
"""What a cell may hold and still be empty."""
_NUMBER = re.compile(r"\d|@")
_DATA = re.compile(r"\d{2,}|@|^U[0-9a-f]{32}$")


class Skip(StrEnum):
    """Why a row is no data."""

    BLANK = "blank"
    ABOVE = "above"
    SECOND_NAMES = "second_names"
    REMARKS = "remarks"
    COMMENT = "comment"
    NAMES_AGAIN = "names_again"
    TOTAL = "total"
    NOTE = "note"
    OTHER_TABLE = "other_table"
    OTHER_EVENT = "other_event"
    NO_PERSON = "no_person"
    OUR_OWN = "our_own"


SKIP_NAMES = {
    Skip.BLANK: N_("Blank rows"),
    Skip.ABOVE: N_("Lines above the column names"),
    Skip.SECOND_NAMES: N_("Second row of names"),
    Skip.REMARKS: N_("Remarks below the column names"),
    Skip.COMMENT: N_("Comment lines"),
    Skip.NAMES_AGAIN: N_("Column names again"),
    Skip.TOTAL: N_("Totals"),
    Skip.NOTE: N_("Notes at the end"),
    Skip.OTHER_TABLE: N_("Rows of further tables"),
    Skip.OTHER_EVENT: N_("Events of other kinds"),
    Skip.NO_PERSON: N_("Events of groups"),
    Skip.OUR_OWN: N_("Messages of the shop"),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table is: its names, the cells that they stand over, and the first row that may hold data."""

    names: tuple[str, ...]
    places: tuple[int, ...]
    """Position of each named column in the file's rows; columns without name and content are left out."""
    begins: int
    """Lines before this one are above the data."""
    raw_names: tuple[str, ...]
    above: tuple[tuple[int, Skip], ...] = ()
    """The rows above the data, each with what it is."""
    names_line: int | None = None
    """Line of the column names, None when the file has none."""

    @property
    def most_filled(self) -> int:
        """The most filled cells that a row may have and be no data, other than the names again."""
        return max(1, len(self.names) // 2, min(2, len(self.names) - 1))

    def skip(self, line: Line) -> Skip | None:
        """Return why a row from `begins` on is no data, or None when it is a row of the table."""
        first = line.cells[0] if line.cells else ""
        if first and first[0] not in _TELLING and not first.isspace() and first != self.raw_names[0]:
            return None  # nearly every row of a large file goes this way
        cells = [cell.strip(BLANK) for cell in line.cells]
        filled = [cell for cell in cells if cell]
        if not filled:
            return Skip.BLANK
        if filled[0].startswith("#") and len(filled) == 1:
            return Skip.COMMENT
        if len(self.names) > 1 and tuple(cells[: len(self.raw_names)]) == self.raw_names[: len(cells)]:
            return Skip.NAMES_AGAIN
        few = len(filled) * 2 <= len(self.names) or len(filled) <= 2 < len(self.names)
        if few and _TOTAL.fullmatch("".join(filled[0].split())):
            return Skip.TOTAL
        if len(filled) == 1 < len(self.names) and _NOTE.fullmatch(filled[0]):
            return Skip.NOTE
        return None

    def cells(self, line: Line) -> list[str]:
        """Return a row's cells by the table's columns; what lies beyond the last name is kept behind them."""
        if len(line.cells) == len(self.places) == len(self.raw_names):
            return line.cells
        found = [line.cells[place] if place < len(line.cells) else "" for place in self.places]
        beyond = line.cells[len(self.raw_names) :]
        return [*found, *beyond] if any(cell.strip() for cell in beyond) else found

    def cut(self, line: Line) -> Line:
        """Return a row with its cells by the table's columns."""
        cells = self.cells(line)
        return line if cells is line.cells else Line(line.number, cells, line.mended)


class Judge:
    """Says of one row after the other why it is no data.

    A report that begins with comments has its next table after the next comment. Elsewhere another table begins with
    a row of other column names after a blank row, or after a blank row and a title. What follows is no part of this
    table until its own names come again.
    """

    def __init__(self, table: Layout) -> None:
        self._table = table
        self._is_over = False
        self._is_after_blank = False
        self._title: list[tuple[Line, Skip | None]] = []
        """A lone cell after a blank row, and blank rows behind it: a title, if the names of another table follow."""
        self._has_blocks = any(why is Skip.COMMENT for _line, why in table.above)

    @property
    def is_watching(self) -> bool:
        """Whether the next row may be something else than it looks."""
        return self._has_blocks or self._is_over or self._is_after_blank or bool(self._title)

    def of(self, line: Line) -> list[tuple[Line, Skip | None]]:
        """Return the rows that are decided by this one, each with why it is no data, or None."""
        why = self._table.skip(line)
        self._is_over = self._is_over or (self._has_blocks and why is Skip.COMMENT)
        if self._is_over:
            if why is Skip.NAMES_AGAIN and not self._has_blocks:
                self._is_over = False
            return [(line, why if not self._is_over or why in (Skip.BLANK, Skip.COMMENT) else Skip.OTHER_TABLE)]
        if why is Skip.BLANK:
            self._is_after_blank = True
            self._title += [(line, why)] if self._title else []
            return [] if self._title else [(line, why)]
        if why is None and self._is_after_blank and self._begins_another(line):
            self._is_over = True
            titles = [(row, Skip.OTHER_TABLE if is_what is None else is_what) for row, is_what in self._title]
            self._title = []
            return [*titles, (line, Skip.OTHER_TABLE)]
        decided = self.rest()
        filled = sum(bool(cell.strip()) for cell in line.cells)
        if why is None and self._is_after_blank and filled == 1 < len(self._table.names):
            self._title = [(line, None)]
            return decided
        self._is_after_blank = why in (Skip.TOTAL, Skip.NOTE)
        return [*decided, (line, why)]

    def rest(self) -> list[tuple[Line, Skip | None]]:
        """Return the rows that were not decided yet: no other table followed them."""
        waiting, self._title = self._title, []
        return waiting

    def _begins_another(self, line: Line) -> bool:
        """Say whether a row holds other column names: words that are known as such, or more or fewer than ours."""
        filled = [cell.strip() for cell in line.cells if cell.strip()]
        known = [cell for cell in filled if fold(cell) in known_names()]
        others = [cell for cell in filled if cell not in known]
        if len(filled) < 2 or len(set(filled)) < len(filled) or any(map(_NUMBER.search, others)):
            return False
        if len(known) > 1 and len(known) * 2 >= len(filled):
            return True
        has_names = self._table.names_line is not None
        return has_names and (len(line.cells) != len(self._table.raw_names) or bool(self._title and known))


def find(head: Sequence[Line], filled_columns: frozenset[int], names: bool | None = None) -> Layout:
    """Find the table by the first rows of a file; `filled_columns` are the positions that any row of the file fills.

    `names` is what a person said: whether the first row holds the column names; None: nobody said it.
    """
    rows = [line for line in head if any(cell.strip() for cell in line.cells)]
    place = None if names is False else _names_row(rows)
    if names and place is None:
        place = 0
    if place and _is_internal(rows[place - 1]):
        place -= 1
    above: list[tuple[int, Skip]] = []
    for line in rows[: place or 0]:
        comment = line.cells[0].strip().startswith("#")
        above.append((line.number, Skip.COMMENT if comment else Skip.ABOVE))
    if place is None:
        width = max((len(line.cells) for line in rows), default=0)
        raw = ("",) * width
        begins = rows[0].number if rows else 1
        return Layout(*_named(raw, filled_columns), begins, raw, tuple(above))
    raw, below = _names(rows, place)
    last = place
    for step, why in below:
        above.append((rows[place + step].number, why))
        last = place + step
    begins = rows[last + 1].number if last + 1 < len(rows) else rows[last].number + 1
    names_line = {number for number, _why in above}
    above += [
        (line.number, Skip.BLANK)
        for line in head
        if line.number < begins and line.number not in names_line and not any(cell.strip() for cell in line.cells)
    ]
    return Layout(*_named(raw, filled_columns), begins, raw, tuple(sorted(above)), rows[place].number)


def _names_row(rows: Sequence[Line]) -> int | None:
    """Return which of the rows holds the column names, None when the file has none."""
    usual = _usual_width(rows)
    best, best_score = None, 0.0
    candidates: list[int] = []
    for place, line in enumerate(rows[:_DEEPEST]):
        filled = [cell.strip() for cell in line.cells if cell.strip()]
        if not filled or filled[0].startswith("#") or len(filled) * 2 < usual:
            continue
        known = sum(fold(cell) in known_names() for cell in filled)
        wordy = sum(_DATA.search(cell) is None and len(cell) <= 60 for cell in filled) / len(filled)
        unlike = _differs_from_below(line, rows[place + 1 : place + 12])
        score = 3.0 * known / len(filled) + wordy + unlike + len(set(filled)) / len(filled) - 0.05 * place
        if known > 1 and known * 2 >= len(filled) and score >= _SURE:
            candidates.append(place)
        if (known or wordy >= 0.7) and score > best_score:
            best, best_score = place, score
    best = _first_of(candidates, rows, best)
    if best is None or (best_score < _SURE and not _differs_from_below(rows[best], rows[best + 1 :])):
        return None if _looks_like_data(rows, usual) else (best if best is not None else 0)
    return best


def _first_of(candidates: Sequence[int], rows: Sequence[Line], best: int | None) -> int | None:
    """Return the best row of names, or an earlier one with rows of data below it: then the best is another table's."""
    for place in candidates:
        if best is not None and place < best:
            cells = [[cell for cell in row.cells if cell.strip()] for row in rows[place + 1 : best]]
            if any(len(filled) > 1 and any(map(_DATA.search, filled)) for filled in cells):
                return place
    return best


def _usual_width(rows: Sequence[Line]) -> int:
    widths = Counter(sum(bool(cell.strip()) for cell in line.cells) for line in rows)
    return max(widths, key=lambda width: (widths[width], width)) if widths else 0


def _differs_from_below(line: Line, below: Sequence[Line]) -> float:
    """Return the share of columns (0 to 1) whose cells below hold data where this row holds a word."""
    columns, unlike = 0, 0
    for place, cell in enumerate(line.cells):
        values = [row.cells[place].strip() for row in below if place < len(row.cells) and row.cells[place].strip()]
        if cell.strip() and values:
            columns += 1
            data = sum(_DATA.search(value) is not None for value in values)
            unlike += data * 2 > len(values) and _DATA.search(cell.strip()) is None
    return unlike / columns if columns else 0.0


def _looks_like_data(rows: Sequence[Line], usual: int) -> bool:
    """Say whether the very first full row already holds data: then nobody wrote column names."""
    first = next((line for line in rows if sum(bool(cell.strip()) for cell in line.cells) * 2 >= usual), None)
    filled = [cell.strip() for cell in first.cells if cell.strip()] if first else []
    return bool(filled) and sum(_DATA.search(cell) is not None for cell in filled) * 2 >= len(filled)


def _names(rows: Sequence[Line], place: int) -> tuple[tuple[str, ...], list[tuple[int, Skip]]]:
    """Return the column names and what the rows just below them are, if they are no data yet."""
    names = [cell.strip() for cell in rows[place].cells]
    below: list[tuple[int, Skip]] = []
    after = rows[place + 1 : place + 12]
    if after and _is_internal(rows[place]):
        labels = [cell.strip() for cell in after[0].cells]
        width = max(len(names), len(labels))
        names = [(labels[n : n + 1] or [""])[0] or (names[n : n + 1] or [""])[0] for n in range(width)]
        below.append((1, Skip.SECOND_NAMES))
        after = after[1:]
    if len(after) >= 2 and _is_remark(after[0], after[1:]):
        below.append((len(below) + 1, Skip.REMARKS))
    return tuple(names), below


def _is_internal(line: Line) -> bool:
    """Say whether a row holds names for machines: L Step writes them above the names for people."""
    filled = [cell.strip() for cell in line.cells if cell.strip()]
    internal = sum(_INTERNAL.match(name) is not None for name in filled)
    return bool(filled) and (filled[0] == "登録ID" or internal * 3 > len(filled))


def _is_remark(line: Line, below: Sequence[Line]) -> bool:
    """Say whether a row explains the columns: words where all rows below have data, in at least two columns."""
    filled = [cell.strip() for cell in line.cells if cell.strip()]
    if sum(len(cell) for cell in filled) < _WORDY * len(filled):
        return False
    words, data = 0, 0
    for place, cell in enumerate(line.cells):
        values = [row.cells[place].strip() for row in below if place < len(row.cells) and row.cells[place].strip()]
        if cell.strip() and values and all(_DATA.search(value) for value in values):
            if _DATA.search(cell.strip()):
                data += 1
            else:
                words += 1
    return words >= 2 and not data


def _named(raw: tuple[str, ...], filled: frozenset[int]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Give every column a name of its own; leave out those that have neither a name nor a cell with something in it."""
    names: list[str] = []
    places: list[int] = []
    seen: Counter[str] = Counter()
    for place, written in enumerate(raw):
        if not written and place not in filled:
            continue
        name = " ".join(written.split()) or _("Column {n}").format(n=place + 1)
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
        places.append(place)
    return tuple(names), tuple(places)
