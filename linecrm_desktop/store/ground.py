"""What a shop lies on: a file of its own, or a database on a server. store.database works the same on both."""

from collections.abc import Callable, Collection
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from linecrm_desktop.store.versions import Versions

Sessions = Callable[[], AbstractContextManager[Session]]
"""Database.read or Database.write."""


class Ground(Protocol):
    """The part of an open shop that each kind of database does in its own way."""

    @property
    def engine(self) -> Engine:
        """The engine whose connections have the settings of a shop."""
        ...

    @property
    def path(self) -> Path:
        """The file that was opened."""
        ...

    def begin_reading(self, connection: Connection) -> Versions | None:
        """Begin, and see one moment from here on; return what state that is, None where nobody can tell."""
        ...

    def begin_writing(self, connection: Connection, *, proven: bool) -> None:
        """Begin as the only writer."""
        ...

    def touched(self, session: Session) -> frozenset[str]:
        """Return the tables and columns that the transaction wrote so far, and perhaps some that it did not write."""
        ...

    def written(self, session: Session) -> Collection[str]:
        """Do what belongs to a transaction that wrote; return the names of tables and columns that it touched."""
        ...

    def committing(self, names: Collection[str]) -> AbstractContextManager[None]:
        """Commit inside this."""
        ...

    def others(self) -> int:
        """Return a number that moves when another computer wrote."""
        ...

    def news(self) -> frozenset[str]:
        """Return the tables that other computers wrote since this was asked last, or since the first reading."""
        ...

    def may_write(self) -> bool:
        """Whether the person who opened the shop may change anything in it."""
        ...

    def lease(self, name: str) -> AbstractContextManager[bool]:
        """Hold a name while inside; False: another computer holds it."""
        ...

    def optimise(self, reads: Sessions, writes: Sessions) -> None:
        """Count for the query planner what was written, and make what makes counting quick."""
        ...

    def wipe(self) -> bool:
        """Write the shop anew without what was deleted; False: not now."""
        ...

    def close(self) -> None:
        """Let everything go."""
        ...
