"""The temporary table that a file's rows wait in while SQL decides who each row is and what it changes.

Rows go in by executemany on the driver's own connection (the quickest way), and everything after is set-based, so that
memory does not grow with the file.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import DDL, BigInteger, Column, Integer, MetaData, String, Table, insert
from sqlalchemy.orm import Session

_metadata = MetaData()
_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"]}


def _numbers(*names: str) -> list[Column[Any]]:
    return [Column(name, BigInteger) for name in names]


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, String) for name in names]


STAGE = Table(
    "staged_row",
    _metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    *_texts("cells", "line_user_id", "member_number", "phone", "email", "name"),
    *_texts("marketing", "informed", "can_opt_out", "blocked"),
    *_numbers("joined_at", "at", "total", "amount", "state", "quantity"),
    *_texts("number", "product", "category", "event", "detail"),
    *_numbers("by_line", "by_member", "by_email", "by_phone", "friend_id", "other_line"),
    *_texts("verdict", "why", "sentence"),
    **_TEMPORARY,
)
"""One row a line of the file; verdict is new, updated, unchanged or rejected once it is known."""

STAGED_ORDER = Table(
    "staged_order",
    _metadata,
    Column("number", String, primary_key=True),
    *_numbers("friend_id", "at", "total"),
    *_texts("state", "currency"),
    **_TEMPORARY,
)
"""One row an order, gathered from its rows."""

STAGED_NUMBER = Table(
    "staged_number",
    _metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    *_texts("number"),
    **_TEMPORARY,
)
"""Names given to rows that have none of their own."""

STAGED_CONSENT = Table(
    "staged_consent",
    _metadata,
    Column("friend_id", BigInteger, primary_key=True, autoincrement=False),
    *_texts("collected_through", "informed", "can_opt_out", "marketing"),
    **_TEMPORARY,
)
"""The consent columns of the file's friends as they were before the import."""

STAGED_TAG = Table(
    "staged_tag",
    _metadata,
    Column("line", Integer, index=True),
    *_texts("name_key", "name", "type"),
    *_numbers("tag_id"),
    **_TEMPORARY,
)
"""The tags that a row's cells name."""


def begin(session: Session) -> None:
    """Make the temporary tables anew."""
    connection = session.connection()
    _metadata.drop_all(connection)
    _metadata.create_all(connection)


def index(session: Session) -> None:
    """Index what the rows are joined by; quicker once, after all rows are in, than row by row.

    The verdict has none: SQLite would look rows up by it, where a friend or a number finds one row among thousands.
    """
    for column in ("line_user_id", "member_number", "email", "phone", "number", "friend_id"):
        session.execute(DDL(f"CREATE INDEX ix_staged_row_{column} ON staged_row ({column})"))


def end(session: Session) -> None:
    """Remove the temporary tables."""
    _metadata.drop_all(session.connection())


def put(session: Session, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Stage rows that all have the same keys."""
    found = list(rows)
    if not found:
        return
    connection = session.connection()
    statement = insert(table).values(dict.fromkeys(found[0])).compile(dialect=connection.dialect)
    names = list(statement.positiontup or found[0])
    connection.exec_driver_sql(str(statement), [tuple(row[name] for name in names) for row in found])
