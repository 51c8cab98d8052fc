"""A shop in a file of its own: SQLite, one writer, readers that see one moment, and packed columns."""

from collections.abc import Collection, Generator, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, inspect
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.shares import share_of
from linecrm_desktop.store import driver, packing
from linecrm_desktop.store.dialect import SHARE
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.ground import Sessions
from linecrm_desktop.store.versions import Touched, Versions, Watch

BUSY_SECONDS = 5
CACHE, LITTLE_CACHE = -65_536, -2_048
"""Room for pages of the file in memory, in KiB with a minus, as SQLite wants it."""


class FileGround:
    """An open shop file."""

    def __init__(self, path: Path, key: Key | None) -> None:
        self.path = path
        self.engine = make_engine(path, key)
        self._watch = Watch(path, key)
        self._touched = Touched()
        self._uncounted = set[str]()
        """Tables written since they were counted for the query planner."""

    def begin_reading(self, connection: Connection) -> Versions | None:
        """Begin, and see one moment from here on; return which versions of all tables that moment has."""
        direct = cast(Any, connection.connection.driver_connection)  # without detours: each edit begins a reader
        direct.set_authorizer(None)

        def fix_moment() -> None:
            direct.execute("BEGIN")
            direct.execute("PRAGMA data_version").fetchall()

        return self._watch.seen_by(fix_moment)

    def begin_writing(self, connection: Connection, *, proven: bool) -> None:
        """Begin as the only writer."""
        self._touched.begin(connection.connection.driver_connection)
        connection.exec_driver_sql(f"PRAGMA foreign_keys={'OFF' if proven else 'ON'}")  # for this transaction alone
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def touched(self, session: Session) -> frozenset[str]:
        """Return what SQLite named so far."""
        return frozenset(self._touched.names)

    def written(self, session: Session) -> Collection[str]:
        """Drop packed columns that are no longer true; return what was touched."""
        packing.drop(session, self._touched.changed)
        return self._touched.names

    @contextmanager
    def committing(self, names: Collection[str]) -> Generator[None, None, None]:
        """Commit inside this."""
        with self._watch.committing(names):
            yield
        self._uncounted |= {name.partition(".")[0] for name in names}

    def others(self) -> int:
        """Nobody else writes in a file that is open."""
        return 0

    def news(self) -> frozenset[str]:
        """Nobody else writes in a file that is open."""
        return frozenset()

    def may_write(self) -> bool:
        """Whoever opens a file may write it, or nothing is opened."""
        return True

    @contextmanager
    def lease(self, name: str) -> Generator[bool, None, None]:
        """Hold a name: whoever has the file open holds them all."""
        yield True

    def optimise(self, reads: Sessions, writes: Sessions) -> None:
        """Pack long tables, and count those just written for the query planner.

        Whole ANALYZE, no limit: guesses from a few rows lead to plans that are 40 times as slow. One thread counts
        while another reads what is to be packed; SQLite works without Python's lock meanwhile.
        Where the disk is full just now all stays as it is: what was written before is in the shop all the same.
        """
        from linecrm_desktop.store.packed import keep, unpacked  # numpy is slow to load and not needed for a start

        def read() -> list[dict[str, Any]]:
            with reads() as session, _little_cache(session):
                return list(unpacked(session))

        with suppress(TagwellError), writes() as session, ThreadPoolExecutor(1) as beside:
            session.connection()  # from here on nobody else writes, so that both see the same rows
            reading = beside.submit(read)
            _analyse(session, self._uncounted)
            keep(session, reading.result())
        self._uncounted.clear()

    def wipe(self) -> bool:
        """Write the file anew without old pages, and empty its journal; return False while a reader still holds them.

        Needs room for the file once more. Raises OutsideError when the disk is full; the shop is as it was then.
        """
        connection = self.engine.raw_connection()
        try:
            direct = cast(Any, connection.driver_connection)
            direct.set_authorizer(None)
            direct.execute("VACUUM").fetchall()
            return direct.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0] == 0
        finally:
            connection.close()

    def close(self) -> None:
        """Close the file."""
        self._watch.close()
        self.engine.dispose()


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
