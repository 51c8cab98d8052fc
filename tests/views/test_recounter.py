"""While the program runs, segments are counted again when they ask for it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.models.segment import Recount, Segment, SegmentCount
from linecrm_desktop.segments import codec, library, shelf
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, InSegment, Joined
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.recounter import Recounter
from tests.maker import Maker
from tests.views.settling import settle

SIX = datetime(2026, 11, 11, 22, 0, tzinfo=UTC)
"""Six in the morning in Taipei."""


def test_each_is_counted_when_it_is_due(desk: Desk, database: Database, make: Maker, qtbot: QtBot) -> None:
    with database.write() as session:
        make.friend(session, joined_at=SIX - timedelta(days=3))
        make.friend(session, joined_at=SIX - timedelta(days=3), is_blocked=True)
        ids = {
            recount: library.save(session, SegmentDraft(str(recount), "x", AllOf((Joined(30),))), SIX)
            for recount in Recount
        }
        for recount, segment in ids.items():
            shelf.set_recount(session, segment, recount)
        away = shelf.duplicate(session, ids[Recount.HOUR], SIX)
        shelf.archive(session, away, SIX)
        broken = shelf.duplicate(session, ids[Recount.HOUR], SIX)
        session.get_one(Segment, broken).rule = codec.to_json(AllOf((InSegment(999),)))
    clock = [SIX - timedelta(minutes=30)]
    recounter = Recounter(replace(desk, clock=lambda: clock[0]))

    def look() -> list[tuple[str, int, int]]:
        recounter.look()
        settle(desk, qtbot)
        with database.read() as session:
            rows = session.execute(
                select(Segment.name, SegmentCount.matching, SegmentCount.reachable)
                .join(Segment, Segment.id == SegmentCount.segment_id)
                .where(SegmentCount.at == clock[0])
                .order_by(Segment.name)
            )
            return [(name, matching, reachable) for name, matching, reachable in rows]

    assert look() == [("hour", 2, 1)]
    clock[0] = SIX
    assert look() == [("morning", 2, 1)]
    clock[0] = SIX + timedelta(minutes=29)
    assert look() == []
    clock[0] = SIX + timedelta(minutes=30)
    assert look() == [("hour", 2, 1)]
    clock[0] = SIX + timedelta(days=1)
    assert look() == [("hour", 2, 1), ("morning", 2, 1)]
