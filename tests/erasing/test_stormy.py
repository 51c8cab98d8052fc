"""Whatever happens in whatever order: nobody whose newest answer is a refusal is in what leaves."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.erasing.stormy_life import StormyLife
from tests.maker import Maker


@pytest.fixture
def stormy(database: Database, make: Maker, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[StormyLife]:
    clock = Clock(make.now)
    world = PracticeWorld(limit=None, clock=clock)
    server = PracticeServer(world)
    line = SdkLine(server.start(), PRACTICE_TOKEN)
    life = StormyLife(database, world, line, clock, make, Random(request.param), folder=tmp_path)
    life.prepare()
    yield life
    line.close()
    server.stop()
    life.database.close()


@pytest.mark.parametrize("stormy", range(2), indirect=True)
def test_nobody_who_refused_is_in_what_leaves(stormy: StormyLife) -> None:
    for _step in range(40):
        stormy.step()
    for again in (stormy.backup, stormy.refuse, stormy.restore, stormy.upload, stormy.save_list):
        stormy.step_as(again)
    assert stormy.wrong == []
    assert stormy.left > 0
    assert stormy.refusing
