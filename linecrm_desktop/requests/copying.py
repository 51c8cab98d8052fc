"""Makes the copy that a friend asked for: one PDF to read and CSV files to reuse, in a zip with a password.

The password is told once and kept nowhere, so nobody who gets the shop file can open a copy with it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop import spreadsheet
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.data_request import DataRequest, Ending, RequestStep, Wants
from linecrm_desktop.requests import collecting, register, sealed_zip
from linecrm_desktop.requests.collecting import Section
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import _

PDF = "copy.pdf"
ToPdf = Callable[[RequestRow, tuple[Section, ...]], bytes]
"""Paints the parts on pages; the painter belongs to the screens."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A copy that was written."""

    path: Path
    password: str
    files: tuple[str, ...]


def file_name(request: RequestRow) -> str:
    """Name the file of a copy without a word of the person; without an ending."""
    return f"{request.name}_{request.answer_by.isoformat()}"


def collect(session: Session, request: int, day: ShopDay, by: str, now: datetime) -> tuple[Section, ...]:
    """Count what there is of the friend and write that step down. Raises ShopError when another step comes first."""
    parts = collecting.collect(session, _friend(register.one(session, request, day)), day)
    register.record(session, request, RequestStep.COLLECT, by, "", now)
    session.get_one(DataRequest, request).collected = {str(section.part): section.count for section in parts}
    return parts


def do(session: Session, request: int, step: RequestStep, by: str, how: str, day: ShopDay, now: datetime) -> None:
    """Do a step by hand: checked, collected, handed over, or closed as done. Raises ShopError."""
    if step is RequestStep.COLLECT:
        collect(session, request, day, by, now)
    elif step is RequestStep.CLOSE:
        register.close(session, request, Ending.DONE, by, how, now)
    else:
        register.record(session, request, step, by, how, now)


def save(database: Database, request: int, path: Path, to_pdf: ToPdf, day: ShopDay, by: str, now: datetime) -> Saved:
    """Write the copy and tell its password, then write down that it was made; made again, it has a new password.

    Raises ShopError while nobody has checked who is asking, OutsideError when the disk does not let us.
    """
    with database.read() as session:
        row = register.one(session, request, day)
        if row.done(RequestStep.CHECK) is None:
            raise ShopError(_("Nobody has checked yet who is asking."), _("Check it first; no copy was made."))
        if not row.is_open:
            raise ShopError(_("The request {number} is closed.").format(number=row.name), _("No copy was made."))
        parts = collecting.collect(session, _friend(row), day)
    password = sealed_zip.new_password()
    files = {PDF: to_pdf(row, parts)} | {
        f"{part.part}.csv": spreadsheet.csv_bytes(part.header, part.rows) for part in parts
    }
    sealed_zip.write(path, sealed_zip.sealed(files, password))
    with database.write() as session:
        if row.done(RequestStep.COLLECT) is None:
            collect(session, request, day, by, now)
        if row.wants is Wants.COPY and row.done(RequestStep.HAND_OVER) is None:
            register.record(session, request, RequestStep.HAND_OVER, by, "", now)
    return Saved(path, password, tuple(files))


def _friend(row: RequestRow) -> int:
    if row.friend_id is None:
        raise ShopError(
            _("The person of {number} is not in the shop any more.").format(number=row.name),
            _("There is nothing left to copy. Close the request and write why."),
        )
    return row.friend_id
