from datetime import datetime

from linecrm_desktop.models.message import Message
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.segments.used import Use, User, uses_of_tags
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_tags_know_what_asks_for_them(database: Database, now: datetime, make: Maker) -> None:
    with database.write() as session:
        serum, vip, idle = (make.tag(session, name) for name in ("Serum", "VIP", "Idle"))
        rule = AllOf((HasTag((serum,)),))
        segment = library.save(session, SegmentDraft("Serum buyers", "x", rule), now)
        message = Message(name="Refill", segment_id=segment, created_at=now, changed_at=now)
        given = TagRule(tag_id=vip, name="Buys serum", rule=codec.to_json(rule), created_at=now, changed_at=now)
        session.add_all([message, given])
        session.flush()
        found = uses_of_tags(session)
        assert found[serum] == (
            Use(User.SEGMENT, segment, "Serum buyers"),
            Use(User.MESSAGE, message.id, "Refill"),
            Use(User.TAG, vip, "Buys serum"),
        )
        assert idle not in found and vip not in found
