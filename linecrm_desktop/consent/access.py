"""Who looked: a line for each phone or e-mail that was shown in full, and for each list of people that left.

A line is written in the transaction that lets the value out, so that nothing is seen without one. It names a friend by
number only. Audiences that were shared stand in a register of their own and are read from there.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from linecrm_desktop import spreadsheet
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.access import AccessLine, Looked, Place
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.share import SharedList, ShareState
from linecrm_desktop.text import _
from linecrm_desktop.whole_files import written_whole

AUDIENCE = "audience"
FRIENDS = "friends"
SEGMENT = "segment"
SEND = "send"
LEDGER = "ledger"
REQUESTS = "requests"
LOOKS = "looks"
_BY = 80


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for something personal, from where, and what for."""

    by: str
    place: Place
    now: datetime
    purpose: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """One line of the list. `friend` is empty when the friend is erased, or for a list."""

    at: datetime
    what: Looked
    by: str
    place: Place | None
    friend_id: int | None
    friend: str
    about: str
    purpose: str
    people: int
    columns: tuple[str, ...]
    sha256: str


def reveal(session: Session, friend_id: int, what: Looked, asked: Asked) -> None:
    """Write down that a friend's phone or e-mail is shown in full."""
    session.add(AccessLine(at=asked.now, what=what, by=asked.by.strip()[:_BY], place=asked.place, friend_id=friend_id))
    session.flush()


def save_list(
    session: Session,
    asked: Asked,
    about: str,
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    people: Callable[[], int] | None = None,
) -> int:
    """Write people into a table, with a line that says what for; return how many rows.

    Each row is one person, unless `people` says, once all is written, how many they are. Raises ShopError without a
    purpose, and what writing a table raises; then there is neither file nor line.
    """
    line = _list_line(session, asked, about, header)  # before the file: a shop that cannot be written keeps its people
    written = spreadsheet.write_table(path, header, rows)
    line.people = written if people is None else people()
    line.sha256 = _digest(path)
    session.flush()
    return written


def save_bytes(
    session: Session, asked: Asked, about: str, path: Path, columns: Sequence[str], content: bytes, people: int
) -> None:
    """Write a finished file that names people, such as a PDF, with a line that says what for.

    Raises ShopError without a purpose, OutsideError when the file cannot be written; then there is neither.
    """
    line = _list_line(session, asked, about, columns)
    line.people, line.sha256 = people, hashlib.sha256(content).hexdigest()
    session.flush()
    with written_whole(path) as unfinished:
        unfinished.write_bytes(content)


def show_list(session: Session, asked: Asked, about: str, columns: Sequence[str], people: int) -> None:
    """Write down that people are shown in full, in no file. Raises ShopError without a purpose."""
    _list_line(session, asked, about, columns).people = people
    session.flush()


def purposes(session: Session, limit: int = 5) -> list[str]:
    """Return what lists were for lately, the newest first."""
    newest = func.max(AccessLine.id)
    query = select(AccessLine.purpose).where(AccessLine.purpose != "").group_by(AccessLine.purpose)
    return list(session.scalars(query.order_by(newest.desc()).limit(limit)))


def looks(session: Session, limit: int | None = None) -> list[Look]:
    """Return who looked, the newest first, with the audiences that left."""
    query = (
        select(AccessLine, Friend.name)
        .join(Friend, Friend.id == AccessLine.friend_id, isouter=True)
        .order_by(AccessLine.at.desc(), AccessLine.id.desc())
        .limit(limit)
    )
    found = [_look(line, name or "") for line, name in session.execute(query)]
    found += _audiences(session, limit)
    found.sort(key=lambda look: look.at, reverse=True)
    return found if limit is None else found[:limit]


def _list_line(session: Session, asked: Asked, about: str, columns: Sequence[str]) -> AccessLine:
    purpose = " ".join(asked.purpose.split())
    if not purpose:
        raise ShopError(_("Nobody said what the list is for."), _("Say it in a few words. Nothing was written."))
    line = AccessLine(at=asked.now, what=Looked.LIST, by=asked.by.strip()[:_BY], place=asked.place, about=about)
    line.purpose, line.columns = purpose, list(columns)
    session.add(line)
    session.flush()
    return line


def _look(line: AccessLine, name: str) -> Look:
    told = (line.at, line.what, line.by, line.place, line.friend_id, name, line.about, line.purpose)
    return Look(*told, line.people, tuple(str(column) for column in line.columns), line.sha256)


def _audiences(session: Session, limit: int | None) -> list[Look]:
    left = select(SharedList).where(SharedList.state != ShareState.FAILED).order_by(SharedList.id.desc()).limit(limit)
    return [
        Look(
            *(row.at, Looked.LIST, "", None, None, "", AUDIENCE, row.purpose, row.people),
            tuple(str(one["identifier"]) for one in row.contents),
            ", ".join(str(one["sha256"]) for one in row.contents if one.get("sha256")),
        )
        for row in session.scalars(left)
    ]


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
