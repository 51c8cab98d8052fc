"""Order lines repeat the friend and the moment of their order, also when a file without goods changes these."""

from collections.abc import Callable

from sqlalchemy import select

from linecrm_desktop.imports.undo import Undone
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.order import Order, OrderLine
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORDERS, BringIn, contents


def test_lines_go_with_their_order_to_another_friend_and_day_and_back(
    database: Database, bring_in: BringIn, take_back: Callable[..., Undone]
) -> None:
    bring_in(ORDERS, "A1,2026-05-01,1,Serum,1,500,500,", "A2,2026-05-01,2,Toner,2,300,300,")
    before = contents(database)
    report = bring_in("order number,date,member number,total", "A1,2026-06-02,2,500")
    with database.read() as session:
        other = session.scalar(select(Friend.id).where(Friend.member_number == "2"))
        pairs = select(OrderLine.friend_id, OrderLine.at, Order.friend_id, Order.at)
        rows = session.execute(pairs.join(Order, Order.id == OrderLine.order_id)).all()
        assert len(rows) == 2
        assert {row[0] for row in rows} == {other}
        assert all(tuple(row[:2]) == tuple(row[2:]) for row in rows)
    take_back(report.batch_id)
    assert contents(database) == before
