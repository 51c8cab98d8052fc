"""Counts the rows of every table of a file: how a copy is told to be the same shop."""

from collections.abc import Mapping
from typing import Any


def count_rows(connection: Any) -> dict[str, int]:
    """Return how many rows each table has; what SQLite keeps for its planner is not counted."""
    named = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1"
    )
    tables = [str(row[0]) for row in named.fetchall()]
    return {table: int(connection.execute(f'SELECT count(*) FROM main."{table}"').fetchone()[0]) for table in tables}


def is_whole_copy(connection: Any, counted: Mapping[str, int]) -> bool:
    """Read every page of a copy; say whether all make sense and every table has the rows that were counted before."""
    return connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok" and count_rows(connection) == counted
