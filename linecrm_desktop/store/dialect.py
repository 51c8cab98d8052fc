"""The few statements that SQLite and PostgreSQL write each in their own way."""

from typing import Any

from sqlalchemy import ColumnElement, Table, func
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.orm import Session


def insert_missing(session: Session, table: Table | Any) -> SqliteInsert | PostgresInsert:
    """Return an INSERT that leaves rows alone whose key is there already; add values or a select to it."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def as_json(session: Session, column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a column's value as JSON text, as a JSON column keeps it."""
    if session.get_bind().dialect.name == "postgresql":
        return func.to_jsonb(column)
    return func.json_quote(column)
