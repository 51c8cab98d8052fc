"""A decision that speaks of a segment or a message that is gone is found; words of everyday are not."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.audit import run
from linecrm_desktop.audit.decisions import speaks_of
from linecrm_desktop.audit.findings import Check
from linecrm_desktop.audit.words import sentence
from linecrm_desktop.days import ShopDay
from linecrm_desktop.messages import library as messages
from linecrm_desktop.models.message import Message
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments import shelf
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, Joined
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def said(session: Session, day: ShopDay) -> list[str]:
    facts, found = run.audit(session, day)
    names = {tag.id: tag.name for tag in facts.tags}
    return [sentence(one, names) for one in found if one.check is Check.NO_DECISION]


def test_a_decision_about_a_segment_counts_while_the_segment_is_there(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    draft = SegmentDraft("Spring offer", "x", AllOf((Joined(30),)))
    with database.write() as session:
        make.tag(session, "VIP", helps_decide="Who is in the segment “Spring offer”", created_at=make.ago(40))
        segment = segments.save(session, draft, now)
        assert said(session, day) == []
        shelf.archive(session, segment, now)
        gone = ["The decision of “VIP” speaks of “Spring offer”, which is not there any more."]
        assert said(session, day) == gone
        segments.delete(session, segment, now)
        assert said(session, day) == gone
        segments.save(session, draft, now)
        assert said(session, day) == []


def test_a_decision_about_a_message_that_was_deleted_is_found(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        make.tag(session, "VIP", helps_decide="誰會收到春季新品通知", created_at=make.ago(40))
        message = Message(name="春季新品通知", created_at=now, changed_at=now)
        session.add(message)
        session.flush()
        assert said(session, day) == []
        messages.delete(session, message.id, now)
        assert said(session, day) == ["The decision of “VIP” speaks of “春季新品通知”, which is not there any more."]


@pytest.mark.parametrize(
    ("decision", "gone", "here", "found"),
    [
        ("Who gets “Quiet”", "Quiet", (), "Quiet"),
        ("Quiet", "Quiet", (), "Quiet"),
        ("Who is sent less when quiet", "Quiet", (), None),
        ("Who gets the spring offer first", "Spring offer", (), "Spring offer"),
        ("Who gets the spring offers", "Spring offer", (), None),
        ("Who gets the spring offer plus", "Spring offer", ("spring offer plus",), None),
        ("誰先收到新品", "新品", (), None),
        ("「新品」的對象", "新品", (), "新品"),
    ],
)
def test_only_a_name_that_cannot_be_meant_otherwise_counts(
    decision: str, gone: str, here: tuple[str, ...], found: str | None
) -> None:
    assert speaks_of(decision, {gone.casefold(): gone}, set(here)) == found
