"""Why an import cannot be undone: later work is never lost, and the sentence names what stands in the way."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.consent import ledger
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports.undo import Undone, undo, why_not
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import friends_tags
from tests.imports.conftest import ORDERS, BringIn, contents, counts, friend
from tests.maker import Maker


def reason(database: Database, batch: int | None, now: datetime) -> str | None:
    assert batch is not None
    with database.read() as session:
        return why_not(session, batch, now)


def test_it_can_be_undone_once_and_for_thirty_days(
    database: Database, bring_in: BringIn, take_back: Callable[..., Undone], now: datetime
) -> None:
    batch = bring_in("member number", "1").batch_id
    assert batch is not None
    assert reason(database, batch, now + timedelta(days=30)) is None
    assert reason(database, batch, now + timedelta(days=30, seconds=1)) == "It is older than 30 days."
    take_back(batch)
    assert reason(database, batch, now) == "This import was undone already."
    with database.write() as session, pytest.raises(ShopError) as refused:
        undo(session, batch, now)
    assert refused.value.advice == "This import was undone already."
    with database.read() as session:
        assert session.get_one(ImportBatch, batch).undone_at == now
    assert reason(database, 999, now) == "There is no such import."


def test_an_import_of_a_version_that_kept_nothing_says_so(database: Database, now: datetime) -> None:
    with database.write() as session:
        session.add(ImportBatch(id=1, file_name="a.csv", kind="customers", at=now))
    assert reason(database, 1, now) == "What was there before this import was not kept."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("member number,name", "1,Mei"), ("member number,name", "1,Lin")),
        (("member number,name", "1,Mei"), ("member number,tags", "1,VIP")),
        (("member number,name", "1,Mei"), (ORDERS, "A1,2026-11-01,1,Serum,1,680,680,paid")),
        ((ORDERS, "A1,2026-11-01,1,Soap,1,68,68,paid"), (ORDERS, "A1,2026-11-01,1,Serum,1,68,68,paid")),
        (("member number,accepts marketing", "1,"), ("member number,accepts marketing", "1,no")),
    ],
)
def test_a_newer_import_of_the_same_friends_goes_first(
    database: Database,
    bring_in: BringIn,
    take_back: Callable[..., Undone],
    now: datetime,
    first: tuple[str, ...],
    second: tuple[str, ...],
) -> None:
    before = contents(database)
    older, newer = bring_in(*first).batch_id, bring_in(*second).batch_id
    assert reason(database, older, now) == (
        "A newer import changed the same friends or orders: “export.csv”. Undo that one first."
    )
    take_back(newer, also_refusals=True)
    take_back(older)
    assert contents(database) == before


def test_a_newer_import_that_changed_nothing_is_no_reason(database: Database, bring_in: BringIn, now: datetime) -> None:
    rows = ("member number,name", "1,Mei")
    batch = bring_in(*rows).batch_id
    assert counts(bring_in(*rows)) == (0, 0, 1, 0)
    bring_in("member number,name", "2,Lin")
    assert reason(database, batch, now) is None


def _give(session: Session, one: int, make: Maker) -> None:
    friends_tags.add(session, make.tag(session, "vip"), [one], TagOrigin.HAND, make.now)


def _send(session: Session, one: int, make: Maker) -> None:
    none: dict[str, Any] = {"segment_name": "", "segment_rule": {}, "brief": {}, "bubbles": [], "unit": "u"}
    send = Campaign(name="Serum is back", recipients=1, reach_then=1, created_at=make.now, **none)
    session.add(send)
    session.flush()
    session.add(Delivery(campaign_id=send.id, friend_id=one, state=DeliveryState.ACCEPTED))


def _allow(session: Session, one: int, make: Maker) -> None:
    ledger.allow(session, [one], "said so", make.now)


def _order(session: Session, one: int, make: Maker) -> None:
    make.order(session, one)


@pytest.mark.parametrize(
    ("later", "sentence"),
    [
        (_give, "New friends of this import got other tags since."),
        (_send, "1 new friend of this import is on the list of a send: “Serum is back”."),
        (_allow, "New friends of this import were changed by hand since."),
        (_order, "New friends of this import got other orders or events since."),
    ],
)
def test_later_work_on_new_friends_is_not_lost(
    database: Database,
    bring_in: BringIn,
    make: Maker,
    now: datetime,
    later: Callable[[Session, int, Maker], None],
    sentence: str,
) -> None:
    batch = bring_in("member number,name", "1,Mei").batch_id
    with database.write() as session:
        later(session, friend(session, "1").id, make)
    assert reason(database, batch, now) == sentence


def test_what_was_changed_again_by_hand_is_not_lost(
    database: Database, bring_in: BringIn, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="Mei")
    batch = bring_in("member number,name", "1,Mei Lin").batch_id
    with database.write() as session:
        friend(session, "1").name = "Mei-Lin"
    assert reason(database, batch, now) == "Something that this import changed was changed again since."
