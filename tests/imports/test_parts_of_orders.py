"""Orders one of whose rows cannot be taken, or one of whose units was cancelled: never silently less money."""

import pytest
from sqlalchemy import func, select

from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, counts
from tests.imports.test_orders_and_events import HEADER, orders


@pytest.mark.parametrize(
    ("bad", "good", "why"),
    [
        ("A,2026-05-01,1,Tea,1,,6o.00,paid", "A,2026-05-01,1,Cup,1,,,", "amount"),
        ("A,someday,1,Tea,1,,60,paid", "A,2026-05-01,1,Cup,1,,,", "date"),
        ("A,2026-05-01,1,Tea,some,500,,paid", "A,2026-05-01,1,Cup,1,500,,paid", "number"),
        ("A,2026-05-01,1,Tea,1,500,,paid,,x", "A,2026-05-01,1,Cup,1,500,,paid", "cells"),
    ],
)
@pytest.mark.parametrize("bad_first", [True, False])
def test_an_order_one_of_whose_rows_cannot_be_taken_is_not_taken(
    database: Database, bring_in: BringIn, bad: str, good: str, why: str, *, bad_first: bool
) -> None:
    rows = (bad, good) if bad_first else (good, bad)
    report = bring_in(HEADER, *rows, "B,2026-05-02,2,Tea,1,,60,paid")
    assert counts(report) == (1, 0, 0, 2)
    assert report.reasons == {why: 1, "order": 1}
    told = {row.why: row for row in report.rejected_rows}
    assert told["order"].sentence == f"Row {told[why].line} of the same order cannot be taken."
    assert orders(database, Order.total) == {"B": 6000}
    assert report.new_friends == 1


def test_an_order_that_was_not_taken_comes_in_whole_from_the_mended_file(database: Database, bring_in: BringIn) -> None:
    bring_in(HEADER, "A,2026-05-01,1,Tea,1,5oo,,paid", "A,2026-05-01,1,Cup,1,300,,paid")
    report = bring_in(HEADER, "A,2026-05-01,1,Tea,1,500,,paid", "A,2026-05-01,1,Cup,1,300,,paid")
    assert counts(report) == (2, 0, 0, 0)
    assert orders(database, Order.total) == {"A": 80_000}


UNITS = (HEADER, "A,2026-05-01,1,Tea,1,500,,delivered", "A,2026-05-01,1,Cup,1,300,,canceled")


def counted(database: Database) -> dict[str, bool]:
    with database.read() as session:
        return {
            product: told
            for product, told in session.execute(select(Goods.product, OrderLine.is_counted).join(OrderLine))
        }


def test_one_cancelled_unit_is_left_out_and_the_order_goes_on(database: Database, bring_in: BringIn) -> None:
    assert counts(bring_in(*UNITS)) == (2, 0, 0, 0)
    assert orders(database, Order.total) == {"A": 50_000}
    assert orders(database, Order.state) == {"A": OrderState.PLACED}
    assert counted(database) == {"Tea": True, "Cup": False}
    assert counts(bring_in(*UNITS)) == (0, 0, 2, 0)


def test_a_unit_that_is_cancelled_later_changes_its_order(database: Database, bring_in: BringIn) -> None:
    total = (HEADER, "A,2026-05-01,1,Tea,1,500,800,delivered", "A,2026-05-01,1,Cup,1,300,800,delivered")
    bring_in(*total)
    later = (*total[:2], total[2].replace("delivered", "canceled"))
    assert counts(bring_in(*later)) == (0, 2, 0, 0)
    assert counted(database) == {"Tea": True, "Cup": False}
    assert counts(bring_in(*later)) == (0, 0, 2, 0)
    assert counts(bring_in(*total)) == (0, 2, 0, 0)
    assert counted(database) == {"Tea": True, "Cup": True}


def test_a_report_without_goods_keeps_single_units_cancelled(database: Database, bring_in: BringIn) -> None:
    bring_in(*UNITS)
    bring_in("order number,date,member number,total,status", "A,2026-05-01,1,450,delivered")
    assert orders(database, Order.total) == {"A": 45_000}
    assert counted(database) == {"Tea": True, "Cup": False}
    bring_in("order number,date,member number,status", "A,2026-05-01,1,refunded")
    assert counted(database) == {"Tea": False, "Cup": False}


def test_an_order_all_of_whose_units_are_gone_counts_nothing(database: Database, bring_in: BringIn) -> None:
    rows = (HEADER, "A,2026-05-01,1,Tea,1,500,,refunded", "A,2026-05-01,1,Cup,1,300,,canceled")
    bring_in(*rows)
    assert orders(database, Order.state) == {"A": OrderState.REFUNDED}
    assert orders(database, Order.total) == {"A": 80_000}
    assert counted(database) == {"Tea": False, "Cup": False}
    assert counts(bring_in(*rows)) == (0, 0, 2, 0)


def test_an_order_whose_buyer_is_masked_is_refused_for_that(database: Database, bring_in: BringIn) -> None:
    report = bring_in("order number,date,phone,total", "A,2026-05-01,0912***678,500", "B,2026-05-01,0912345678,90")
    assert counts(report) == (1, 0, 0, 1)
    assert report.reasons == {"masked": 1}
    assert report.flagged == {}
    assert report.flagged_rows == ()
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 1


def test_a_masked_row_takes_the_buyer_of_its_order(bring_in: BringIn) -> None:
    report = bring_in(
        "order number,date,phone,product,total", "A,2026-05-01,0912345678,Tea,500", "A,2026-05-01,0912***678,Cup,500"
    )
    assert counts(report) == (2, 0, 0, 0)
    assert report.flagged == {"masked": 1}
