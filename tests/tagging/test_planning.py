"""What a dry run tells beside sizes: which segments change, who loses a message, and what is called otherwise."""

from datetime import datetime

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.message import Message
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, TagMatch
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing
from linecrm_desktop.tagging.merging import merge
from linecrm_desktop.tagging.planning import TagSize, plan
from linecrm_desktop.tagging.settling import settle
from tests.tagging.conftest import Serums


def test_a_segment_that_only_names_another_tag_keeps_its_friends(
    database: Database, serums: Serums, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        settle(session, serums.serum, serums.essence, serums.essence, now)  # Tina has essence only
        rule = AllOf((HasTag((serums.serum, serums.essence), TagMatch.ANY),))
        either = library.save(session, SegmentDraft("Either", "x", rule), now)
        tags = {serums.serum, serums.essence}
        found = plan(session, tags, lambda inner: merge(inner, serums.serum, serums.essence, now), day)
    assert either in found.changed and either not in found.moved
    assert set(found.moved) == {serums.segment, serums.above}


def test_who_falls_out_of_the_segment_of_a_message_is_counted_once(
    database: Database, serums: Serums, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        for segment in (serums.segment, serums.above):
            draft = Message(name=f"To {segment}", segment_id=segment, created_at=now, changed_at=now)
            session.add(draft)
        session.flush()
        tags = {serums.serum, serums.essence}
        found = plan(session, tags, lambda inner: settle(inner, serums.serum, serums.essence, serums.serum, now), day)
        merged = plan(session, tags, lambda inner: merge(inner, serums.serum, serums.essence, now), day)
    assert (found.losing, merged.losing) == (1, 0)


def test_a_new_name_is_told_as_such(database: Database, serums: Serums, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        found = plan(session, {serums.vip}, lambda inner: changing.rename(inner, serums.vip, "Best", now), day)
    assert found.tags == (TagSize("Best", 1, 1, was="VIP"),)
    assert (found.changed, found.losing) == ((), 0)
