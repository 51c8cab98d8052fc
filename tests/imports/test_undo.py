"""Undo: after an import and its undo the shop is as it was, or a sentence says why that cannot be."""

import random
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.undo import Undone, would
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Answer, Marketing
from linecrm_desktop.models.order import Order, OrderLine, OrderState
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import Tag, TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import friends_tags, library
from tests.imports.conftest import CUSTOMERS, EVENTS, ORDERS, BringIn, contents, counts, friend
from tests.maker import Maker


def test_new_friends_go_and_changed_fields_come_back(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone]
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="Mei", phone="+886912345678", joined_at=make.ago(9))
        make.friend(session, member_number="2", name="Lin", is_blocked=True)
    before = contents(database)
    rows = (CUSTOMERS, "1,Mei Lin,0922333444,m@example.tw,2026-05-01,,,,yes", "2,Lin,,,,,,,no", "3,Wu,,,,,,,")
    report = bring_in(*rows)
    done = take_back(report.batch_id)
    assert (done.friends_removed, done.friends_restored) == (1, 2)
    assert contents(database) == before
    assert counts(bring_in(*rows)) == counts(report)


def test_tags_are_taken_off_and_those_it_made_are_gone(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], now: datetime
) -> None:
    with database.write() as session:
        tea, old = make.tag(session, "tea"), make.tag(session, "old")
        library.retire(session, old, make.ago(3))
        one, two = (make.friend(session, member_number=member) for member in "12")
        make.give(session, tea, one, since=make.ago(40))
        make.give(session, old, two, since=make.ago(40))
    before = contents(database)
    report = bring_in("member number,tags", "1,Tea、Gift", "2,Tea、Old")
    done = take_back(report.batch_id)
    assert (done.tags_taken, done.tags_removed) == (2, ("Gift",))
    assert contents(database) == before


def test_renewals_are_taken_back(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone]
) -> None:
    with database.write() as session:
        tags = [make.tag(session, name, runs_out_days=60) for name in ("Tea", "Gift")]
        for member, renewed in (("1", None), ("2", make.ago(9)), ("3", make.ago(9))):
            one = make.friend(session, member_number=member)
            for tag in tags:
                make.give(session, tag, one, since=make.ago(40), renewed_at=renewed)
    before = contents(database)
    report = bring_in("member number,tags", "1,Tea、Gift", "2,Gift")
    assert contents(database) != before
    take_back(report.batch_id)
    assert contents(database) == before


def test_a_tag_that_somebody_uses_stays(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], now: datetime
) -> None:
    with database.write() as session:
        other = make.friend(session, member_number="9")
    report = bring_in("member number,tags", "1,Given、Named、Decided、Nobody")
    with database.write() as session:
        ids = {name: tag for tag, name in session.execute(select(Tag.id, Tag.name))}
        friends_tags.add(session, ids["Given"], [other], TagOrigin.HAND, now)
        rule = {"version": 1, "kind": "all_of", "rules": [{"kind": "has_tag", "tags": [ids["Named"]]}]}
        session.add(Segment(name="S", rule=rule, created_at=now, changed_at=now))
        session.get_one(Tag, ids["Decided"]).helps_decide = "Whom to thank"
    assert take_back(report.batch_id).tags_removed == ("Nobody",)
    with database.read() as session:
        assert set(session.scalars(select(Tag.name))) == {"Given", "Named", "Decided"}


def test_orders_get_their_fields_and_lines_back(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone]
) -> None:
    with database.write() as session:
        mei = make.friend(session, member_number="1")
        make.order(session, mei, number="A1", lines=[("Serum", "Skin", 2), ("Soap", "", 1)])
        make.order(session, mei, number="A2", lines=[("Cream", "Skin", 1)])
        make.order(session, mei, number="A3")
        make.order(session, mei, number="A4", lines=[("Towel", "Bath", 1)])
    before = contents(database)
    rows = (
        ORDERS,
        "A1,2026-11-01,1,Serum,1,680,680,paid",
        "A2,2026-11-02,1,,,,,已退款",
        "A3,2026-11-03,2,Soap,1,90,90,paid",
        "A5,2026-11-03,3,Soap,1,90,90,paid",
    )
    report = bring_in(*rows)
    with database.read() as session:
        assert session.scalars(select(Order.state).where(Order.number == "A2")).one() is OrderState.REFUNDED
        assert len(session.scalars(select(OrderLine.id)).all()) == 5
    done = take_back(report.batch_id)
    assert (done.orders_removed, done.orders_restored, done.friends_removed) == (1, 3, 2)
    assert contents(database) == before
    assert counts(bring_in(*rows)) == counts(report)


def test_events_and_their_new_friends_go(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone]
) -> None:
    with database.write() as session:
        make.event(session, make.friend(session, member_number="1"), EventKind.CLICK)
    before = contents(database)
    rows = (EVENTS, "click,2026-11-01 10:00,1,Serum,a", "reply,2026-11-01 10:00,2,Serum,a")
    report = bring_in(*rows, kind=Kind.EVENTS)
    done = take_back(report.batch_id)
    assert (done.events_removed, done.friends_removed) == (2, 1)
    assert contents(database) == before
    assert counts(bring_in(*rows, kind=Kind.EVENTS)) == counts(report)


def test_a_refusal_stays_and_the_one_who_refused_stays_known(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone]
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="Mei")
    report = bring_in(CUSTOMERS, "1,Mei Lin,,,,,no,,", "2,Lin,0922333444,,2026-05-01,VIP,no,yes,yes", "3,Wu,,,,,,,")
    done = take_back(report.batch_id)
    assert (done.friends_removed, done.friends_kept, done.refusals) == (1, 1, 2)
    with database.read() as session:
        mei, lin = friend(session, "1"), friend(session, "2")
        assert (mei.name, mei.marketing, mei.informed) == ("Mei", Marketing.REFUSED, Answer.UNKNOWN)
        assert (lin.name, lin.phone, lin.marketing) == ("", "+886922333444", Marketing.REFUSED)
        assert (lin.joined_at, lin.collected_through, lin.is_blocked) == (None, None, False)
        kinds = [line.kind for line in ledger.entries(session, mei.id)]
    assert kinds == [ConsentKind.CORRECTED, ConsentKind.REFUSED, ConsentKind.COLLECTED]


def test_refusals_go_too_when_a_person_says_so(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], now: datetime
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", marketing=Marketing.ALLOWED)
        early = make.friend(session, member_number="2")
        ledger.refuse(session, [early], "by phone", now)
    before = contents(database)
    report = bring_in(CUSTOMERS, "1,,,,,,no,,", "2,,,,,,no,,", "3,Wu,,,,,no,,")
    done = take_back(report.batch_id, also_refusals=True)
    assert (done.refusals, done.friends_removed, done.friends_kept) == (2, 1, 0)
    assert contents(database) == before
    with database.read() as session:
        kept = session.scalars(select(ConsentEntry.kind).where(ConsentEntry.batch_id.is_(None))).all()
    assert kept.count(ConsentKind.CORRECTED) == 1


def test_somebody_who_refuses_later_by_hand_is_not_turned_on_again(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], now: datetime
) -> None:
    with database.write() as session:
        old = make.friend(session, member_number="1")
    report = bring_in(CUSTOMERS, "1,,,,,,yes,,", "2,Lin,,,,,yes,,")
    with database.write() as session:
        ledger.refuse(session, [old, friend(session, "2").id], "by phone", now)
    assert take_back(report.batch_id, also_refusals=True).friends_kept == 1
    with database.read() as session:
        assert [friend(session, member).marketing for member in "12"] == [Marketing.REFUSED] * 2


def test_an_allowed_that_was_taken_back_is_not_what_a_correction_returns_to(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], now: datetime
) -> None:
    with database.write() as session:
        one, two = make.friend(session, member_number="1"), make.friend(session, member_number="2")
        ledger.allow(session, [two], "by hand", now)
    take_back(bring_in(CUSTOMERS, "1,,,,,,yes,,", "2,,,,,,,,").batch_id)
    with database.write() as session:
        for who in (one, two):
            ledger.refuse(session, [who], "wrong click", now)
            ledger.correct_refusal(session, who, "wrong friend", now)
        assert [friend(session, m).marketing for m in "12"] == [Marketing.UNKNOWN, Marketing.ALLOWED]


def test_the_same_answer_written_down_again_since_stays(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], now: datetime
) -> None:
    with database.write() as session:
        one = make.friend(session, member_number="1")
    report = bring_in("member number,name", "1,Mei")
    with database.write() as session:
        ledger.record_collected(session, [one], Origin("market", "news", Answer.NO), now)
    take_back(report.batch_id)
    with database.read() as session:
        mei = friend(session, "1")
        assert (mei.collected_through, mei.informed) == ("market", Answer.NO)


def test_keys_that_went_round_come_back(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone]
) -> None:
    with database.write() as session:
        make.friend(session, line_user_id=f"U{1:032x}", member_number="1")
        make.friend(session, line_user_id=f"U{2:032x}", member_number="2")
    before = contents(database)
    take_back(bring_in("line user id,member number", f"U{2:032x},3", f"U{3:032x},4").batch_id)
    assert contents(database) == before


def _cell(chance: random.Random, *words: str) -> str:
    return chance.choice(("", *words))


def _customers(chance: random.Random) -> list[str]:
    return [
        ",".join(
            (
                str(chance.randint(1, 9)),
                _cell(chance, "Mei", "Lin"),
                _cell(chance, "0912345678", "0922333444"),
                _cell(chance, "a@example.tw"),
                _cell(chance, "2026-05-01"),
                _cell(chance, "Tea", "Tea、Gift", "Old"),
                _cell(chance, "yes", "no"),
                _cell(chance, "yes", "no"),
                _cell(chance, "yes", "no"),
            )
        )
        for _row in range(8)
    ]


def _orders(chance: random.Random) -> list[str]:
    return [
        ",".join(
            (
                f"A{chance.randint(1, 6)}",
                f"2026-11-0{chance.randint(1, 3)}",
                str(chance.randint(1, 9)),
                _cell(chance, "Serum", "Soap"),
                _cell(chance, "1", "2"),
                _cell(chance, "68"),
                _cell(chance, "68", "70"),
                _cell(chance, "paid", "已退款"),
            )
        )
        for _row in range(8)
    ]


def _events(chance: random.Random) -> list[str]:
    day = chance.randint(1, 3)
    return [f"click,2026-11-0{day} 10:00,{chance.randint(1, 9)},{_cell(chance, 'Serum')}," for _row in range(8)]


_FILES = {
    Kind.CUSTOMERS: (CUSTOMERS, _customers),
    Kind.ORDERS: (ORDERS, _orders),
    Kind.EVENTS: (EVENTS, _events),
}


@pytest.mark.parametrize("seed", range(30))
def test_imports_undone_in_turn_leave_any_shop_as_it_was(
    database: Database, bring_in: BringIn, make: Maker, take_back: Callable[..., Undone], seed: int
) -> None:
    chance = random.Random(seed)
    with database.write() as session:
        tags = [make.tag(session, name) for name in ("tea", "old")]
        for member in chance.sample("123456789", 4):
            one = make.friend(session, member_number=member, is_blocked=chance.random() < 0.3)
            make.give(session, chance.choice(tags), one, since=make.ago(chance.randint(1, 90)))
            make.order(session, one, number=f"A{member}", lines=[("Serum", "", 1)] * chance.randint(0, 2))
            make.event(session, one, EventKind.MENU)
        library.retire(session, tags[1], make.ago(1))
    steps: list[tuple[dict[str, list[Any]], Any, tuple[str, ...], Kind]] = []
    for _step in range(3):
        kind = chance.choice(list(_FILES))
        rows = (_FILES[kind][0], *_FILES[kind][1](chance))
        steps.append((contents(database), bring_in(*rows, kind=kind), rows, kind))
    for before, report, rows, kind in reversed(steps):
        take_back(report.batch_id, also_refusals=True)
        assert contents(database) == before
        again = bring_in(*rows, kind=kind)
        assert (counts(again), again.new_tags, again.refused) == (counts(report), report.new_tags, report.refused)
        take_back(again.batch_id, also_refusals=True)
        assert contents(database) == before


def test_the_file_of_an_undone_import_needs_no_path(database: Database, bring_in: BringIn, tmp_path: Path) -> None:
    batch = bring_in("member number", "1").batch_id
    (tmp_path / "export.csv").unlink()
    with database.read() as session:
        assert would(session, batch or 0) == Undone(friends_removed=1)
