"""Kept sets: always what SQL says, read only when something they hang on was written, gone at any time."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import Stopped
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag
from linecrm_desktop.segments import counting, library, to_sql
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Compare,
    Did,
    HasTag,
    InSegment,
    Joined,
    LastOrder,
    NoneOf,
    Orders,
    Rule,
    Spent,
)
from linecrm_desktop.store import packed
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.interrupting import Reading
from linecrm_desktop.store.packed import Packs
from linecrm_desktop.store.packing import SOURCES
from tests.maker import Maker
from tests.segments.filled import OTHERS, fill
from tests.segments.trees import trees


def by_sql(session: Session, rule: Rule, day: ShopDay) -> list[int]:
    return sorted(session.scalars(to_sql.members(rule, day, OTHERS)))


def kept(session: Session, rule: Rule, day: ShopDay) -> list[int]:
    return counting.ids(Counting(session, day, OTHERS).who(rule))


@pytest.fixture(params=["rows", pytest.param("packed columns", marks=pytest.mark.files)])
def packs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether long tables are packed; in a test every table is long."""
    if request.param == "packed columns":
        monkeypatch.setattr(packed, "WORTH", 5)
        monkeypatch.setattr(packed, "STRETCH", 20)
    return request.param == "packed columns"


def test_kept_sets_and_the_one_select_hold_the_same_friends(
    database: Database, make: Maker, day: ShopDay, packs: bool
) -> None:
    with database.write() as session:
        fill(session, make)
    database.optimise()
    with database.read() as session:
        assert (Packs(session).parts(SOURCES["orders"]) is not None) == packs

        @settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
        @given(trees)
        def agree(tree: Rule) -> None:
            assert kept(session, tree, day) == by_sql(session, tree, day)

        agree()


@pytest.mark.parametrize(
    "rule",
    [
        Orders(Compare.AT_LEAST, 2),
        Orders(Compare.AT_MOST, 1, days=60),
        Orders(Compare.BETWEEN, 1, 2),
        Spent(Compare.AT_LEAST, 2000, days=60),
        Spent(Compare.BETWEEN, 1000, 3000),
        LastOrder(30),
        Did(EventKind.CLICK, Compare.AT_LEAST, 2),
        Did(EventKind.CLICK, category="serum", days=None),
        Did(EventKind.MENU, Compare.EXACTLY, 0, "linen", days=7),
    ],
    ids=repr,
)
@pytest.mark.files
def test_questions_over_long_tables_are_answered_from_packed_columns(
    database: Database, make: Maker, day: ShopDay, rule: Rule, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "WORTH", 5)
    with database.write() as session:
        fill(session, make)
    database.optimise()
    with database.read() as session:
        noted = Asked(session)
        found = kept(session, rule, day)
        assert noted.of_rows == 0
        assert found == by_sql(session, rule, day)


@pytest.mark.files
def test_writes_of_another_program_are_noticed(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag, friend = make.tag(session, "Serum"), make.friend(session)
    rule = HasTag((tag,))
    for _again in range(3):
        with database.read() as session:
            assert counting.count(session, rule, day) == 0
        with closing(sqlite3.connect(database.path)) as other:
            other.execute("INSERT INTO friend_tag VALUES (?, ?, 'hand', 0, '', NULL, NULL)", (tag, friend))
            other.commit()
        with database.read() as session:
            assert counting.count(session, rule, day) == 1
        with database.write() as session:
            session.execute(delete(FriendTag))
            make.friend(session)


class Asked:
    """Counts the SELECTs that a session sends."""

    def __init__(self, session: Session) -> None:
        self.count = 0
        self.of_rows = 0
        session.connection().connection.driver_connection.set_trace_callback(self._note)  # type: ignore[union-attr]

    def _note(self, sql: str) -> None:
        self.count += sql.startswith("SELECT group_concat")
        self.of_rows += sql.startswith("SELECT group_concat") and "row_id" not in sql


@pytest.fixture
def ask(database: Database, day: ShopDay) -> Callable[[Rule], int]:
    """How many sets a count reads."""

    def asked(rule: Rule) -> int:
        with database.read() as session:
            noted = Asked(session)
            Counting(session, day, OTHERS).count(rule)
            return noted.count

    return asked


@pytest.mark.files
def test_only_what_changed_is_read_again(database: Database, make: Maker, ask: Callable[[Rule], int]) -> None:
    with database.write() as session:
        fill(session, make)
    clicked, tagged, first = Did(EventKind.CLICK), HasTag((1,)), Joined(days=7)
    assert ask(AllOf((clicked, tagged, first))) == 3
    assert ask(NoneOf((AnyOf((first, tagged)), clicked))) == 1  # everybody, so that there is a rest
    assert ask(AnyOf((NoneOf((AllOf((first, tagged)),)), clicked))) == 0
    assert ask(AllOf((clicked, tagged, Joined(days=8)))) == 1
    with database.write() as session:
        make.event(session, 1, EventKind.CLICK)
    assert ask(AllOf((clicked, tagged, first))) == 1
    with database.write() as session:
        session.execute(update(Friend).values(name="Mei"))
    assert ask(AllOf((clicked, tagged, first))) == 0
    with database.write() as session:
        session.execute(update(Friend).values(joined_at=make.ago(3)))
    assert ask(AllOf((clicked, tagged, first))) == 1


@pytest.mark.files
def test_what_was_taken_back_drops_nothing(database: Database, make: Maker, ask: Callable[[Rule], int]) -> None:
    with database.write() as session:
        fill(session, make)
    rule = AllOf((HasTag((1,)), LastOrder(30)))
    ask(rule)
    with database.write() as session:
        make.give(session, 1, make.friend(session))
        session.rollback()
    with pytest.raises(RuntimeError), database.write() as session:
        make.give(session, 1, make.friend(session))
        raise RuntimeError
    database.optimise()
    assert ask(rule) == 0


@pytest.mark.files
def test_kept_sets_can_be_thrown_away_at_any_time(database: Database, make: Maker, ask: Callable[[Rule], int]) -> None:
    with database.write() as session:
        fill(session, make)
    assert ask(HasTag((1,))) == 1
    database.kept.forget()
    assert ask(HasTag((1,))) == 1
    assert ask(HasTag((1,))) == 0


@pytest.mark.files
def test_kept_sets_never_take_more_than_their_limit(
    database: Database, make: Maker, day: ShopDay, ask: Callable[[Rule], int]
) -> None:
    with database.write() as session:
        fill(session, make)
    database.kept.most_bytes = 30_000
    for days in range(200):
        ask(Joined(days=days))
        assert database.kept.size <= 30_000
    assert ask(Joined(days=199)) == 0
    assert ask(Joined(days=0)) == 1


def test_a_writer_counts_what_it_has_not_committed(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        fill(session, make)
    with database.read() as session:
        before = counting.count(session, HasTag((1,)), day)
    with database.write() as session:
        make.give(session, 1, make.friend(session))
        assert counting.count(session, HasTag((1,)), day) == before + 1
        session.rollback()
    with database.read() as session:
        assert counting.count(session, HasTag((1,)), day) == before


def test_a_reader_of_an_older_moment_leaves_nothing_false_behind(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        fill(session, make)
    rule = HasTag((1,))
    with database.read() as older:
        before = library.count(older, rule, day)
        with database.write() as session:
            make.give(session, 1, make.friend(session))
        assert counting.count(older, rule, day) == before
    with database.read() as session:
        assert counting.count(session, rule, day) == before + 1


def test_an_incomplete_rule_blocks(database: Database, day: ShopDay) -> None:
    with database.read() as session:
        with pytest.raises(ShopError, match="not complete"):
            counting.count(session, AllOf(), day)
        with pytest.raises(ShopError) as refused:
            Counting(session, day, {1: AllOf((InSegment(1),))}).count(InSegment(1))
        assert "cannot contain itself" in refused.value.advice


def test_an_interrupted_reader_stops_and_leaves_the_next_alone(database: Database, day: ShopDay) -> None:
    reading = Reading()
    with pytest.raises(Stopped), database.read(reading) as session:
        reading.interrupt()
        counting.count(session, Joined(days=30), day)
    with database.read() as session:
        assert counting.count(session, Joined(days=30), day) == 0


def test_days_of_the_shop_are_counted_apart(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        make.friend(session, joined_at=make.ago(0))
    later = ShopDay(day.today + timedelta(days=3), day.zone)
    with database.read() as session:
        assert [counting.count(session, Joined(days=2), when) for when in (day, later)] == [1, 0]
