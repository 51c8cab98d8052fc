"""A shop with two LINE accounts: each knows friends by its own ids, and a message goes through one of them only."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, select

from linecrm_desktop.campaigns import audience, connecting, freezing, sending, testing
from linecrm_desktop.campaigns.gate_facts import Tone
from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.consent import ledger
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models import tester as tester_rows
from linecrm_desktop.models.campaign import Campaign, CampaignState, DeliveryState
from linecrm_desktop.models.channel import ChannelFriend
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.campaigns.shopkeeper import AMBER, Shopkeeper
from tests.clock import Clock

SECOND_TOKEN = "token-of-the-second"


@pytest.fixture
def second_world(clock: Clock) -> PracticeWorld:
    made = PracticeWorld(token=SECOND_TOKEN, account_name="Outlet", limit=100, used=40, clock=clock)
    made.account_id, made.basic_id = "U" + "b" * 32, "@outlet"
    return made


@pytest.fixture
def second_line(second_world: PracticeWorld) -> Iterator[SdkLine]:
    server = PracticeServer(second_world)
    client = SdkLine(server.start(), SECOND_TOKEN)
    yield client
    client.close()
    server.stop()


@pytest.fixture
def second(shop: Shopkeeper, line: SdkLine, second_line: SdkLine) -> int:
    """The second account's number, in a shop that is connected to both."""
    with shop.database.write() as session:
        session.get_one(Shop, 1).is_practice = False
        connecting.remember(session, connecting.verify(line), None, shop.clock())
        return connecting.add(session, connecting.verify(second_line), None, shop.clock(), shares_ids=False)


def join(shop: Shopkeeper, channel_id: int, friends: list[int], *, is_blocked: bool = False) -> list[str]:
    """Let an account know friends, and return by which ids."""
    known = [f"U{channel_id:02x}{friend:030x}" for friend in friends]
    with shop.database.write() as session:
        for friend, line_id in zip(friends, known, strict=True):
            ids.keep(session, channel_id, friend, line_id, shop.clock())
            session.get_one(ChannelFriend, (channel_id, friend)).is_blocked = is_blocked
    return known


def confirm(shop: Shopkeeper, message: int, line: SdkLine, *, chunk: int = 500) -> int:
    """Type the number that the gate shows after LINE was asked, and freeze the send."""
    report = shop.ask(message, line)
    with shop.database.write() as session:
        told = (report.recipients, shop.day, shop.clock(), AMBER, report.quota)
        return freezing.freeze(session, message, *told, chunk_size=chunk)


def test_a_message_goes_to_those_whom_its_account_knows_by_the_ids_of_that_account(
    shop: Shopkeeper, second: int, world: PracticeWorld, second_world: PracticeWorld, second_line: SdkLine
) -> None:
    both, only_first = shop.friends(2), shop.friends(3)
    only_second = shop.friends(2, line_user_id=None)
    blocks_first = shop.friends(1, is_blocked=True)
    refused = shop.friends(1, marketing=Marketing.REFUSED)
    blocks_second = shop.friends(1)
    known = join(shop, second, [*both, *only_second, *blocks_first])
    join(shop, second, refused)
    join(shop, second, blocks_second, is_blocked=True)
    message = shop.message(channel_id=second)
    report = shop.look(message)
    assert (report.recipients, report.account_name, report.channel_id) == (5, "Outlet", second)
    assert (report.reach.blocked, report.reach.refused, report.reach.no_line_id) == (1, 1, 3)
    campaign = confirm(shop, message, second_line)
    shop.send(campaign, second_line)
    assert set(second_world.copies) == set(known)
    assert world.copies == {}
    assert all(shop.states(campaign)[friend] == (DeliveryState.LEFT_OUT, "no_line_id") for friend in only_first)
    with shop.database.read() as session:
        assert session.get_one(Campaign, campaign).channel_id == second


def test_without_a_choice_a_message_goes_through_the_first_account(
    shop: Shopkeeper, second: int, world: PracticeWorld, second_world: PracticeWorld, line: SdkLine
) -> None:
    friends = shop.friends(3)
    join(shop, second, shop.friends(2, line_user_id=None))
    message = shop.message()
    assert shop.look(message).reach.no_line_id == 2
    shop.send(confirm(shop, message, line), line)
    assert set(world.copies) == set(shop.line_ids(friends))
    assert second_world.copies == {}


@pytest.mark.parametrize("what", ["refuses", "blocks", "blocks the other account", "has another id"])
def test_what_comes_up_after_the_number_was_typed_is_asked_of_the_account_that_sends(
    shop: Shopkeeper, second: int, second_world: PracticeWorld, second_line: SdkLine, what: str
) -> None:
    friends = shop.friends(4)
    known = join(shop, second, friends)
    campaign = confirm(shop, shop.message(channel_id=second), second_line)
    with shop.database.write() as session:
        row = session.get_one(ChannelFriend, (second, friends[0]))
        match what:
            case "refuses":
                ledger.refuse(session, [friends[0]], "Asked in chat", shop.clock())
            case "blocks":
                row.is_blocked = True
            case "has another id":
                row.line_user_id = "U" + "9" * 32
            case _:
                session.get_one(Friend, friends[0]).is_blocked = True
    shop.send(campaign, second_line)
    assert set(second_world.copies) == set(known if what == "blocks the other account" else known[1:])


def test_the_month_and_the_plan_are_those_of_the_account(shop: Shopkeeper, second: int, second_line: SdkLine) -> None:
    join(shop, second, shop.friends(70))
    with shop.database.write() as session:
        connecting.choose_plan(session, "middle", second)
    report = shop.ask(shop.message(channel_id=second), second_line)
    assert report.quota is not None
    assert (report.quota.limit, report.quota.used) == (100, 40)
    quota = next(check for check in report.checks if check.key == "quota")
    assert quota.tone is not Tone.PASSED  # 70 do not fit into the 60 that are left


def test_the_token_of_the_other_account_sends_nothing(shop: Shopkeeper, second: int, line: SdkLine) -> None:
    join(shop, second, shop.friends(2))
    report = shop.ask(shop.message(channel_id=second), line)
    (wrong,) = [check for check in report.blocking if check.key == "account"]
    assert "“Outlet”" in wrong.sentence


def test_a_message_whose_account_was_removed_is_red_and_a_send_of_before_stays(
    shop: Shopkeeper, second: int, second_line: SdkLine
) -> None:
    join(shop, second, shop.friends(2))
    message = shop.message(channel_id=second)
    campaign = confirm(shop, message, second_line)
    with pytest.raises(ShopError, match="is not over"), shop.database.write() as session:
        connecting.remove(session, second, shop.clock())
    shop.send(campaign, second_line)
    with shop.database.write() as session:
        connecting.remove(session, second, shop.clock())
    report = shop.look(message)
    assert any(check.key == "account" and "was removed" in check.sentence for check in report.blocking)
    with pytest.raises(ShopError):
        confirm(shop, message, second_line)
    with shop.database.read() as session:
        assert accounts.name(session, session.get_one(Campaign, campaign).channel_id) == "Outlet"
        assert [row.channel_id for row in accounts.rows(session)] == [None]
        assert session.scalars(select(ChannelFriend)).all() == []


def test_the_cap_spares_a_friend_whichever_account_wrote(
    shop: Shopkeeper, second: int, line: SdkLine, second_line: SdkLine
) -> None:
    friends = shop.friends(2)
    join(shop, second, friends)
    shop.send(confirm(shop, shop.message("One"), line), line)
    shop.send(confirm(shop, shop.message("Two", channel_id=second), second_line), second_line)
    shop.clock.forward(hours=1)
    assert shop.look(shop.message("Three", channel_id=second)).reach.capped == 2
    assert shop.look(shop.message("Three")).reach.capped == 2


def test_where_no_message_says_which_account_whoever_any_account_reaches_is_reachable(
    shop: Shopkeeper, second: int
) -> None:
    shop.friends(1)
    shop.friends(1, line_user_id=None)
    join(shop, second, shop.friends(1, line_user_id=None))
    join(shop, second, shop.friends(1, is_blocked=True))
    join(shop, second, shop.friends(1, is_blocked=True), is_blocked=True)
    join(shop, second, shop.friends(1, line_user_id=None), is_blocked=True)
    with shop.database.read() as session:
        found = audience.reach(session, AllOf((HasTag((shop.tag,)),)), shop.day, shop.clock())
    assert (found.match, found.reachable, found.no_line_id, found.blocked) == (6, 3, 1, 2)


def test_testers_are_written_to_by_the_account_that_knows_them(
    shop: Shopkeeper, second: int, second_line: SdkLine, second_world: PracticeWorld
) -> None:
    own, other = "U" + "1" * 32, "U" + "2" * 32
    with shop.database.write() as session:
        session.execute(delete(tester_rows.Tester))
        testing.add_tester(session, "Mei", own, shop.clock())
        testing.add_tester(session, "Mei (Outlet)", other, shop.clock(), second)
    join(shop, second, shop.friends(1))
    message = shop.message(channel_id=second)
    answers = testing.send_test(shop.database, message, second_line, shop.clock)
    assert [one.name for one in answers] == ["Mei (Outlet)"]
    assert set(second_world.copies) == {other}


def test_accounts_of_one_provider_share_their_testers(shop: Shopkeeper, second: int) -> None:
    with shop.database.write() as session:
        testing.add_tester(session, "Mei", "U" + "1" * 32, shop.clock())
        assert testing.testers(session, second) == []
        accounts.set_shared(session, second, shares_ids=True)
        assert [one.name for one in testing.testers(session, second)] == ["Mei"]


def test_an_account_is_in_a_shop_once_and_keeps_its_own_token(
    shop: Shopkeeper, second: int, line: SdkLine, second_line: SdkLine
) -> None:
    first, other = connecting.verify(line), connecting.verify(second_line)
    for again in (first, other):
        with pytest.raises(ShopError, match="connected to this shop already"), shop.database.write() as session:
            connecting.add(session, again, None, shop.clock(), shares_ids=False)
    with pytest.raises(ShopError, match="belongs to"), shop.database.write() as session:
        connecting.remember(session, first, None, shop.clock(), second)
    with pytest.raises(ShopError, match="connected to this shop already"), shop.database.write() as session:
        connecting.remember(session, other, None, shop.clock())


def test_a_practice_shop_and_one_without_an_account_take_no_second(shop: Shopkeeper, second_line: SdkLine) -> None:
    verified = connecting.verify(second_line)
    with pytest.raises(ShopError, match="practice shop"), shop.database.write() as session:
        connecting.add(session, verified, None, shop.clock(), shares_ids=False)
    with shop.database.write() as session:
        session.get_one(Shop, 1).is_practice = False
    with pytest.raises(ShopError, match="not connected to LINE yet"), shop.database.write() as session:
        connecting.add(session, verified, None, shop.clock(), shares_ids=False)


def test_an_account_is_found_by_name_id_and_number_and_a_wrong_name_says_which_there_are(
    shop: Shopkeeper, second: int
) -> None:
    with shop.database.read() as session:
        basic_id = accounts.rows(session)[1].basic_id
        assert [accounts.find(session, wanted) for wanted in ("outlet", basic_id, str(second), None, "")] == [
            second,
            second,
            second,
            None,
            None,
        ]
        with pytest.raises(ShopError, match="There is no LINE account “Shoes”") as refused:
            accounts.find(session, "Shoes")
    assert "Outlet" in refused.value.advice


def test_a_send_that_was_broken_off_goes_on_through_its_account(
    shop: Shopkeeper, second: int, second_line: SdkLine, second_world: PracticeWorld
) -> None:
    known = join(shop, second, shop.friends(3))
    campaign = confirm(shop, shop.message(channel_id=second), second_line, chunk=1)
    with shop.database.write() as session:
        sending.pause(session, campaign, shop.clock())
    summary = shop.send(campaign, second_line)
    assert summary.state is CampaignState.DONE
    assert second_world.copies == dict.fromkeys(known, 1)
