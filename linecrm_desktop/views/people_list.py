"""Writing people into a file: what for is asked first, then where, and the line about it is written with the file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import looking_only, saved_list, staff
from linecrm_desktop.views.desk import Desk

if TYPE_CHECKING:
    from linecrm_desktop.views.report.sheet import Report

LOOKED = changes(Word.ACCESS)
Work = Callable[[Session, Path, Asked], int]
Say = Callable[[int, Path], str]


@dataclass(frozen=True, slots=True)
class Paper:
    """A report that names people: its columns, and how many people are in it."""

    report: "Report"
    columns: tuple[str, ...]
    people: int


def friends_written(count: int, path: Path) -> str:
    """Say how many friends a file holds."""
    told = ngettext("Wrote {n} friend to “{file}”.", "Wrote {n} friends to “{file}”.", count)
    return told.format(n=number(count), file=path.name)


def save(desk: Desk, caption: str, name: str, work: Work, kind: str = "export", say: Say = friends_written) -> None:
    """Ask what for and where, then let `work` write the people; `name` is what the file is called at first."""
    if not _may_take(desk):
        return
    desk.jobs.read(
        access.purposes, lambda known: _ask(desk, caption, name, work, kind, say, known), key="people.purposes"
    )


def save_rows(
    desk: Desk, name: str, about: str, header: Sequence[str], read: Callable[[Session], Sequence[Sequence[str]]]
) -> None:
    """Do the same with a list in which people are named, a row each; `about` says in the line what it is."""

    def write(session: Session, path: Path, asked: Asked) -> int:
        return access.save_list(session, asked, about, path, header, read(session))

    save(desk, _("Export this list"), f"{name}_{desk.day().today.isoformat()}", write, say=saved_list.rows_written)


def save_pdf(desk: Desk, name: str, about: str, make: "Callable[[Session], Paper]") -> None:
    """Ask what for and where, then write a report in which people are named as a PDF file."""
    if not _may_take(desk):
        return
    desk.jobs.read(access.purposes, lambda known: _ask_pdf(desk, name, about, make, known), key="people.purposes")


def _ask_pdf(desk: Desk, name: str, about: str, make: "Callable[[Session], Paper]", known: list[str]) -> None:
    from linecrm_desktop.views.report.sheet import pdf_bytes

    caption = _("Save as PDF")
    purpose = _purpose(desk, caption, known)
    full = f"{name}_{desk.day().today.isoformat()}"
    path = desk.dialogs.save_pdf("report", caption, full) if purpose is not None else None
    if purpose is None or path is None:
        return
    asked = staff.asked(desk, purpose)

    def paint(session: Session) -> tuple[bytes, Paper]:
        paper = make(session)
        return pdf_bytes(paper.report), paper

    def write(painted: tuple[bytes, Paper]) -> None:
        content, paper = painted
        desk.jobs.write(
            lambda session: (
                access.save_bytes(session, asked, about, path, paper.columns, content, paper.people),
                LOOKED,
            ),
            lambda _done: desk.toast(_("Wrote “{file}”.").format(file=path.name), None),
        )

    desk.jobs.read(paint, write)


def _may_take(desk: Desk) -> bool:
    """Whether a list of people may leave; who writes nothing in the shop leaves no line about it, and takes none."""
    if not desk.shop.may_write:
        desk.toast(looking_only.reason_for_lists(), None)
    return desk.shop.may_write


def _purpose(desk: Desk, caption: str, known: list[str]) -> str | None:
    return desk.dialogs.purpose(caption, _("What is the list for? It is written down with who took it."), known)


def _ask(desk: Desk, caption: str, name: str, work: Work, kind: str, say: Say, known: list[str]) -> None:
    purpose = _purpose(desk, caption, known)
    path = desk.dialogs.save_table(kind, caption, name) if purpose is not None else None
    if purpose is None or path is None:
        return
    asked = staff.asked(desk, purpose)
    desk.jobs.write(
        lambda session: (work(session, path, asked), LOOKED), lambda count: desk.toast(say(count, path), None)
    )
