"""Changes rows of any table and writes down what they held before, so that the whole operation can be taken back.

Values stand in the journal as the shop file keeps them: moments as whole seconds, days as ISO dates.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from sqlalchemy import Column, Date, Table, and_, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.models.base import Moment, Row
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.tag import FriendTag
from linecrm_desktop.models.tagging import OperationKind, TagOperation

JOURNAL = Change.metadata.tables[Change.__tablename__]
CARRIED = FriendTag.metadata.tables[FriendTag.__tablename__]
P = ParamSpec("P")
T = TypeVar("T")
Values = dict[str, Any]
"""A row, or some of its columns, as the journal keeps them."""


class Line(NamedTuple):
    """One line of an operation's journal. An empty field stands for the whole row."""

    entity: str
    entity_id: int
    field: str
    before: Any
    after: Any


def action(operation_id: int) -> str:
    """Return the journal's name for all that an operation changed."""
    return f"tagging:{operation_id}"


def plain(value: Any) -> Any:
    """Return a value as the journal keeps it."""
    if isinstance(value, datetime):
        return int(value.timestamp())
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, StrEnum) else value


def typed(column: Column[Any], value: Any) -> Any:
    """Return what the journal kept as the column takes it."""
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromtimestamp(value, UTC)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def typed_row(table: Table, values: Mapping[str, Any]) -> Values:
    """Return a row of the journal as its table takes it."""
    return {name: typed(table.c[name], value) for name, value in values.items()}


def key_of(table: Table, values: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what tells a row of the journal from all others of its table."""
    return tuple(values[column.name] for column in table.primary_key)


class Recording:
    """One operation while it is done. Make it with `begin`."""

    def __init__(self, session: Session, operation_id: int, now: datetime) -> None:
        self._session = session
        self.operation_id = operation_id
        self.now = now

    def change(self, table: Table, row_id: int, **values: Any) -> None:
        """Change columns of one row that has an id."""
        self._session.flush()
        row = self._session.execute(select(*(table.c[name] for name in values)).where(table.c.id == row_id)).one()
        lines: list[Values] = []
        for name, before, after in zip(values, row, values.values(), strict=True):
            if plain(before) != plain(after):
                lines.append({**self._line(table, row_id, name), "before": plain(before), "after": plain(after)})
        if lines:
            self._session.execute(update(table).where(table.c.id == row_id).values(values))
            self._write(lines)

    def add(self, table: Table, entity_id: int, row: Mapping[str, Any]) -> None:
        """Add one row; `entity_id` is the row's own id, or that of the tag or friend it belongs to."""
        self.added(table, entity_id, row)
        self._session.execute(insert(table).values(dict(row)))
        self._session.expire_all()

    def added(self, table: Table, entity_id: int, row: Mapping[str, Any]) -> None:
        """Write down a row that was just added."""
        whole = {name: plain(value) for name, value in row.items()}
        self._write([{**self._line(table, entity_id), "before": None, "after": whole}])

    def drop(self, table: Table, entity_id: int, row: Mapping[str, Any]) -> None:
        """Remove one row, given whole."""
        self._session.execute(delete(table).where(_is(table, row)))
        whole = {name: plain(value) for name, value in row.items()}
        self._write([{**self._line(table, entity_id), "before": whole, "after": None}])

    def carry(self, pairs: Sequence[tuple[Values | None, Values | None]]) -> None:
        """Change which tags friends carry: (row before, row after) as the table holds them; None: there is none."""
        gone = [before for before, after in pairs if before is not None and after is None]
        fresh = [after for before, after in pairs if before is None and after is not None]
        moved = [after for before, after in pairs if before is not None and after is not None]
        self._session.flush()
        take_rows(self._session, gone)
        put_rows(self._session, fresh)
        write_rows(self._session, moved)
        self._write(
            {
                **self._line(CARRIED, (after or before or {})["friend_id"]),
                "before": _plain_row(before),
                "after": _plain_row(after),
            }
            for before, after in pairs
        )

    def _line(self, table: Table, entity_id: int, field: str = "") -> Values:
        told = {"action": action(self.operation_id), "at": self.now, "entity": table.name}
        return {**told, "entity_id": entity_id, "field": field}

    def _write(self, lines: Iterable[Values]) -> None:
        rows = list(lines)
        if rows:
            self._session.connection().execute(insert(JOURNAL), rows)
        self._session.expire_all()


def whole(work: Callable[Concatenate[Session, P], T]) -> Callable[Concatenate[Session, P], T]:
    """Let work on tags be done as a whole or not at all, also for a caller that goes on after an error."""

    @wraps(work)
    def done(session: Session, /, *told: P.args, **named: P.kwargs) -> T:
        session.flush()
        nested = session.begin_nested()
        try:
            found = work(session, *told, **named)
            nested.commit()
        except BaseException:
            nested.rollback()
            session.expire_all()  # what was changed by statements is not known to the session
            raise
        return found

    return done


def begin(
    session: Session, kind: OperationKind, what: Values, now: datetime, *, by: str = "", bundle: str | None = None
) -> Recording:
    """Begin an operation. `what` is what history shows of it."""
    row = TagOperation(kind=kind, at=now, by=by, bundle=bundle, what=what)
    session.add(row)
    session.flush()
    return Recording(session, row.id, now)


def table_of(name: str) -> Table:
    """Return the table of a journal's line."""
    return Row.metadata.tables[name]


def take_rows(session: Session, rows: Sequence[Values]) -> None:
    """Remove rows of friends' tags."""
    if rows:
        mine = and_(CARRIED.c.tag_id == bindparam("t"), CARRIED.c.friend_id == bindparam("f"))
        keys = [{"t": row["tag_id"], "f": row["friend_id"]} for row in rows]
        session.connection().execute(delete(CARRIED).where(mine), keys)
        session.expire_all()


def put_rows(session: Session, rows: Sequence[Values]) -> None:
    """Add rows of friends' tags."""
    if rows:
        session.connection().execute(insert(CARRIED), list(rows))
        session.expire_all()


def write_rows(session: Session, rows: Sequence[Values]) -> None:
    """Write over rows of friends' tags that are there."""
    if rows:
        mine = and_(CARRIED.c.tag_id == bindparam("t"), CARRIED.c.friend_id == bindparam("f"))
        names = [name for name in rows[0] if name not in ("tag_id", "friend_id")]
        change = update(CARRIED).where(mine).values({name: bindparam(f"n_{name}") for name in names})
        told = [
            {"t": row["tag_id"], "f": row["friend_id"], **{f"n_{name}": row[name] for name in names}} for row in rows
        ]
        session.connection().execute(change, told)
        session.expire_all()


def carriers(session: Session, tag_id: int) -> dict[int, Values]:
    """Return the rows of all friends who carry a tag, by friend."""
    rows = session.execute(select(*CARRIED.c).where(CARRIED.c.tag_id == tag_id)).mappings()
    return {row["friend_id"]: dict(row) for row in rows}


def _plain_row(row: Values | None) -> Values | None:
    return None if row is None else {name: plain(value) for name, value in row.items()}


def _is(table: Table, row: Mapping[str, Any]) -> Any:
    return and_(*(column == row[column.name] for column in table.primary_key))
