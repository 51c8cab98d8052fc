"""Rids the shop file of old pages after somebody was erased, at once or, where that failed, when it is opened next."""

from sqlalchemy import exists, select, update

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.models.erasure import Erasure
from linecrm_desktop.store.database import Database


def wipe(database: Database) -> bool:
    """Write the file anew; say whether it could be done. What was erased is erased in either case."""
    database.optimise()
    try:
        if not database.wipe():
            return False
        with database.write() as session:
            session.execute(update(Erasure).where(Erasure.is_wiped.is_(False)).values(is_wiped=True))
    except TagwellError:
        return False
    return True


def wipe_if_due(database: Database) -> None:
    """Do what an erasing that was broken off left to do."""
    with database.read() as session:
        is_due = session.scalar(select(exists().where(Erasure.is_wiped.is_(False))))
    if is_due:
        wipe(database)
