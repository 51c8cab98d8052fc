import pytest
from sqlalchemy import select

from linecrm_desktop.consent import chain, ledger, uses
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.consent import ConsentKind, Use
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_refusing_ads_leaves_marketing_as_it_is(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        assert uses.refuse(session, [mei], [Use.ADS], "by phone", make.now) == {Use.ADS: [mei]}
        friend = session.get_one(Friend, mei)
        assert (friend.refuses_ads, friend.refuses_profiling, friend.marketing) == (True, False, Marketing.UNKNOWN)
        [line] = ledger.entries(session, mei)
        assert (line.kind, line.uses, line.evidence) == (ConsentKind.USE_REFUSED, {Use.ADS}, "by phone")
        assert uses.refuse(session, [mei], [Use.ADS], "again", make.now) == {Use.ADS: []}


def test_whoever_refuses_service_refuses_everything(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        assert uses.refuse(session, [mei], [Use.SERVICE], "letter", make.now) == {key: [mei] for key in Use}
        assert {one.use: one.answer for one in uses.standing(session, mei)} == dict.fromkeys(Use, Marketing.REFUSED)
        assert uses.refuse(session, [mei], [Use.SERVICE], "letter", make.now) == {key: [] for key in Use}


def test_a_use_can_be_allowed_again_by_a_line_of_its_own(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        uses.refuse(session, [mei], [Use.PROFILING, Use.SERVICE], "letter", make.now)
        for use in (Use.PROFILING, Use.SERVICE):
            assert uses.allow_again(session, [mei], use, "at the counter", make.now) == [mei]
            assert uses.allow_again(session, [mei], use, "at the counter", make.now) == []
        answers = {one.use: one.answer for one in uses.standing(session, mei)}
        assert answers[Use.PROFILING] is answers[Use.SERVICE] is Marketing.ALLOWED
        assert answers[Use.ADS] is Marketing.REFUSED
        assert not session.get_one(Friend, mei).refuses_profiling


def test_a_refusal_without_a_word_of_how_we_know_is_not_written(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        with pytest.raises(ShopError):
            uses.refuse(session, [mei], [Use.ADS], " ", make.now)
        assert ledger.entries(session, mei) == []


def test_each_use_says_where_it_was_told(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        origin = Origin("stall", "news", Answer.YES, "form 7", uses=frozenset({Use.MARKETING}))
        ledger.record_collected(session, [mei], origin, make.now)
        told = {one.use: one.told.evidence if one.told else None for one in uses.standing(session, mei)}
        assert told == {Use.MARKETING: "form 7", Use.ADS: None, Use.PROFILING: None, Use.SERVICE: None}


def test_whether_a_use_was_told_is_asked_of_the_lines_that_name_uses(database: Database, make: Maker) -> None:
    with database.write() as session:
        older, other, ads, untold = (make.friend(session) for _ in range(4))
        ledger.record_collected(session, [older], Origin("stall", "news", Answer.YES), make.now)
        for friend, use in ((other, Use.MARKETING), (ads, Use.ADS)):
            told = Origin("stall", "news", Answer.YES, uses=frozenset({use}))
            ledger.record_collected(session, [friend], told, make.now)
        found = set(session.scalars(select(Friend.id).where(uses.was_told(Use.ADS))))
        assert found == {older, ads}
        assert untold not in found


def test_the_chain_is_whole_after_all_kinds_of_answers(database: Database, make: Maker) -> None:
    with database.write() as session:
        mei = make.friend(session)
        uses.refuse(session, [mei], Use, "letter", make.now)
        uses.allow_again(session, [mei], Use.ADS, "counter", make.now)
    with database.read() as session:
        assert chain.check(session).is_whole
        assert chain.check(session).lines == 5
