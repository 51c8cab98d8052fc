"""Long tables as columns of numbers: what SQLite walks row by row in half a second is read and compared in a hundredth.

The columns lie in the shop file and are never wrong: rows that came later are read beside them, and the transaction
that changes or deletes a packed row drops its table's columns. They are made anew after imports. Tables of a few
thousand rows have none; asking SQL is quick enough there.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from typing import cast as cast_to

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import String as Text
from sqlalchemy import cast, func, insert, select
from sqlalchemy.orm import Session

from linecrm_desktop.store.dialect import texts_of
from linecrm_desktop.store.packing import PACKED, SOURCES, Source

WORTH = 20_000
"""Rows from which on a stretch is packed."""
STRETCH = 500_000
"""Rows that are packed at once: reading twice as many would take more memory than the import before it."""
_END = "\x1f"
_RUN = "run"
Numbers = NDArray[Any]


@dataclass(frozen=True, slots=True)
class PartColumn:
    """A column of a stretch: its bounds at once, its numbers when asked for."""

    low: int
    high: int
    words: Sequence[str] | None
    load: Any
    is_run: bool = False
    """Every number from low to high, in order: friends of an import have such ids. Nothing is kept of it."""

    def numbers(self) -> Numbers:
        return self.load()


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of rows of one kind."""

    kind: str
    columns: dict[str, PartColumn]


class Packs:
    """The packed tables as one reading session sees them; what was loaded is kept as long as this object."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._parts: dict[str, list[Part] | None] = {}
        self._loaded: dict[int, Numbers] = {}

    def parts(self, source: Source) -> list[Part] | None:
        """Return all rows of a table in parts; None: it is not packed."""
        if source.name not in self._parts:
            self._parts[source.name] = self._find(source)
        return self._parts[source.name]

    def _find(self, source: Source) -> list[Part] | None:
        kept = PACKED.c
        query = select(kept.id, kept.last_id, kept.kind, kept.name, kept.low, kept.high, kept.words, kept.type)
        found: dict[tuple[int, str], Part] = {}
        for row in self._session.execute(query.where(kept.source == source.name)):
            part = found.setdefault((row.last_id, row.kind), Part(row.kind, {}))
            if row.type == _RUN:
                part.columns[row.name] = _run(row.low, row.high)
            else:
                load = partial(self._load, row.id, row.type)
                part.columns[row.name] = PartColumn(row.low, row.high, row.words, load)
        if not found:
            return None
        last = max(last_id for last_id, _kind in found)
        if (self._session.scalar(select(func.max(source.table.c.id))) or 0) <= last:
            return list(found.values())
        stretch = _stretch(self._session, source, last, 2 * WORTH)
        if stretch is None or stretch.is_cut:
            return None
        return [*found.values(), *stretch.parts()]

    def _load(self, row: int, type: str) -> Numbers:
        if row not in self._loaded:
            data = self._session.scalar(select(PACKED.c.data).where(PACKED.c.id == row))
            self._loaded[row] = np.frombuffer(data or b"", dtype=type)
        return self._loaded[row]


def unpacked(session: Session) -> Iterator[dict[str, Any]]:
    """Read what came since the last time, where packing it is worth it; yield the rows that `keep` writes."""
    for source in SOURCES.values():
        last = session.scalar(select(func.max(PACKED.c.last_id)).where(PACKED.c.source == source.name)) or 0
        while (stretch := _stretch(session, source, last, STRETCH)) is not None and stretch.rows >= WORTH:
            last = stretch.last_id
            for part in stretch.parts():
                yield from _rows(source, last, part)


def keep(session: Session, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write what was packed, nothing having been written to its tables since it was read."""
    if rows:
        session.execute(insert(PACKED), rows)


def _rows(source: Source, last_id: int, part: Part) -> Iterator[dict[str, Any]]:
    for name, column in part.columns.items():
        numbers = column.numbers()
        yield {
            "source": source.name,
            "last_id": last_id,
            "kind": part.kind,
            "name": name,
            "type": _RUN if column.is_run else numbers.dtype.str,
            "low": column.low,
            "high": column.high,
            "words": column.words,
            "data": b"" if column.is_run else numbers.tobytes(),
        }


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Rows just read: their columns as numbers, and the words of columns of text."""

    rows: int
    last_id: int
    is_cut: bool
    by: str | None
    numbers: dict[str, Numbers]
    words: dict[str, list[str]]

    def parts(self) -> Iterator[Part]:
        """Divide the rows by kind."""
        if not self.rows:
            return
        if self.by is None:
            yield self._part("", slice(None))
            return
        for code, kind in enumerate(self.words[self.by]):
            yield self._part(kind, np.flatnonzero(self.numbers[self.by] == code))

    def _part(self, kind: str, rows: Any) -> Part:
        columns: dict[str, PartColumn] = {}
        for name, numbers in self.numbers.items():
            if name != self.by:
                mine = np.ascontiguousarray(numbers[rows])
                low, high = int(mine.min()), int(mine.max())
                is_run = high - low + 1 == len(mine) > 1 and bool((np.diff(mine.astype(np.int64)) == 1).all())
                same = PartColumn(low, high, self.words.get(name), partial(_same, mine))
                columns[name] = _run(low, high) if is_run else same
        return Part(kind, columns)


def _run(low: int, high: int) -> PartColumn:
    return PartColumn(low, high, None, partial(np.arange, low, high + 1), is_run=True)


def _same(numbers: Numbers) -> Numbers:
    return numbers


def _stretch(session: Session, source: Source, after: int, most: int) -> _Stretch | None:
    """Read the next rows of a table; None when a text of theirs cannot be told from two."""
    table = source.table
    names = (*source.numbers, *source.texts)
    rows = select(table.c.id.label("row_id"), *[table.c[name] for name in names])
    rows = rows.where(table.c.id > after).order_by(table.c.id).limit(most)
    inner = rows.subquery()
    found = session.execute(
        select(
            func.count(),
            func.max(inner.c.row_id),
            *[texts_of(session, cast(inner.c[name], Text), _END) for name in names],
        )
    ).one()
    count, last, *texts = cast_to("tuple[Any, ...]", found)
    if not count:
        return _Stretch(0, after, False, source.by, {}, {})
    numbers: dict[str, Numbers] = {}
    words: dict[str, list[str]] = {}
    for name, text in zip(names, texts, strict=True):
        if name in source.texts:
            cells: list[str] = text.split(_END)
            if len(cells) != count:
                return None
            codes: dict[str, int] = {}
            coded = [codes.setdefault(cell, len(codes)) for cell in cells]
            words[name] = list(codes)
            numbers[name] = _narrow(np.array(coded, dtype=np.int64))
        else:
            numbers[name] = _narrow(np.fromstring(text, dtype=np.int64, sep=_END))
    return _Stretch(count, last, count == most, source.by, numbers, words)


def _narrow(numbers: Numbers) -> Numbers:
    """Return numbers in the narrowest type that holds them."""
    low, high = int(numbers.min()), int(numbers.max())
    for type in (np.uint8, np.uint16, np.int32):
        bounds = np.iinfo(type)
        if bounds.min <= low and high <= bounds.max:
            return numbers.astype(type)
    return numbers
