"""Checks the ledger's chain, and empties what lines say of a person who goes; the lines themselves stay for good."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Select, delete, func, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Task
from linecrm_desktop.models.consent import RefusalEffect
from linecrm_desktop.store import chain
from linecrm_desktop.store.chain import DIGEST, LINES, SALT, Head, Raw

_TELL_EVERY = 5_000
_EMPTY = (None, b"", b"", b"", b"")


class Break(StrEnum):
    """In what way a line does not fit."""

    CHANGED = "changed"
    """It, or its place, is not as it was written: something in it was changed, or a line before it came or went."""
    ADDED = "added"
    """It stands behind the end of the chain, put there by something else."""
    MISSING = "missing"
    """It was the last one, and it is gone."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The first line that does not fit."""

    line: int
    how: Break


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """What a check of the whole ledger found."""

    lines: int
    """Lines that were read; all of them where nothing is broken."""
    emptied: int
    """Of which the personal part is emptied."""
    broken: Broken | None
    head: str
    """The hash of the last good line in hexadecimal digits; who wrote it down can prove later what stood here."""

    @property
    def is_whole(self) -> bool:
        """Whether every line is as it was written."""
        return self.broken is None


def check(session: Session, task: Task | None = None) -> LedgerCheck:
    """Read every line and compare it with the chain, up to the first that does not fit. Raises Stopped when asked."""
    end, at = chain.head(session), Head()
    lines, emptied, total = 0, 0, session.scalar(select(func.count()).select_from(LINES)) or 0
    for line in chain.stored(session):
        if task is not None and lines % _TELL_EVERY == 0:
            task.progress(lines, total)
            task.raise_if_stopped()
        lines += 1
        found = _broken(line, at, end)
        if found is not None:
            return LedgerCheck(lines, emptied, found, at.digest.hex())
        emptied += len(line.proof) == 2 * DIGEST
        at = Head(line.number, lines, line.proof[-DIGEST:])
    broken = Broken(end.line if at.line != end.line else at.line, Break.MISSING) if at != end else None
    if task is not None:
        task.progress(total, total)
    return LedgerCheck(lines, emptied, broken, at.digest.hex())


def forget(session: Session, friends: Select[int] | Sequence[int]) -> None:
    """Empty what the lines say of friends who are about to be removed; kind, time and the chain stay."""
    chain.seal(session)
    theirs = select(LINES.c.id).where(LINES.c.friend_id.in_(friends))
    session.execute(delete(RefusalEffect).where(RefusalEffect.line_id.in_(theirs)))
    nothing = {**dict.fromkeys(chain.PERSONAL, ""), "friend_id": None, "proof": func.substr(LINES.c.proof, SALT + 1)}
    session.execute(update(LINES).where(LINES.c.friend_id.in_(friends)).values(nothing))
    session.expire_all()


def _broken(line: Raw, before: Head, end: Head) -> Broken | None:
    if line.number > end.line:
        return Broken(line.number, Break.ADDED)
    digest = line.proof[-2 * DIGEST : -DIGEST]
    is_emptied = len(line.proof) == 2 * DIGEST
    if is_emptied:
        is_same = tuple(line.personal) == _EMPTY
    else:
        is_same = len(line.proof) == SALT + 2 * DIGEST and digest == chain.personal_digest(
            line.proof[:SALT], line.personal
        )
    wanted = chain.hash_of(before.digest, line.number, line.open, digest)
    if line.fits and is_same and line.proof[-DIGEST:] == wanted:
        return None
    return Broken(line.number, Break.CHANGED)
