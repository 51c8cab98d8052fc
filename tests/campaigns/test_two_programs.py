"""Two programs that want to send the same: the second is turned away, and the ledger shows each friend once."""

import multiprocessing
import sys
from datetime import datetime
from multiprocessing.context import SpawnProcess
from pathlib import Path

from linecrm_desktop.campaigns import sending
from linecrm_desktop.errors import TagwellError
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.store.opening import open_shop
from tests.campaigns.shopkeeper import AT_ONCE, Shopkeeper

TURNED_AWAY = 3


def program(path: str, campaign: int, host: str, now: datetime) -> None:
    """Be one of the two."""
    try:
        database = open_shop(Path(path))
        line = SdkLine(host, PRACTICE_TOKEN)
        sending.send(database, campaign, line, Task(), lambda: now, AT_ONCE)
    except TagwellError:
        sys.exit(TURNED_AWAY)


def test_a_second_program_is_turned_away_while_the_first_waits_for_line(
    shop: Shopkeeper, server: PracticeServer, world: PracticeWorld
) -> None:
    friends = shop.friends(5)
    campaign = shop.freeze(chunk=2)
    path = shop.database.path
    shop.database.close()
    world.faults.append(Fault.SLOW)
    first, second, third = (start(path, campaign, server.host, shop.clock.now) for _one in range(3))
    first.start()
    while not world.heard and first.is_alive():
        first.join(0.05)
    second.start()
    second.join()
    assert second.exitcode == TURNED_AWAY
    world.hurry.set()
    first.join()
    assert first.exitcode == 0
    third.start()
    third.join()
    assert third.exitcode == TURNED_AWAY
    shop.database = open_shop(path)
    assert shop.standing(campaign).accepted == 5
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)


def start(path: Path, campaign: int, host: str, now: datetime) -> SpawnProcess:
    return multiprocessing.get_context("spawn").Process(target=program, args=(str(path), campaign, host, now))
