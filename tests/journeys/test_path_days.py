"""Paths over many days with a laptop that is off at random: what was promised holds in what the practice LINE took."""

from datetime import datetime
from random import Random

from linecrm_desktop.journeys import due
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.journeys import path_promises
from tests.journeys.path_life import Life
from tests.maker import Maker


def test_no_promise_is_broken_in_thirty_days(database: Database, make: Maker, now: datetime) -> None:
    clock = Clock(now)
    world = PracticeWorld(limit=None, clock=clock)
    server = PracticeServer(world)
    server.start()
    line = SdkLine(server.host, PRACTICE_TOKEN)
    try:
        life = Life(database, world, line, clock, make, Random(1), newcomers=3)
        life.begin(buyers=15, warm=8)
        life.live(30)
        with database.write() as session:
            due.prepare(session, life.day, clock())
        told = path_promises.count(life)
        assert path_promises.broken(life) == {}
        assert told["copies of steps"] > 50 and told["days off"] > 3
    finally:
        line.close()
        server.stop()
