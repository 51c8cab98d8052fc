"""Quiet hours in the gate and while a send is under way: nothing leaves in them, and what waits is not lost."""

from datetime import datetime, timedelta

import pytest

from linecrm_desktop.campaigns.gate import Tone
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.shop import Shop
from tests.campaigns.shopkeeper import Shopkeeper
from tests.campaigns.test_gate import check


def at(shop: Shopkeeper, hour: int, minute: int = 0, second: int = 0) -> None:
    """Set the clock to a time of the day in Taipei."""
    local = shop.day.local(shop.clock()).replace(hour=hour, minute=minute, second=second)
    shop.clock.now = local.astimezone(shop.clock().tzinfo)


@pytest.mark.parametrize(
    ("hour", "minute", "tone", "words"),
    [
        (10, 31, Tone.PASSED, "Today 10:31 lies outside the quiet hours, 21:00 to 08:00."),
        (20, 29, Tone.PASSED, "Today 20:29 lies outside"),
        (20, 30, Tone.WARNING, "The quiet hours begin 30 minutes later, at 21:00. Who has not got it by then waits"),
        (20, 59, Tone.WARNING, "The quiet hours begin 1 minute later, at 21:00."),
        (
            21,
            0,
            Tone.BLOCKED,
            "Today 21:00 lies in the quiet hours, 21:00 to 08:00. It may leave from 13 Nov 08:00 on.",
        ),
        (7, 59, Tone.BLOCKED, "Today 07:59 lies in the quiet hours, 21:00 to 08:00. It may leave from Today 08:00 on."),
        (8, 0, Tone.PASSED, "Today 08:00 lies outside"),
    ],
)
def test_the_gate_at_every_edge(shop: Shopkeeper, hour: int, minute: int, tone: Tone, words: str) -> None:
    shop.friends(60)
    at(shop, hour, minute)
    found = check(shop.look(shop.message()), "quiet")
    assert found.sentence.startswith(words)
    assert (found.tone, found.fix) == (tone, "Change time")


def test_a_planned_send_is_checked_for_its_own_moment(shop: Shopkeeper) -> None:
    shop.friends(60)
    late, evening, before = shop.clock() + timedelta(hours=12), shop.clock() + timedelta(hours=9), shop.clock()
    assert check(shop.look(shop.message(send_at=late)), "quiet").tone is Tone.BLOCKED
    assert check(shop.look(shop.message(send_at=evening)), "quiet").tone is Tone.PASSED
    passed = check(shop.look(shop.message(send_at=before)), "quiet")
    assert (passed.tone, passed.sentence) == (Tone.BLOCKED, "The time that was chosen has passed: Today 10:31.")


def test_a_shop_without_quiet_hours_sends_at_night(shop: Shopkeeper) -> None:
    shop.friends(60)
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.quiet_from = row.quiet_to = 0
    at(shop, 3)
    assert check(shop.look(shop.message()), "quiet").sentence == "There are no quiet hours."


def test_nothing_is_frozen_in_quiet_hours(shop: Shopkeeper) -> None:
    shop.friends(60)
    at(shop, 21)
    with pytest.raises(ShopError, match="lies in the quiet hours"):
        shop.freeze()


class Slow:
    """A LINE in front of which the clock goes on with each request."""

    def __init__(self, line: Line, shop: Shopkeeper, minutes: float) -> None:
        self._line, self._shop, self._minutes = line, shop, minutes

    def __getattr__(self, name: str) -> object:
        if name in ("push", "multicast"):
            self._shop.clock.forward(minutes=self._minutes)
        return getattr(self._line, name)


def test_a_send_that_runs_into_quiet_hours_pauses_and_goes_on_in_the_morning(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld
) -> None:
    friends = shop.friends(60)
    at(shop, 20, 59)
    campaign = shop.freeze(chunk=20)
    summary = shop.send(campaign, Slow(line, shop, 1))  # pyright: ignore[reportArgumentType]
    assert (summary.state, summary.standing.accepted, summary.standing.waiting) == (CampaignState.PAUSED, 20, 40)
    assert summary.note == (
        "The quiet hours hold, 21:00 to 08:00. 40 friends are waiting; it can go on from 13 Nov 08:00."
    )
    assert resumes(shop, campaign) == shop.day.start_of(shop.day.today) + timedelta(hours=32)
    assert shop.send(campaign, line).standing.accepted == 20  # pressed too early: nothing leaves
    at(shop, 8)
    shop.clock.forward(days=1)
    assert shop.send(campaign, line).state is CampaignState.DONE
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
    assert resumes(shop, campaign) is None


def test_quiet_hours_that_are_set_meanwhile_hold_at_the_next_request(shop: Shopkeeper, line: SdkLine) -> None:
    shop.friends(10)
    campaign = shop.freeze()
    with shop.database.write() as session:
        row = session.get_one(Shop, 1)
        row.quiet_from, row.quiet_to = 10 * 60, 11 * 60
    assert shop.send(campaign, line).standing.accepted == 0


def resumes(shop: Shopkeeper, campaign: int) -> datetime | None:
    with shop.database.read() as session:
        return session.get_one(Campaign, campaign).resume_at
