"""A shop with one segment worth sharing, and a practice LINE behind a real socket that remembers what it was given."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.days import ShopDay
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.maker import Maker

FEW = Limits(share=2, share_tag=2)
RULE = AllOf((HasTag((1,)),))


@pytest.fixture
def at(now: datetime, day: ShopDay) -> Moment:
    return Moment(day, now)


@pytest.fixture
def clock(now: datetime) -> Clock:
    return Clock(now)


@pytest.fixture
def world(clock: Clock) -> PracticeWorld:
    return PracticeWorld(clock=clock)


@pytest.fixture
def line(world: PracticeWorld) -> Iterator[SdkLine]:
    server = PracticeServer(world)
    client = SdkLine(server.start(), PRACTICE_TOKEN)
    yield client
    client.close()
    server.stop()


@pytest.fixture
def fans(database: Database, make: Maker, now: datetime) -> list[int]:
    """Six informed friends with the tag Serum, which the segment 1 asks for."""
    with database.write() as session:
        tag = make.tag(session, "Serum", TagType.INTEREST)
        friends = [
            make.friend(session, informed=Answer.YES, phone=f"+88691234560{n}", email=f"f{n}@example.tw")
            for n in range(6)
        ]
        for friend in friends:
            make.give(session, tag, friend)
        library.save(session, SegmentDraft("Serum fans", "Who is like them", AllOf((HasTag((tag,)),))), now)
    assert tag == 1
    return friends
