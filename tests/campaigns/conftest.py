"""A shop with a tagged segment, and a practice LINE behind a real socket."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.store.database import Database
from tests.campaigns.shopkeeper import Shopkeeper
from tests.clock import Clock
from tests.maker import Maker


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def shop(database: Database, clock: Clock, make: Maker) -> Iterator[Shopkeeper]:
    keeper = Shopkeeper(database, clock, make)
    keeper.prepare()
    yield keeper
    keeper.database.close()  # a test may have opened the file anew


@pytest.fixture
def world(clock: Clock) -> PracticeWorld:
    return PracticeWorld(limit=None, clock=clock)


@pytest.fixture
def server(world: PracticeWorld) -> Iterator[PracticeServer]:
    server = PracticeServer(world)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def line(server: PracticeServer) -> Iterator[SdkLine]:
    client = SdkLine(server.host, PRACTICE_TOKEN)
    yield client
    client.close()
