"""Pausing, stopping, quitting and going on: what has left stays counted, what waits stays safe."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import sending
from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.shop import Shop
from tests.campaigns.shopkeeper import Shopkeeper


def test_pause_ends_after_the_request_under_way_and_go_on_sends_the_rest(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(4)
    campaign = shop.freeze(chunk=1)

    def pause(done: int, _total: int, _what: str) -> None:
        if done == 1:
            with shop.database.write() as session:
                sending.pause(session, campaign, shop.clock())

    summary = shop.send(campaign, line, Task(pause))
    assert (summary.state, summary.standing.accepted) == (CampaignState.PAUSED, 1)
    assert shop.send(campaign, line).state is CampaignState.DONE
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


@pytest.mark.parametrize(
    ("halt", "state"), [(sending.pause, CampaignState.DONE), (sending.stop, CampaignState.STOPPED)]
)
def test_a_pause_that_comes_after_the_last_request_leaves_nothing_to_go_on_with(
    shop: Shopkeeper, line: SdkLine, halt: Callable[[Session, int, datetime], None], state: CampaignState
) -> None:
    shop.friends(2)
    campaign = shop.freeze()

    def press(_done: int, _total: int, _what: str) -> None:
        with shop.database.write() as session:
            halt(session, campaign, shop.clock())

    summary = shop.send(campaign, line, Task(press))
    assert (summary.state, summary.standing.accepted) == (state, 2)


def test_stop_is_for_good(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(4)
    campaign = shop.freeze(chunk=1)

    def stop(done: int, _total: int, _what: str) -> None:
        if done == 1:
            with shop.database.write() as session:
                sending.stop(session, campaign, shop.clock())

    summary = shop.send(campaign, line, Task(stop))
    assert (summary.state, summary.standing.accepted, summary.standing.stopped) == (CampaignState.STOPPED, 1, 3)
    with pytest.raises(ShopError, match="over"):
        shop.send(campaign, line)
    with shop.database.read() as session:
        assert sending.unfinished(session) == []
    assert sum(world.copies.values()) == 1


def test_stopping_while_an_answer_is_missing_leaves_that_request_in_doubt(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    shop.friends(3)
    campaign = shop.freeze(chunk=2)
    world.faults.extend([Fault.DROP_AFTER] * 6)
    shop.send(campaign, line)
    with shop.database.write() as session:
        sending.stop(session, campaign, shop.clock())
    standing = shop.standing(campaign)
    assert (standing.in_doubt, standing.stopped, standing.waiting) == (2, 1, 0)


def test_quitting_stops_safely_and_the_send_is_found_at_the_next_start(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(3)
    campaign = shop.freeze(chunk=1)
    task = Task()
    task = Task(lambda done, _total, _what: task.stop() if done == 1 else None)
    with pytest.raises(Stopped):
        shop.send(campaign, line, task)
    with shop.database.read() as session:
        assert sending.unfinished(session) == [campaign]
    shop.send(campaign, line)
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def test_a_send_that_is_over_cannot_be_started_again(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(1)
    campaign = shop.freeze()
    shop.send(campaign, line)
    with pytest.raises(ShopError, match="over"):
        shop.send(campaign, line)
    assert sum(world.copies.values()) == 1


def test_a_practice_send_never_goes_to_the_real_line(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(1)
    campaign = shop.freeze()
    with shop.database.write() as session:
        session.get_one(Shop, 1).is_practice = False
    with pytest.raises(ShopError, match="practice"):
        shop.send(campaign, line)
    assert world.heard == []


def test_without_a_stored_brief_nothing_leaves(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    shop.friends(1)
    campaign = shop.freeze()
    with shop.database.write() as session:
        session.get_one(Campaign, campaign).brief = {}
    with pytest.raises(ShopError, match="no brief"):
        shop.send(campaign, line)
    assert world.heard == []
