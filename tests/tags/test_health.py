from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import health, library
from linecrm_desktop.tags.health import Health, Sign, Weight
from linecrm_desktop.tags.library import TagRow
from tests.maker import Maker


@pytest.fixture
def good(now: datetime) -> TagRow:
    return TagRow(
        id=1,
        name="Serum",
        type=TagType.INTEREST,
        helps_decide="When to remind",
        owner="Amy",
        is_sensitive=False,
        friends=20,
        last_used=now,
        is_retired=False,
        created_at=now - timedelta(days=400),
    )


def kinds(tag: TagRow, used_by: int, day: ShopDay) -> list[Health]:
    return [sign.health for sign in health.signs(tag, used_by, day)]


def test_a_tag_without_a_fault_is_healthy(good: TagRow, day: ShopDay) -> None:
    assert health.signs(good, 0, day) == (Sign(Health.HEALTHY, Weight.GOOD),)


def test_a_tag_without_a_decision_asks_for_one(good: TagRow, day: ShopDay) -> None:
    assert kinds(replace(good, helps_decide="  "), 1, day) == [Health.NO_DECISION]


def test_nineteen_friends_are_too_few(good: TagRow, day: ShopDay) -> None:
    assert kinds(replace(good, friends=19), 1, day) == [Health.TOO_SMALL]


@pytest.mark.parametrize(("days", "expected"), [(90, Health.HEALTHY), (91, Health.UNUSED)])
def test_a_tag_is_unused_after_90_days(good: TagRow, day: ShopDay, now: datetime, days: int, expected: Health) -> None:
    assert kinds(replace(good, last_used=now - timedelta(days=days)), 0, day) == [expected]


def test_a_tag_in_a_segment_is_used(good: TagRow, day: ShopDay, now: datetime) -> None:
    assert kinds(replace(good, last_used=now - timedelta(days=300)), 1, day) == [Health.HEALTHY]


def test_a_new_tag_is_not_unused_yet(good: TagRow, day: ShopDay, now: datetime) -> None:
    assert Health.UNUSED not in kinds(replace(good, last_used=None, created_at=now), 0, day)


def test_the_worst_comes_first(good: TagRow, day: ShopDay, now: datetime) -> None:
    bare = replace(good, helps_decide="", owner="", is_sensitive=True, friends=3)
    half_a_year = replace(bare, last_used=now - timedelta(days=180))
    assert kinds(half_a_year, 0, day)[:2] == [Health.UNUSED, Health.NO_DECISION]
    assert health.signs(half_a_year, 0, day)[0] == Sign(Health.UNUSED, Weight.BAD, 180)
    a_quarter = replace(bare, last_used=now - timedelta(days=100))
    assert kinds(a_quarter, 0, day)[:2] == [Health.NO_DECISION, Health.UNUSED]


def test_tags_without_a_decision_are_counted_without_the_retired(database: Database, make: Maker) -> None:
    with database.write() as session:
        make.tag(session, "A")
        make.tag(session, "B", helps_decide="  ")
        make.tag(session, "C", helps_decide="Which welcome")
        library.retire(session, make.tag(session, "D"), make.now)
        assert health.count_undecided(session) == 2
