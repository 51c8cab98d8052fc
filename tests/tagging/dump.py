"""The whole shop as text, but for what remembers operations: two equal ones are the same shop to the byte."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from linecrm_desktop.models.all import METADATA

REMEMBERS = {"change", "tag_operation"}


def dump(session: Session) -> str:
    """Return every row of every table that is not a journal, each value as the database gives it."""
    session.flush()
    lines: list[str] = []
    for table in METADATA.sorted_tables:
        if table.name in REMEMBERS:
            continue
        columns = ", ".join(column.name for column in table.columns)
        keys = ", ".join(column.name for column in table.primary_key)
        rows = session.execute(text(f"SELECT {columns} FROM {table.name} ORDER BY {keys}"))
        lines += [f"{table.name}: {' | '.join(map(repr, row))}" for row in rows]
    return "\n".join(lines)
