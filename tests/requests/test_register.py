"""Requests keep their number, their day and their order of steps; a stop is a refusal; erasing leaves the number."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select, update

from linecrm_desktop.days import ShopDay
from linecrm_desktop.erasing.erase import erase
from linecrm_desktop.errors import ShopError
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.campaign import CampaignState, Delivery, DeliveryState
from linecrm_desktop.models.consent import ConsentEntry, ConsentKind
from linecrm_desktop.models.data_request import Ending, RequestStep, Wants
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import deadlines, register, words
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.requests.conftest import ask, do, row

CHECK, COLLECT, HAND_OVER, CLOSE = RequestStep
ZONE = "Asia/Taipei"


def test_numbers_go_up_and_are_written_with_four_digits(
    database: Database, mei: int, day: ShopDay, now: datetime
) -> None:
    first, second = ask(database, mei, day, now), ask(database, mei, day, now, Wants.ERASE)
    assert [row(database, one, day).name for one in (first, second)] == ["R-0001", "R-0002"]


@pytest.mark.parametrize(
    ("wants", "last"),
    [
        (Wants.COPY, date(2026, 11, 27)),
        (Wants.CORRECT, date(2026, 12, 12)),
        (Wants.ERASE, date(2026, 12, 12)),
        (Wants.STOP_MARKETING, date(2026, 11, 12)),
    ],
)
def test_a_taiwanese_shop_answers_within_the_days_of_its_law(
    database: Database, mei: int, day: ShopDay, now: datetime, wants: Wants, last: date
) -> None:
    assert row(database, ask(database, mei, day, now, wants), day).answer_by == last


@pytest.mark.parametrize(("country", "copy"), [("JP", 14), ("TH", 30)])
def test_other_countries_have_days_of_their_own(database: Database, country: str, copy: int) -> None:
    with database.write() as session:
        session.execute(update(Shop).values(country=country))
        assert deadlines.days(session)[Wants.COPY] == copy


def test_the_shop_sets_its_own_days_and_written_requests_keep_theirs(
    database: Database, mei: int, day: ShopDay, now: datetime
) -> None:
    before = ask(database, mei, day, now)
    with database.write() as session:
        assert deadlines.set_days(session, Wants.COPY, 7) == 15
    after = ask(database, mei, day, now)
    assert [row(database, one, day).left(day.today) for one in (before, after)] == [15, 7]
    with database.write() as session:
        assert deadlines.set_days(session, Wants.COPY, None) == 7
        assert deadlines.days(session)[Wants.COPY] == 15
        with pytest.raises(ShopError):
            deadlines.set_days(session, Wants.COPY, -1)


def test_the_day_it_came_counts_and_not_the_day_it_is_written_down(
    database: Database, mei: int, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        came = register.write_down(session, mei, Wants.COPY, day, now, date(2026, 10, 26))
        with pytest.raises(ShopError, match="ahead"):
            register.write_down(session, mei, Wants.COPY, day, now, date(2026, 11, 13))
    found = row(database, came, day)
    assert (found.asked, found.answer_by) == (date(2026, 10, 26), date(2026, 11, 10))
    assert words.state(found, day) == "2 days late"
    assert found.is_pressing(day.today)


def test_under_three_days_a_request_is_pressing(database: Database, mei: int, day: ShopDay, now: datetime) -> None:
    found = row(database, ask(database, mei, day, now), day)
    last = found.answer_by
    assert [found.is_pressing(last - timedelta(days=days)) for days in (3, 2, 0)] == [False, True, True]


def test_steps_come_in_their_order_and_say_when_and_by_whom(
    database: Database, mei: int, day: ShopDay, now: datetime
) -> None:
    request = ask(database, mei, day, now)
    with pytest.raises(ShopError, match="Check who is asking"):
        do(database, request, day, now, COLLECT)
    do(database, request, day, now, CHECK, COLLECT)
    with pytest.raises(ShopError, match="before"):
        do(database, request, day, now, CHECK)
    with pytest.raises(ShopError, match="Hand it over"):
        do(database, request, day, now, CLOSE)
    do(database, request, day, now, HAND_OVER, CLOSE)
    found = row(database, request, day)
    assert [(done.step, done.by, done.at) for done in found.steps] == [
        (step, "Boss", now.replace(microsecond=0)) for step in RequestStep
    ]
    assert (found.ending, found.note, found.next) == (Ending.DONE, "member number in the chat", None)
    assert words.step_said(found, CHECK, day) == "member number in the chat. Boss, 12 Nov"
    with pytest.raises(ShopError, match="closed"):
        do(database, request, day, now, CHECK)


def test_nobody_is_checked_without_saying_how(database: Database, mei: int, day: ShopDay, now: datetime) -> None:
    request = ask(database, mei, day, now)
    with database.write() as session, pytest.raises(ShopError, match="How do you know"):
        register.record(session, request, CHECK, "Boss", "  ", now)


def test_a_request_that_was_not_done_is_closed_with_the_reason(
    database: Database, mei: int, day: ShopDay, now: datetime
) -> None:
    request = ask(database, mei, day, now)
    with database.write() as session:
        with pytest.raises(ShopError, match="Write why"):
            register.close(session, request, Ending.DECLINED, "Boss", "", now)
        register.close(session, request, Ending.DECLINED, "Boss", "It was somebody else.", now)
    found = row(database, request, day)
    assert (found.ending, found.note) == (Ending.DECLINED, "It was somebody else.")
    assert words.state(found, day) == "Declined 12 Nov"


@pytest.mark.parametrize("wants", [Wants.STOP_MARKETING, Wants.STOP_USE])
def test_a_stop_is_a_refusal_in_the_ledger_and_in_every_waiting_send(
    database: Database, make: Maker, mei: int, day: ShopDay, now: datetime, wants: Wants
) -> None:
    with database.write() as session:
        send = make.campaign(session, state=CampaignState.READY, ended_at=None)
        make.delivery(session, send, mei, DeliveryState.WAITING)
    request = ask(database, mei, day, now, wants)
    do(database, request, day, now, CHECK, COLLECT)
    with database.read() as session:
        assert session.get_one(Friend, mei).marketing is Marketing.UNKNOWN
    do(database, request, day, now, HAND_OVER)
    with database.read() as session:
        assert session.get_one(Friend, mei).marketing is Marketing.REFUSED
        assert session.get_one(Friend, mei).refuses_service is (wants is Wants.STOP_USE)
        assert session.get_one(Delivery, (send, mei)).state is DeliveryState.LEFT_OUT
        line = session.scalars(select(ConsentEntry).where(ConsentEntry.kind == ConsentKind.REFUSED)).one()
        assert line.evidence == "Request R-0001"


def test_an_erased_friend_leaves_the_number_and_no_word(
    database: Database, mei: int, day: ShopDay, now: datetime
) -> None:
    earlier = ask(database, mei, day, now, Wants.CORRECT, about="Mei moved to Lilac-Street")
    request = ask(database, mei, day, now, Wants.ERASE)
    do(database, request, day, now, CHECK, COLLECT)
    with pytest.raises(ShopError, match="not erased yet"):
        do(database, request, day, now, HAND_OVER)
    done = erase(database, mei, "M-1001", Task(), now, ZONE)
    assert done.searched.is_clean
    found = row(database, request, day)
    assert (found.friend_id, found.friend, found.is_erased, words.friend(found)) == (None, "", True, "(erased)")
    assert [(step.step, step.by, step.how) for step in found.steps] == [
        (step, "Boss", "") for step in (CHECK, COLLECT, HAND_OVER)
    ]
    assert row(database, earlier, day).about == ""
    do(database, request, day, now, CLOSE)
    assert row(database, request, day).ending is Ending.DONE
    assert b"Lilac-Street" not in database.path.read_bytes()


def test_a_friend_who_is_gone_cannot_ask(database: Database, day: ShopDay, now: datetime) -> None:
    with pytest.raises(ShopError, match="not in the shop"):
        ask(database, 99, day, now)
