"""Planned sends: what leaves at its moment, what is held for a person, and that nothing leaves twice or too early."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest

from linecrm_desktop.campaigns import progress, scheduling, sending
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.gateway import Line, Quota
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.opening import open_shop
from tests.campaigns.shopkeeper import AT_ONCE, Shopkeeper

EVENING = timedelta(hours=9, minutes=29)
"""From 10:31 to 20:00."""


def planned(shop: Shopkeeper, friends: int = 60) -> int:
    """Confirm a message at 10:31 for 20:00 of the same day."""
    shop.friends(friends)
    return shop.freeze(shop.message(send_at=shop.clock() + EVENING))


def campaign(shop: Shopkeeper, number: int) -> Campaign:
    with shop.database.read() as session:
        found = session.get_one(Campaign, number)
        session.expunge(found)
        return found


def due(shop: Shopkeeper) -> list[int]:
    with shop.database.read() as session:
        return [one.id for one in scheduling.due(session, shop.clock())]


def run(shop: Shopkeeper, number: int, line: Line) -> sending.SendSummary:
    @contextmanager
    def connect() -> Generator[Line]:
        yield line

    return scheduling.run_due(shop.database, number, connect, Task(), shop.clock, AT_ONCE)


def test_nothing_is_due_before_its_moment(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    number = planned(shop)
    assert campaign(shop, number).state is CampaignState.SCHEDULED
    shop.clock.forward(hours=9, minutes=28, seconds=59)
    assert due(shop) == []
    with pytest.raises(ShopError, match="waits for its time"):
        shop.send(number, line)
    shop.clock.forward(seconds=1)
    assert due(shop) == [number]
    assert world.copies == {}


def test_it_leaves_at_its_moment_to_those_who_were_confirmed(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    number = planned(shop)
    shop.friends(5)  # came later: not in the list that was typed
    shop.clock.forward(hours=9, minutes=29)
    assert run(shop, number, line).state is CampaignState.DONE
    assert (len(world.copies), set(world.copies.values())) == (60, {1})
    assert due(shop) == []


@pytest.mark.parametrize(("late", "state"), [(29, CampaignState.DONE), (30, CampaignState.DONE)])
def test_up_to_thirty_minutes_late_it_still_leaves(
    shop: Shopkeeper, line: SdkLine, late: int, state: CampaignState
) -> None:
    number = planned(shop)
    shop.clock.forward(hours=9, minutes=29 + late)
    assert run(shop, number, line).state is state


def test_later_it_waits_for_a_person(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    number = planned(shop)
    shop.clock.forward(hours=9, minutes=29 + 31)
    assert run(shop, number, line).state is CampaignState.HELD
    assert campaign(shop, number).note == (
        "It was planned for 12 Nov 20:00, and nothing was sent. This computer was off or asleep, or LINE could not be "
        "reached. Send it now, or choose another time."
    )
    assert (world.copies, due(shop)) == ({}, [])
    with shop.database.read() as session:
        assert progress.unfinished(session) == [number]


def test_late_into_quiet_hours_it_waits_for_a_person(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(60)
    number = shop.freeze(shop.message(send_at=shop.clock() + EVENING + timedelta(minutes=50)))
    shop.clock.forward(hours=10, minutes=29)
    assert run(shop, number, line).state is CampaignState.HELD
    assert "lies in the quiet hours" in campaign(shop, number).note
    assert world.copies == {}


def test_a_month_that_is_used_up_meanwhile_holds_it(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    number = planned(shop)
    world.limit, world.used = 100, 41
    shop.clock.forward(hours=9, minutes=29)
    assert run(shop, number, line).state is CampaignState.HELD
    assert "60 messages are needed and 59 are left." in campaign(shop, number).note


def test_a_refused_token_holds_it(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    number = planned(shop)
    world.token = "another"
    shop.clock.forward(hours=9, minutes=29)
    assert run(shop, number, line).state is CampaignState.HELD
    assert "LINE did not accept this token." in campaign(shop, number).note


def test_while_line_is_away_it_stays_planned_and_is_tried_again(
    shop: Shopkeeper, server: PracticeServer, line: SdkLine
) -> None:
    number = planned(shop)
    shop.clock.forward(hours=9, minutes=29)
    server.stop()
    with pytest.raises(OutsideError):
        run(shop, number, line)
    assert (campaign(shop, number).state, due(shop)) == (CampaignState.SCHEDULED, [number])


def test_a_shop_that_went_from_practice_to_line_holds_it(shop: Shopkeeper, line: SdkLine) -> None:
    number = planned(shop)
    with shop.database.write() as session:
        session.get_one(Shop, 1).is_practice = False
    shop.clock.forward(hours=9, minutes=29)
    assert run(shop, number, line).state is CampaignState.HELD


def test_rules_that_a_person_changed_since_hold_it_until_it_is_confirmed_anew(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    number = planned(shop)
    shop.clock.forward(hours=1)
    with shop.database.write() as session:
        segment = session.get_one(Segment, shop.segment)
        segment.rule, segment.changed_at = codec.to_json(AllOf((HasTag((shop.tag, 999)),))), shop.clock()
    shop.clock.forward(hours=8, minutes=29)
    assert run(shop, number, line).state is CampaignState.HELD
    assert "The rules of the segment “Serum buyers” were changed since" in campaign(shop, number).note
    with shop.database.write() as session:
        scheduling.retime(session, number, shop.clock() + timedelta(minutes=5), shop.clock())
    shop.clock.forward(minutes=5)
    assert run(shop, number, line).state is CampaignState.DONE
    assert len(world.copies) == 60


def test_a_shop_that_refuses_the_uninformed_holds_it(shop: Shopkeeper, line: SdkLine) -> None:
    number = planned(shop)
    with shop.database.write() as session:
        session.get_one(Shop, 1).blocks_uninformed = True
        friend = session.query(Friend).first()
        assert friend is not None
        friend.informed = Answer.UNKNOWN
    shop.clock.forward(hours=9, minutes=29)
    assert run(shop, number, line).state is CampaignState.HELD


def test_a_person_lets_a_held_send_go(shop: Shopkeeper, line: SdkLine) -> None:
    number = planned(shop)
    shop.clock.forward(hours=8)  # 18:31, and then 21:31
    with shop.database.write() as session:
        scheduling.send_now(session, number, shop.clock(), Quota(None, 0))
    assert shop.send(number, line).state is CampaignState.DONE
    with shop.database.write() as session, pytest.raises(ShopError, match="not waiting for its time"):
        scheduling.send_now(session, number, shop.clock(), Quota(None, 0))


def test_send_now_does_not_pass_a_red_check(shop: Shopkeeper) -> None:
    number = planned(shop)
    shop.clock.forward(hours=11)
    with shop.database.write() as session, pytest.raises(ShopError, match="lies in the quiet hours"):
        scheduling.send_now(session, number, shop.clock(), Quota(None, 0))
    assert campaign(shop, number).state is CampaignState.SCHEDULED


def test_another_time_must_lie_ahead_and_outside_quiet_hours(shop: Shopkeeper) -> None:
    number = planned(shop)
    for moment, words in ((shop.clock(), "has passed"), (shop.clock() + timedelta(hours=11), "quiet hours")):
        with shop.database.write() as session, pytest.raises(ShopError, match=words):
            scheduling.retime(session, number, moment, shop.clock())
    with shop.database.write() as session:
        before = scheduling.retime(session, number, shop.clock() + timedelta(hours=1), shop.clock())
    assert before == shop.clock() + EVENING
    assert campaign(shop, number).due_at == shop.clock() + timedelta(hours=1)


def test_a_stopped_plan_never_leaves(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    number = planned(shop)
    with shop.database.write() as session:
        sending.stop(session, number, shop.clock())
    shop.clock.forward(hours=9, minutes=29)
    assert due(shop) == []
    assert shop.standing(number).stopped == 60
    assert world.copies == {}


def test_a_program_killed_between_begin_and_the_first_request_loses_nothing(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    number = planned(shop)
    shop.clock.forward(hours=9, minutes=29)
    with shop.database.write() as session:
        assert scheduling.begin(session, number, shop.clock(), Quota(None, 0))
    shop.database.close()
    shop.database = open_shop(shop.database.path)
    shop.clock.forward(minutes=15)
    assert due(shop) == [number]
    assert run(shop, number, line).state is CampaignState.DONE
    assert set(world.copies.values()) == {1}


def test_a_send_that_quiet_hours_paused_goes_on_in_the_morning_and_not_at_noon(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(60)
    number = shop.freeze()
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.quiet_from, row.quiet_to = 10 * 60, 11 * 60
    assert shop.send(number, line).state is CampaignState.PAUSED
    assert due(shop) == []
    shop.clock.forward(minutes=29)
    assert due(shop) == [number]
    shop.clock.forward(minutes=31)
    assert run(shop, number, line).state is CampaignState.PAUSED
    assert campaign(shop, number).note.startswith("The quiet hours are over, and nobody went on in time.")
    assert due(shop) == []


def test_the_next_moment_is_the_earliest_of_plans_and_pauses(shop: Shopkeeper) -> None:
    with shop.database.read() as session:
        assert scheduling.next_moment(session) is None
    planned(shop)
    with shop.database.read() as session:
        assert scheduling.next_moment(session) == shop.clock() + EVENING


def test_friends_of_a_plan_count_for_the_cap_of_others(shop: Shopkeeper) -> None:
    planned(shop, friends=3)
    planned_for: datetime = shop.clock() + EVENING
    shop.freeze(shop.message("Another", send_at=planned_for))
    assert shop.look(shop.message("A third")).reach.capped == 3
