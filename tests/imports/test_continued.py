"""Rows under merged cells go on with the order above; a row that cannot be told says so."""

import pytest
from sqlalchemy import func, select

from linecrm_desktop.imports import pieces
from linecrm_desktop.models.order import Order, OrderLine
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, counts

HEADER = "訂單編號,訂單日期,姓名,手機,商品,數量,訂單金額"
ROWS = (
    "A1,2026-05-01,王小明,0912345678,茶,1,1000",
    ",,,,杯,2,",
    ",,,,盤,1,",
    "A2,2026-05-02,陳雅婷,0922333444,茶,1,300",
    ",,,,茶匙,1,",
)


def orders(database: Database) -> dict[str, tuple[int, int]]:
    with database.read() as session:
        lines = select(func.count()).where(OrderLine.order_id == Order.id).scalar_subquery()
        return {
            number: (total, count) for number, total, count in session.execute(select(Order.number, Order.total, lines))
        }


@pytest.mark.parametrize("size", [1, 2, 5_000])
def test_rows_below_the_first_of_an_order_are_its_goods(
    database: Database, bring_in: BringIn, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(pieces, "ROWS", size)
    assert counts(bring_in(HEADER, *ROWS)) == (5, 0, 0, 0)
    assert orders(database) == {"A1": (100_000, 3), "A2": (30_000, 2)}
    assert counts(bring_in(HEADER, *ROWS)) == (0, 0, 5, 0)


def test_cells_that_were_not_merged_say_the_same_again(database: Database, bring_in: BringIn) -> None:
    rows = ("A1,2026-05-01,王小明,0912345678,茶,1,1000", ",2026-05-01,王小明,0912345678,杯,2,1000")
    assert counts(bring_in(HEADER, *rows)) == (2, 0, 0, 0)
    assert orders(database) == {"A1": (100_000, 2)}


def test_another_buyer_or_day_is_another_order(database: Database, bring_in: BringIn) -> None:
    rows = (
        "A1,2026-05-01,王小明,0912345678,茶,1,1000",
        ",2026-05-01,林美,0922333444,杯,2,50",
        ",2026-05-03,,0912345678,杯,2,9",
    )
    assert counts(bring_in(HEADER, *rows)) == (3, 0, 0, 0)
    assert len(orders(database)) == 3


def test_without_order_numbers_a_row_goes_on_where_day_and_buyer_are_blank(
    database: Database, bring_in: BringIn
) -> None:
    rows = ("日期,手機,商品,小計", "2026-05-01,0912345678,茶,100", ",,杯,50", "2026-05-01,0912345678,茶,100")
    assert counts(bring_in(*rows)) == (3, 0, 0, 0)
    assert sorted(orders(database).values()) == [(10_000, 1), (15_000, 2)]
    assert counts(bring_in(*rows)) == (0, 0, 3, 0)


def test_a_row_that_cannot_be_told_says_so(bring_in: BringIn) -> None:
    report = bring_in(
        HEADER, ",,,,杯,2,", "A1,2026-05-01,王小明,0912345678,茶,1,1000", ",,,,,,70", "A2,2026-05-01,,,茶,1,1"
    )
    assert [(row.line, row.why) for row in report.rejected_rows] == [(2, "merged"), (4, "merged"), (5, "nobody")]
    assert report.rejected_rows[0].sentence.startswith("Row 2 is blank where the order and its buyer stand.")


def test_what_hangs_on_a_row_that_cannot_be_taken_is_not_taken_either(database: Database, bring_in: BringIn) -> None:
    report = bring_in(HEADER, "A***1,2026-05-01,王小明,0912345678,茶,1,1000", ",,,,杯,2,", *ROWS[3:])
    assert [(row.line, row.why) for row in report.rejected_rows] == [(2, "masked"), (3, "order")]
    report = bring_in(HEADER, ROWS[0], ",,,,杯,two,")
    assert [(row.line, row.why) for row in report.rejected_rows] == [(2, "order"), (3, "number")]
    assert set(orders(database)) == {"A2"}
