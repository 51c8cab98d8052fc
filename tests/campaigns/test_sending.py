"""What each of LINE's answers does to a send, asked with the real SDK and the practice LINE."""

import uuid

import pytest
from sqlalchemy import select

from linecrm_desktop.campaigns import sending
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Call, Campaign, CampaignState, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from tests.campaigns.shopkeeper import Shopkeeper

PERSONAL = "Hi {name|there}, refill is here"


def test_everybody_gets_one_copy_in_requests_of_the_chunk_size(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(7)
    campaign = shop.freeze(chunk=3)
    summary = shop.send(campaign, line)
    assert summary.state is CampaignState.DONE
    assert (summary.standing.accepted, summary.standing.total) == (7, 7)
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
    assert sorted(len(heard.to) for heard in world.heard) == [1, 3, 3]
    assert len({heard.key for heard in world.heard}) == 3


def test_variables_make_one_push_a_friend_with_their_own_name(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    shop.friends(1, name="王詩涵")
    shop.friends(1, name="")
    shop.send(shop.freeze(text=PERSONAL), line)
    texts = [heard.body["messages"][0]["text"] for heard in world.heard]
    assert texts == ["Hi 王詩涵, refill is here", "Hi there, refill is here"]
    assert all(heard.path == "push" and heard.body["customAggregationUnits"] for heard in world.heard)


def test_times_are_kept_when_the_send_is_over(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(1)
    campaign = shop.freeze()
    shop.clock.forward(minutes=1)
    shop.send(campaign, line)
    with shop.database.read() as session:
        row = session.get_one(Campaign, campaign)
        assert row.started_at == row.ended_at == shop.clock.now


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.DROP_BEFORE, Fault.ERROR_BEFORE])
@pytest.mark.parametrize("text", ["Refill", PERSONAL])
def test_without_an_answer_the_same_request_goes_again_and_nobody_gets_it_twice(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, fault: Fault, text: str
) -> None:
    friends = shop.friends(2)
    world.faults.extend([fault, fault])
    summary = shop.send(shop.freeze(text=text), line)
    assert summary.standing.accepted == 2
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
    assert world.heard[0].key == world.heard[1].key
    assert world.heard[0].body == world.heard[1].body


def test_a_busy_line_is_asked_again_and_the_friends_line_says_so(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    shop.friends(1)
    world.faults.append(Fault.BUSY)
    campaign = shop.freeze()
    shop.send(campaign, line)
    with shop.database.read() as session:
        (only,) = sending.lines(session, campaign, 10)
    assert only.state is DeliveryState.ACCEPTED
    assert only.why == "LINE was busy; accepted on try 2. Not sent twice."


def test_after_five_more_tries_the_send_is_paused_and_can_go_on(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(3)
    campaign = shop.freeze(chunk=2)
    world.faults.extend([Fault.ERROR_AFTER] * 6)
    summary = shop.send(campaign, line)
    assert (summary.state, summary.standing.waiting) == (CampaignState.PAUSED, 3)
    assert summary.note == "LINE did not answer. 3 friends are waiting; nobody gets it twice. Press Go on later."
    assert len(world.heard) == 6
    assert shop.send(campaign, line).state is CampaignState.DONE
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def test_a_network_lost_in_the_middle_goes_on_later(
    shop: Shopkeeper, server: PracticeServer, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(4)
    campaign = shop.freeze(chunk=1)

    def lose(done: int, _total: int, _what: str) -> None:
        if done == 1:
            line.close()
            server.stop()

    summary = shop.send(campaign, line, Task(lose))
    assert (summary.state, summary.standing.waiting) == (CampaignState.PAUSED, 3)
    assert "3 friends are waiting; nobody gets it twice." in summary.note
    server.start()
    assert shop.send(campaign, line).standing.accepted == 4
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def test_offline_from_the_start_loses_nothing_even_days_later(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(2)
    campaign = shop.freeze()
    offline = SdkLine("http://127.0.0.1:9", PRACTICE_TOKEN)
    assert shop.send(campaign, offline).state is CampaignState.PAUSED
    shop.clock.forward(days=3)
    assert shop.send(campaign, line).standing.accepted == 2


def test_an_unknown_id_is_taken_out_and_the_rest_goes_with_a_new_key(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    good = shop.friends(3)
    (bad,) = shop.friends(1, line_user_id="hello")
    campaign = shop.freeze()
    summary = shop.send(campaign, line)
    assert (summary.standing.accepted, summary.standing.refused) == (3, 1)
    assert shop.states(campaign)[bad] == (DeliveryState.REFUSED, "unknown_id")
    assert world.copies == dict.fromkeys(shop.line_ids(good), 1)
    assert world.heard[0].key != world.heard[1].key
    with shop.database.read() as session:
        (line_,) = sending.lines(session, campaign, 5, {DeliveryState.REFUSED})
    assert line_.why == "LINE does not know this user ID. Check the last import."


def test_a_push_to_an_unknown_person_does_not_stop_the_others(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(3)
    world.friends = set(shop.line_ids([friends[0], friends[2]]))
    summary = shop.send(shop.freeze(text=PERSONAL), line)
    assert (summary.state, summary.standing.accepted, summary.standing.refused) == (CampaignState.DONE, 2, 1)


def test_a_send_to_unknown_people_only_ends_with_nobody(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(2)
    world.friends = set()
    summary = shop.send(shop.freeze(), line)
    assert (summary.state, summary.standing.refused, world.copies) == (CampaignState.DONE, 2, {})


def test_the_last_request_is_as_large_as_the_month_allows_and_the_rest_goes_next_month(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(5)
    campaign = shop.freeze(chunk=2)
    world.limit = 3
    summary = shop.send(campaign, line)
    assert (summary.state, summary.standing.accepted) == (CampaignState.PAUSED, 3)
    assert summary.note == "The month’s messages are used up. 2 friends are waiting."
    assert [(len(heard.to), heard.status) for heard in world.heard] == [(2, 200), (1, 200), (1, 429)]
    shop.clock.forward(days=20)
    world.limit, world.used = 10, 0
    assert shop.send(campaign, line).standing.accepted == 5
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
    assert (world.heard[2].key, world.heard[2].body) in [(heard.key, heard.body) for heard in world.heard[3:]]


def test_where_lines_number_was_wrong_its_answer_counts(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(5)
    campaign = shop.freeze()
    world.limit, world.used, world.drift = 6, 3, -3
    summary = shop.send(campaign, line)
    assert (summary.state, summary.standing.accepted) == (CampaignState.PAUSED, 0)
    world.drift = 0
    assert shop.send(campaign, line).standing.accepted == 3


def test_every_call_is_kept_with_its_own_request_id_status_and_time(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    shop.friends(2)
    campaign = shop.freeze()
    world.faults.extend([Fault.BUSY, Fault.DROP_AFTER, Fault.ERROR_BEFORE])
    shop.send(campaign, line)
    with shop.database.read() as session:
        calls = list(session.scalars(select(Call).where(Call.campaign_id == campaign).order_by(Call.id)))
        assert [(call.attempt, call.status, call.people) for call in calls] == [
            (1, 429, 2),
            (2, 0, 2),
            (3, 500, 2),
            (4, 409, 2),
        ]
        named = [call.request_id for call in calls]
        assert (named[1], len(set(named)), {call.at for call in calls}) == (None, 4, {shop.clock()})


def test_a_refused_token_pauses_until_it_is_replaced(shop: Shopkeeper, server: PracticeServer, line: SdkLine) -> None:
    shop.friends(2)
    campaign = shop.freeze()
    summary = shop.send(campaign, SdkLine(server.host, "old"))
    assert summary.state is CampaignState.PAUSED
    assert summary.note == "LINE no longer accepts the token. Replace it in Settings, then press Go on."
    assert shop.send(campaign, line).standing.accepted == 2


def test_a_message_that_line_does_not_take_pauses_with_lines_words(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    shop.friends(2)
    campaign = shop.freeze()
    with shop.database.write() as session:
        session.get_one(Campaign, campaign).bubbles = [{"kind": "text", "text": ""}]
    summary = shop.send(campaign, line)
    assert summary.state is CampaignState.PAUSED
    assert "messages[0].text: May not be empty" in summary.note
    assert (summary.standing.waiting, world.copies) == (2, {})


def test_a_text_too_long_for_one_friends_name_leaves_only_that_friend_out(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    (long, other) = (*shop.friends(1), *shop.friends(1))
    campaign = shop.freeze(text="x" * 4970 + "{name|there}")
    with shop.database.write() as session:
        session.get_one(Friend, long).name = "很長的名字" * 20
    summary = shop.send(campaign, line)
    assert shop.states(campaign)[long] == (DeliveryState.LEFT_OUT, "too_long")
    assert (summary.state, list(world.copies)) == (CampaignState.DONE, shop.line_ids([other]))


def test_without_an_answer_for_a_day_it_stays_in_doubt_and_is_never_sent_again(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(4)
    campaign = shop.freeze(chunk=2)
    world.faults.extend([Fault.DROP_AFTER] * 6)
    shop.send(campaign, line)
    shop.clock.forward(hours=23, seconds=1)
    summary = shop.send(campaign, line)
    assert (summary.standing.in_doubt, summary.standing.accepted) == (2, 2)
    assert summary.state is CampaignState.DONE
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
    assert shop.states(campaign)[friends[0]] == (DeliveryState.IN_DOUBT, "no_answer")


def test_just_within_the_day_it_goes_again(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(2)
    campaign = shop.freeze()
    world.faults.extend([Fault.DROP_BEFORE] * 6)
    shop.send(campaign, line)
    shop.clock.forward(hours=23)
    assert shop.send(campaign, line).standing.accepted == 2


def test_a_clock_that_was_set_back_makes_the_age_unknown(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(1)
    campaign = shop.freeze()
    world.faults.extend([Fault.DROP_AFTER] * 6)
    shop.send(campaign, line)
    shop.clock.forward(minutes=-30)
    assert shop.send(campaign, line).standing.in_doubt == 1
    assert sum(world.copies.values()) == 1


@pytest.mark.parametrize(("column", "why"), [("marketing", "refused"), ("is_blocked", "blocked")])
def test_who_refuses_or_blocks_after_the_confirmation_is_not_in_the_request(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, column: str, why: str
) -> None:
    friends = shop.friends(3)
    campaign = shop.freeze()
    with shop.database.write() as session:
        setattr(session.get_one(Friend, friends[1]), column, Marketing.REFUSED if column == "marketing" else True)
    summary = shop.send(campaign, line)
    assert shop.states(campaign)[friends[1]] == (DeliveryState.LEFT_OUT, why)
    assert summary.standing.accepted == 2
    assert world.heard[0].to == tuple(shop.line_ids([friends[0], friends[2]]))


def test_who_refuses_between_two_safe_tries_is_taken_out_with_a_new_key(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(3)
    campaign = shop.freeze()
    world.faults.extend([Fault.BUSY] * 6)
    shop.send(campaign, line)
    with shop.database.write() as session:
        session.get_one(Friend, friends[0]).marketing = Marketing.REFUSED
    shop.send(campaign, line)
    assert set(world.copies) == set(shop.line_ids(friends[1:]))
    assert world.heard[-1].key != world.heard[0].key


def test_a_request_without_an_answer_goes_again_byte_for_byte(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(3)
    campaign = shop.freeze()
    world.faults.extend([Fault.DROP_AFTER] * 6)
    shop.send(campaign, line)
    with shop.database.write() as session:
        session.get_one(Friend, friends[0]).marketing = Marketing.REFUSED
    shop.send(campaign, line)
    assert world.heard[0].body == world.heard[-1].body
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


@pytest.mark.parametrize("text", ["Refill", PERSONAL])
def test_busy_after_no_answer_does_not_make_the_request_a_new_one(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, text: str
) -> None:
    friends = shop.friends(3)
    campaign = shop.freeze(text=text)
    world.faults.extend([Fault.DROP_AFTER] + [Fault.BUSY] * 5)
    assert shop.send(campaign, line).state is CampaignState.PAUSED
    with shop.database.write() as session:
        session.get_one(Friend, friends[2]).marketing = Marketing.REFUSED
    shop.send(campaign, line)
    assert max(world.copies.values()) == 1
    assert len({heard.key for heard in world.heard if heard.to == world.heard[0].to}) == 1


def test_a_personal_message_is_not_repeated_to_somebody_who_refused_meanwhile(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    (friend,) = shop.friends(1)
    campaign = shop.freeze(text=PERSONAL)
    world.faults.extend([Fault.DROP_BEFORE] * 6)
    shop.send(campaign, line)
    with shop.database.write() as session:
        session.get_one(Friend, friend).marketing = Marketing.REFUSED
    heard = len(world.heard)
    shop.send(campaign, line)
    assert shop.states(campaign)[friend] == (DeliveryState.IN_DOUBT, "refused_since")
    assert (len(world.heard), world.copies) == (heard, {})


def test_a_line_id_that_was_corrected_meanwhile_is_not_written_to(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(2)
    campaign = shop.freeze()
    with shop.database.write() as session:
        session.get_one(Friend, friends[0]).line_user_id = f"U{uuid.uuid4().hex}"
    shop.send(campaign, line)
    assert shop.states(campaign)[friends[0]] == (DeliveryState.LEFT_OUT, "changed_id")
    assert list(world.copies) == shop.line_ids(friends[1:])
