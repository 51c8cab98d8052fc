from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import blocks, library
from linecrm_desktop.messages.blocks import TextBubble
from linecrm_desktop.messages.brief import Brief, Metric, to_json
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.campaign import Campaign
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


def sent(session: Session, now: datetime, brief: Brief, **columns: object) -> int:
    row = Campaign(
        name="November",
        segment_name="Serum buyers",
        segment_rule={},
        brief=to_json(brief),
        bubbles=blocks.to_json((TextBubble("As it was sent"),)),
        unit="x",
        recipients=1,
        reach_then=1,
        created_at=now,
        **columns,
    )
    session.add(row)
    session.flush()
    return row.id


def test_a_brief_of_a_send_leads_to_the_send_and_has_no_moment(database: Database, now: datetime) -> None:
    with database.write() as session:
        brief = Brief(segment(session, now), "why now it is", "what to say", send_at=now)
        campaign = sent(session, now, brief)
        library.save(session, MessageDraft("Its draft", brief), now + timedelta(days=3))
        (one,) = library.briefs(session)
    assert (one.campaign_id, one.segment_name, one.used_at) == (campaign, "Serum buyers", now)
    assert one.brief.send_at is None


def test_a_segment_that_is_younger_than_a_send_is_not_the_one_it_went_to(database: Database, now: datetime) -> None:
    with database.write() as session:
        younger = segment(session, now + timedelta(days=1))
        campaign = sent(session, now, Brief(younger, "why now it is", "what to say"))
        assert library.briefs(session) == []
        assert library.of_send(session, campaign).brief.segment_id is None


def test_a_copy_of_a_send_is_what_was_sent(database: Database, now: datetime) -> None:
    with database.write() as session:
        brief = Brief(segment(session, now), "why now it is", "what to say", send_at=now)
        message = library.save(session, MessageDraft("November", brief, (TextBubble("Changed since"),)), now)
        campaign = sent(session, now, brief, message_id=message)
        copied = library.load(session, library.copy_of_send(session, campaign, now))
    assert copied == MessageDraft(
        "Copy of November", Brief(brief.segment_id, brief.why_now, brief.what), (TextBubble("As it was sent"),)
    )
