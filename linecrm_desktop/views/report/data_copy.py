"""The readable half of a copy of a friend's data: each part under its heading, whole to the last letter.

A part whose rows fit a line each is a table; one with longer texts is told row by row, because a cell ends with dots.
"""

import unicodedata
from collections.abc import Iterator

from linecrm_desktop.days import ShopDay
from linecrm_desktop.requests.collecting import Section
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import _, long_date
from linecrm_desktop.views.report.blocks import Block, Table, Words, heading
from linecrm_desktop.views.report.sheet import Report, pdf_bytes

_ROOM = 130
"""Latin letters that stand beside each other on a page; a Chinese one is as wide as two."""
_PIECE = 1_200
"""Letters of a paragraph that surely fits a page."""


def to_pdf(shop: str, request: RequestRow, parts: tuple[Section, ...], day: ShopDay) -> bytes:
    """Return the PDF of a copy."""
    return pdf_bytes(report(shop, request, parts, day))


def report(shop: str, request: RequestRow, parts: tuple[Section, ...], day: ShopDay) -> Report:
    """Lay a copy out."""
    blocks: list[Block] = [
        Words(_("What this shop has of you"), 20, strong=True),
        Words(_("Asked for on {day}.").format(day=long_date(request.asked)), gap=4),
        Words(_("The same is in the CSV files beside this page, for other programs.")),
        Words(_("What LINE and the shop system keep themselves is not in it: ask them, too."), role="text2"),
    ]
    for part in parts:
        blocks.append(heading(part.title))
        blocks += _told(part) if part.rows else [Words(_("Nothing."), role="text2")]
    title = _("Request {number}: copy of the data").format(number=request.name)
    return Report("copy", shop, title, long_date(day.today), tuple(blocks))


def _told(part: Section) -> Iterator[Block]:
    rows = (part.header, *part.rows)
    wide = sum(max(_width(row[at]) for row in rows) + 2 for at in range(len(part.header)))
    if wide <= _ROOM and not any("\n" in cell for row in rows for cell in row):
        yield Table(part.header, part.rows)
        return
    for row in part.rows:
        named = [
            _("{what}: {value}").format(what=name, value=cell) for name, cell in zip(part.header, row, strict=True)
        ]
        text = " · ".join(cell for cell, plain in zip(named, row, strict=True) if plain)
        for start in range(0, len(text), _PIECE):
            yield Words(text[start : start + _PIECE], 12, gap=6)


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
