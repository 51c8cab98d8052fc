"""The sender breaks after every step in turn; the shop is opened again and goes on; each friend has one copy."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import sending
from linecrm_desktop.line.gateway import Answer, Quota
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.campaigns.shopkeeper import Shopkeeper


class Crash(BaseException):
    """The computer is gone; nothing may catch this."""


class Fuse:
    """Burns through at one step."""

    def __init__(self, at: int) -> None:
        self._left = at
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        if self._left == 0:
            raise Crash
        self._left -= 1


class BreakingDatabase(Database):
    """The real shop, with a step before, inside and after each write."""

    def __init__(self, database: Database, fuse: Fuse) -> None:
        self._real = database
        self._fuse = fuse
        self.path = database.path
        self.read = database.read
        self.address, self.lease = database.address, database.lease

    @contextmanager
    def write(self) -> Generator[Session]:  # pyright: ignore[reportIncompatibleMethodOverride]
        self._fuse.step()
        with self._real.write() as session:
            yield session
            session.flush()
            self._fuse.step()
        self._fuse.step()


class BreakingLine:
    """The real connection, with a step before the request leaves and after its answer came."""

    def __init__(self, line: SdkLine, fuse: Fuse) -> None:
        self._line = line
        self._fuse = fuse

    def quota(self) -> Quota:
        return self._line.quota()

    def push(self, body: dict[str, Any], retry_key: str) -> Answer:
        return self._broken(self._line.push, body, retry_key)

    def multicast(self, body: dict[str, Any], retry_key: str) -> Answer:
        return self._broken(self._line.multicast, body, retry_key)

    def _broken(self, ask: Callable[[dict[str, Any], str], Answer], body: dict[str, Any], key: str) -> Answer:
        self._fuse.step()
        answer = ask(body, key)
        self._fuse.step()
        return answer


def send_until_it_breaks(shop: Shopkeeper, campaign: int, line: SdkLine, fuse: Fuse) -> bool:
    """Return whether the send came to its end before the fuse burned through."""
    real = shop.database
    shop.database = BreakingDatabase(real, fuse)
    try:
        shop.send(campaign, BreakingLine(line, fuse))  # pyright: ignore[reportArgumentType]
    except Crash:
        return False
    finally:
        shop.database = real
    return True


def reopen(shop: Shopkeeper, path: Path) -> None:
    shop.database.close()
    shop.database = open_shop(path)


@pytest.mark.parametrize("faults", [[], [Fault.BUSY, Fault.DROP_AFTER], [Fault.ERROR_AFTER, Fault.DROP_BEFORE]])
@pytest.mark.parametrize(("text", "chunk"), [("Refill is here", 2), ("Hi {name|there}, refill", 500)])
def test_a_crash_at_any_step_leaves_exactly_one_copy_a_friend(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, faults: list[Fault], text: str, chunk: int
) -> None:
    friends = shop.friends(3)
    (bad,) = shop.friends(1, line_user_id="hello")
    expected = dict.fromkeys(shop.line_ids(friends), 1)
    with shop.database.write() as session:
        session.get_one(Shop, 1).cap_messages = 0
    path, step, is_over = shop.database.path, 0, False
    while not is_over:
        world.delivered.clear()
        world.faults.clear()
        world.faults.extend(faults)
        campaign = shop.freeze(text=text, chunk=chunk)
        is_over = send_until_it_breaks(shop, campaign, line, Fuse(step))
        reopen(shop, path)
        if not is_over:
            with shop.database.read() as session:
                assert sending.unfinished(session) in ([campaign], [])
        finish(shop, campaign, line)
        assert world.copies == expected, f"broken at step {step}"
        assert shop.standing(campaign).accepted == 3
        assert shop.states(campaign)[bad][1] == "unknown_id"
        step += 1
    assert step > 20


def finish(shop: Shopkeeper, campaign: int, line: SdkLine) -> None:
    """Go on as a person does, until the send is over."""
    if shop.standing(campaign).state is not CampaignState.DONE:
        shop.send(campaign, line)
    assert shop.standing(campaign).state is CampaignState.DONE


@pytest.mark.parametrize("every", [1, 2, 3, 5, 7, 11])
def test_crash_after_crash_after_crash_still_leaves_one_copy(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, every: int
) -> None:
    friends = shop.friends(5)
    campaign = shop.freeze(chunk=2)
    path = shop.database.path
    for crash in range(200):
        send_until_it_breaks(shop, campaign, line, Fuse(crash % 13 + every))
        if shop.standing(campaign).state is CampaignState.DONE:
            break
        reopen(shop, path)
    assert shop.standing(campaign).state is CampaignState.DONE
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
