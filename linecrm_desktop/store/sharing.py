"""Asks a shared shop on its server what it is called and which version it has. Loaded only where a shop lies on one."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect

from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.server_troubles import NoPart
from linecrm_desktop.store.troubles import explained
from linecrm_desktop.text import _

_MAY_READ = "SELECT coalesce(has_table_privilege(to_regclass('public.shop'), 'SELECT'), true)"
_IS_OWNER = "SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'public.tagwell_state'::regclass"


@dataclass(frozen=True, slots=True)
class Found:
    """A shop in a database."""

    version: str
    name: str
    is_owner: bool
    """Whether whoever asked owns its tables, and may bring them up to date."""


def can_share() -> bool:
    """Whether this installation can open shared shops."""
    return find_spec("psycopg") is not None


def client_version() -> str:
    """Return the version of PostgreSQL's own client that is part of this program. Raises OutsideError where none is."""
    if not can_share():
        raise _cannot_share()
    from psycopg import pq

    return f"{pq.version() // 10_000}.{pq.version() % 10_000}"


def engine(address: Address, key: Key | None) -> Engine:
    """Return an engine for a shared shop. Raises OutsideError where psycopg is missing."""
    if not can_share():
        raise _cannot_share()
    from linecrm_desktop.store.shared_ground import make_engine

    return make_engine(address, key)


def version(address: Address, key: Key | None) -> str:
    """Return the version of a shared shop, or raise with the sentence that fits."""
    return find(address, key).version


def find(address: Address, key: Key | None) -> Found:
    """Return what a shared shop says of itself, or raise with the sentence that fits."""
    with connected(address, key) as connection:
        name = connection.exec_driver_sql("SELECT name FROM shop").scalar() or ""
        is_owner = bool(connection.exec_driver_sql(_IS_OWNER).scalar())
        return Found(version_of(connection), str(name), is_owner)


@contextmanager
def connected(address: Address, key: Key | None) -> Generator[Connection, None, None]:
    """Connect once to a shop on a server. Raises ShopError and OutsideError, also where no shop is there."""
    asked = engine(address, key)
    try:
        with explained(Path(address.database)), asked.connect() as connection:
            if not connection.exec_driver_sql(_MAY_READ).scalar():
                raise NoPart
            if not version_of(connection):
                raise ShopError(
                    _("The database “{database}” holds no Tagwell shop.").format(database=address.database),
                    _("Move one there with: tagwell move SHOP postgresql://…"),
                )
            yield connection
    finally:
        asked.dispose()


def make(path: Path, address: Address, key: Key | None, head: str) -> None:
    """Make the tables of a shop at its newest version; refuse a database in which anything lies already."""
    from linecrm_desktop.store import shared_schema

    asked = engine(address, key)
    try:
        with explained(path), asked.begin() as connection:
            check_empty(connection, address)
            shared_schema.create(connection, head)
    finally:
        asked.dispose()


def check_empty(connection: Connection, address: Address) -> None:
    """Refuse a database in which anything lies already. Raises ShopError."""
    if inspect(connection).get_table_names():
        raise ShopError(
            _("The database “{database}” is not empty.").format(database=address.database),
            _("Nothing was changed. Make a new, empty database for the shop."),
        )


def analyse(connection: Connection) -> None:
    """Count all tables for the server's planner."""
    from linecrm_desktop.store.shared_ground import alone

    alone(connection, "ANALYZE")


def version_of(connection: Connection) -> str:
    """Return the version of the shop in a database; "" for none."""
    if not {"alembic_version", "shop", "friend", "tagwell_state"} <= set(inspect(connection).get_table_names()):
        return ""
    return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _cannot_share() -> OutsideError:
    return OutsideError(
        _("This installation of Tagwell cannot open shared shops."),
        _("The part that speaks to PostgreSQL does not exist for this kind of computer."),
    )
