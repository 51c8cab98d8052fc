"""The gate: which check is red or amber when, in which words, and which number must be typed."""

import pytest

from linecrm_desktop.campaigns.gate import Check, GateReport, Tone
from linecrm_desktop.line.gateway import Quota
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.models.shop import Shop
from tests.campaigns.shopkeeper import AMBER, Shopkeeper
from tests.campaigns.test_audience import gave

KEYS = ["brief", "consent", "informed", "quota", "quiet", "cap", "size", "tested", "kept_back", "content"]


def check(report: GateReport, key: str) -> Check:
    return next(found for found in report.checks if found.key == key)


def live(shop: Shopkeeper, plan: str | None = "high") -> None:
    """Make the shop one that is connected to a real account."""
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.is_practice, row.plan, row.line_account = False, plan, {"name": "Morning Mist 晨霧選物"}


def test_a_good_message_passes_all_checks(shop: Shopkeeper, world: PracticeWorld, line: SdkLine) -> None:
    shop.friends(60)
    live(shop)
    world.limit, world.used = 6000, 3412
    report = shop.ask(shop.message(keep_back=10), line)
    assert [found.key for found in report.checks] == KEYS
    assert {found.tone for found in report.checks} == {Tone.PASSED}
    assert report.can_send(set())
    assert (report.recipients, report.kept_back, report.reach.reachable) == (54, 6, 60)
    assert check(report, "quota").sentence == "54 of the 2,588 left. Extra cost NT$0. After sending, 2,534 are left."
    assert check(report, "kept_back").sentence == "6 friends (10%) get nothing, to measure the difference."
    assert (report.account_name, report.segment_name) == ("Morning Mist 晨霧選物", "Serum buyers")
    assert (report.message_name, report.is_practice) == ("Serum refill", False)


def test_an_unanswered_question_blocks(shop: Shopkeeper) -> None:
    shop.friends(60)
    report = shop.look(shop.message(why_now="now", what=""))
    assert check(report, "brief").tone is Tone.BLOCKED
    assert check(report, "brief").sentence == "Questions 2, 3 have no answer yet."
    assert not report.can_send(AMBER)


def test_without_a_segment_nobody_is_left(shop: Shopkeeper) -> None:
    shop.friends(60)
    report = shop.look(shop.message(segment_id=None))
    assert (check(report, "brief").tone, check(report, "size").tone) == (Tone.BLOCKED, Tone.BLOCKED)
    assert report.recipients == 0
    assert not report.fits("0")


def test_refused_friends_are_taken_out_and_counted(shop: Shopkeeper) -> None:
    shop.friends(60)
    shop.friends(23, marketing=Marketing.REFUSED)
    report = shop.look(shop.message())
    assert report.recipients == 60
    assert check(report, "consent").sentence == ("23 friends who refused were taken out. 0 refused friends are left.")


def test_where_nobody_was_taken_out_no_zero_is_counted(shop: Shopkeeper) -> None:
    shop.friends(60)
    report = shop.look(shop.message())
    assert check(report, "consent").sentence == "Nobody in this segment refused messages."
    assert check(report, "cap").sentence.startswith("Nobody in this segment has had as many messages")
    assert (check(report, "consent").fix, check(report, "cap").fix) == ("", "")


def test_friends_who_were_not_informed_are_amber(shop: Shopkeeper) -> None:
    shop.friends(50)
    shop.friends(10, informed=Answer.UNKNOWN)
    report = shop.look(shop.message(keep_back=0))
    assert check(report, "informed") == Check(
        "informed",
        Tone.WARNING,
        "Were they informed?",
        "10 of 60 have no record of seeing a privacy notice.",
        "Leave them out",
    )
    assert not report.can_send({"kept_back"})
    assert report.can_send({"kept_back", "informed"})


@pytest.mark.parametrize(
    ("plan", "quota", "tone", "words"),
    [
        ("high", Quota(6000, 5941), Tone.BLOCKED, "60 messages are needed and 59 are left. Allow extra messages"),
        ("medium", Quota(3000, 2941), Tone.BLOCKED, "60 messages are needed and 59 are left. Choose a smaller"),
        ("high", Quota(9000, 5950), Tone.WARNING, "10 of the 60 messages are extra and cost NT$2, without tax."),
        ("high", Quota(6000, 5940), Tone.WARNING, "60 of the 60 left: more than half of them."),
        ("high", Quota(6000, 5880), Tone.PASSED, "60 of the 120 left. Extra cost NT$0. After sending, 60 are left."),
        ("light", Quota(400, 160), Tone.WARNING, "20 of the 60 messages are more than the chosen plan includes."),
        (None, Quota(6000, 0), Tone.PASSED, "60 of the 6,000 left. After sending, 5,940 are left."),
        (None, Quota(None, 0), Tone.WARNING, "LINE names no limit and no plan is chosen"),
        ("high", Quota(None, 0), Tone.PASSED, "60 messages inside the plan. LINE names no limit."),
        ("high", None, Tone.BLOCKED, "LINE has not said how many messages are left. Connect to LINE"),
    ],
)
def test_messages_and_cost(shop: Shopkeeper, plan: str | None, quota: Quota | None, tone: Tone, words: str) -> None:
    shop.friends(60)
    live(shop, plan)
    found = check(shop.look(shop.message(), quota), "quota")
    assert found.sentence.startswith(words)
    assert found.tone is tone


@pytest.mark.parametrize(("most", "tone"), [(None, Tone.WARNING), (200, Tone.WARNING), (199, Tone.BLOCKED)])
def test_extra_messages_may_cost_so_much_a_month_and_no_more(shop: Shopkeeper, most: int | None, tone: Tone) -> None:
    shop.friends(60)
    live(shop)
    with shop.database.write() as session:
        session.get_one(Shop, 1).extra_most = most
    found = check(shop.look(shop.message(), Quota(9000, 5950)), "quota")
    assert found.tone is tone
    if tone is Tone.BLOCKED:
        assert found.sentence.startswith("The month’s extra messages would cost NT$2, and the shop allows NT$1.99.")


@pytest.mark.parametrize(("blocks", "tone"), [(False, Tone.WARNING), (True, Tone.BLOCKED)])
def test_a_shop_decides_whether_the_uninformed_stop_a_send(shop: Shopkeeper, blocks: bool, tone: Tone) -> None:
    shop.friends(50)
    shop.friends(10, informed=Answer.UNKNOWN)
    with shop.database.write() as session:
        session.get_one(Shop, 1).blocks_uninformed = blocks
    assert check(shop.look(shop.message()), "informed").tone is tone
    left_out = shop.look(shop.message(only_informed=True))
    assert (left_out.recipients, left_out.reach.uninformed) == (50, 10)
    found = check(left_out, "informed")
    assert (found.tone, found.fix) == (Tone.PASSED, "Take them in")
    assert found.sentence == "10 friends without a record of a privacy notice were left out."


def test_the_uninformed_who_are_left_out_keep_that_reason(shop: Shopkeeper) -> None:
    shop.friends(50)
    (mei,) = shop.friends(1, informed=Answer.NO)
    campaign = shop.freeze(shop.message(only_informed=True))
    assert shop.states(campaign)[mei] == ("left_out", "uninformed")


def test_a_broadcast_is_counted_beside_the_send(shop: Shopkeeper) -> None:
    shop.friends(60)
    live(shop)
    with shop.database.write() as session:
        session.get_one(Shop, 1).line_reach = 4244
    report = shop.look(shop.message(), Quota(6000, 3412))
    assert report.broadcast is not None
    assert (report.broadcast.messages, report.broadcast.extra, report.broadcast.extra_minor) == (4244, 1656, 33120)


def test_practice_needs_no_quota(shop: Shopkeeper) -> None:
    shop.friends(60)
    assert check(shop.look(shop.message()), "quota").tone is Tone.PASSED


@pytest.mark.parametrize(("capped", "tone"), [(25, Tone.PASSED), (26, Tone.WARNING)])
def test_more_than_thirty_percent_over_the_cap_are_amber(shop: Shopkeeper, capped: int, tone: Tone) -> None:
    shop.friends(60)
    busy = shop.friends(capped)
    with shop.database.write() as session:
        for friend in busy:
            gave(session, shop, friend, shop.clock())
            gave(session, shop, friend, shop.clock())
    found = check(shop.look(shop.message()), "cap")
    assert found.tone is tone
    assert found.sentence == f"{capped} friends already got 2 or more messages in 7 days and were taken out."


def test_waiting_after_a_purchase_is_said_where_the_shop_waits(shop: Shopkeeper) -> None:
    friends = shop.friends(60)
    with shop.database.write() as session:
        session.get_one(Shop, 1).cap_wait_days = 3
    nobody = "Nobody in this segment is over a cap or waits after a purchase."
    assert check(shop.look(shop.message()), "cap").sentence == nobody
    with shop.database.write() as session:
        shop.make.order(session, friends[0], at=shop.clock())
    found = check(shop.look(shop.message()), "cap")
    assert (found.tone, found.sentence) == (
        Tone.PASSED,
        "1 friend was taken out: over a cap, or waiting after a purchase.",
    )


@pytest.mark.parametrize(
    ("count", "tone"), [(0, Tone.BLOCKED), (1, Tone.WARNING), (49, Tone.WARNING), (50, Tone.PASSED)]
)
def test_small_audiences(shop: Shopkeeper, count: int, tone: Tone) -> None:
    shop.friends(count)
    assert check(shop.look(shop.message()), "size").tone is tone


def test_nobody_kept_back_is_amber(shop: Shopkeeper) -> None:
    shop.friends(60)
    assert check(shop.look(shop.message(keep_back=0)), "kept_back").tone is Tone.WARNING


@pytest.mark.parametrize("text", ["", "Hi {name}", "x" * 5001, "See http://shop.example"])
def test_what_line_would_not_take_blocks(shop: Shopkeeper, text: str) -> None:
    shop.friends(60)
    assert check(shop.look(shop.message(text)), "content").tone is Tone.BLOCKED


def test_a_text_is_counted_with_the_longest_name_of_the_recipients(shop: Shopkeeper) -> None:
    (long,) = shop.friends(1)
    text = "x" * 4990 + "{name|you}"
    assert check(shop.look(shop.message(text)), "content").tone is Tone.UNCHECKED
    with shop.database.write() as session:
        session.get_one(Friend, long).name = "a very long name"
    assert check(shop.look(shop.message(text)), "content").tone is Tone.BLOCKED


@pytest.mark.parametrize("typed", ["1,234", "1234", " 1 234 ", "１２３４", "1，234", "๑๒๓๔", "01234", "1\u00a0234"])
def test_the_number_may_be_typed_in_any_width(typed: str) -> None:
    assert report_of(1234).fits(typed)


@pytest.mark.parametrize("typed", ["", "1235", "12.34", "-1234", "1234 friends", "¹234", "1e3", ",", "12345"])
def test_any_other_number_does_not_fit(typed: str) -> None:
    assert not report_of(1234).fits(typed)


def report_of(recipients: int) -> GateReport:
    from linecrm_desktop.campaigns.audience import Reach

    return GateReport((), Reach(), recipients, 0, None, None, None, "TWD", "", "", "", True)


def test_the_same_words_to_the_same_friends_within_a_day_must_be_read(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(60)
    message = shop.message(keep_back=0)
    campaign = shop.freeze(message)
    assert check(shop.look(message), "again").tone is Tone.WARNING
    shop.send(campaign, line)
    report = shop.look(message)
    assert check(report, "again").sentence.startswith("60 friends got this very message in the last 24 hours")
    assert not report.can_send({"informed", "size", "kept_back", "quota"})
    shop.clock.forward(hours=25)
    assert "again" not in [found.key for found in shop.look(message).checks]
