"""Makes a shop file of what lies on a server at one moment: for a move back, and for copies and backups."""

from contextlib import closing
from pathlib import Path

from linecrm_desktop.jobs import Task
from linecrm_desktop.store import carrying, driver, file_ground, sharing
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.carrying import Carried
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.migrating import upgrade
from linecrm_desktop.store.troubles import explained


def fetch(where: Address, password: Key | None, file: Path, task: Task) -> tuple[Carried, ...]:
    """Fill a new file with all rows, counted and compared; whoever calls removes the file when this raises."""
    with closing(driver.connect(file)) as plain:
        plain.execute(f"PRAGMA application_id={driver.APPLICATION_ID}")
    upgrade(file)
    source = sharing.engine(where, password).execution_options(isolation_level="REPEATABLE READ")
    target = file_ground.make_engine(file)
    try:
        with explained(file), source.connect() as reader, target.connect() as writer:
            writer.exec_driver_sql("PRAGMA foreign_keys=OFF")
            writer.commit()
            with writer.begin():
                tables = carrying.carry(reader, writer, task)
    finally:
        source.dispose()
        target.dispose()
    with explained(file), closing(driver.connect(file)) as plain:
        plain.execute("PRAGMA journal_mode=DELETE")  # one file that can be carried away
    return tables
