"""What needs a person today: in the order of its weight, with its number, and only while it does."""

from datetime import datetime, timedelta

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.home import reading, words
from linecrm_desktop.home.today import UNTOLD, Item, Kind, Outside
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.models.data_request import Ending, Wants
from linecrm_desktop.models.import_batch import ImportBatch, RejectedRow
from linecrm_desktop.models.journey import Journey, JourneyEntry, JourneyState, JourneyStep
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import register
from linecrm_desktop.segments import library
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def items(database: Database, day: ShopDay, now: datetime, outside: Outside = UNTOLD) -> list[Item]:
    with database.read() as session:
        return list(reading.read(session, day, now, outside).items)


def bring(database: Database, at: datetime, *, preset: str = "", rejected: int = 0, refusals: int | None = None) -> int:
    """Write an import down as one that ended, with the rows that it did not take."""
    with database.write() as session:
        batch = ImportBatch(file_name="a.csv", kind="customers", preset=preset, at=at, rejected=rejected)
        batch.options = {"counts": {"unmatched_refusals": refusals}}
        session.add(batch)
        session.flush()
        return batch.id


@pytest.fixture
def friends(database: Database, make: Maker) -> list[int]:
    """Three friends, so that the shop is not new."""
    with database.write() as session:
        return [make.friend(session) for _number in range(3)]


def test_a_new_shop_needs_an_import_and_nothing_else(database: Database, day: ShopDay, now: datetime) -> None:
    assert items(database, day, now) == [Item(Kind.IMPORT)]


@pytest.mark.usefixtures("friends")
def test_a_shop_in_order_needs_nothing(database: Database, day: ShopDay, now: datetime) -> None:
    assert items(database, day, now) == []


@pytest.mark.parametrize(
    ("state", "columns", "is_told"),
    [
        (CampaignState.HELD, {}, True),
        (CampaignState.PAUSED, {}, True),
        (CampaignState.PAUSED, {"resume_at": datetime.fromisoformat("2026-11-13T00:00:00+00:00")}, False),
        (CampaignState.SENDING, {"created_at": datetime.fromisoformat("2026-11-12T02:00:00+00:00")}, True),
        (CampaignState.SENDING, {}, False),
        (CampaignState.SCHEDULED, {}, False),
        (CampaignState.DONE, {}, False),
        (CampaignState.STOPPED, {}, False),
    ],
)
@pytest.mark.usefixtures("friends")
def test_a_send_is_told_when_it_waits_for_a_person(
    database: Database,
    make: Maker,
    day: ShopDay,
    now: datetime,
    state: CampaignState,
    columns: dict[str, datetime],
    is_told: bool,
) -> None:
    with database.write() as session:
        campaign = make.campaign(session, name="Refill", state=state, note="You paused it.", ended_at=None, **columns)
    found = items(database, day, now)
    assert [item.object_id for item in found] == ([campaign] if is_told else [])
    assert [words.more(item) for item in found] == (["You paused it."] if is_told else [])


def test_a_send_from_which_copies_still_come_is_under_way(
    database: Database, make: Maker, day: ShopDay, now: datetime, friends: list[int]
) -> None:
    with database.write() as session:
        campaign = make.campaign(session, state=CampaignState.SENDING, created_at=make.ago(1), ended_at=None)
        make.delivery(session, campaign, friends[0], at=now - timedelta(minutes=2))
    assert items(database, day, now) == []


def test_tags_without_a_decision_name_the_two_with_most_friends(
    database: Database, make: Maker, day: ShopDay, now: datetime, friends: list[int]
) -> None:
    with database.write() as session:
        for name, many in (("FB", 2), ("VIP客", 3), ("small", 1)):
            tag = make.tag(session, name)
            for friend in friends[:many]:
                make.give(session, tag, friend)
        make.give(session, make.tag(session, "IG", helps_decide="Which welcome"), friends[0])
    (item,) = items(database, day, now)
    assert words.sentence(item) == "3 tags still have no decision"
    assert words.more(item) == "The largest: “VIP客” 3 friends, “FB” 2 friends"


@pytest.mark.usefixtures("friends")
def test_rows_rejected_today_are_told_with_the_commonest_reasons(
    database: Database, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        for at, undone in ((now, None), (now - timedelta(days=1), None), (now, now)):
            batch = ImportBatch(file_name="a.csv", kind="customers", at=at, rejected=4, undone_at=undone)
            session.add(batch)
            session.flush()
            for line, why in enumerate(("phone", "phone", "nobody", "date"), 1):
                session.add(RejectedRow(batch_id=batch.id, line=line, cells=[], why=why, sentence=""))
    (item,) = items(database, day, now)
    assert (item.count, item.object_id) == (4, 1)
    assert words.sentence(item) == "4 rows of today’s import were rejected"
    assert words.more(item) == "Phone could not be read: 2, Date could not be read: 1"


@pytest.mark.usefixtures("friends")
def test_rows_of_the_last_week_are_told_until_the_next_file_of_their_sort(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    bring(database, make.ago(9), preset="old", rejected=9)
    bring(database, make.ago(5), preset="shop", rejected=4)
    other = bring(database, make.ago(3), preset="till", rejected=2)
    (item,) = items(database, day, now)
    assert (item.count, item.object_id) == (6, other)
    assert words.sentence(item) == "6 rows of the last imports were rejected"
    bring(database, make.ago(1), preset="shop")
    (item,) = items(database, day, now)
    assert (item.count, item.object_id) == (2, other)


@pytest.mark.usefixtures("friends")
def test_refusals_that_found_nobody_are_told_until_a_file_with_answers_names_them(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    lost = bring(database, make.ago(20), refusals=2)
    bring(database, make.ago(2))
    (item,) = items(database, day, now)
    assert (item.kind, item.object_id, words.sentence(item)) == (
        *(Kind.REFUSALS, lost),
        "2 refusals could not be matched",
    )
    bring(database, make.ago(1), refusals=0)
    assert items(database, day, now) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [(7, []), (8, ["The last backup is 8 days old"]), (None, ["There is no backup of this shop"])],
)
@pytest.mark.usefixtures("friends")
def test_a_backup_older_than_a_week_is_told(
    database: Database, make: Maker, day: ShopDay, now: datetime, days: int | None, said: list[str]
) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).created_at = make.ago(30)
    last = None if days is None else day.today - timedelta(days=days)
    found = items(database, day, now, Outside(last_backup=last, looked_for_backup=True))
    assert [words.sentence(item) for item in found] == said


@pytest.mark.usefixtures("friends")
def test_a_shop_made_this_week_is_not_told_that_it_has_no_backup(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).created_at = make.ago(3)
    assert items(database, day, now, Outside(looked_for_backup=True)) == []


def test_journeys_that_wait_say_what_they_use_of_the_month(
    database: Database, make: Maker, day: ShopDay, now: datetime, friends: list[int]
) -> None:
    with database.write() as session:
        shop = session.get_one(Shop, 1)
        shop.line_limit, shop.line_used, shop.line_read_at = 6_000, 3_412, now
        library.make_core(session, now, days=60)
        path = Journey(name="Buyers", segment_id=2, state=JourneyState.RUNNING, place=1, salt="s")
        path.created_at = path.changed_at = path.started_at = now
        session.add(path)
        session.flush()
        step = JourneyStep(journey_id=path.id, place=1, wait_days=0, created_at=now)
        session.add(step)
        session.flush()
        for friend in friends:
            entry = JourneyEntry(journey_id=path.id, friend_id=friend, entered_at=now, next_step_id=step.id)
            entry.due_on = day.today
            session.add(entry)
    (item,) = items(database, day, now)
    assert (words.sentence(item), item.is_due) == ("3 journey messages wait for approval", True)
    assert words.more(item) == "1 step due today · uses 3 of 2,588"


def test_the_most_pressing_stands_first(
    database: Database, make: Maker, day: ShopDay, now: datetime, friends: list[int]
) -> None:
    with database.write() as session:
        make.give(session, make.tag(session, "VIP"), friends[0])
        session.add(ImportBatch(file_name="a.csv", kind="customers", at=now, rejected=1))
        make.campaign(session, name="Refill", state=CampaignState.HELD, ended_at=None)
    found = items(database, day, now, Outside("LINE did not accept this token."))
    assert [item.kind for item in found] == [Kind.SEND, Kind.TOKEN, Kind.TAGS, Kind.REJECTS]
    assert sum(item.is_quick for item in found) == 2


@pytest.mark.parametrize(
    ("things", "quick", "hour", "said"),
    [
        (0, 0, 9, "Good morning. Nothing needs you today."),
        (5, 2, 9, "Good morning. 2 of 5 things today take under a minute."),
        (1, 1, 13, "Good afternoon. 1 of 1 thing today takes under a minute."),
        (1, 0, 20, "Good evening. 1 thing needs you today."),
    ],
)
def test_the_greeting_says_how_much_there_is(things: int, quick: int, hour: int, said: str) -> None:
    assert words.subtitle(things, quick, hour) == said


def test_what_was_done_today_is_told(database: Database, make: Maker, day: ShopDay, now: datetime) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).line_read_at = now
        session.add(ImportBatch(file_name="a.csv", kind="customers", at=now))
        session.add(ImportBatch(file_name="b.csv", kind="customers", at=make.ago(1)))
        make.campaign(session, ended_at=now)
    with database.read() as session:
        done = reading.read(session, day, now).done
    assert words.done_today(done) == "Done today: LINE quota read, 1 import, 1 send"


@pytest.mark.parametrize(
    ("left", "says", "is_red"),
    [
        (15, "15 days left", False),
        (3, "3 days left", False),
        (2, "2 days left", True),
        (-6, "6 days late", True),
    ],
)
def test_open_requests_are_one_thing_and_red_under_three_days(
    database: Database, day: ShopDay, now: datetime, friends: list[int], left: int, says: str, is_red: bool
) -> None:
    came = day.today - timedelta(days=15 - left)
    with database.write() as session:
        register.write_down(session, friends[0], Wants.ERASE, day, now)
        first = register.write_down(session, friends[1], Wants.COPY, day, now, came)
        closed = register.write_down(session, friends[1], Wants.COPY, day, now, came)
        register.close(session, closed, Ending.WITHDRAWN, "Boss", "Not needed.", now)
    (item,) = items(database, day, now)
    assert (item.kind, item.count, item.of, item.object_id, item.is_pressing) == (Kind.REQUESTS, 2, left, first, is_red)
    assert words.sentence(item) == "2 requests about data wait"
    assert words.more(item) == f"R-0002: Copy of the data, {says}"
