"""What the ledger tells a refusal took a friend out of."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.consent import chain, ledger, sharing, uses
from linecrm_desktop.consent.sharing import Left as Told
from linecrm_desktop.days import ShopDay
from linecrm_desktop.friends import ledger_list
from linecrm_desktop.friends.taken_out import TakenOut
from linecrm_desktop.journeys import refusing
from linecrm_desktop.models.campaign import DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind, RefusalEffect, Use
from linecrm_desktop.models.journey import Journey, JourneyEntry, Left
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments import library, shelf
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def out(session: Session, friend: int, kind: ConsentKind = ConsentKind.REFUSED) -> list[TakenOut]:
    of_friend = ConsentEntry.friend_id == friend, ConsentEntry.kind == kind
    lines = session.scalars(select(ConsentEntry.id).where(*of_friend).order_by(ConsentEntry.id)).all()
    return [row.out for row in ledger_list.rows(session, lines)]


def walks(
    session: Session, friend: int, since: datetime, until: datetime | None = None, why: Left | None = None
) -> None:
    tag = HasTag((session.scalars(select(Tag.id)).first() or 0,))
    segment = library.save(session, SegmentDraft("Walkers", "Who walks", AllOf((tag,))), since)
    journey = Journey(name="Buyers", segment_id=segment, salt="s", place=1, created_at=since, changed_at=since)
    session.add(journey)
    session.flush()
    session.add(JourneyEntry(journey_id=journey.id, friend_id=friend, entered_at=since, left_at=until, why=why))
    session.flush()


def test_a_refusal_tells_segments_journeys_sends_and_audiences(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        mei, other = make.friend(session), make.friend(session)
        vip = make.tag(session, "VIP")
        make.give(session, vip, mei)
        library.save(session, SegmentDraft("VIPs", "Who is thanked", AllOf((HasTag((vip,)),))), now)
        make.delivery(session, make.campaign(session), mei, DeliveryState.WAITING)
        walks(session, mei, now - timedelta(days=2))
        told = [Told(number, "LINE", "Ads", "user_id") for number in (1, 2)]
        for one in told:
            sharing.left(session, [mei], one, now - timedelta(days=1))
        sharing.stayed(session, [mei], told[1], now - timedelta(days=1))
        refusing.refuse(session, [mei, other], [Use.MARKETING], "chat", day, now)
        assert out(session, mei) == [TakenOut(("VIPs", "Walkers"), 1, 1, 1)]
        assert out(session, other) == [TakenOut()]
        shelf.archive(session, library.all_segments(session)[0].id, now)
        assert out(session, mei) == [TakenOut(("VIPs", "Walkers"), 1, 1, 1)]


def test_a_path_is_told_with_the_refusal_that_ended_it(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        mei, _tag = make.friend(session), make.tag(session, "VIP")
        walks(session, mei, now - timedelta(days=9), until=now - timedelta(days=1), why=Left.REFUSED)
        ledger.refuse(session, [mei], "chat", now - timedelta(days=5))
        ledger.agree_again(session, [mei], "chat", now - timedelta(days=4))
        ledger.refuse(session, [mei], "phone", now - timedelta(days=2))
        ledger.agree_again(session, [mei], "chat", now - timedelta(hours=3))
        ledger.refuse(session, [mei], "chat", now)
        assert [one.journeys for one in out(session, mei)] == [0, 1, 0]


def test_a_path_that_was_bought_on_is_no_work_of_the_refusal(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        mei, _tag = make.friend(session), make.tag(session, "VIP")
        walks(session, mei, now - timedelta(days=9), until=now - timedelta(days=1), why=Left.BOUGHT)
        ledger.refuse(session, [mei], "chat", now - timedelta(days=2))
        assert out(session, mei) == [TakenOut()]


def test_refusing_ads_tells_the_audiences_only(database: Database, make: Maker, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        mei = make.friend(session)
        sharing.left(session, [mei], Told(1, "LINE", "Ads", "user_id"), now - timedelta(days=1))
        make.delivery(session, make.campaign(session), mei, DeliveryState.WAITING)
        uses.refuse(session, [mei], [Use.ADS], "chat", now)
        assert out(session, mei, ConsentKind.USE_REFUSED) == [TakenOut(audiences=1)]


def test_an_erased_friend_leaves_no_names_of_segments(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        mei, vip = make.friend(session), make.tag(session, "VIP")
        make.give(session, vip, mei)
        library.save(session, SegmentDraft("VIPs", "Who is thanked", AllOf((HasTag((vip,)),))), now)
        refusing.refuse(session, [mei], [Use.MARKETING], "chat", day, now)
        assert session.scalars(select(RefusalEffect)).one().segments == ["VIPs"]
        chain.forget(session, [mei])
        assert session.scalars(select(RefusalEffect)).all() == []
