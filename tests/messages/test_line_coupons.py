from datetime import datetime

from linecrm_desktop.line.gateway import Coupon
from linecrm_desktop.messages import line_coupons
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database


def test_coupons_are_kept_with_the_moment_they_were_read(database: Database, now: datetime) -> None:
    with database.read() as session:
        assert line_coupons.known(session).read_at is None
    with database.write() as session:
        line_coupons.remember(session, [Coupon("c1", "10 % off"), Coupon("c2", "Gift")], now)
    with database.read() as session:
        listed = line_coupons.known(session)
    assert (listed.titles, listed.read_at) == ({"c1": "10 % off", "c2": "Gift"}, now)


def test_a_shop_without_an_account_is_not_connected(database: Database) -> None:
    with database.write() as session:
        assert line_coupons.known(session).is_connected, "a practice shop has a practice account"
        session.get_one(Shop, 1).is_practice = False
        assert not line_coupons.known(session).is_connected
