"""Which tables are packed, which of their columns, and when a packed table is dropped. store.packed does the rest.

Apart from it, because every write asks here and numpy is slow to load. Only columns that are never empty are packed.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, delete
from sqlalchemy.orm import Session

from linecrm_desktop.models.base import Row
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.models.packed import PackedColumn

PACKED: Table[Any] = PackedColumn.metadata.tables[PackedColumn.__tablename__]


@dataclass(frozen=True, slots=True)
class Source:
    """A packed table: the column of friends, the column it is divided by, columns of numbers, columns of text."""

    table: Table[Any]
    friend: str
    by: str | None
    numbers: tuple[str, ...]
    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def needs(self) -> frozenset[str]:
        """The table, and its columns that are packed."""
        return frozenset((self.name, *(f"{self.name}.{column}" for column in (*self.numbers, *self.texts))))


def _source(row: type[Row], friend: str, by: str | None, numbers: str, texts: str) -> Source:
    return Source(Row.metadata.tables[row.__tablename__], friend, by, tuple(numbers.split()), tuple(texts.split()))


SOURCES = {
    source.name: source
    for source in (
        _source(Friend, "id", None, "id is_blocked", "marketing informed can_opt_out"),
        _source(Order, "friend_id", "state", "friend_id at total", "state"),
        _source(Event, "friend_id", "kind", "friend_id at", "kind category"),
    )
}


def drop(session: Session, changed: set[str]) -> None:
    """Drop the columns of tables of which these rows ("friend") or columns ("friend.marketing") were changed."""
    worn = [source.name for source in SOURCES.values() if not changed.isdisjoint(source.needs)]
    if worn:
        session.execute(delete(PACKED).where(PACKED.c.source.in_(worn)))
