from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import library
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.store.database import Database


def segment(session: Session, now: datetime) -> int:
    row = Segment(name="Serum buyers", rule={}, created_at=now, changed_at=now)
    session.add(row)
    session.flush()
    return row.id


def test_a_draft_comes_back_as_it_was_saved(database: Database, now: datetime) -> None:
    with database.write() as session:
        brief = Brief(segment(session, now), "why now it is", "what to say", Metric.REPLIES, 3, 8, 20)
        draft = MessageDraft("November", brief, (TextBubble("Hi {name|there}\n🍎"), TextBubble("")))
        message = library.save(session, draft, now)
    with database.read() as session:
        assert library.load(session, message) == draft


def test_the_draft_changed_last_is_listed_first(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = library.save(session, MessageDraft("First"), now)
        library.save(session, MessageDraft("Second"), now)
        library.save(session, MessageDraft("First", Brief(segment(session, now))), now + timedelta(hours=1), first)
        rows = library.all_messages(session)
    assert [(row.name, row.segment_name, row.unanswered) for row in rows] == [
        ("First", "Serum buyers", 2),
        ("Second", "", 3),
    ]


def test_a_copy_has_a_name_of_its_own(database: Database, now: datetime) -> None:
    with database.write() as session:
        copied = library.copy(session, library.save(session, MessageDraft("November"), now), now)
        assert library.load(session, copied).name == "Copy of November"


def test_a_deleted_draft_says_so(database: Database, now: datetime) -> None:
    with database.write() as session:
        message = library.save(session, MessageDraft("November"), now)
        library.delete(session, message)
        with pytest.raises(ShopError, match="no longer there"):
            library.load(session, message)


def test_a_draft_without_a_name_gets_one(database: Database, now: datetime) -> None:
    with database.write() as session:
        message = library.save(session, MessageDraft("  "), now)
        assert library.load(session, message).name == "Message without a name"


def test_briefs_that_were_used_are_offered_once_and_taken_over(database: Database, now: datetime) -> None:
    with database.write() as session:
        brief = Brief(segment(session, now), "why now it is", "what to say", Metric.COUPONS, 14, 8, 20)
        for hours, name in enumerate(("November", "December")):
            library.save(session, MessageDraft(name, brief), now + timedelta(hours=hours))
        library.save(session, MessageDraft("Empty", Brief()), now)
        offered = library.briefs(session)
    assert [(one.message, one.brief) for one in offered] == [("December", brief)]
    assert MessageDraft("New").with_brief_of(offered[0].brief).brief.missing() == []


def test_all_variants_of_a_draft_are_kept(database: Database, now: datetime) -> None:
    draft = MessageDraft("November", bubbles=(TextBubble("A"),)).with_variant().with_bubble(0, TextBubble("B"), 1)
    with database.write() as session:
        message = library.copy(session, library.save(session, draft, now), now)
        assert library.load(session, message).variants == ((TextBubble("A"),), (TextBubble("B"),))
