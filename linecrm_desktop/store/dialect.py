"""The few statements that SQLite and PostgreSQL write each in their own way."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Function,
    Integer,
    LargeBinary,
    Select,
    String,
    Table,
    Update,
    bindparam,
    cast,
    func,
    insert,
    literal,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.functions import GenericFunction

from linecrm_desktop.shares import PARTS

SHARE = "tagwell_share"
"""The function that every connection to a SQLite file gets: shares.share_of."""


def insert_missing(session: Session, table: Table | Any) -> SqliteInsert | PostgresInsert:
    """Return an INSERT that leaves rows alone whose key is there already; add values or a select to it."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def look_at(session: Session, *tables: Table) -> None:
    """Let the planner see what tables of this transaction hold now that they are filled.

    A server looks at no temporary table by itself, and without it takes every join for one of a few rows. A file's
    planner goes by the indexes.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(DDL(f"ANALYZE {', '.join(table.name for table in tables)}"))


def put_rows(
    connection: Connection,
    table: Table,
    filled: Mapping[str, Sequence[Any]],
    found: Mapping[str, ColumnElement[Any]],
    prefix: str,
) -> None:
    """Add rows given as columns of one length, in the quickest way that the database has.

    `found` are columns that the database works out of the others, which stand in them as parameters with the prefix.
    """
    if connection.dialect.name != "postgresql":
        _put_in_file(connection, table, filled, found, prefix)
    elif found:
        rows = [dict(zip(filled, row, strict=True)) for row in zip(*filled.values(), strict=True)]
        named = [{**row, **{f"{prefix}{name}": cell for name, cell in row.items()}} for row in rows]
        connection.execute(insert(table).values({**{name: bindparam(name) for name in filled}, **found}), named)
    else:
        _copy_in(connection, table, filled)


def _copy_in(connection: Connection, table: Table, filled: Mapping[str, Sequence[Any]]) -> None:
    """Send rows in one stream, which takes a tenth of the time of as many statements."""
    direct: Any = connection.connection.driver_connection
    names = ", ".join(f'"{name}"' for name in filled)
    with direct.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as stream:
        for row in zip(*filled.values(), strict=True):
            stream.write_row(row)


_TOGETHER = 20
"""Rows that one statement adds: to begin a statement costs more than to add a row."""


def _put_in_file(
    connection: Connection,
    table: Table,
    filled: Mapping[str, Sequence[Any]],
    found: Mapping[str, ColumnElement[Any]],
    prefix: str,
) -> None:
    values: dict[str, Any] = {**dict.fromkeys(filled), **found}
    compiled = insert(table).values(values).compile(dialect=connection.dialect)
    names = [name.removeprefix(prefix) for name in compiled.positiontup or filled]
    rows = list(zip(*[filled[name] for name in names], strict=True))
    head, one = str(compiled).split(" VALUES ", 1)
    whole = len(rows) - len(rows) % _TOGETHER
    if whole:
        several = f"{head} VALUES {', '.join([one] * _TOGETHER)}"
        starts = range(0, whole, _TOGETHER)
        parts = [tuple(chain.from_iterable(rows[start : start + _TOGETHER])) for start in starts]
        connection.exec_driver_sql(several, parts)
    if rows[whole:]:
        connection.exec_driver_sql(str(compiled), rows[whole:])


def as_one_text(session: Session, ids: Select[Any]) -> Select[str]:
    """Return a SELECT of one text: the only column of another, with commas. Three to six times faster than rows."""
    inner = ids.subquery()
    if session.get_bind().dialect.name == "postgresql":
        return select(func.string_agg(cast(inner.c[0], String), ","))
    return select(func.group_concat(inner.c[0]))


def texts_of(session: Session, column: ColumnElement[Any], between: str) -> ColumnElement[str]:
    """Return the aggregate that joins a column's values to one text.

    What stands between is written into the statement: as a parameter, SQLite would copy it for every row.
    """
    written = literal(between, literal_execute=True)
    if session.get_bind().dialect.name == "postgresql":
        return func.string_agg(cast(column, String), written)
    return func.group_concat(column, written)


def as_json(session: Session, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column's value as JSON text, as a JSON column keeps it."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_json(column)
    return func.json_quote(column)


def as_json_object(session: Session, columns: Iterable[Column[Any]]) -> ColumnElement[Any]:
    """Return several columns of a row as one JSON object, by their names."""
    named = [part for column in columns for part in (literal(column.name), column)]
    if session.get_bind().dialect.name == "postgresql":
        return func.json_build_object(*named)
    return func.json_object(*named)


def from_json(session: Session, column: Column[Any], kept: Column[Any], key: str = "") -> ColumnElement[Any]:
    """Return what as_json (or, by its key, as_json_object) kept in a JSON column, in the type of the column it is for.

    JSON's null comes back as NULL.
    """
    if session.get_bind().dialect.name == "postgresql":
        path = cast([key] if key else [], postgresql.ARRAY(String))
        return cast(cast(column, postgresql.JSONB).op("#>>")(path), kept.type)
    return cast(func.json_extract(column, f"$.{key}" if key else "$"), kept.type)


def as_bytes(session: Session, column: Column[Any]) -> ColumnElement[bytes | None]:
    """Return a column's bytes just as they are stored, be they readable text or not."""
    if session.get_bind().dialect.name == "postgresql":
        return func.convert_to(cast(column, String), "UTF8", type_=LargeBinary)
    return cast(column, LargeBinary)


def is_stored_as(session: Session, column: Column[Any]) -> ColumnElement[bool]:
    """Say of each value of a column whether it is stored as the column's kind; SQLite would store any kind there."""
    if session.get_bind().dialect.name == "postgresql":
        return true()
    kind = column.type.dialect_impl(session.get_bind().dialect)
    wanted = "blob" if isinstance(kind, LargeBinary) else "integer" if _is_number(column) else "text"
    return func.typeof(column).in_((wanted, "null"))


def _is_number(column: Column[Any]) -> bool:
    decorated = getattr(column.type, "impl", column.type)
    return isinstance(decorated, Integer | BigInteger)


def write_many(session: Session, change: Update, names: Sequence[str], rows: Sequence[tuple[Any, ...]]) -> None:
    """Run an UPDATE once for each row of plain values, named in the order in which the statement has them.

    SQLAlchemy would look at each value of each row on the way, which takes longer than the writing itself.
    """
    compiled = change.compile(dialect=session.get_bind().dialect)
    plain: list[Any] = list(rows) if compiled.positional else [dict(zip(names, row, strict=True)) for row in rows]
    session.connection().exec_driver_sql(str(compiled), plain)


class _Share(GenericFunction[int]):
    """tagwell_share(salt, key): what shares.share_of says, in SQL."""

    type = Integer()
    name = SHARE
    inherit_cache = True


def share(salt: str, key: ColumnElement[Any]) -> Function[int]:
    """Return the number from 0 to 99 of a text column."""
    return func.tagwell_share(salt, key)


@compiles(_Share, "postgresql")
def _share_on_postgresql(element: _Share, compiler: Any, **options: Any) -> str:
    salt, key = (compiler.process(part, **options) for part in element.clauses)
    digest = f"sha256(convert_to({salt} || chr(10) || {key}, 'UTF8'))"
    return f"((('x' || encode(substring({digest} from 1 for 4), 'hex'))::bit(32)::bigint) %% {PARTS})"
