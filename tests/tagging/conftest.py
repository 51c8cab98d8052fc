"""A small shop for work on tags: friends who carry two names for one thing, and a segment that asks for one of them."""

from dataclasses import dataclass
from datetime import datetime

import pytest

from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment
from linecrm_desktop.store.database import Database
from tests.maker import Maker


@dataclass(frozen=True)
class Serums:
    """Numbers of what is in the shop."""

    serum: int
    essence: int
    vip: int
    tina: int
    """Carries serum (by a file, 40 days ago) and essence (by hand, 9 days ago)."""
    bo: int
    """Carries essence."""
    amy: int
    """Carries serum and VIP."""
    segment: int
    """Asks for essence."""
    above: int
    """Asks for who is in the other segment."""


@pytest.fixture
def serums(database: Database, make: Maker, now: datetime) -> Serums:
    with database.write() as session:
        serum = make.tag(session, "Serum", helps_decide="Who hears of the new serum")
        essence = make.tag(session, "Essence", owner="Amy", is_sensitive=True)
        vip = make.tag(session, "VIP", TagType.VALUE)
        tina, bo, amy = (make.friend(session, name=name) for name in ("Tina", "Bo", "Amy"))
        make.give(session, serum, tina, TagOrigin.IMPORT, since=make.ago(40), evidence="a.csv", batch_id=4)
        make.give(session, essence, tina, TagOrigin.HAND, since=make.ago(9), evidence="asked")
        make.give(session, essence, bo, TagOrigin.RULE, since=make.ago(3), evidence="bought essence")
        make.give(session, serum, amy)
        make.give(session, vip, amy)
        segment = library.save(session, SegmentDraft("Essence fans", "x", AllOf((HasTag((essence,)),))), now)
        above = library.save(session, SegmentDraft("Fans of fans", "x", AllOf((InSegment(segment),))), now)
    return Serums(serum, essence, vip, tina, bo, amy, segment, above)
