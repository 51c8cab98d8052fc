"""A shop on a PostgreSQL server, shared by several computers: one writer at a time among all of them.

The one row of tagwell_state is both the writers' turn (it is locked for as long as somebody writes) and the number of
the shop's state: a reader knows by it which state it sees, and a window whether others wrote.
"""

import uuid
from collections.abc import Collection, Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from linecrm_desktop.models.all import METADATA
from linecrm_desktop.store import parts, shared_words
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.ground import Sessions
from linecrm_desktop.store.parts import Part
from linecrm_desktop.store.server_troubles import NoPart
from linecrm_desktop.store.versions import Versions

WAIT = "60s"
"""How long a writer waits for its turn: others' short writes pass by, a large import does not."""
_LEASE = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
_IS_OWNER = "SELECT bool_and(tableowner = current_user) FROM pg_tables WHERE schemaname = 'public'"
_WRITTEN = """
SELECT relname FROM pg_stat_xact_user_tables
WHERE n_tup_ins + n_tup_upd + n_tup_del > 0 OR current_setting('track_counts') = 'off'
"""
_MARK = """
INSERT INTO tagwell_written SELECT name, writes, %s FROM tagwell_state, unnest(%s::text[]) AS name
ON CONFLICT (name) DO UPDATE SET writes = excluded.writes, by = excluded.by
"""
_NEWS = """
SELECT writes, (SELECT array_agg(w.name) FROM tagwell_written w WHERE w.writes > %s AND w.by <> %s) FROM tagwell_state
"""
_TABLES = METADATA.tables
_KEEPALIVE = "SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3"
"""A computer that fell asleep or off the network loses its leases after 35 seconds."""


def connect(address: Address, key: Key | None) -> psycopg.Connection[Any]:
    """Connect to a shared shop's server. Raises psycopg's errors, which store.troubles explains."""
    options = address.options()
    if key is not None:
        options["password"] = key.raw.decode()
    # Temporary tables come and go, so that a statement prepared for one does not fit the next.
    return psycopg.connect(**options, prepare_threshold=None)


class SharedGround:
    """An open shared shop."""

    def __init__(self, path: Path, address: Address, key: Key | None) -> None:
        self.path = path
        self._address = address
        self._key = key
        self.engine = make_engine(address, key)
        self._own = 0
        """Writes of this computer since it was opened."""
        self._name = str(uuid.uuid4())
        """By what this computer knows its own writes."""
        self._heard: int | None = None
        """The state up to which others' writes were told."""
        self._has_counted = False

    def begin_reading(self, connection: Connection) -> Versions | None:
        """See one moment from here on; return which it is."""
        direct: Any = connection.connection.driver_connection
        with direct.cursor() as cursor:
            with _as_member():
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT writes FROM tagwell_state")
            cursor.nextset()
            found = int(cursor.fetchone()[0])
        if self._heard is None:
            self._heard = found
        return Versions(by_others=found)

    def begin_writing(self, connection: Connection, *, proven: bool) -> None:
        """Wait for the turn to write, among all computers."""
        direct: Any = connection.connection.driver_connection
        with direct.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{WAIT}'; SELECT FROM tagwell_state FOR UPDATE")
            cursor.execute("SET LOCAL lock_timeout = 0")

    def touched(self, session: Session) -> frozenset[str]:
        """Return the tables that were written so far with all their columns: the server does not tell which.

        It may name more: what this connection wrote within the last second belongs to its counts still, and a server
        that counts nothing names all.
        """
        tables = session.connection().exec_driver_sql(_WRITTEN).scalars().all()
        columns = (f"{name}.{one.name}" for name in tables if name in _TABLES for one in _TABLES[name].columns)
        return frozenset((*tables, *columns))

    def written(self, session: Session) -> Collection[str]:
        """Give the shop's state its next number; return what was touched."""
        names = self.touched(session)
        connection = session.connection()
        connection.exec_driver_sql("UPDATE tagwell_state SET writes = writes + 1")
        connection.exec_driver_sql(_MARK, (self._name, [name for name in names if name in _TABLES]))
        self._has_counted = True
        return names

    @contextmanager
    def committing(self, names: Collection[str]) -> Generator[None, None, None]:
        """Commit inside this."""
        counted, self._has_counted = self._has_counted, False
        yield
        self._own += counted

    def others(self) -> int:
        """Return how often others wrote; it moves with each of their writes."""
        with self.engine.connect() as connection:
            own = self._own
            return int(connection.exec_driver_sql("SELECT writes FROM tagwell_state").scalar_one()) - own

    def news(self) -> frozenset[str]:
        """Ask for what others wrote: one small table says when each was last written, and by whom."""
        with self.engine.connect() as connection, _as_member():
            found = connection.exec_driver_sql(_NEWS, (self._heard or 0, self._name)).one()
        told = frozenset(found[1] or ()) if self._heard is not None else frozenset[str]()
        self._heard = int(found[0])
        return told

    def may_write(self) -> bool:
        """Ask the server, whose grants decide."""
        with self.engine.connect() as connection:
            return parts.mine(connection) in (Part.OWNER, Part.STAFF)

    @contextmanager
    def lease(self, name: str) -> Generator[bool, None, None]:
        """Hold a name on a connection of its own: when that ends, however it ends, the server lets the name go.

        Whoever was cut off meanwhile hears nothing of it here: what they wrote is written.
        """
        with closing(connect(self._address, self._key)) as alone:
            alone.autocommit = True
            alone.execute(_KEEPALIVE)
            found = alone.execute(_LEASE, (f"tagwell {name}",)).fetchone()
            yield found is not None and bool(found[0])

    def optimise(self, reads: Sessions, writes: Sessions) -> None:
        """Count all tables for the query planner; packed columns are for files only."""
        with self.engine.connect() as connection:
            alone(connection, "ANALYZE")

    def wipe(self) -> bool:
        """Write all tables anew without the rows that were deleted; False while somebody reads, or for a stranger.

        Only the tables' owner may. What the server keeps beside them is its own.
        """
        with self.engine.connect() as connection:
            if not connection.exec_driver_sql(_IS_OWNER).scalar_one():
                return False
            direct: Any = connection.connection.driver_connection
            direct.execute("SET lock_timeout = '3s'")
            direct.commit()
            try:
                alone(connection, "VACUUM FULL")
            except psycopg.errors.LockNotAvailable:
                return False
            finally:
                connection.invalidate()  # nobody else inherits the short patience
        return True

    def close(self) -> None:
        """Let all connections go."""
        self.engine.dispose()


@contextmanager
def _as_member() -> Generator[None, None, None]:
    """Raise NoPart where the server refuses what whoever may only look reads, too."""
    try:
        yield
    except (psycopg.errors.InsufficientPrivilege, DBAPIError) as error:
        if getattr(getattr(error, "orig", error), "sqlstate", "") != psycopg.errors.InsufficientPrivilege.sqlstate:
            raise
        raise NoPart from error


def make_engine(address: Address, key: Key | None) -> Engine:
    """Return an engine with the settings that every connection of a shared shop has."""
    engine = create_engine(
        f"{shared_words.NAME.replace('.', '+')}://",
        creator=lambda: connect(address, key),
        pool_pre_ping=True,
        execution_options={"preserve_rowcount": True},
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        asked = connection.get_execution_options().get("tagwell_begin")
        if asked is not None:
            asked(connection)

    return engine


def alone(connection: Connection, statement: str) -> None:
    """Run what takes no part in a transaction."""
    direct: Any = connection.connection.driver_connection
    direct.rollback()
    direct.autocommit = True
    try:
        direct.execute(statement)
    finally:
        direct.autocommit = False
