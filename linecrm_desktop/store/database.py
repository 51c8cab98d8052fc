"""One open shop: sessions that only read, and one writer at a time.

`read()` is always rolled back, and so is `rehearse()`, which may write; `write()` commits or rolls back as a whole.
No call to LINE may happen inside `write()`.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.shares import share_of
from linecrm_desktop.store import packing
from linecrm_desktop.store.dialect import SHARE
from linecrm_desktop.store.interrupting import Reading
from linecrm_desktop.store.kept import Kept, Seen
from linecrm_desktop.store.troubles import explained
from linecrm_desktop.store.versions import Touched, Watch

_SEEN = "tagwell_seen"

BUSY_SECONDS = 5


class Database:
    """An open shop. Make one with store.opening, never directly."""

    def __init__(self, path: Path, release: object = None) -> None:
        self.path = path
        self._release = release
        self.kept = Kept()
        """What readers have read and may use again."""
        self._watch = Watch(path)
        self._touched = Touched()
        self._engine = make_engine(path).execution_options(tagwell_begin=self._begin_reading)
        self._write_engine = self._engine.execution_options(tagwell_begin=self._begin_writing)
        self._writer = Lock()
        self.writes = 0
        """How often something was written; a kept answer is stale when this number moved."""

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
    def write(self) -> Generator[Session, None, None]:
        """Give the one session that may write; commit at the end, roll back on any error."""
        with explained(self.path), self._writer, Session(self._write_engine) as session:
            try:
                yield session
                session.flush()
                names = set[str]()
                if session.in_transaction():
                    packing.drop(session, self._touched.changed)
                    names = self._touched.names
                with self._watch.committing(names):
                    session.commit()
            except BaseException:
                session.rollback()
                raise
            self.writes += 1

    @contextmanager
    def rehearse(self) -> Generator[Session, None, None]:
        """Give a session that may write and is always rolled back: what would happen is seen, and nothing stays."""
        with explained(self.path), self._writer, Session(self._write_engine) as session:
            try:
                yield session
            finally:
                session.rollback()

    def optimise(self) -> None:
        """Pack long tables and count all for the query planner. Call after an import (whole ANALYZE, no limit).

        Where the disk is full just now all stays as it is: what was written before is in the shop all the same.
        """
        from linecrm_desktop.store.packed import pack  # numpy is slow to load and not needed for a start

        with suppress(TagwellError):
            with self.write() as session:
                pack(session)
            with self.write() as session:
                session.connection().exec_driver_sql("ANALYZE")

    def close(self) -> None:
        """Close the file and let others open it."""
        self._watch.close()
        self._engine.dispose()
        release = getattr(self._release, "release", None)
        if release is not None:
            release()

    def _begin_reading(self, connection: Connection) -> None:
        """Begin, and see one moment from here on; say which versions of all tables that moment has."""
        driver = cast(Any, connection.connection.driver_connection)  # without detours: each edit begins a reader
        driver.set_authorizer(None)

        def fix_moment() -> None:
            driver.execute("BEGIN")
            driver.execute("PRAGMA data_version").fetchall()

        versions = self._watch.seen_by(fix_moment)
        connection.info[_SEEN] = Seen(self.kept, versions) if versions else None

    def _begin_writing(self, connection: Connection) -> None:
        connection.info[_SEEN] = None  # a writer sees what it has not committed yet
        self._touched.begin(connection.connection.driver_connection)
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def seen(session: Session) -> Seen | None:
    """Return what a session may use of what was kept; None: a writer, or a commit came between."""
    return cast("Seen | None", session.connection().info.get(_SEEN))


def make_engine(path: Path) -> Engine:
    """Return an engine with the settings that every connection of a shop has."""
    engine = create_engine(URL.create("sqlite", database=str(path)), connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def settle(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        # sqlite3 must not begin transactions by itself: it would leave DDL and SELECT outside of them.
        connection.isolation_level = None  # pyright: ignore[reportAttributeAccessIssue]
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "temp_store=FILE",
            "cache_size=-65536",
            "secure_delete=ON",
            "temp.secure_delete=OFF",
        ):
            connection.execute(f"PRAGMA {pragma}")  # pyright: ignore[reportAttributeAccessIssue]

        connection.create_function(SHARE, 2, share_of, deterministic=True)  # pyright: ignore[reportAttributeAccessIssue]

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        options.get("tagwell_begin", _begin_plainly)(connection)

    return engine


def _begin_plainly(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
