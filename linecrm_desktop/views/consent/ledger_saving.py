"""Lines of the ledger on their way out: into a table file, a PDF, or on paper."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.friends import ledger_list
from linecrm_desktop.friends.ledger_list import LedgerRow
from linecrm_desktop.text import _, long_date, ngettext, number
from linecrm_desktop.views import people_list, saved_list
from linecrm_desktop.views.consent.ledger_table import HEADS, cells
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.people_list import Paper

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report

MOST_ON_PAPER = 2_000
"""So many lines are printed; a whole ledger belongs into a file."""
_PART = 5_000


def save(desk: Desk, lines: Sequence[int]) -> None:
    """Ask what for and where, then write these lines; they are read a part at a time."""
    day = desk.day()

    def write(session: Session, path: Path, asked: Asked) -> int:
        people = set[int]()

        def rows() -> Iterator[list[str]]:
            for row in _read(session, lines):
                if row.friend_id is not None:
                    people.add(row.friend_id)
                yield cells(row, day)

        return access.save_list(session, asked, access.LEDGER, path, _header(), rows(), lambda: len(people))

    name = f"ledger_{day.today.isoformat()}"
    people_list.save(desk, _("Export this list"), name, write, say=saved_list.rows_written)


def print_(desk: Desk, lines: Sequence[int], window: QWidget) -> None:
    """Show how these lines look on paper; from there they are printed."""
    from linecrm_desktop.views.report import printing

    def show(rows: list[LedgerRow]) -> None:
        printing.preview(report(desk, rows, len(lines)), window)

    desk.jobs.read(lambda session: list(_read(session, lines[:MOST_ON_PAPER])), show, key="consent.print")


def save_pdf(desk: Desk, lines: Sequence[int]) -> None:
    """Ask what for and where, then write these lines as PDF."""

    def make(session: Session) -> Paper:
        rows = list(_read(session, lines[:MOST_ON_PAPER]))
        people = {row.friend_id for row in rows if row.friend_id is not None}
        return Paper(report(desk, rows, len(lines)), tuple(_header()), len(people))

    people_list.save_pdf(desk, "ledger", access.LEDGER, make)


def report(desk: Desk, rows: Sequence[LedgerRow], lines: int) -> "Report":
    """Return these rows as a report; `lines` is how many there are in all."""
    from linecrm_desktop.views.report.blocks import Table, Words
    from linecrm_desktop.views.report.sheet import Report

    day = desk.day()
    said = ngettext("{n} line", "{n} lines", lines).format(n=number(lines))
    if lines > len(rows):
        said = _("The newest {n} of {total} lines").format(n=number(len(rows)), total=number(lines))
    table = Table(tuple(_header()), tuple(tuple(cells(row, day)) for row in rows))
    return Report("ledger", desk.shop.name, _("Consent ledger"), long_date(day.today), (Words(said), table))


def _header() -> list[str]:
    return [_(name) for name in HEADS.values()]


def _read(session: Session, lines: Sequence[int]) -> Iterator[LedgerRow]:
    for start in range(0, len(lines), _PART):
        yield from ledger_list.rows(session, lines[start : start + _PART])
