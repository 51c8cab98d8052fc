"""Writing people into a file: what for is asked first, then where, and the line about it is written with the file."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.orm import Session

from linecrm_desktop.consent import access
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import staff
from linecrm_desktop.views.desk import Desk

LOOKED = changes(Word.ACCESS)
Work = Callable[[Session, Path, Asked], int]


def save(desk: Desk, caption: str, name: str, work: Work, kind: str = "export") -> None:
    """Ask what for and where, then let `work` write the people; `name` is what the file is called at first."""
    desk.jobs.read(access.purposes, lambda known: _ask(desk, caption, name, work, kind, known), key="people.purposes")


def _ask(desk: Desk, caption: str, name: str, work: Work, kind: str, known: list[str]) -> None:
    purpose = desk.dialogs.purpose(caption, _("What is the list for? It is written down with who took it."), known)
    path = desk.dialogs.save_table(kind, caption, name) if purpose is not None else None
    if purpose is None or path is None:
        return
    asked = staff.asked(desk, purpose)

    def said(count: int) -> None:
        told = ngettext("Wrote {n} friend to “{file}”.", "Wrote {n} friends to “{file}”.", count)
        desk.toast(told.format(n=number(count), file=path.name), None)

    desk.jobs.write(lambda session: (work(session, path, asked), LOOKED), said)
