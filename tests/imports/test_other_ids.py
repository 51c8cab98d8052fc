"""LINE user ids of a further account, from a file and from LINE: they stand beside those of the first account."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.consent import erased
from linecrm_desktop.consent.erased import Key, KeyKind
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import from_line
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.imports.undo import undo
from linecrm_desktop.jobs import Task
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PRACTICE_TOKEN, PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.channel import ChannelFriend
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, counts, plan_for
from tests.maker import Maker

HEADER = "LINE user ID,member number,name,blocked"


def line_id(number: int) -> str:
    return f"U{number:032x}"


@pytest.fixture
def outlet(database: Database, now: datetime) -> int:
    """A further account's number."""
    with database.write() as session:
        return accounts.add(session, "Outlet", now, shares_ids=False)


def bring(database: Database, folder: Path, now: datetime, channel_id: int | None, *rows: str) -> Report:
    path = folder / "outlet.csv"
    path.write_text("\n".join((HEADER, *rows)) + "\n", encoding="utf-8")
    return importing.run(database, plan_for(path, Kind.FRIENDS, channel_id=channel_id), Task(), now)


def known(database: Database) -> dict[str, tuple[str | None, str | None, bool]]:
    """Return each id of the account with the friend's member number, first id, and whether they block the account."""
    with database.read() as session:
        query = select(ChannelFriend, Friend).join(Friend, Friend.id == ChannelFriend.friend_id)
        return {
            row.line_user_id: (friend.member_number, friend.line_user_id, row.is_blocked)
            for row, friend in session.execute(query)
        }


def test_ids_of_another_account_are_kept_beside_the_first_ones_and_again_nothing_changes(
    database: Database, tmp_path: Path, now: datetime, make: Maker, outlet: int
) -> None:
    with database.write() as session:
        make.friend(session, member_number="M1", line_user_id=line_id(1))
    rows = (f"{line_id(0xA1)},M1,Mei,no", f"{line_id(0xA2)},M2,Lin,yes", f"{line_id(0xA3)},,Chen,no")
    assert counts(bring(database, tmp_path, now, outlet, *rows)) == (2, 1, 0, 0)
    assert known(database) == {
        line_id(0xA1): ("M1", line_id(1), False),
        line_id(0xA2): ("M2", None, True),
        line_id(0xA3): (None, None, False),
    }
    assert counts(bring(database, tmp_path, now, outlet, *rows)) == (0, 0, 3, 0)


def test_an_id_alone_finds_its_friend_again(database: Database, tmp_path: Path, now: datetime, outlet: int) -> None:
    bring(database, tmp_path, now, outlet, f"{line_id(0xA1)},M1,Mei,no")
    assert counts(bring(database, tmp_path, now, outlet, f"{line_id(0xA1)},,Mei Lin,no")) == (0, 1, 0, 0)
    with database.read() as session:
        assert [friend.name for friend in session.scalars(select(Friend))] == ["Mei Lin"]


def test_an_id_that_says_something_else_is_left_to_a_person(
    database: Database, tmp_path: Path, now: datetime, outlet: int
) -> None:
    bring(database, tmp_path, now, outlet, f"{line_id(0xA1)},M1,Mei,no", f"{line_id(0xA2)},M2,Lin,no")
    again = bring(database, tmp_path, now, outlet, f"{line_id(0xA2)},M1,Mei,no", f"{line_id(0xA9)},M2,Lin,no")
    assert (counts(again), again.reasons) == ((0, 0, 0, 2), {"conflict": 2})
    assert {key: one[0] for key, one in known(database).items()} == {line_id(0xA1): "M1", line_id(0xA2): "M2"}


def test_accounts_of_one_provider_find_each_others_friends(
    database: Database, tmp_path: Path, now: datetime, make: Maker, outlet: int
) -> None:
    with database.write() as session:
        accounts.set_shared(session, outlet, shares_ids=True)
        make.friend(session, member_number="M1", line_user_id=line_id(1))
    assert counts(bring(database, tmp_path, now, outlet, f"{line_id(1)},,Mei,no")) == (0, 1, 0, 0)
    assert known(database) == {line_id(1): ("M1", line_id(1), False)}


def test_an_undo_takes_the_ids_with_it(
    database: Database, tmp_path: Path, now: datetime, make: Maker, outlet: int
) -> None:
    with database.write() as session:
        make.friend(session, member_number="M1", line_user_id=line_id(1))
    report = bring(database, tmp_path, now, outlet, f"{line_id(0xA1)},M1,Mei,no", f"{line_id(0xA2)},M2,Lin,no")
    assert report.batch_id is not None
    with database.write() as session:
        undo(session, report.batch_id, now)
    assert known(database) == {}
    with database.read() as session:
        assert [friend.member_number for friend in session.scalars(select(Friend))] == ["M1"]


def test_who_was_erased_does_not_come_back_by_the_id_of_another_account(
    database: Database, tmp_path: Path, now: datetime, outlet: int
) -> None:
    with database.write() as session:
        erased.remember(session, [Key(KeyKind.LINE_USER_ID, line_id(0xA1))], now)
    report = bring(database, tmp_path, now, outlet, f"{line_id(0xA1)},M1,Mei,no", f"{line_id(0xA2)},M2,Lin,no")
    assert (counts(report), report.reasons) == ((1, 0, 0, 1), {"erased": 1})


def test_orders_do_not_come_with_ids_of_a_further_account(
    database: Database, tmp_path: Path, now: datetime, outlet: int
) -> None:
    path = tmp_path / "orders.csv"
    path.write_text("order number,date,member number,total\n1,2026-11-01,M1,100\n", encoding="utf-8")
    with pytest.raises(ShopError, match="customers and friends only"):
        importing.run(database, plan_for(path, Kind.ORDERS, channel_id=outlet), Task(), now)


@pytest.fixture
def line(now: datetime) -> Iterator[SdkLine]:
    server = PracticeServer(PracticeWorld(friends={line_id(n) for n in range(1, 6)}, verified=True, clock=lambda: now))
    client = SdkLine(server.start(), PRACTICE_TOKEN)
    yield client
    client.close()
    server.stop()


@pytest.mark.parametrize("shares", [False, True])
def test_friends_that_line_lists_for_another_account(
    database: Database, now: datetime, make: Maker, outlet: int, line: SdkLine, shares: bool
) -> None:
    with database.write() as session:
        accounts.set_shared(session, outlet, shares_ids=shares)
        make.friend(session, member_number="M1", line_user_id=line_id(1), name="Mei")
    told = (database, line, ORIGIN, Task(), now)
    first = from_line.fetch(*told, channel_id=outlet, wait=lambda _seconds: None)
    assert (first.found, first.new, first.absent) == (5, 4 if shares else 5, 0)
    assert known(database)[line_id(1)] == (("M1", line_id(1), False) if shares else (None, None, False))
    again = from_line.fetch(*told, channel_id=outlet, wait=lambda _seconds: None)
    assert (again.found, again.new, again.named) == (5, 0, 0)


def test_the_first_account_finds_friends_of_its_provider_too(
    database: Database, now: datetime, outlet: int, line: SdkLine
) -> None:
    with database.write() as session:
        accounts.set_shared(session, outlet, shares_ids=True)
    told = (database, line, ORIGIN, Task(), now)
    from_line.fetch(*told, channel_id=outlet, wait=lambda _seconds: None)
    done = from_line.fetch(*told, wait=lambda _seconds: None)
    assert (done.found, done.new, done.absent) == (5, 0, 0)
    assert {key: one[1] for key, one in known(database).items()} == {line_id(n): line_id(n) for n in range(1, 6)}


def test_a_friend_whom_the_account_knows_by_another_id_is_not_the_person_of_this_one(
    database: Database, now: datetime, make: Maker, outlet: int, line: SdkLine
) -> None:
    with database.write() as session:
        accounts.set_shared(session, outlet, shares_ids=True)
        mei = make.friend(session, member_number="M1", line_user_id=line_id(1), name="Mei")
        ids.keep(session, outlet, mei, line_id(9), now)
    done = from_line.fetch(database, line, ORIGIN, Task(), now, channel_id=outlet, wait=lambda _seconds: None)
    assert (done.found, done.new, done.absent) == (5, 5, 1)
    assert known(database)[line_id(1)] == (None, None, False)
    assert known(database)[line_id(9)] == ("M1", line_id(1), False)


def test_the_first_account_keeps_the_id_that_it_knows(
    database: Database, now: datetime, make: Maker, outlet: int, line: SdkLine
) -> None:
    with database.write() as session:
        accounts.set_shared(session, outlet, shares_ids=True)
        mei = make.friend(session, member_number="M1", line_user_id=line_id(9), name="Mei")
        ids.keep(session, outlet, mei, line_id(1), now)
    done = from_line.fetch(database, line, ORIGIN, Task(), now, wait=lambda _seconds: None)
    assert (done.found, done.new, done.absent) == (5, 5, 1)
    with database.read() as session:
        told = dict(session.execute(select(Friend.line_user_id, Friend.member_number)).all())
    assert told == {line_id(9): "M1"} | {line_id(n): None for n in range(1, 6)}
