"""Runs the Alembic migrations that ship inside the package. Loaded only when a file is made or out of date."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from linecrm_desktop.store.chain import seal
from linecrm_desktop.store.database import make_engine
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
    """Bring a shop file to the newest version, or to an older one, in one transaction."""
    engine = make_engine(path, key)
    try:
        with engine.begin() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.upgrade(config, to)
            if to == NEWEST:
                with Session(connection) as session:  # lines that are older than the chain
                    seal(session)
                    session.flush()
    finally:
        engine.dispose()
