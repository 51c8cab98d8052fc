"""How SQLite goes about it after an import: no sorting, and never a table where its index has all that is asked."""

import pytest
from sqlalchemy import text

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import to_sql
from linecrm_desktop.segments.rules import Bought, Compare, Did, HasTag, LastOrder, Orders, Rule, Spent, TagMatch
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.segments.filled import fill

pytestmark = pytest.mark.files

LEAST = Compare.AT_LEAST


@pytest.mark.parametrize(
    "rule",
    [  # how often of one category is sorted: few rows, found by the category
        HasTag((1,)),
        HasTag((1, 2, 3), TagMatch.NONE),
        Did(EventKind.CLICK, LEAST, 3, days=90),
        Did(EventKind.CLICK, LEAST, 1, days=None),
        Did(EventKind.CLICK, Compare.EXACTLY, 0),
        Spent(LEAST, 5000, days=365),
        Spent(LEAST, 5000),
        Orders(LEAST, 2, days=365),
        Orders(Compare.EXACTLY, 0),
        LastOrder(180),
        Bought("serum", days=60),
    ],
    ids=repr,
)
def test_a_rule_is_counted_without_sorting(database: Database, make: Maker, day: ShopDay, rule: Rule) -> None:
    with database.write() as session:
        fill(session, make, friends=400)
    database.optimise()
    with database.read() as session:
        query = to_sql.members(rule, day, {}).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
        plan = [row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {query}"))]
    assert not [step for step in plan if "TEMP B-TREE" in step]
    reads = [step for step in plan if step.startswith(("SCAN", "SEARCH")) and " friend" not in step]
    assert [step for step in reads if "COVERING INDEX" not in step and "PRIMARY KEY" not in step] == []


def test_an_import_leaves_whole_statistics_behind(database: Database, make: Maker) -> None:
    with database.write() as session:
        fill(session, make, friends=400)
    database.optimise()
    with database.read() as session:
        counted = session.execute(text("SELECT DISTINCT tbl FROM sqlite_stat1")).scalars().all()
        assert {"friend", "friend_tag", "orders", "order_line", "event"} <= set(counted)
        assert session.scalar(text("PRAGMA analysis_limit")) == 0


def test_a_second_import_is_counted_too(database: Database, make: Maker) -> None:
    for friends in (100, 300):
        with database.write() as session:
            for number in range(friends):
                make.friend(session, name=f"Friend {number}")
        database.optimise()
    with database.read() as session:
        counted = session.scalar(text("SELECT stat FROM sqlite_stat1 WHERE tbl = 'friend' AND idx = 'ix_friend_name'"))
    assert str(counted).split()[0] == "400"
