"""Sleep, clocks that jump, and lost answers: what is in doubt never goes again by itself, and a person decides."""

from collections.abc import Callable
from typing import Any

import pytest

from linecrm_desktop.campaigns import doubts
from linecrm_desktop.campaigns.doubts import Doubts
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import Answer
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Campaign, CampaignState, DeliveryState
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.shop import Shop
from tests.campaigns.shopkeeper import Shopkeeper

PERSONAL = "Hi {name|there}, refill is here"


class Asleep:
    """A connection during whose first request the computer sleeps, or somebody sets the clock."""

    def __init__(self, line: SdkLine, sleep: Callable[[], None]) -> None:
        self._line, self._sleep, self.calls = line, sleep, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    def multicast(self, body: dict[str, Any], retry_key: str) -> Answer:
        answer = self._line.multicast(body, retry_key)
        self.calls += 1
        if self.calls == 1:
            self._sleep()
        return answer


def find(shop: Shopkeeper, campaign: int) -> Doubts | None:
    with shop.database.read() as session:
        return doubts.find(session, campaign)


def in_doubt(shop: Shopkeeper, line: SdkLine, world: PracticeWorld, fault: Fault, text: str = "Refill") -> int:
    """Send to four, two a request; the first request's answers are lost, and a day passes."""
    campaign = shop.freeze(chunk=2, text=text)
    world.faults.extend([fault] * 6)
    assert shop.send(campaign, line).state is CampaignState.PAUSED
    shop.clock.forward(hours=24)
    assert shop.send(campaign, line).state is CampaignState.DONE
    return campaign


@pytest.mark.parametrize("fault", [Fault.DROP_AFTER, Fault.DROP_BEFORE])
@pytest.mark.parametrize("text", ["Refill", PERSONAL])
def test_a_key_older_than_a_day_is_never_used_again_and_the_others_get_theirs(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, fault: Fault, text: str
) -> None:
    friends = shop.friends(4)
    began = shop.clock.now
    campaign = in_doubt(shop, line, world, fault, text)
    found = find(shop, campaign)
    assert found is not None
    doubted = 2 if text == "Refill" else 1
    assert found == Doubts(doubted, 1, began, began, 6)
    assert shop.standing(campaign).accepted == 4 - doubted
    took = 4 if fault is Fault.DROP_AFTER else 4 - doubted
    assert sorted(world.copies.values()) == [1] * took
    assert set(world.copies) <= set(shop.line_ids(friends))


def test_sent_again_by_a_person_they_get_a_new_request(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    friends = shop.friends(4)
    campaign = in_doubt(shop, line, world, Fault.DROP_BEFORE)
    with shop.database.write() as session:
        assert doubts.send_again(session, campaign, shop.clock()) == 2
    assert find(shop, campaign) is None
    assert shop.standing(campaign).note == "2 messages that were in doubt wait to be sent again. Press Go on."
    assert shop.send(campaign, line).standing.accepted == 4
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
    assert len({heard.key for heard in world.heard}) == 3


def test_left_by_a_person_they_stay_in_doubt_and_are_not_asked_about_again(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(4)
    campaign = in_doubt(shop, line, world, Fault.DROP_BEFORE)
    heard = len(world.heard)
    with shop.database.write() as session:
        assert doubts.leave(session, campaign, shop.clock()) == 2
    assert find(shop, campaign) is None
    assert shop.states(campaign)[friends[0]] == (DeliveryState.IN_DOUBT, "left_in_doubt")
    assert shop.standing(campaign).in_doubt == 2
    assert len(world.heard) == heard
    with shop.database.write() as session, pytest.raises(ShopError, match="nothing to decide"):
        doubts.send_again(session, campaign, shop.clock())


def test_who_refused_meanwhile_gets_nothing_again(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    friends = shop.friends(4)
    campaign = in_doubt(shop, line, world, Fault.DROP_BEFORE)
    with shop.database.write() as session:
        session.get_one(Friend, friends[0]).marketing = Marketing.REFUSED
        assert doubts.send_again(session, campaign, shop.clock()) == 1
    shop.send(campaign, line)
    assert shop.states(campaign)[friends[0]] == (DeliveryState.IN_DOUBT, "refused_since")
    assert world.copies == dict.fromkeys(shop.line_ids(friends[1:]), 1)


@pytest.mark.parametrize("place", range(4))
def test_who_refused_is_never_called_accepted_with_the_others_of_a_request(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, place: int
) -> None:
    friends = shop.friends(4)
    campaign = shop.freeze(chunk=4)
    world.faults.extend([Fault.DROP_BEFORE] * 6)
    shop.send(campaign, line)
    shop.clock.forward(hours=24)
    shop.send(campaign, line)
    with shop.database.write() as session:
        session.get_one(Friend, friends[place]).marketing = Marketing.REFUSED
        assert doubts.send_again(session, campaign, shop.clock()) == 3
    world.faults.append(Fault.TOKEN)
    shop.send(campaign, line)
    assert shop.states(campaign)[friends[place]] == (DeliveryState.IN_DOUBT, "refused_since")
    shop.send(campaign, line)
    assert shop.states(campaign)[friends[place]] == (DeliveryState.IN_DOUBT, "refused_since")
    others = [friend for friend in friends if friend != friends[place]]
    assert world.copies == dict.fromkeys(shop.line_ids(others), 1)
    assert shop.standing(campaign).accepted == 3


def test_after_a_stop_nothing_is_offered(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(2)
    campaign = in_doubt(shop, line, world, Fault.DROP_BEFORE)
    with shop.database.write() as session:
        session.get_one(Campaign, campaign).state = CampaignState.STOPPED
    assert find(shop, campaign) is None


@pytest.mark.parametrize("hours", [-6, -2, 23.5, 30, 24 * 40])
def test_a_clock_that_jumps_while_an_answer_is_missing_leaves_it_in_doubt(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, hours: float
) -> None:
    friends = shop.friends(4)
    without_quiet_hours(shop)
    campaign = shop.freeze(chunk=2)
    world.faults.append(Fault.DROP_AFTER)
    asleep = Asleep(line, lambda: shop.clock.forward(hours=hours))
    summary = shop.send(campaign, asleep)  # pyright: ignore[reportArgumentType]
    assert (summary.state, summary.standing.in_doubt, summary.standing.accepted) == (CampaignState.DONE, 2, 2)
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


@pytest.mark.parametrize("hours", [-6, 0.05, 22, 24 * 40])
def test_a_clock_that_jumps_between_answered_requests_stops_nothing(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, hours: float
) -> None:
    friends = shop.friends(6)
    without_quiet_hours(shop)
    asleep = Asleep(line, lambda: shop.clock.forward(hours=hours))
    summary = shop.send(shop.freeze(chunk=2), asleep)  # pyright: ignore[reportArgumentType]
    assert (summary.state, summary.standing.accepted) == (CampaignState.DONE, 6)
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def test_a_short_sleep_goes_on_with_the_same_key(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    friends = shop.friends(2)
    without_quiet_hours(shop)
    world.faults.append(Fault.DROP_AFTER)
    asleep = Asleep(line, lambda: shop.clock.forward(hours=9))
    assert shop.send(shop.freeze(), asleep).standing.accepted == 2  # pyright: ignore[reportArgumentType]
    assert len({heard.key for heard in world.heard}) == 1
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def without_quiet_hours(shop: Shopkeeper) -> None:
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.quiet_from = row.quiet_to = 0
