"""Packed columns: in step with the rows in every transaction, and the same when they are made anew."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.order import Order, OrderState
from linecrm_desktop.models.packed import PackedColumn
from linecrm_desktop.store import packed
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.packed import Packs
from linecrm_desktop.store.packing import SOURCES, Source
from tests.maker import Maker

pytestmark = pytest.mark.files


@pytest.fixture(autouse=True)
def soon_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "WORTH", 5)
    monkeypatch.setattr(packed, "STRETCH", 20)


@pytest.fixture
def filled(database: Database, make: Maker) -> Iterator[Database]:
    with database.write() as session:
        for number in range(50):
            friend = make.friend(session, marketing=Marketing.ALLOWED if number % 3 else Marketing.UNKNOWN)
            make.order(session, friend, number, number * 100, state=list(OrderState)[number % 3])
            make.event(session, friend, list(EventKind)[number % 4], number, category=f"類別 {number % 7}")
    database.optimise()
    yield database


def rows(session: Session, source: Source) -> list[tuple[object, ...]]:
    """All rows of a table as SQL has them, by friend, in words and numbers."""
    columns = [source.table.c[name] for name in (*source.numbers, *source.texts)]
    found = session.execute(select(*columns)).all()
    return sorted(tuple(_plain(value) for value in row) for row in found)


def _plain(value: object) -> object:
    timestamp = getattr(value, "timestamp", None)
    return int(timestamp()) if timestamp else str(value) if isinstance(value, str) else value


def unpacked(session: Session, source: Source) -> list[tuple[object, ...]] | None:
    """The same from the packed columns."""
    parts = Packs(session).parts(source)
    if parts is None:
        return None
    found: list[tuple[object, ...]] = []
    for part in parts:
        columns: list[list[object]] = []
        length = len(part.columns[source.friend].numbers())
        for name in (*source.numbers, *source.texts):
            if name == source.by:
                columns.append([part.kind] * length)
                continue
            column = part.columns[name]
            numbers = column.numbers().tolist()
            assert (min(numbers), max(numbers)) == (column.low, column.high)
            columns.append([column.words[n] for n in numbers] if column.words is not None else numbers)
        found += zip(*columns, strict=True)
    return sorted(found)  # type: ignore[type-var]


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_packed_columns_hold_what_the_rows_hold(filled: Database, source: Source) -> None:
    with filled.read() as session:
        assert unpacked(session, source) == rows(session, source)


CHANGES: dict[str, Callable[[Session, Maker], object]] = {
    "an order comes": lambda session, make: make.order(session, 1),
    "an event comes": lambda session, make: make.event(session, 1, EventKind.VISIT, category="new"),
    "a friend comes": lambda session, make: make.friend(session),
    "a friend goes": lambda session, make: session.execute(delete(Friend).where(Friend.id == 7)),
    "the newest friend goes": lambda session, make: session.execute(delete(Friend).where(Friend.id == 50)),
    "a friend refuses": lambda session, make: session.execute(update(Friend).values(marketing=Marketing.REFUSED)),
    "an order is cancelled": lambda session, make: session.execute(update(Order).values(state=OrderState.CANCELLED)),
    "orders move": lambda session, make: session.execute(update(Order).values(at=make.now - timedelta(days=1))),
    "events go": lambda session, make: session.execute(delete(Event).where(Event.id > 40)),
    "another friend's": lambda session, make: session.execute(update(Event).values(friend_id=3)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_no_write_leaves_packed_columns_behind(
    filled: Database, make: Maker, change: Callable[[Session, Maker], object]
) -> None:
    for _again in range(2):
        with filled.write() as session:
            change(session, make)
        with filled.read() as session:
            for source in SOURCES.values():
                assert unpacked(session, source) in (rows(session, source), None)
        with filled.write() as session:
            make.event(session, 1, EventKind.CLICK)
        filled.optimise()


def test_rows_that_come_one_by_one_are_packed_later_and_never_missed(filled: Database, make: Maker) -> None:
    for number in range(30):
        with filled.write() as session:
            make.event(session, 1 + number, EventKind.CLICK)
        if number % 4 == 0:
            filled.optimise()
        with filled.read() as session:
            assert unpacked(session, SOURCES["event"]) in (rows(session, SOURCES["event"]), None)


def test_what_rules_do_not_ask_about_drops_nothing(filled: Database) -> None:
    with filled.write() as session:
        session.execute(update(Friend).values(name="Mei"))
    with filled.read() as session:
        assert all(unpacked(session, source) is not None for source in SOURCES.values())


def test_a_change_that_is_taken_back_drops_nothing(filled: Database) -> None:
    with pytest.raises(RuntimeError), filled.write() as session:
        session.execute(delete(Event))
        raise RuntimeError
    with filled.read() as session:
        assert unpacked(session, SOURCES["event"]) == rows(session, SOURCES["event"])


def test_making_them_anew_changes_nothing(filled: Database) -> None:
    kept = PackedColumn
    columns = (kept.source, kept.last_id, kept.kind, kept.name, kept.type, kept.low, kept.high, kept.words, kept.data)
    with filled.read() as session:
        before = sorted(map(repr, session.execute(select(*columns))))
    filled.optimise()
    with filled.read() as session:
        assert sorted(map(repr, session.execute(select(*columns)))) == before
    with filled.write() as session:
        session.execute(delete(PackedColumn))
    filled.optimise()
    with filled.read() as session:
        assert sorted(map(repr, session.execute(select(*columns)))) == before
    assert before


def test_a_text_that_cannot_be_told_from_two_is_left_to_sql(filled: Database, make: Maker) -> None:
    with filled.write() as session:
        make.event(session, 1, EventKind.CLICK, category="a\x1fb")
    filled.optimise()
    with filled.read() as session:
        assert unpacked(session, SOURCES["event"]) is None


def test_small_tables_are_not_packed(database: Database, make: Maker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "WORTH", 100)
    with database.write() as session:
        make.order(session, make.friend(session))
    database.optimise()
    with database.read() as session:
        assert session.scalars(select(PackedColumn.id)).all() == []
        assert Packs(session).parts(SOURCES["orders"]) is None
