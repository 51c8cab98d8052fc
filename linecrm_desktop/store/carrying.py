"""Carries every row of a shop from one database to another, and proves that all arrived: counted and compared.

Packed columns stay behind: they are made of the other rows and are made anew where they are of use.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import JSON, Boolean, Connection, String, Table, TypeDecorator, cast, func, select, type_coerce
from sqlalchemy.types import NullType

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.all import METADATA
from linecrm_desktop.store.packing import PACKED
from linecrm_desktop.text import _

TABLES: tuple[Table, ...] = tuple(table for table in METADATA.sorted_tables if table is not PACKED)
"""All that is carried, what others point at before what points at it."""
_TOGETHER = 2_000
Cells = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What arrived of one table."""

    table: str
    rows: int
    hash: str
    """SHA-256 of all rows in the order of their keys, the same on both sides."""


def carry(source: Connection, target: Connection, task: Task) -> tuple[Carried, ...]:
    """Copy all rows and read them back; raise OutsideError, before anything is committed, where one differs."""
    total = sum(source.execute(select(func.count()).select_from(table)).scalar_one() for table in TABLES)
    done = 0
    told: list[Carried] = []
    for table in TABLES:
        sent = _Digest()
        _write(target, table, _watched(_read(source, table), sent, task, done, total))
        done += sent.rows
        told.append(Carried(table.name, sent.rows, sent.hex()))
    _prove(target, told, task)
    return tuple(told)


def _watched(
    parts: Iterator[list[Cells]], sent: "_Digest", task: Task, before: int, total: int
) -> Iterator[list[Cells]]:
    for rows in parts:
        task.raise_if_stopped()
        sent.add(rows)
        task.progress(before + sent.rows, total)
        yield rows


def contents(connection: Connection) -> tuple[Carried, ...]:
    """Count and hash every table of a shop."""
    return tuple(_contents(connection, table) for table in TABLES)


def _prove(target: Connection, told: Sequence[Carried], task: Task) -> None:
    for table, one in zip(TABLES, told, strict=True):
        task.raise_if_stopped()
        found = _contents(target, table)
        if found != one:
            raise OutsideError(
                _("The table “{table}” did not arrive whole: {found} of {n} rows. Nothing was changed.").format(
                    table=table.name, found=found.rows, n=one.rows
                ),
                _("Try again; if it happens twice, keep the shop where it is."),
                details=f"{found.hash} {one.hash}",
            )


def _contents(connection: Connection, table: Table) -> Carried:
    digest = _Digest()
    for rows in _read(connection, table):
        digest.add(rows)
    return Carried(table.name, digest.rows, digest.hex())


class _Digest:
    """A hash over rows as they pass."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def add(self, rows: Sequence[Cells]) -> None:
        self.rows += len(rows)
        for row in rows:
            self._hash.update(repr(row).encode("utf-8", "surrogatepass"))

    def hex(self) -> str:
        return self._hash.hexdigest()


def _read(connection: Connection, table: Table) -> Iterator[list[Cells]]:
    """Yield rows by their keys, as plain numbers, texts and bytes that are the same from every database."""
    bare = [cast(one, String) if _is_json(one) else type_coerce(one, NullType()) for one in table.columns]
    query = select(*[column.label(f"c{place}") for place, column in enumerate(bare)])
    query = query.order_by(*table.primary_key.columns).execution_options(yield_per=_TOGETHER)
    with connection.execute(query) as found:
        for rows in found.partitions():
            yield [tuple(_plain(cell) for cell in row) for row in rows]


def _plain(cell: Any) -> Any:
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell


def _write(connection: Connection, table: Table, parts: Iterator[list[Cells]]) -> None:
    """Write a table in one statement where the database looks up, at a statement's end, what rows point at."""
    direct: Any = connection.connection.driver_connection
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if connection.dialect.name != "postgresql":
        marks = ", ".join("?" * len(table.columns))
        for rows in parts:
            direct.executemany(f'INSERT INTO "{table.name}" ({names}) VALUES ({marks})', rows)
        return
    yes_or_no = [place for place, column in enumerate(table.columns) if isinstance(column.type, Boolean)]
    with direct.cursor() as cursor, cursor.copy(f'COPY "{table.name}" ({names}) FROM STDIN') as stream:
        for rows in parts:
            for row in rows:
                cells = list(row)
                for place in yes_or_no:
                    cells[place] = None if cells[place] is None else bool(cells[place])
                stream.write_row(cells)


def _is_json(column: Any) -> bool:
    kind = column.type
    return isinstance(kind.impl_instance if isinstance(kind, TypeDecorator) else kind, JSON)
