from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import own_templates
from linecrm_desktop.messages.brief import Brief, Metric
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.store.database import Database


def segment(session: Session, now: datetime) -> int:
    row = Segment(name="Serum buyers", rule={}, created_at=now, changed_at=now)
    session.add(row)
    session.flush()
    return row.id


def draft(segment_id: int | None = None, **brief: object) -> MessageDraft:
    answers = Brief(segment_id, "why now it is", "what to say", Metric.REPLIES, 3, 8, 20)
    made = MessageDraft("November", answers, (TextBubble("Hi {name|there}"),), ((TextBubble("B"),),))
    return made.with_brief(**brief)


def test_a_template_comes_back_with_everything_but_its_moment(database: Database, now: datetime) -> None:
    with database.write() as session:
        written = draft(segment(session, now), send_at=now + timedelta(days=1), only_informed=True)
        kept = own_templates.save(session, written, " Refill ", now)
        assert own_templates.load(session, kept) == written.with_brief(send_at=None).with_name("Refill")
        (row,) = own_templates.all_templates(session)
    assert (row.name, row.segment_name, row.bubbles) == ("Refill", "Serum buyers", 1)


def test_a_template_forgets_a_segment_that_was_deleted(database: Database, now: datetime) -> None:
    with database.write() as session:
        gone = segment(session, now)
        kept = own_templates.save(session, draft(gone), "Refill", now)
        session.delete(session.get_one(Segment, gone))
    with database.write() as session:
        assert segment(session, now) == gone, "SQLite gives the number again"
    with database.read() as session:
        assert own_templates.load(session, kept).brief.segment_id is None


def test_two_templates_never_have_one_name(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = own_templates.save(session, draft(), "Refill", now)
        second = own_templates.save(session, draft(), "Tips", now)
        with pytest.raises(ShopError, match="already"):
            own_templates.save(session, draft(), "refill", now)
        with pytest.raises(ShopError, match="already"):
            own_templates.rename(session, second, "REFILL", now)
        own_templates.rename(session, first, "REFILL", now)
        own_templates.save(session, draft(), "Tips", now, second)
        with pytest.raises(ShopError, match="no name"):
            own_templates.save(session, draft(), "  ", now)
        assert [row.name for row in own_templates.all_templates(session)] == ["REFILL", "Tips"]
        assert own_templates.named(session, "refill ") == first


def test_a_deleted_template_can_be_put_back(database: Database, now: datetime) -> None:
    with database.write() as session:
        kept = own_templates.save(session, draft(), "Refill", now)
        was = own_templates.delete(session, kept)
        with pytest.raises(ShopError, match="no longer there"):
            own_templates.load(session, kept)
        again = own_templates.save(session, was, was.name, now)
        assert own_templates.load(session, again) == was
