"""One send has one sender; and even two who slip past each other cannot make a second copy."""

from typing import Any

import pytest

from linecrm_desktop.campaigns.outbox import Handed, hand_over, open_parts, waiting_parts
from linecrm_desktop.campaigns.settling import Next, Told, settle
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import Answer, AnswerKind
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Campaign, CampaignState
from tests.campaigns.shopkeeper import Shopkeeper


class Meddling:
    """A connection in whose middle somebody presses Send again."""

    def __init__(self, line: SdkLine, press: Any) -> None:
        self._line = line
        self._press = press

    def __getattr__(self, name: str) -> Any:
        return getattr(self._line, name)

    def multicast(self, body: dict[str, Any], retry_key: str) -> Answer:
        self._press()
        return self._line.multicast(body, retry_key)


def test_a_second_start_of_the_same_send_is_refused(shop: Shopkeeper, line: SdkLine, world: PracticeWorld) -> None:
    friends = shop.friends(2)
    campaign = shop.freeze()
    pressed: list[int] = []

    def press() -> None:
        pressed.append(1)
        with pytest.raises(ShopError, match="being sent already"):
            shop.send(campaign, line)

    assert shop.send(campaign, Meddling(line, press)).standing.accepted == 2  # pyright: ignore[reportArgumentType]
    assert pressed == [1]
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def test_an_answer_to_an_older_try_is_not_believed_unless_it_says_accepted(shop: Shopkeeper) -> None:
    shop.friends(2)
    campaign, first, second = started(shop)
    with shop.database.write() as session:
        assert settle(session, campaign, [Told(first, Answer(AnswerKind.BUSY))], shop.clock()) == [Next.HALT]
    assert shop.standing(campaign).accepted == 0
    with shop.database.write() as session:
        settle(session, campaign, [Told(second, Answer(AnswerKind.NO_ANSWER))], shop.clock())
        settle(session, campaign, [Told(first, Answer(AnswerKind.ACCEPTED, "id"))], shop.clock())
        settle(session, campaign, [Told(second, Answer(AnswerKind.BUSY))], shop.clock())
    assert shop.standing(campaign).accepted == 2


def test_two_senders_hand_over_the_same_key_and_bytes(shop: Shopkeeper) -> None:
    shop.friends(2)
    _campaign, first, second = started(shop)
    assert (first.retry_key, first.body) == (second.retry_key, second.body)
    assert (first.fresh, second.fresh) == (True, False)


def test_what_was_handed_over_before_goes_first(shop: Shopkeeper) -> None:
    shop.friends(6)
    campaign = shop.freeze(chunk=2)
    with shop.database.write() as session:
        session.get_one(Campaign, campaign).state = CampaignState.SENDING
        hand_over(session, campaign, waiting_parts(session, campaign, 1, 1), shop.clock())
        assert [part.number for part in open_parts(session, campaign)] == [2]
        assert [part.number for part in waiting_parts(session, campaign, -1, 9)] == [0, 1]


def started(shop: Shopkeeper) -> tuple[int, Handed, Handed]:
    """Hand the same chunk over twice, as two programs would that know nothing of each other."""
    campaign = shop.freeze()
    found: list[Handed] = []
    for _sender in range(2):
        with shop.database.write() as session:
            session.get_one(Campaign, campaign).state = CampaignState.SENDING
            parts = open_parts(session, campaign) or waiting_parts(session, campaign, -1, 9)
            found += hand_over(session, campaign, parts, shop.clock()) or []
    return campaign, found[0], found[1]
