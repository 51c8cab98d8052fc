"""Runs the Alembic migrations that ship inside the package. Loaded only when a file is made or out of date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from linecrm_desktop.store import address, file_ground
from linecrm_desktop.store.chain import seal
from linecrm_desktop.store.driver import Key

SCRIPTS = Path(__file__).parent / "migrations"
NEWEST = "head"
"""What Alembic calls the newest version."""


def configuration() -> Config:
    """Return Alembic's configuration; there is no alembic.ini."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    return config


def upgrade(path: Path, key: Key | None = None, *, to: str = NEWEST) -> None:
    """Bring a shop to the newest version, or to an older one, in one transaction."""
    shared = address.read(path) if path.exists() else None
    if shared is not None:
        _upgrade_shared(shared, key)
        return
    engine = file_ground.make_engine(path, key)
    try:
        with engine.begin() as connection:
            _run(connection, to)
    finally:
        engine.dispose()


def _upgrade_shared(shared: address.Address, key: Key | None) -> None:
    from linecrm_desktop.store import parts, shared_ground, shared_schema

    engine = shared_ground.make_engine(shared, key)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT FROM tagwell_state FOR UPDATE")  # one computer upgrades
            _run(connection, NEWEST)
            shared_schema.settle(connection)
            parts.extend(connection)
    finally:
        engine.dispose()


def _run(connection: Connection, to: str) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    if to == NEWEST:
        with Session(connection) as session:  # lines that are older than the chain
            seal(session)
            session.flush()
