"""What is done to saved segments in the list, where they are used, how they fare, and their numbers over time."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments import comparing, counts, library, shelf, used
from linecrm_desktop.segments.counts import Counted, is_due
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.health import Health, Patient, is_twin, may_be_twins, signs
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment, LastOrder, Rule
from linecrm_desktop.store.database import Database
from tests.maker import Maker

TAIPEI = "Asia/Taipei"
QUIET = LastOrder(60)


def save(session: Session, name: str, now: datetime, rule: Rule = QUIET) -> int:
    return library.save(session, SegmentDraft(name, "x", AllOf((rule,))), now)


def test_a_renamed_segment_keeps_its_rules_and_its_users(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = save(session, "First", now)
        save(session, "Second", now, InSegment(first))
        assert shelf.rename(session, first, "  Quiet \n buyers ", now) == "First"
        assert library.load(session, first).name == "Quiet buyers"
        assert library.names(session).segments[first] == "Quiet buyers"
        assert used.uses(session)[first][0].name == "Second"


@pytest.mark.parametrize("name, told", [(" ", "Give the segment a name"), ("Second", "already")])
def test_an_empty_or_a_taken_name_is_refused(database: Database, now: datetime, name: str, told: str) -> None:
    with database.write() as session:
        first = save(session, "First", now)
        save(session, "Second", now)
    with pytest.raises(ShopError, match=told), database.write() as session:
        shelf.rename(session, first, name, now)


def test_a_name_may_change_its_capitals(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = save(session, "first", now)
        shelf.rename(session, first, "First", now)
        assert library.load(session, first).name == "First"


def test_copies_get_names_of_their_own(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = save(session, "長" * 119, now)
        copies = [library.load(session, shelf.duplicate(session, first, now)) for _time in range(2)]
        assert len({copy.name for copy in copies}) == 2
        assert {copy.rule for copy in copies} == {AllOf((LastOrder(60),))}


def test_a_copy_of_a_core_segment_is_an_ordinary_one(database: Database, now: datetime) -> None:
    with database.write() as session:
        library.make_core(session, now)
        core = library.all_segments(session)[0]
        assert library.load(session, shelf.duplicate(session, core.id, now)).core is None
    with pytest.raises(ShopError, match="core"), database.write() as session:
        shelf.archive(session, core.id, now)


def test_what_is_put_away_leaves_the_lists_and_loses_nothing(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = save(session, "First", now)
        second = save(session, "Second", now, InSegment(first))
        shelf.archive(session, first, now)
        assert [row.name for row in library.all_segments(session)] == ["Second"]
        assert [row.name for row in library.all_segments(session, keep={first})] == ["First", "Second"]
        assert [row.name for row in library.archived(session)] == ["First"]
        assert library.count(session, library.rules(session)[second], ShopDay.of(now, TAIPEI)) == 0
        shelf.restore(session, first)
        assert len(library.all_segments(session)) == 2 and not library.archived(session)


def test_uses_are_segments_messages_and_sends(database: Database, now: datetime) -> None:
    with database.write() as session:
        first = save(session, "First", now)
        second = save(session, "Second", now, InSegment(first))
        message = Message(name="Serum is back", segment_id=first, created_at=now, changed_at=now)
        session.add(message)
        session.flush()
        for days, name in ((3, "First"), (9, "Its old name")):
            session.add(campaign(name, message.id, now - timedelta(days=days)))
        session.add(campaign("First", message.id, None))
        session.flush()
        found, written = used.uses(session), message.id
    assert set(found) == {first}
    assert [(str(use.kind), use.id, use.name) for use in found[first]] == [
        ("segment", second, "Second"),
        ("message", written, "Serum is back"),
        ("campaign", 1, "Sent"),
        ("campaign", 2, "Sent"),
    ]
    assert used.last_sent(found[first]) == (now - timedelta(days=3)).replace(microsecond=0)


def campaign(segment: str, message: int, at: datetime | None) -> Campaign:
    return Campaign(
        name="Sent",
        message_id=message,
        segment_name=segment,
        segment_rule={},
        brief={},
        bubbles=[],
        unit="u",
        state=CampaignState.DONE,
        recipients=1,
        reach_then=1,
        created_at=at or datetime(2026, 1, 1, tzinfo=UTC),
        started_at=at,
    )


NOW = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)
DAY = ShopDay.of(NOW, TAIPEI)
WELL = Patient(NOW - timedelta(days=90), "Whom to thank", reachable=50, counted_at=NOW)


@pytest.mark.parametrize(
    "change, found",
    [
        ({}, (Health.HEALTHY,)),
        ({"reachable": 49}, (Health.TOO_SMALL,)),
        ({"reachable": 0, "twin": "Buyers"}, (Health.TOO_SMALL, Health.DUPLICATE)),
        ({"retired_tags": ("Serum",), "helps_decide": " "}, (Health.RETIRED_TAG, Health.NO_DECISION)),
        ({"counted_at": NOW - timedelta(days=7)}, (Health.HEALTHY,)),
        ({"counted_at": NOW - timedelta(days=8)}, (Health.NOT_COUNTED,)),
        ({"counted_at": None, "reachable": None}, (Health.NOT_COUNTED,)),
        ({"trouble": "Choose a tag.", "counted_at": None, "reachable": None}, (Health.NOT_COMPLETE,)),
        ({"created_at": NOW - timedelta(days=7)}, (Health.NEW,)),
        ({"created_at": NOW - timedelta(days=7), "sent_at": NOW}, (Health.HEALTHY,)),
    ],
)
def test_health_is_said_worst_first(change: dict[str, Any], found: tuple[Health, ...]) -> None:
    fields = {name: getattr(WELL, name) for name in Patient.__slots__}
    assert signs(Patient(**(fields | change)), DAY) == found


def test_twins_share_85_percent_of_both() -> None:
    assert is_twin(85, 100, 100) and is_twin(85, 100, 85)
    assert not is_twin(84, 100, 100) and not is_twin(84, 84, 100) and not is_twin(0, 0, 0)
    assert may_be_twins(85, 100) and not may_be_twins(84, 100) and not may_be_twins(0, 0)


def test_counts_are_kept_by_the_hour_for_a_week_and_by_the_day_before(database: Database) -> None:
    with database.write() as session:
        segment = save(session, "A", NOW)
        now, half_hours = NOW, 0
        for half_hours in range(20 * 48):
            now = NOW - timedelta(days=20) + timedelta(minutes=30 * half_hours)
            counts.record(session, {segment: (half_hours, half_hours)}, ShopDay.of(now, TAIPEI), now)
        kept = counts.history(session, ShopDay.of(now, TAIPEI))[segment]
    day = ShopDay.of(now, TAIPEI)
    old = [line for line in kept if day.age(line.at) > 7]
    assert [day.age(line.at) for line in old] == list(range(20, 7, -1))
    assert {day.local(line.at).hour for line in old} == {23}
    assert 7 * 24 <= len(kept) - len(old) <= 8 * 24
    assert kept[-1] == Counted(now, half_hours, half_hours)


def test_old_lines_are_not_drawn_but_the_last_is_known(database: Database) -> None:
    with database.write() as session:
        segment = save(session, "A", NOW)
        for days in (300, 200, 100):
            at = NOW - timedelta(days=days)
            counts.record(session, {segment: (days, days)}, ShopDay.of(at, TAIPEI), at)
        assert [line.matching for line in counts.history(session, DAY)[segment]] == [100]


def test_a_line_is_worth_writing_when_numbers_moved_or_an_hour_passed() -> None:
    last = Counted(NOW, 5, 4)
    assert counts.is_news(None, 5, 4, NOW)
    assert not counts.is_news(last, 5, 4, NOW + timedelta(minutes=59))
    assert counts.is_news(last, 5, 3, NOW + timedelta(minutes=1))
    assert counts.is_news(last, 5, 4, NOW + timedelta(hours=1))


def test_the_morning_is_the_shops(make: Maker) -> None:
    six = datetime(2026, 11, 11, 22, 0, tzinfo=UTC)
    before, after = six - timedelta(minutes=1), six + timedelta(minutes=1)

    def due(recount: Recount, last: datetime | None, now: datetime) -> bool:
        return is_due(recount, last, ShopDay.of(now, TAIPEI), now)

    assert not due(Recount.MORNING, before, before)
    assert due(Recount.MORNING, before, six) and not due(Recount.MORNING, six, after)
    assert due(Recount.MORNING, None, after) and not due(Recount.MORNING, None, before)
    assert due(Recount.HOUR, before - timedelta(hours=1), before) and not due(Recount.HOUR, before, after)
    assert due(Recount.HOUR, None, six) and not due(Recount.HAND, None, six)


def test_two_segments_are_counted_against_each_other(database: Database, now: datetime, make: Maker) -> None:
    with database.write() as session:
        tags = [make.tag(session, name) for name in ("One", "Two")]
        for number in range(10):
            friend = make.friend(session)
            for tag, least in zip(tags, (2, 5), strict=True):
                if number >= least:
                    make.give(session, tag, friend)
        a, b = (save(session, str(tag), now, HasTag((tag,))) for tag in tags)
        found = comparing.compare(session, a, b, ShopDay.of(now, TAIPEI))
    assert (found.both, found.only_a, found.only_b, found.share) == (5, 3, 0, 5 / 8)
    assert comparing.Overlap(0, 0, 0).share == 0
