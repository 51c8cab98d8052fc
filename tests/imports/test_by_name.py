"""Orders whose buyers have nothing but a name."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from linecrm_desktop.imports import decisions
from linecrm_desktop.imports import run as importing
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, contents, counts, plan_for
from tests.maker import Maker

HEADER = "order number,date,customer name,total"


def buyers(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {number: friend for number, friend in session.execute(select(Order.number, Order.friend_id))}


def test_a_name_finds_its_only_friend_or_makes_one(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session, name="Mei Lin")
    rows = (HEADER, "A,2026-05-01,mei lin,1", "B,2026-05-02,髙橋 花子,2", "C,2026-05-03,髙橋花子,3", "D,,Wu,4")
    report = bring_in(*rows)
    assert (counts(report), report.new_friends) == ((3, 0, 0, 1), 1)
    found = buyers(database)
    assert found["A"] == mei and found["B"] == found["C"] != mei
    before = contents(database)
    again = bring_in(*rows)
    assert (counts(again), again.new_friends) == ((0, 0, 3, 1), 0)
    assert contents(database) == before


def test_orders_without_a_number_are_the_same_the_second_time(database: Database, bring_in: BringIn) -> None:
    rows = ("date,customer name,total", "2026-05-01,Mei,1", "2026-05-01,Mei,2", "2026-05-01,Kai,3")
    assert counts(bring_in(*rows)) == (3, 0, 0, 0)
    assert counts(bring_in(*rows)) == (0, 0, 3, 0)


def test_a_name_that_is_masked_shared_or_anybodys_is_no_key(bring_in: BringIn, database: Database, make: Maker) -> None:
    with database.write() as session:
        make.friend(session, name="Mei")
        make.friend(session, name="Mei")
    report = bring_in(HEADER, "A,2026-05-01,王○明,1", "B,2026-05-02,Mei,2", "C,2026-05-03,Guest,3", "D,2026-05-04,,4")
    told = [(row.line, row.why) for row in report.rejected_rows]
    assert told == [(2, "masked"), (3, "conflict"), (4, "nobody"), (5, "nobody")]
    assert report.new_friends == 0


def test_a_person_decides_whose_order_it_is(database: Database, tmp_path: Path, make: Maker, now: datetime) -> None:
    with database.write() as session:
        make.friend(session, name="Mei")
        second = make.friend(session, name="Mei")
    path = tmp_path / "orders.csv"
    path.write_text(f"{HEADER}\nA,2026-05-01,Mei,1\n", encoding="utf-8")
    plan = plan_for(path)
    (row,) = importing.dry_run(database, plan, Task(), now).samples
    with database.read() as session:
        asked = decisions.decision(session, plan, 2, row.cells)
    assert [friend.values[0] for friend in asked.friends] == ["Mei", "Mei"]
    importing.run(database, replace(plan, decisions={2: second}), Task(), now)
    assert buyers(database) == {"A": second}


def test_names_are_no_keys_where_the_file_has_others(bring_in: BringIn, database: Database) -> None:
    report = bring_in(f"{HEADER},email", "A,2026-05-01,Mei,1,mei@example.tw", "B,2026-05-02,Kai,2,")
    assert (counts(report), report.reasons) == ((1, 0, 0, 1), {"nobody": 1})
    with database.read() as session:
        assert list(session.scalars(select(Friend.name))) == ["Mei"]
