"""A practice LINE behind a real socket, and the real SDK that speaks to it."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from tests.clock import Clock
from tests.line.words import user


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def world(clock: Clock) -> PracticeWorld:
    return PracticeWorld(friends={user(n) for n in range(20)}, limit=100, clock=clock)


@pytest.fixture
def host(world: PracticeWorld) -> Iterator[str]:
    server = PracticeServer(world)
    yield server.start()
    server.stop()


@pytest.fixture
def line(host: str) -> Iterator[SdkLine]:
    client = SdkLine(host, PRACTICE_TOKEN)
    yield client
    client.close()
