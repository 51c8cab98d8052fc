"""One open shop: sessions that only read, and one writer at a time.

`read()` is always rolled back, and so is `rehearse()`, which may write; `write()` commits or rolls back as a whole.
No call to LINE may happen inside `write()`.
"""

from collections.abc import Callable, Generator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.shares import share_of
from linecrm_desktop.store import chain, driver, packing
from linecrm_desktop.store.dialect import SHARE
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.interrupting import Reading
from linecrm_desktop.store.kept import Kept, Seen
from linecrm_desktop.store.troubles import explained
from linecrm_desktop.store.versions import Touched, Watch

_SEEN = "tagwell_seen"

BUSY_SECONDS = 5
CACHE, LITTLE_CACHE = -65_536, -2_048
"""Room for pages of the file in memory, in KiB with a minus, as SQLite wants it."""


class Database:
    """An open shop. Make one with store.opening, never directly."""

    def __init__(self, path: Path, release: object = None, key: Key | None = None) -> None:
        self.path = path
        self.key = key
        """What opens the file; None: it is not encrypted."""
        self._release = release
        self.kept = Kept()
        """What readers have read and may use again."""
        self._watch = Watch(path, key)
        self._touched = Touched()
        self._engine = make_engine(path, key).execution_options(tagwell_begin=self._begin_reading)
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
        self._uncounted = set[str]()
        """Tables written since they were counted for the query planner."""

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
                names = set[str]()
                if session.in_transaction():
                    if self.before_commit is not None:
                        self.before_commit(session, frozenset(self._touched.names))
                        session.flush()
                    if chain.LINES.name in self._touched.names:
                        chain.seal(session)
                    packing.drop(session, self._touched.changed)
                    names = self._touched.names
                with self._watch.committing(names):
                    session.commit()
            except BaseException:
                session.rollback()
                raise
            self.writes += 1
            self._uncounted |= {name.partition(".")[0] for name in names}
            if self.after_commit is not None:
                self.after_commit(names)

    @contextmanager
    def rehearse(self) -> Generator[Session, None, None]:
        """Give a session that may write and is always rolled back: what would happen is seen, and nothing stays."""
        with explained(self.path), self._writer, Session(self._write_engines[False]) as session:
            try:
                yield session
            finally:
                session.rollback()

    def optimise(self) -> None:
        """Pack long tables, and count those just written for the query planner. Call after an import.

        Whole ANALYZE, no limit: guesses from a few rows lead to plans that are 40 times as slow. One thread counts
        while another reads what is to be packed; SQLite works without Python's lock meanwhile.
        Where the disk is full just now all stays as it is: what was written before is in the shop all the same.
        """
        from linecrm_desktop.store.packed import keep, unpacked  # numpy is slow to load and not needed for a start

        def read() -> list[dict[str, Any]]:
            with self.read() as session, _little_cache(session):
                return list(unpacked(session))

        with suppress(TagwellError), self.write() as session, ThreadPoolExecutor(1) as beside:
            session.connection()  # from here on nobody else writes, so that both see the same rows
            reading = beside.submit(read)
            _analyse(session, self._uncounted)
            keep(session, reading.result())
        self._uncounted.clear()

    def wipe(self) -> bool:
        """Write the file anew without old pages, and empty its journal; return False while a reader still holds them.

        Needs room for the file once more. Raises OutsideError when the disk is full; the shop is as it was then.
        """
        with explained(self.path), self._writer:
            connection = self._engine.raw_connection()
            try:
                direct = cast(Any, connection.driver_connection)
                direct.set_authorizer(None)
                direct.execute("VACUUM").fetchall()
                return direct.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0] == 0
            finally:
                connection.close()

    def close(self) -> None:
        """Close the file and let others open it."""
        self._watch.close()
        self._engine.dispose()
        release = getattr(self._release, "release", None)
        if release is not None:
            release()

    def _begin_reading(self, connection: Connection) -> None:
        """Begin, and see one moment from here on; say which versions of all tables that moment has."""
        direct = cast(Any, connection.connection.driver_connection)  # without detours: each edit begins a reader
        direct.set_authorizer(None)

        def fix_moment() -> None:
            direct.execute("BEGIN")
            direct.execute("PRAGMA data_version").fetchall()

        versions = self._watch.seen_by(fix_moment)
        connection.info[_SEEN] = Seen(self.kept, versions) if versions else None

    def _begin_writing(self, connection: Connection, *, proven: bool) -> None:
        connection.info[_SEEN] = None  # a writer sees what it has not committed yet
        self._touched.begin(connection.connection.driver_connection)
        connection.exec_driver_sql(f"PRAGMA foreign_keys={'OFF' if proven else 'ON'}")  # for this transaction alone
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _little_cache(session: Session) -> Generator[None, None, None]:
    """Read with little memory: whoever walks through tables once comes to no page a second time."""
    connection = session.connection()
    connection.exec_driver_sql(f"PRAGMA cache_size={LITTLE_CACHE}")
    try:
        yield
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size={CACHE}")


def _analyse(session: Session, written: Set[str]) -> None:
    """Run ANALYZE for tables that were written, and for those that were never counted or were empty then."""
    connection = session.connection()
    inspector = inspect(connection)
    has_counts = inspector.has_table("sqlite_stat1")
    counted = set(connection.exec_driver_sql("SELECT tbl FROM sqlite_stat1").scalars()) if has_counts else set[str]()
    quote = connection.dialect.identifier_preparer.quote
    for table in inspector.get_table_names():
        if table in written or table not in counted:
            connection.exec_driver_sql(f"ANALYZE {quote(table)}")


def seen(session: Session) -> Seen | None:
    """Return what a session may use of what was kept; None: a writer, or a commit came between."""
    return cast("Seen | None", session.connection().info.get(_SEEN))


def path_of(session: Session) -> Path:
    """Return the shop file that a session works on."""
    return Path(str(session.connection().engine.url.database))


def make_engine(path: Path, key: Key | None = None) -> Engine:
    """Return an engine with the settings that every connection of a shop has."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)), module=driver.module(key), connect_args={"timeout": BUSY_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def settle(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
        driver.unlock(connection, key)
        # sqlite3 must not begin transactions by itself: it would leave DDL and SELECT outside of them.
        connection.isolation_level = None  # pyright: ignore[reportAttributeAccessIssue]
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            f"temp_store={'FILE' if key is None else 'MEMORY'}",  # SQLite's own scratch files are not encrypted
            f"cache_size={CACHE}",
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
