"""One open shop: sessions that only read, and one writer at a time.

`read()` is always rolled back, and so is `rehearse()`, which may write; `write()` commits or rolls back as a whole.
No call to LINE may happen inside `write()`.
"""

from collections.abc import Callable, Collection, Generator, Set
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from linecrm_desktop.store import address, chain
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.file_ground import FileGround
from linecrm_desktop.store.ground import Ground
from linecrm_desktop.store.interrupting import Reading
from linecrm_desktop.store.kept import Kept, Seen
from linecrm_desktop.store.troubles import explained

_SEEN, _PATH = "tagwell_seen", "tagwell_path"


class Database:
    """An open shop. Make one with store.opening, never directly."""

    def __init__(self, path: Path, release: object = None, key: Key | None = None) -> None:
        self.path = path
        self.key = key
        """What opens the file; None: it is not encrypted. Of a shared shop: its password."""
        self.address = address.read(path)
        """Where a shared shop lies; None: the shop is a file of its own."""
        self._release = release
        self.kept = Kept()
        """What readers have read and may use again."""
        self._ground = _ground(path, self.address, key)
        options = {_PATH: path}
        self._engine = self._ground.engine.execution_options(tagwell_begin=self._begin_reading, **options)
        self._write_engines = {
            proven: self._engine.execution_options(tagwell_begin=partial(self._begin_writing, proven=proven))
            for proven in (False, True)
        }
        self._writer = Lock()
        self.writes = 0
        """How often something was written; a kept answer is stale when this number moved."""
        self.before_commit: Callable[[Session, Set[str]], None] | None = None
        """Has a last word in each transaction that writes, and is told the tables and columns that were written."""
        self.after_commit: Callable[[Set[str]], None] | None = None
        """Is told the same when all is written, while nobody else writes yet."""

    @contextmanager
    def read(self, reading: Reading | None = None) -> Generator[Session, None, None]:
        """Give a session that sees one moment of the shop and changes nothing; `reading` can break it off."""
        with explained(self.path), Session(self._engine) as session:
            try:
                if reading is None:
                    yield session
                else:
                    with reading.of(session):
                        yield session
            finally:
                session.rollback()

    @contextmanager
    def write(self, *, proven: bool = False) -> Generator[Session, None, None]:
        """Give the one session that may write; commit at the end, roll back on any error.

        With `proven` SQLite does not look up, row by row, whether what a row points at is there: for work in sets that
        takes what it points at out of the shop in the same transaction, and deletes nothing that is pointed at.
        """
        with explained(self.path), self._writer, Session(self._write_engines[proven]) as session:
            try:
                yield session
                session.flush()
                names: Collection[str] = self._closed(session) if session.in_transaction() else ()
                with self._ground.committing(names):
                    session.commit()
            except BaseException:
                session.rollback()
                raise
            self.writes += 1
            if self.after_commit is not None:
                self.after_commit(frozenset(names))

    def _closed(self, session: Session) -> Collection[str]:
        """Do what belongs to a transaction that wrote, before it is committed; return what it touched."""
        if self.before_commit is not None:
            self.before_commit(session, self._ground.touched(session))
            session.flush()
        if chain.LINES.name in self._ground.touched(session):
            chain.seal(session)
        return self._ground.written(session)

    @contextmanager
    def rehearse(self) -> Generator[Session, None, None]:
        """Give a session that may write and is always rolled back: what would happen is seen, and nothing stays."""
        with explained(self.path), self._writer, Session(self._write_engines[False]) as session:
            try:
                yield session
            finally:
                session.rollback()

    def optimise(self) -> None:
        """Make counting quick again. Call after an import."""
        self._ground.optimise(self.read, self.write)

    def wipe(self) -> bool:
        """Write the shop anew without what was deleted; return False where a reader still holds old pages."""
        with explained(self.path), self._writer:
            return self._ground.wipe()

    def others(self) -> int:
        """Return a number that moves when another computer wrote in the shop."""
        with explained(self.path):
            return self._ground.others()

    def news(self) -> frozenset[str]:
        """Return the tables that other computers wrote since this was asked last; at first, since the first reading."""
        with explained(self.path):
            return self._ground.news()

    def may_write(self) -> bool:
        """Whether the person who opened the shop may change anything in it."""
        with explained(self.path):
            return self._ground.may_write()

    @contextmanager
    def lease(self, name: str) -> Generator[bool, None, None]:
        """Hold a name while inside, for work that one computer at a time may do; False: another one holds it.

        Whoever crashes or is cut off loses it.
        """
        with explained(self.path), self._ground.lease(name) as is_ours:
            yield is_ours

    def close(self) -> None:
        """Close the shop and let others open it."""
        self._ground.close()
        release = getattr(self._release, "release", None)
        if release is not None:
            release()

    def _begin_reading(self, connection: Connection) -> None:
        versions = self._ground.begin_reading(connection)
        connection.info[_SEEN] = Seen(self.kept, versions) if versions else None

    def _begin_writing(self, connection: Connection, *, proven: bool) -> None:
        connection.info[_SEEN] = None  # a writer sees what it has not committed yet
        self._ground.begin_writing(connection, proven=proven)


def _ground(path: Path, shared: address.Address | None, key: Key | None) -> Ground:
    if shared is None:
        return FileGround(path, key)
    from linecrm_desktop.store.shared_ground import SharedGround  # most shops are files and load none of it

    return SharedGround(path, shared, key)


def seen(session: Session) -> Seen | None:
    """Return what a session may use of what was kept; None: a writer, or a commit came between."""
    return cast("Seen | None", session.connection().info.get(_SEEN))


def path_of(session: Session) -> Path:
    """Return the shop file that a session works on."""
    return cast(Path, session.connection().get_execution_options()[_PATH])
