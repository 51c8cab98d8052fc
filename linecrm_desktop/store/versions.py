"""How often each table and column was written, so that what was read from it before is known to be still true.

SQLite itself names what a write touches, cascades too, when it prepares a statement. Whatever another program writes
cannot be named, so it counts as a write of everything.
"""

import sqlite3
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from linecrm_desktop.store import driver
from linecrm_desktop.store.driver import Key

ANYTHING = "*"
"""The name that every write touches."""
Stamp = tuple[int, ...]
"""The versions of several tables and columns at one moment; two equal ones mean that nothing was written between."""


class Touched:
    """The tables ("friend") and columns ("friend.name") that a transaction writes."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.changed: set[str] = set()
        """Those of which rows that were there before are changed or gone; rows that only came are not among them."""

    def begin(self, connection: Any) -> None:
        """Listen to a connection of the sqlite3 module from here on; its statements are prepared anew for it."""
        self.names, self.changed = set(), set()
        connection.set_authorizer(self._note)

    def _note(self, action: int, table: str | None, column: str | None, schema: str | None, _by: str | None) -> int:
        if schema == "main":
            if action == sqlite3.SQLITE_INSERT:
                self.names.add(str(table))
            elif action in (sqlite3.SQLITE_DELETE, sqlite3.SQLITE_UPDATE):
                name = str(table) if action == sqlite3.SQLITE_DELETE else f"{table}.{column}"
                self.names.add(name)
                self.changed.add(name)
        return sqlite3.SQLITE_OK


@dataclass(frozen=True, slots=True)
class Versions:
    """One state of the shop file: a number for each name that was ever written, and one for writes by others."""

    numbers: Mapping[str, int] = field(default_factory=dict[str, int])
    by_others: int = 0
    is_moving: bool = False
    """While a commit is on its way nobody can tell which state a reader sees."""

    def stamp(self, names: Iterable[str]) -> Stamp:
        """Return the versions of some names, in the order given."""
        return (self.by_others, *(self.numbers.get(name, 0) for name in names))


class Watch:
    """Keeps the versions of one shop file. Readers are never made to wait."""

    def __init__(self, path: Path, key: Key | None = None) -> None:
        self._path = path
        self._key = key
        self._now = Versions()
        self._lock = Lock()
        self._looker: Any = None
        self._looked: int | None = None

    def seen_by(self, fix_moment: Callable[[], None]) -> Versions | None:
        """Run what begins a reader, and return the versions that it sees; None: a commit came between."""
        before = self._now
        if not before.is_moving and self._was_written_by_others(before):
            before = self._now
        fix_moment()
        return None if before.is_moving or self._now is not before else before

    @contextmanager
    def committing(self, names: Collection[str]) -> Generator[None, None, None]:
        """Commit inside this: the names get new versions when it is through."""
        with self._lock:
            before = self._now
            self._now = Versions(before.numbers, before.by_others, is_moving=True)
            try:
                yield
            finally:
                self._looked = self._look()
                touched = {*names, ANYTHING} if names else set[str]()
                moved = {name: before.numbers.get(name, 0) + 1 for name in touched}
                self._now = Versions({**before.numbers, **moved}, before.by_others)

    def close(self) -> None:
        """Let the file go."""
        with self._lock:
            if self._looker is not None:
                self._looker.close()
            self._looker = None

    def _was_written_by_others(self, before: Versions) -> bool:
        if not self._lock.acquire(blocking=False):
            return False
        try:
            found = self._look()
            if found is not None and found == self._looked:
                return False
            self._looked = found
            self._now = Versions(before.numbers, before.by_others + 1)
            return True
        finally:
            self._lock.release()

    def _look(self) -> int | None:
        """Return a number that moves with every commit to the file but this connection's own, and it makes none.

        None: the file does not answer just now, so that nobody knows.
        """
        try:
            if self._looker is None:
                self._looker = driver.connect(self._path, self._key, isolation_level=None, check_same_thread=False)
            return int(self._looker.execute("PRAGMA data_version").fetchall()[0][0])
        except driver.errors():
            return None
