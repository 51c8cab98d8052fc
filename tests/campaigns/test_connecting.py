"""What LINE says about an account, and what of it the shop file keeps: never the token."""

from datetime import date

import pytest

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.gateway import LINE_HOST, Quota
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import prices
from tests.campaigns.shopkeeper import Shopkeeper


def test_a_verified_account_is_remembered(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    world.friends = {f"U{n:032x}" for n in range(5)}
    world.account_name, world.limit, world.used, world.verified = "晨霧選物", 6000, 3412, True
    verified = connecting.verify(line, shop.clock())
    assert (verified.quota, verified.may_read_friends, verified.reach) == (Quota(6000, 3412), True, 5)
    with shop.database.write() as session:
        connecting.remember(session, verified, LINE_HOST, shop.clock())
    with shop.database.read() as session:
        row = session.get_one(Shop, 1)
        assert (row.line_account or {})["name"] == "晨霧選物"
        assert (row.line_account or {})["may_read_friends"] is True
        assert (row.line_host, row.line_limit, row.line_used, row.line_reach) == (None, 6000, 3412, 5)
        assert row.line_read_at == shop.clock.now


def test_another_address_is_remembered(shop: Shopkeeper, line: SdkLine, server: PracticeServer) -> None:
    verified = connecting.verify(line, shop.clock())
    with shop.database.write() as session:
        connecting.remember(session, verified, server.host, shop.clock())
        assert session.get_one(Shop, 1).line_host == server.host


def test_a_wrong_token_says_what_to_do(shop: Shopkeeper, server: PracticeServer) -> None:
    with pytest.raises(OutsideError) as caught:
        connecting.verify(SdkLine(server.host, "wrong"), shop.clock())
    assert caught.value.sentence() == (
        "LINE did not accept this token. It may be revoked, or cut off when copied. "
        "Copy it again from the LINE Developers Console."
    )


def test_the_token_is_nowhere_in_the_shop_file(shop: Shopkeeper, server: PracticeServer, world: PracticeWorld) -> None:
    world.token = "the-only-secret-token"
    shop.friends(3)
    line = SdkLine(server.host, world.token)
    verified = connecting.verify(line, shop.clock())
    with shop.database.write() as session:
        connecting.remember(session, verified, server.host, shop.clock())
    shop.send(shop.freeze(), line)
    shop.send(shop.freeze(), SdkLine(server.host, "a-wrong-secret-token"))
    shop.database.close()
    folder = shop.database.path.parent
    kept = b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    assert b"secret-token" not in kept


def test_the_plan_whose_messages_are_the_limit_is_suggested() -> None:
    plans = prices.plans("TW", date(2026, 11, 12))
    found = connecting.suggested_plan(plans, Quota(6000, 0))
    assert found is not None
    assert found.key == "high"
    assert connecting.suggested_plan(plans, Quota(None, 0)) is None


def test_a_quota_that_was_read_again_is_remembered(shop: Shopkeeper) -> None:
    with shop.database.write() as session:
        connecting.remember_quota(session, Quota(None, 7), shop.clock())
        row = session.get_one(Shop, 1)
        assert (row.line_limit, row.line_used, row.line_read_at) == (None, 7, shop.clock.now)
