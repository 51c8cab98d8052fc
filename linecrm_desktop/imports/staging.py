"""The temporary table that a file's rows wait in while SQL decides who each row is and what it changes.

Rows go in by executemany on the driver's own connection (the quickest way), and everything after is set-based, so that
memory does not grow with the file.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ColumnElement,
    Double,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    bindparam,
    exists,
    select,
    update,
)
from sqlalchemy.orm import Session

from linecrm_desktop.imports.columns import OTHER_LINE_ID
from linecrm_desktop.store.dialect import look_at, put_rows

_metadata = MetaData()
_OF = "cell_of_"
_FEW = 20
"""Where one row in so many lacks something, an index of those is worth it."""
_TEMPORARY: dict[str, Any] = {"prefixes": ["TEMPORARY"]}


def _numbers(*names: str) -> list[Column[Any]]:
    return [Column(name, BigInteger) for name in names]


def _texts(*names: str) -> list[Column[Any]]:
    return [Column(name, String) for name in names]


STAGE = Table(
    "staged_row",
    _metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    *_texts("verdict"),
    *_numbers("friend_id"),
    *_texts("number", "line_user_id", "member_number", "email", "phone"),
    *_numbers("at", "state", "goods_id", "amount", "quantity", "found", "other_line", "tag_set"),
    *_texts("marketing", "informed", "can_opt_out", "blocked"),
    *_numbers("joined_at", "total", "discount"),
    *_texts("name", "category", "event", "detail"),
    *_texts("why", "sentence", "fix"),
    *_numbers("masked", "continues", "millisecond", "twin"),
    *_texts(OTHER_LINE_ID),
    **_TEMPORARY,
)
"""One row a line of the file; verdict is new, updated or rejected once it is known, and stays NULL where nothing
changes. What is asked most stands first, for SQLite reads a row from its beginning. found says that its friend was
looked for by e-mail or phone, or chosen by a person. fix is what a person can do about a rejected row: a key of FIXES
of imports.plan. masked is 1 where letters of the name are hidden. continues is the line
of the row of an order that this one goes on with. millisecond tells events of one second apart. twin is the line of
the row that is used instead of this one."""

STAGED_CELLS = Table(
    "staged_cells",
    _metadata,
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("lines", LargeBinary),
    *_texts("cells", "cell_end", "row_end"),
    **_TEMPORARY,
)
"""The rows as they stand in the file, for those that are shown or kept: some thousand at once, for few are asked for.
imports.kept_cells writes and reads them."""

STAGED_ORDER = Table(
    "staged_order",
    _metadata,
    Column("number", String, primary_key=True),
    *_numbers("rows", "friend_id", "other_friend", "at", "total", "discount", "order_id", "off"),
    *_texts("state", "goods", "verdict"),
    sqlite_with_rowid=False,
    **_TEMPORARY,
)
"""One row an order, gathered from its rows; the verdict stays NULL where nothing changes. off counts the lines of an
order that goes on without them: one unit was cancelled or refunded."""

STAGED_NUMBER = Table(
    "staged_number",
    _metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    *_texts("number"),
    **_TEMPORARY,
)
"""Names given to rows that have none of their own."""

STAGED_BAD = Table(
    "staged_bad",
    _metadata,
    Column("number", String, primary_key=True),
    *_numbers("line"),
    **_TEMPORARY,
)
"""Orders of which a row cannot be taken, with the first such row."""

STAGED_GOODS = Table(
    "staged_goods",
    _metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    *_texts("product", "category"),
    **_TEMPORARY,
)
"""Goods whose number is looked up just now."""

STAGED_NAME = Table(
    "staged_name",
    _metadata,
    Column("name", String, primary_key=True),
    *_numbers("friend_id", "friends"),
    sqlite_with_rowid=False,
    **_TEMPORARY,
)
"""Who each folded name of a file is that names nobody otherwise, and how many friends have it; 0: somebody new."""

STAGED_PERSON = Table(
    "staged_person",
    _metadata,
    Column("friend_id", BigInteger, primary_key=True, autoincrement=False),
    **_TEMPORARY,
)
"""Each friend of a file of orders or events once."""

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
    Column("tag_set", Integer, primary_key=True, autoincrement=False),
    Column("tag", Integer, primary_key=True, autoincrement=False),
    **_TEMPORARY,
)
"""Which tags of the file stand together in a row: rows name sets, because few different ones come a million times."""

STAGED_TAG_NAME = Table(
    "staged_tag_name",
    _metadata,
    Column("tag", Integer, primary_key=True, autoincrement=False),
    *_numbers("tag_id"),
    **_TEMPORARY,
)
"""The tags that the file names, and which of the shop's tags each is."""


STAGED_FIELD = Table(
    "staged_field",
    _metadata,
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("field", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    *_texts("text"),
    Column("number", Double),
    sqlite_with_rowid=False,
    **_TEMPORARY,
)
"""What rows say for fields of the shop's own: one line an entry, several where the field is a list."""

STAGED_FLAG = Table(
    "staged_flag",
    _metadata,
    Column("line", Integer),
    *_texts("why", "sentence"),
    **_TEMPORARY,
)
"""Cells that are not used in rows that are taken: masked, damaged, no date."""


def begin(session: Session) -> None:
    """Make the temporary tables anew."""
    connection = session.connection()
    _metadata.drop_all(connection)
    _metadata.create_all(connection)


def index(session: Session, columns: Iterable[str]) -> None:
    """Index what the rows are joined by; quicker once, after all rows are in, than row by row.

    The verdict has none: SQLite would look rows up by it, where a friend or a number finds one row among thousands.
    """
    for column in columns:
        has_it = f"WHERE {column} IS NOT NULL"
        session.execute(DDL(f"CREATE INDEX ix_staged_row_{column} ON staged_row ({column}) {has_it}"))
    session.execute(DDL("CREATE INDEX ix_staged_flag_line ON staged_flag (line)"))
    look_at(session, *_metadata.tables.values())


def index_gaps(session: Session, lacking: Mapping[str, int], rows: int) -> None:
    """Index the rows that lack a column, where some do, but few: they are asked for again and again."""
    for column, count in lacking.items():
        if 0 < count * _FEW < rows:
            gap = f"WHERE {column} IS NULL"
            session.execute(DDL(f"CREATE INDEX ix_staged_row_no_{column} ON staged_row ({column}) {gap}"))


def end(session: Session) -> None:
    """Remove the temporary tables."""
    _metadata.drop_all(session.connection())


def put(
    session: Session, table: Table, columns: Mapping[str, Sequence[Any]], **found: ColumnElement[Any]
) -> frozenset[str]:
    """Stage rows given as columns of one length; return the names of the columns that are not empty in all of them.

    `found` are columns that the database works out of the others, which stand in them by the names that `cell` gives.
    """
    filled = {name: cells for name, cells in columns.items() if any(cell is not None for cell in cells)}
    if filled:
        put_rows(session.connection(), table, filled, found, _OF)
    return frozenset(filled)


def cell(name: str) -> ColumnElement[Any]:
    """Return a cell of the row that is being staged, for `put`."""
    return bindparam(f"{_OF}{name}")


def refuse(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Give staged rows, named as `row`, the verdict rejected with why, sentence and fix."""
    if rows:
        told: dict[str, Any] = {name: bindparam(name) for name in ("why", "sentence", "fix")}
        session.connection().execute(
            update(STAGE).where(STAGE.c.line == bindparam("row")).values(verdict="rejected", **told), rows
        )


def has(session: Session, *conditions: ColumnElement[bool]) -> bool:
    """Say whether any staged row is so."""
    return bool(session.scalar(select(exists().select_from(STAGE).where(*conditions))))
