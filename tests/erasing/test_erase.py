"""Erasing removes a person from every place of the file, keeps sums and counts, and can be proved."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import progress
from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing import erase as erasing
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import history
from linecrm_desktop.models import tester
from linecrm_desktop.models.campaign import Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.erasure import ErasedKey, ErasedOrder, Erasure
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.import_batch import RejectedRow
from linecrm_desktop.models.order import Goods, Order, OrderLine
from linecrm_desktop.results import outcome
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.erasing.conftest import LINE_ID, WORDS, Shop, erased
from tests.maker import Maker


def raw(path: Path) -> bytes:
    return b"".join(
        Path(f"{path}{extra}").read_bytes() for extra in ("", "-wal", "-shm") if Path(f"{path}{extra}").exists()
    )


def left(path: Path) -> list[str]:
    """Return which of the person's words are in the file's bytes, however they are written."""
    whole = raw(path)
    found: list[str] = []
    for name, word in WORDS.items():
        spellings = (word.encode(), word.encode("utf-16-le"), word.encode("utf-16-be"), json.dumps(word)[1:-1].encode())
        found += [name] if any(one in whole for one in spellings) else []
    return found


@pytest.mark.files
def test_every_word_is_in_the_file_before_and_none_afterwards(database: Database, shop: Shop, now: datetime) -> None:
    assert left(database.path) == list(WORDS)

    done = erased(database, shop.zelda, now)

    assert left(database.path) == []
    assert done.is_wiped
    assert done.searched.is_clean
    assert done.searched.words >= len(WORDS) - 1
    assert "shop.tagwell" in done.searched.files


def test_the_shop_is_whole_afterwards(database: Database, shop: Shop, now: datetime) -> None:
    erased(database, shop.zelda, now)
    with database.read() as session:
        if database.address is None:
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []
            assert session.execute(text("PRAGMA integrity_check")).scalar() == "ok"
        assert session.scalars(select(Friend.name)).all() == ["Mei"]
        assert session.scalars(select(OrderLine.friend_id)).all() == [shop.other]
        assert session.scalars(select(Goods.product)).all() == ["Soap"]


def test_the_tester_goes_and_what_others_read_as_a_test_stays_counted(
    database: Database, shop: Shop, now: datetime
) -> None:
    erased(database, shop.zelda, now)
    with database.read() as session:
        assert session.scalars(select(tester.Tester.name)).all() == []
        assert [(test.tester_name, test.body) for test in session.scalars(select(tester.SentTest))] == [("Boss", {})]


def test_money_and_results_stay_as_they_were(database: Database, shop: Shop, now: datetime, day: ShopDay) -> None:
    with database.read() as session:
        before = _told(session, shop, day)
        assert before[0].sent.friends == before[0].sent.did == before[1].sent.did == 1
        assert (before[0].sent.orders, before[1].sent.orders, before[1].sent.revenue) == (0, 1, 120_000)
        money = session.scalar(select(func.sum(Order.total)))

    erased(database, shop.zelda, now)

    with database.read() as session:
        assert _told(session, shop, day) == before
        amounts = session.scalars(select(ErasedOrder)).all()
        assert [(one.total, one.currency, str(one.state)) for one in amounts] == [(120_000, "TWD", "placed")]
        assert (session.scalar(select(func.sum(Order.total))) or 0) + amounts[0].total == money


def _told(session: Session, shop: Shop, day: ShopDay) -> tuple[outcome.Outcome, outcome.Outcome, progress.Standing]:
    first, second = (outcome.outcome(session, send, day) for send in (shop.campaign, shop.personal))
    return first, second, progress.standing(session, shop.campaign)


def test_rows_that_imports_did_not_take_are_emptied_and_still_counted(
    database: Database, shop: Shop, now: datetime
) -> None:
    erased(database, shop.zelda, now)
    with database.read() as session:
        rows = session.scalars(select(RejectedRow).order_by(RejectedRow.line)).all()
        assert [row.cells for row in rows] == [[], ["1001", "Mei", "kept cell"], ["1001", "Mei", "x"]]
        assert history.report(session, shop.batch).reasons == {"date": 2, "conflict": 1}


def test_nothing_is_left_to_undo_that_would_bring_them_back(database: Database, shop: Shop, now: datetime) -> None:
    erased(database, shop.zelda, now)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Change)) == 0


def test_requests_that_went_out_keep_the_others(database: Database, shop: Shop, now: datetime) -> None:
    erased(database, shop.zelda, now)
    with database.read() as session:
        bodies = {chunk.campaign_id: chunk.body for chunk in session.scalars(select(Chunk))}
        assert (bodies[shop.campaign] or {})["to"] == ["U" + "0" * 32]
        assert bodies[shop.personal] is None


def test_a_request_on_its_way_stops_the_erasing(database: Database, shop: Shop, now: datetime) -> None:
    with database.write() as session:
        session.scalars(select(Chunk).where(Chunk.campaign_id == shop.campaign)).one().state = ChunkState.HANDED_OVER
    with pytest.raises(ShopError, match="on its way"):
        erased(database, shop.zelda, now)
    with database.read() as session:
        assert session.get(Friend, shop.zelda) is not None


def test_a_copy_that_waited_is_counted_as_left_out(database: Database, shop: Shop, now: datetime, day: ShopDay) -> None:
    with database.write() as session:
        mine = session.scalars(select(Delivery).where(Delivery.campaign_id == shop.campaign)).all()
        next(one for one in mine if one.friend_id == shop.zelda).state = DeliveryState.WAITING
        chunk = session.scalars(select(Chunk).where(Chunk.campaign_id == shop.campaign)).one()
        chunk.state, chunk.retry_key = ChunkState.WAITING, "key"
    erased(database, shop.zelda, now)
    with database.read() as session:
        assert outcome.outcome(session, shop.campaign, day).left_out == {"erased": 1}
        chunk = session.scalars(select(Chunk).where(Chunk.campaign_id == shop.campaign)).one()
        assert (chunk.retry_key, chunk.body) == (None, None)


@pytest.mark.parametrize("typed", ["", "ZMEMBER", "1001"])
def test_another_word_erases_nobody(database: Database, shop: Shop, now: datetime, typed: str) -> None:
    before = raw(database.path)
    with pytest.raises(ShopError, match="not what this friend is called"):
        erased(database, shop.zelda, now, typed)
    assert raw(database.path) == before


def test_erased_twice_says_that_nobody_is_there(database: Database, shop: Shop, now: datetime) -> None:
    erased(database, shop.zelda, now)
    with pytest.raises(ShopError, match="not in the shop any more"):
        erased(database, shop.zelda, now)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Erasure)) == 1


def test_without_a_member_number_the_name_is_typed(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        friend = make.friend(session, name="Lin  Ya")
    assert erased(database, friend, now, "Lin Ya").searched.is_clean


def test_the_plan_counts_what_goes_and_names_the_copies(database: Database, shop: Shop, now: datetime) -> None:
    copy = copy_beside(database.path, "before an audit")
    with database.read() as session:
        plan = erasing.plan(session, shop.zelda)
    assert (plan.tags, plan.fields, plan.events, plan.orders, plan.copies, plan.ledger) == (1, 1, 3, 1, 2, 1)
    assert (plan.confirm, plan.backups) == (WORDS["member"], (copy.name,))
    done = erased(database, shop.zelda, now)
    assert done.plan == plan
    assert LINE_ID.encode() in copy.read_bytes()  # older copies are named, and never touched


def test_a_word_that_others_have_too_is_told_with_its_place(
    database: Database, shop: Shop, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        make.friend(session, name="Her sister", phone=WORDS["phone"])
    done = erased(database, shop.zelda, now)
    assert done.plan.shared == (WORDS["phone"],)
    assert [(one.word, one.places) for one in done.searched.found] == [(WORDS["phone"], ("friend.phone",))]
    assert done.searched.is_clean
    with database.read() as session:
        assert sorted(session.scalars(select(ErasedKey.is_shared))) == [False] * 5 + [True]


def test_a_tag_that_only_their_file_row_brought_goes_too(
    database: Database, shop: Shop, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        tag = make.tag(session, "zelda-only-tag")
        make.give(session, tag, shop.zelda)
        told = {"action": f"import:{shop.batch}", "at": now, "entity": "tag", "entity_id": tag}
        session.add(Change(**told, after="zelda-only-tag"))
    done = erased(database, shop.zelda, now)
    assert done.plan.tags_removed == ("zelda-only-tag",)
    if database.address is None:
        assert b"zelda-only-tag" not in raw(database.path)


def test_the_file_is_wiped_at_the_next_opening_when_it_could_not_be_at_once(
    database: Database, shop: Shop, now: datetime
) -> None:
    with database.read() as session:
        session.scalar(select(func.count()).select_from(Friend))  # holds the old pages
        done = erased(database, shop.zelda, now)
        assert not done.is_wiped
    database.close()

    again = open_shop(database.path)
    assert left(again.path) == []
    with again.read() as session:
        assert session.scalars(select(Erasure.is_wiped)).all() == [True]
    again.close()
