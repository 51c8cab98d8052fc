"""Looks for a person's words in the raw bytes of the shop file and what lies beside it: proof, not trust.

A word may still stand in the file because others have it too: a family's phone, a name that a message greets. Such a
word is told with its place; one that no row has any more would be left of the person, and is a failure.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import JSON, String, cast, exists, or_, select
from sqlalchemy.orm import Session

from linecrm_desktop.models.all import METADATA
from linecrm_desktop.models.base import Code, PatientJson
from linecrm_desktop.store.database import Database

SHORTEST = 4
"""Bytes of a word; shorter ones are found in any file."""
_PIECE = 8 * 2**20
_BESIDE = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Found:
    """A word that still stands in the file, and the columns of other rows that have it; none: it is a remainder."""

    word: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Searched:
    """What was looked for and where. Words are for this moment's eyes only and never written down."""

    words: int
    too_short: int
    files: tuple[str, ...]
    size: int
    """Bytes that were read."""
    found: tuple[Found, ...]

    @property
    def remainders(self) -> tuple[Found, ...]:
        """Words that are nobody else's."""
        return tuple(one for one in self.found if not one.places)

    @property
    def is_clean(self) -> bool:
        """Whether nothing of the person is left."""
        return not self.remainders


def search(database: Database, words: Iterable[str]) -> Searched:
    """Look for words in the shop file and in what SQLite keeps beside it; on a server, in all rows.

    What a server keeps beside its rows (its journal, copies made by its keeper) nobody can read from here.
    """
    distinct = sorted(set(words))
    long = [word for word in distinct if len(word.encode()) >= SHORTEST]
    beside = [Path(f"{database.path}{extra}") for extra in _BESIDE] if database.address is None else []
    files = [path for path in beside if path.is_file()]
    patterns = {word: _spellings(word) for word in long}
    hits: set[str] = set()
    for path in files:
        for piece in _pieces(path, max((len(one) for all in patterns.values() for one in all), default=0)):
            hits |= {word for word in long if word not in hits and any(one in piece for one in patterns[word])}
    with database.read() as session:
        if database.address is not None:
            hits = {word for word in long if any(_places(session, word))}
        found = tuple(Found(word, tuple(_places(session, word))) for word in sorted(hits))
    size = sum(path.stat().st_size for path in files)
    return Searched(len(long), len(distinct) - len(long), tuple(path.name for path in files), size, found)


def _spellings(word: str) -> tuple[bytes, ...]:
    """Return a word's bytes as databases and JSON write them."""
    escaped = json.dumps(word)[1:-1].encode()
    return tuple(dict.fromkeys((word.encode(), escaped, word.encode("utf-16-le"), word.encode("utf-16-be"))))


def _pieces(path: Path, overlap: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        before = b""
        while piece := file.read(_PIECE):
            yield before + piece
            before = piece[-overlap:] if overlap else b""


def _places(session: Session, word: str) -> Iterator[str]:
    """Yield the columns of rows that hold a word."""
    escaped = json.dumps(word)[1:-1]
    for table in METADATA.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, (String, JSON, Code, PatientJson)):
                text = cast(column, String)
                has_it = or_(text.contains(word, autoescape=True), text.contains(escaped, autoescape=True))
                if session.scalar(select(exists().select_from(table).where(has_it))):
                    yield f"{table.name}.{column.name}"
