"""A person who was erased stays out, whatever kind of file names them, and comes back only by their own wish."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.erased import WasErased
from linecrm_desktop.friends.editing import FriendDraft, add_friend
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.from_line import fetch
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.imports.undo import undo
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.models.erasure import Erasure
from linecrm_desktop.models.event import Event
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.import_batch import RejectedRow
from linecrm_desktop.models.order import Order
from linecrm_desktop.store.database import Database
from tests.clock import Clock
from tests.erasing.conftest import LINE_ID, WORDS, Shop, erased
from tests.imports.conftest import ORIGIN, plan_for
from tests.maker import Maker

BringIn = Callable[..., Report]
HEADER = "LINE user ID,member number,e-mail,phone,name"


@pytest.fixture
def bring_in(database: Database, tmp_path: Path, now: datetime) -> BringIn:
    def work(*lines: str, kind: Kind | None = Kind.CUSTOMERS, name: str = "export.csv") -> Report:
        path = tmp_path / name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return importing.run(database, plan_for(path, kind), Task(), now)

    return work


def _names(database: Database) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Friend.name).order_by(Friend.id)))


@pytest.mark.parametrize(
    "row",
    [
        f"{LINE_ID},,,,Q",
        f",{WORDS['member']},,,Q",
        f",,{WORDS['email'].upper()},,Q",
        ",,,0987-654-321,Q",
        ",,,0911 222 333,Q",
        f"{'U' + '0' * 32},NEW-1,{WORDS['email']},,Q",
        ",NEW-1,,0987-654-321,Q",
    ],
)
def test_a_row_with_any_key_of_theirs_is_left_out(
    database: Database, shop: Shop, now: datetime, bring_in: BringIn, row: str
) -> None:
    erased(database, shop.zelda, now)
    report = bring_in(HEADER, row, ",1001,,,Mei")
    assert (report.new, report.updated, report.unchanged, report.rejected) == (0, 0, 1, 1)
    assert report.reasons == {"erased": 1}
    assert report.rejected_rows[0].sentence == (
        "This person asked to be erased on Thu 12 Nov 2026. The row is left out."
    )
    assert _names(database) == ["Mei"]
    with database.read() as session:
        assert session.scalars(select(RejectedRow.cells).where(RejectedRow.why == "erased")).all() == [[]]


def test_a_check_says_the_same_and_changes_nothing(
    database: Database, shop: Shop, now: datetime, tmp_path: Path
) -> None:
    erased(database, shop.zelda, now)
    path = tmp_path / "again.csv"
    path.write_text(f"{HEADER}\n{LINE_ID},,,,Q\n", encoding="utf-8")
    report = importing.dry_run(database, plan_for(path, Kind.CUSTOMERS), Task(), now)
    assert report.reasons == {"erased": 1}
    assert [(one.verdict, one.cells, one.name) for one in report.samples] == [("rejected", (), "")]


def test_a_row_that_shares_a_key_with_a_row_left_out_is_left_out_too(
    database: Database, shop: Shop, now: datetime, bring_in: BringIn
) -> None:
    erased(database, shop.zelda, now)
    report = bring_in(HEADER, f"{LINE_ID},NEW-1,,,Q", ",NEW-1,new@example.org,,Q", ",,new@example.org,,Q", ",OTHER,,,O")
    assert report.reasons == {"erased": 3}
    assert _names(database) == ["Mei", "O"]


def test_orders_of_theirs_stay_out_whole_also_where_only_the_number_tells(
    database: Database, shop: Shop, now: datetime, bring_in: BringIn
) -> None:
    erased(database, shop.zelda, now)
    report = bring_in(
        "order number,date,member number,product,total",
        f"N-1,2026-11-01,{WORDS['member']},Soap,100",
        "N-1,2026-11-01,,Cream,100",
        f"{WORDS['order']},2026-11-01,1001,Soap,100",
        "N-2,2026-11-01,1001,Soap,100",
        kind=Kind.ORDERS,
    )
    assert (report.new, report.reasons) == (1, {"erased": 3})
    with database.read() as session:
        assert session.scalars(
            select(Order.number).where(Order.friend_id == shop.other, Order.total == 10_000)
        ).all() == ["N-2"]
    assert _names(database) == ["Mei"]


def test_events_and_webhook_logs_bring_nobody_back(
    database: Database, shop: Shop, now: datetime, bring_in: BringIn
) -> None:
    erased(database, shop.zelda, now)
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(Event))
    report = bring_in(
        "event,date,member number,detail", f"reply,2026-11-01 10:00,{WORDS['member']},hello again", kind=Kind.EVENTS
    )
    assert report.reasons == {"erased": 1}
    body = {
        "type": "message",
        "timestamp": 1_762_000_000_000,
        "source": {"type": "user", "userId": LINE_ID},
        "message": {"type": "text", "text": "hello again"},
        "webhookEventId": "01H",
    }
    report = bring_in(json.dumps({"events": [body]}), kind=None, name="log.jsonl")
    assert report.reasons == {"erased": 1}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before
    assert _names(database) == ["Mei"]


def test_a_family_that_shares_a_phone_is_not_kept_out(
    database: Database, shop: Shop, make: Maker, now: datetime, bring_in: BringIn
) -> None:
    with database.write() as session:
        make.friend(session, name="Her sister", phone=WORDS["phone"], member_number="SIS")
    erased(database, shop.zelda, now)
    report = bring_in(
        HEADER,
        ",SIS,,0987-654-321,Her sister Ann",
        ",BRO,,0987-654-321,Her brother",
        ",,,0987-654-321,Who is it",
    )
    assert (report.new, report.updated, report.reasons) == (1, 1, {"erased": 1})
    assert _names(database) == ["Mei", "Her sister Ann", "Her brother"]


def test_a_friend_of_the_shop_may_get_the_phone_later(
    database: Database, shop: Shop, now: datetime, bring_in: BringIn
) -> None:
    erased(database, shop.zelda, now)
    report = bring_in(HEADER, ",1001,,0987-654-321,Mei")
    assert (report.updated, report.rejected) == (1, 0)


def test_a_row_left_out_says_nothing_of_consent_to_anybody_else(
    database: Database, shop: Shop, make: Maker, now: datetime, bring_in: BringIn
) -> None:
    with database.write() as session:
        sister = make.friend(session, name="Her sister", phone=WORDS["phone"], member_number="SIS")
    erased(database, shop.zelda, now)
    bring_in(f"{HEADER},accepts marketing", ",,,0987-654-321,Zelda,no")
    with database.read() as session:
        assert str(session.get_one(Friend, sister).marketing) == "unknown"


def test_line_itself_brings_nobody_back(database: Database, shop: Shop, now: datetime) -> None:
    erased(database, shop.zelda, now)
    door = LineDoor(None, PracticeWorld(friends={LINE_ID, "U" + "1" * 32}, verified=True, clock=Clock(now)))
    client = door.client(PRACTICE_TOKEN)
    done = fetch(database, client, ORIGIN, Task(), now, names=False)
    client.close()
    door.close()
    assert (done.found, done.new, done.left_out) == (2, 1, 1)
    with database.read() as session:
        assert session.scalar(select(func.count()).where(Friend.line_user_id == LINE_ID)) == 0


def test_by_hand_only_who_came_back_themselves(
    database: Database, shop: Shop, now: datetime, bring_in: BringIn
) -> None:
    erased(database, shop.zelda, now)
    draft = FriendDraft("Zelda", phone="0987 654 321", member_number="NEW", informed=Answer.YES)
    with pytest.raises(WasErased, match="asked to be erased on Thu 12 Nov 2026"), database.write() as session:
        add_friend(session, draft, now)
    with database.write() as session:
        friend = add_friend(session, draft, now, came_back="signed the paper card")
    with database.read() as session:
        line = ledger.entries(session, friend)[0]
        assert line.evidence == "Was erased, and came back by their own wish: signed the paper card"
        assert session.scalars(select(Erasure.returned_at)).all() == [now]
    assert bring_in(HEADER, f"{LINE_ID},NEW,,,Zelda").updated == 1


def test_undoing_the_import_that_brought_them_brings_nothing_back(
    database: Database, now: datetime, bring_in: BringIn
) -> None:
    first = bring_in(HEADER, ",Z1,z@example.org,0987-654-321,Zelda", ",M1,,,Mei")
    second = bring_in(HEADER, ",Z1,z2@example.org,,Zelda Two", ",M1,,,Mei Two")
    with database.read() as session:
        zelda = session.scalars(select(Friend.id).where(Friend.member_number == "Z1")).one()
    erased(database, zelda, now, "Z1")
    for batch in (second.batch_id, first.batch_id):
        with database.write() as session:
            undo(session, batch or 0, now)
    assert _names(database) == []
    assert b"Zelda" not in database.path.read_bytes()
    assert bring_in(HEADER, ",,z@example.org,,Zelda").reasons == {"erased": 1}


def test_keys_of_others_keep_nobody_out(database: Database, shop: Shop, now: datetime, bring_in: BringIn) -> None:
    erased(database, shop.zelda, now)
    assert bring_in(HEADER, ",1001,,,Mei", ",2002,mei@example.org,,New one").new == 1


def test_who_is_not_erased_comes_in_as_ever(database: Database, bring_in: BringIn) -> None:
    assert bring_in(HEADER, f"{LINE_ID},,,,Q").new == 1
