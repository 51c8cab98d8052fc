from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentKind
from linecrm_desktop.models.friend import Answer, Friend, Marketing
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def marketing(session: Session, friend: int) -> Marketing:
    return session.get_one(Friend, friend).marketing


def campaign(session: Session, now: datetime, deliveries: dict[int, DeliveryState]) -> int:
    columns: dict[str, Any] = {"segment_rule": {}, "brief": {}, "bubbles": [], "unit": "u", "segment_name": "s"}
    row = Campaign(name="Refill", recipients=len(deliveries), reach_then=9, created_at=now, **columns)
    session.add(row)
    session.flush()
    session.add_all(Delivery(campaign_id=row.id, friend_id=friend, state=state) for friend, state in deliveries.items())
    session.flush()
    return row.id


def test_a_refusal_takes_the_friend_out_of_every_waiting_delivery(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
        waiting = campaign(session, make.now, {tina: DeliveryState.WAITING, bo: DeliveryState.WAITING})
        handed_over = campaign(session, make.now, {tina: DeliveryState.HANDED_OVER})
        got = campaign(session, make.now, {tina: DeliveryState.ACCEPTED})
        assert ledger.refuse(session, [tina], "asked in the chat", make.now) == [tina]
        assert marketing(session, tina) is Marketing.REFUSED
        out = session.get_one(Delivery, (waiting, tina))
        assert (out.state, out.why, out.at) == (DeliveryState.LEFT_OUT, "refused", make.now)
        assert session.get_one(Delivery, (waiting, bo)).state is DeliveryState.WAITING
        assert session.get_one(Delivery, (handed_over, tina)).state is DeliveryState.HANDED_OVER
        assert session.get_one(Delivery, (got, tina)).state is DeliveryState.ACCEPTED


def test_refusing_twice_is_written_once(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
        ledger.refuse(session, [tina, tina], "chat", make.now)
        assert ledger.refuse(session, [tina, bo], "list", make.now, batch_id=3) == [bo]
        [line] = ledger.entries(session, tina)
        assert (line.kind, line.evidence, line.batch_id) == (ConsentKind.REFUSED, "chat", None)
        assert [line.batch_id for line in ledger.entries(session, bo)] == [3]


def test_no_import_turns_a_refusal_back_on(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina, bo, amy = (make.friend(session) for _ in range(3))
        ledger.allow(session, [amy], "signed up", make.now)
        ledger.refuse(session, [tina], "chat", make.now)
        assert ledger.allow(session, [tina, bo, amy], "customers.csv", make.now, batch_id=1) == [bo]
        ledger.record_collected(session, [tina], Origin("Checkout", "Offers", Answer.YES), make.now, batch_id=1)
        assert marketing(session, tina) is Marketing.REFUSED
        assert marketing(session, bo) is Marketing.ALLOWED
        assert ConsentKind.ALLOWED not in [line.kind for line in ledger.entries(session, tina)]


def test_an_allowed_friend_may_refuse(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session)
        ledger.allow(session, [tina], "signed up", make.now)
        assert ledger.refuse(session, [tina], "chat", make.now) == [tina]
        assert marketing(session, tina) is Marketing.REFUSED


@pytest.mark.parametrize("before", [Marketing.UNKNOWN, Marketing.ALLOWED])
def test_a_wrong_click_can_be_corrected_within_ten_minutes(database: Database, make: Maker, before: Marketing) -> None:
    with database.write() as session:
        tina = make.friend(session)
        if before is Marketing.ALLOWED:
            ledger.allow(session, [tina], "signed up", make.ago(5))
        ledger.refuse(session, [tina], "chat", make.now)
        ledger.correct_refusal(session, tina, " It was 鄭宇辰 ", make.now + timedelta(minutes=10))
        assert marketing(session, tina) is before
        newest = ledger.entries(session, tina)[0]
        assert (newest.kind, newest.evidence) == (ConsentKind.CORRECTED, "It was 鄭宇辰")


def test_after_ten_minutes_only_the_friend_can_turn_it_on_again(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session)
        ledger.refuse(session, [tina], "chat", make.now)
        with pytest.raises(ShopError, match="10 minutes"):
            ledger.correct_refusal(session, tina, "wrong friend", make.now + timedelta(minutes=10, seconds=1))
        assert marketing(session, tina) is Marketing.REFUSED


def test_an_old_refusal_cannot_be_renewed_to_be_corrected(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session)
        ledger.refuse(session, [tina], "chat", make.ago(30))
        ledger.refuse(session, [tina], "again", make.now)
        with pytest.raises(ShopError):
            ledger.correct_refusal(session, tina, "wrong friend", make.now)


def test_a_correction_needs_a_reason_and_a_refusal(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina, bo = make.friend(session), make.friend(session)
        ledger.refuse(session, [tina], "chat", make.now)
        with pytest.raises(ShopError, match="reason"):
            ledger.correct_refusal(session, tina, "  ", make.now)
        with pytest.raises(ShopError, match="does not refuse"):
            ledger.correct_refusal(session, bo, "wrong friend", make.now)
        ledger.correct_refusal(session, tina, "wrong friend", make.now)
        with pytest.raises(ShopError, match="does not refuse"):
            ledger.correct_refusal(session, tina, "wrong friend", make.now)


def test_a_second_refusal_after_a_correction_falls_back_to_what_was_before_both(
    database: Database, make: Maker
) -> None:
    with database.write() as session:
        tina = make.friend(session)
        ledger.allow(session, [tina], "signed up", make.ago(5))
        for minute in (0, 2):
            at = make.now + timedelta(minutes=minute)
            ledger.refuse(session, [tina], "chat", at)
            ledger.correct_refusal(session, tina, "wrong friend", at + timedelta(minutes=1))
        assert marketing(session, tina) is Marketing.ALLOWED


def test_left_out_deliveries_stay_out_after_a_correction(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session)
        waiting = campaign(session, make.now, {tina: DeliveryState.WAITING})
        ledger.refuse(session, [tina], "chat", make.now)
        ledger.correct_refusal(session, tina, "wrong friend", make.now)
        assert session.get_one(Delivery, (waiting, tina)).state is DeliveryState.LEFT_OUT


def test_where_data_came_from_is_written_on_the_friend(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session)
        origin = Origin("Instagram form", "Offers", Answer.YES, "Notice v3", Answer.YES)
        ledger.record_collected(session, [tina], origin, make.now, batch_id=2)
        friend = session.get_one(Friend, tina)
        assert (friend.collected_through, friend.informed, friend.can_opt_out) == (
            "Instagram form",
            Answer.YES,
            Answer.YES,
        )
        [line] = ledger.entries(session, tina)
        assert (line.through, line.purpose, line.informed, line.evidence) == (
            "Instagram form",
            "Offers",
            "yes",
            "Notice v3",
        )


def test_an_unknown_answer_does_not_wipe_out_a_known_one(database: Database, make: Maker) -> None:
    with database.write() as session:
        tina = make.friend(session)
        ledger.record_collected(session, [tina], Origin("Form", "", Answer.YES, "", Answer.YES), make.ago(3))
        ledger.record_collected(session, [tina], Origin("", "", Answer.UNKNOWN), make.now)
        friend = session.get_one(Friend, tina)
        assert (friend.collected_through, friend.informed) == ("Form", Answer.YES)
        ledger.record_collected(session, [tina], Origin("Checkout", "", Answer.NO), make.now)
        friend = session.get_one(Friend, tina)
        assert (friend.collected_through, friend.informed, friend.can_opt_out) == ("Checkout", Answer.NO, Answer.YES)
