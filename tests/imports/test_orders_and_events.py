"""Orders made of one row or many, and events: each is there once, however often its file comes."""

from typing import Any

from sqlalchemy import func, select

from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.models.event import Event, EventKind
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Goods, Order, OrderLine, OrderState
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, counts
from tests.maker import Maker

HEADER = "order number,date,member number,product,quantity,line amount,total,status"


def orders(database: Database, column: Any) -> dict[str, Any]:
    with database.read() as session:
        return {number: value for number, value in session.execute(select(Order.number, column))}


def test_many_rows_make_one_order_with_its_total_once(database: Database, bring_in: BringIn) -> None:
    report = bring_in(
        HEADER,
        "A1,2026-11-01,1,Serum,1,680,1000,paid",
        "A1,,,Cream,2,320,1000,",
        "A2,2026-11-02,1,Soap,1,90,,paid",
        "A2,2026-11-02,1,Towel,1,110,,paid",
    )
    assert counts(report) == (4, 0, 0, 0)
    assert report.new_friends == 1
    assert orders(database, Order.total) == {"A1": 100_000, "A2": 20_000}
    with database.read() as session:
        bought = session.execute(
            select(Goods.product, OrderLine.quantity).join(OrderLine).order_by(Goods.product)
        ).all()
    assert [tuple(row) for row in bought] == [("Cream", 2), ("Serum", 1), ("Soap", 1), ("Towel", 1)]


def test_the_same_file_again_changes_nothing_and_a_refund_is_an_update(database: Database, bring_in: BringIn) -> None:
    rows = (HEADER, "A1,2026-11-01,1,Serum,1,680,680,paid", "A2,2026-11-02,2,Soap,1,90,90,paid")
    assert counts(bring_in(*rows)) == (2, 0, 0, 0)
    assert counts(bring_in(*rows)) == (0, 0, 2, 0)
    refund = (HEADER, "A1,2026-11-01,1,Serum,1,680,680,已退款", rows[2])
    assert counts(bring_in(*refund)) == (0, 1, 1, 0)
    assert orders(database, Order.state) == {"A1": OrderState.REFUNDED, "A2": OrderState.PLACED}
    with database.read() as session:
        counted = session.execute(select(Goods.product, OrderLine.is_counted).join(OrderLine).order_by(Goods.product))
        assert [tuple(row) for row in counted] == [("Serum", False), ("Soap", True)]


def test_a_log_of_dates_gives_each_date_an_order(database: Database, bring_in: BringIn) -> None:
    rows = ("id,date", "1,2026-01-01", "1,2026-01-01", "1,2026-02-01", "2,2026-01-01")
    assert counts(bring_in(*rows)) == (4, 0, 0, 0)
    assert counts(bring_in(*rows)) == (0, 0, 4, 0)
    with database.read() as session:
        each = select(func.count()).select_from(Order).group_by(Order.friend_id).order_by(func.count())
        assert list(session.scalars(each)) == [1, 3]
        assert session.scalar(select(func.count()).select_from(OrderLine)) == 0


def test_orders_find_the_friend_who_is_there(database: Database, bring_in: BringIn, make: Maker) -> None:
    with database.write() as session:
        friend = make.friend(session, email="mei@example.tw")
    assert bring_in("order number,date,email,total", "A1,2026-11-01,Mei@example.tw,100").new_friends == 0
    assert orders(database, Order.friend_id) == {"A1": friend}


def test_orders_of_nobody_without_a_date_or_in_other_money_are_rejected(bring_in: BringIn) -> None:
    report = bring_in(
        "order number,date,member number,total,currency",
        "A1,2026-11-01,,100,TWD",
        "A2,,1,100,TWD",
        "A3,2026-11-01,1,100,JPY",
        "A4,2026-11-01,1,about 100,TWD",
        "A5,2026-11-01,1,100,twd",
    )
    assert counts(report) == (1, 0, 0, 4)
    assert report.reasons == {"nobody": 1, "date": 1, "currency": 1, "amount": 1}


def test_people_of_orders_are_one_friend_whatever_key_names_them(database: Database, bring_in: BringIn) -> None:
    one = f"U{1:032x}"
    report = bring_in(
        "order number,date,line user id,member number,email,total",
        f"A1,2026-11-01,{one},7,mei@example.tw,1",
        "A2,2026-11-02,,7,,1",
        "A3,2026-11-03,,,mei@example.tw,1",
    )
    assert (counts(report), report.new_friends) == ((3, 0, 0, 0), 1)
    with database.read() as session:
        friend = session.scalars(select(Friend)).one()
        assert (friend.line_user_id, friend.member_number, friend.email) == (one, "7", "mei@example.tw")


def test_events_are_there_once(database: Database, bring_in: BringIn) -> None:
    rows = (
        "event,date,member number,category,detail",
        "click,2026-11-01 10:00,1,Serum,autumn",
        "click,2026-11-01 10:00,1,Serum,autumn",
        "點擊,2026-11-02 10:00,1,Serum,autumn",
    )
    assert counts(bring_in(*rows, kind=Kind.EVENTS)) == (3, 0, 0, 0)
    assert counts(bring_in(*rows, kind=Kind.EVENTS)) == (0, 0, 3, 0)
    with database.read() as session:
        assert list(session.scalars(select(Event.kind))) == [EventKind.CLICK] * 3


def test_events_that_say_nothing_are_rejected(bring_in: BringIn) -> None:
    report = bring_in(
        "event,date,member number",
        "danced,2026-11-01,1",
        ",2026-11-01,1",
        "click,,1",
        kind=Kind.EVENTS,
    )
    assert report.reasons == {"event": 2, "date": 1}


def test_a_report_without_totals_and_goods_erases_neither(database: Database, bring_in: BringIn) -> None:
    bring_in(HEADER, "A1,2026-11-01,1,Serum,1,680,680,paid", "A2,2026-11-02,1,Soap,1,90,90,paid")
    status = ("order number,member number,date,status", "A1,1,2026-11-01,已退款", "A2,1,2026-11-02,paid")
    assert counts(bring_in(*status)) == (0, 1, 1, 0)
    assert orders(database, Order.total) == {"A1": 68_000, "A2": 9_000}
    assert orders(database, Order.state) == {"A1": OrderState.REFUNDED, "A2": OrderState.PLACED}
    with database.read() as session:
        goods = session.execute(select(Goods.product, OrderLine.is_counted).join(OrderLine).order_by(Goods.product))
        assert [tuple(row) for row in goods] == [("Serum", False), ("Soap", True)]


def test_an_amount_that_no_shop_has_is_rejected(bring_in: BringIn) -> None:
    report = bring_in(
        "order number,date,member number,total", "A1,2026-11-01,1,99999999999999999999", "A2,2026-11-01,1,5"
    )
    assert (counts(report), report.reasons) == ((1, 0, 0, 1), {"amount": 1})


def test_an_order_number_that_a_spreadsheet_rounded_is_refused_not_numbered_anew(bring_in: BringIn) -> None:
    report = bring_in(
        *("order number,order date,member number,product,total", "5.76461E+17,2026-05-01,1,Tea,500"),
        *("5.76461E+17,2026-05-01,1,Cup,500", "A***1,2026-05-01,1,Tea,500", "A2,2026-05-01,1,Tea,500"),
    )
    assert counts(report) == (1, 0, 0, 3)
    assert report.reasons == {"damaged": 2, "masked": 1}
