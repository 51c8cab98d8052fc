from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from linecrm_desktop.consent import chain, ledger, notices, recording, uses
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.consent.notices import NoticeDraft
from linecrm_desktop.consent.recording import Preview, Told
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.consent import ConsentKind, RecordingWay, Use
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.database import Database
from tests.maker import Maker

TOLD = Told(RecordingWay.EVENT, Origin("market", "news", Answer.YES, "list in folder 3", Answer.YES))
ALL = select(Friend.id)


def test_it_is_counted_first_who_gets_a_line(database: Database, make: Maker) -> None:
    with database.write() as session:
        one, two, three = (make.friend(session) for _ in range(3))
        ledger.refuse(session, [two], "chat", make.now)
        ledger.record_collected(session, [three], TOLD.origin, make.now)
        assert recording.preview(session, ALL, TOLD, make.now) == Preview(friends=3, new=2, already=1, refused=1)
        assert recording.record(session, ALL, TOLD, "everybody", make.now).friends == 2
        assert recording.preview(session, ALL, TOLD, make.now) == Preview(friends=3, new=0, already=3, refused=1)
        with pytest.raises(ShopError):
            recording.record(session, ALL, TOLD, "everybody", make.now)
        assert session.get_one(Friend, one).informed is Answer.YES


def test_a_refusal_stays_whatever_is_recorded_for_many(database: Database, make: Maker) -> None:
    with database.write() as session:
        one, two = (make.friend(session) for _ in range(2))
        ledger.refuse(session, [two], "chat", make.now)
        recording.record(session, ALL, replace(TOLD, agreed=True), "everybody", make.now)
        assert session.get_one(Friend, one).marketing is Marketing.ALLOWED
        assert session.get_one(Friend, two).marketing is Marketing.REFUSED


def test_a_recording_names_the_notice_with_its_uses(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        draft = NoticeDraft("en", "We keep your name.", "Reply STOP.", frozenset({Use.ADS, Use.SERVICE}))
        row = notices.add(session, draft, make.now, make.now)
        day = make.now - timedelta(days=9)
        told = replace(TOLD, origin=replace(TOLD.origin, notice_id=row.id, told_at=day))
        recording.record(session, ALL, told, "everybody", make.now)
        [line] = ledger.entries(session, mei)
        assert (line.notice_id, line.uses, line.told_at, line.at) == (row.id, draft.uses, day, make.now)
        assert {one.use for one in uses.standing(session, mei) if one.told} == draft.uses


def test_a_recording_is_taken_back_by_correcting_lines(database: Database, make: Maker) -> None:
    with database.write() as session:
        before, known = make.friend(session), make.friend(session)
        ledger.record_collected(session, [known], Origin("shop", "", Answer.NO, "", Answer.NO), make.now)
        made = recording.record(session, ALL, replace(TOLD, agreed=True), "everybody", make.now)
    with database.write() as session:
        recording.undo(session, made.id, make.now)
        answers = {
            friend: (row.collected_through, row.informed, row.can_opt_out, row.marketing)
            for friend in (before, known)
            for row in [session.get_one(Friend, friend)]
        }
        unknown = Marketing.UNKNOWN
        assert answers == {
            before: (None, Answer.UNKNOWN, Answer.UNKNOWN, unknown),
            known: ("shop", Answer.NO, Answer.NO, unknown),
        }
        kinds = [line.kind for line in ledger.entries(session, before)]
        assert kinds == [ConsentKind.CORRECTED, ConsentKind.ALLOWED, ConsentKind.COLLECTED]
        with pytest.raises(ShopError):
            recording.undo(session, made.id, make.now)
        assert recording.preview(session, ALL, TOLD, make.now).new == 2
    with database.read() as session:
        assert chain.check(session).is_whole


def test_what_somebody_said_since_stays_when_a_recording_is_taken_back(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        made = recording.record(session, ALL, replace(TOLD, agreed=True), "everybody", make.now)
        ledger.refuse(session, [mei], "chat", make.now)
        recording.undo(session, made.id, make.now)
        assert session.get_one(Friend, mei).marketing is Marketing.REFUSED


def test_a_recording_says_how_we_know(database: Database, make: Maker) -> None:
    with database.write() as session:
        make.friend(session)
        with pytest.raises(ShopError):
            recording.record(session, ALL, replace(TOLD, origin=replace(TOLD.origin, evidence="")), "all", make.now)


def test_the_friends_of_an_import_can_be_chosen(database: Database, make: Maker) -> None:
    with database.write() as session:
        one, _two = make.friend(session), make.friend(session)
        ledger.record_collected(session, [one], Origin("file", "", Answer.UNKNOWN), make.now, batch_id=4)
        assert recording.record(session, recording.friends_of_import(4), TOLD, "file", make.now).friends == 1
