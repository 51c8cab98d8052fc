"""Coverage: friends by the month in which they joined, each counted once for the source that came first."""

from datetime import UTC, date, datetime

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.sources.coverage import MONTHS, SourceShare, coverage
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_months_are_local_and_the_last_twelve(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        for moment in (
            datetime(2026, 10, 31, 16, 30, tzinfo=UTC),  # 1 Nov, 00:30 in Taipei
            datetime(2026, 10, 31, 15, 30, tzinfo=UTC),  # 31 Oct, 23:30
            datetime(2025, 11, 30, 15, 59, tzinfo=UTC),  # a day before the first month
            datetime(2026, 11, 13, 0, 0, tzinfo=UTC),  # tomorrow
        ):
            make.friend(session, joined_at=moment)
        make.friend(session, joined_at=None)
        found = coverage(session, day)
    assert len(found.months) == MONTHS
    assert (found.months[0].first, found.months[-1].first) == (date(2025, 12, 1), date(2026, 11, 1))
    assert {month.first: month.joined for month in found.months if month.joined} == {
        date(2026, 10, 1): 1,
        date(2026, 11, 1): 1,
    }
    assert (found.joined, found.known, found.undated) == (2, 0, 1)
    assert (found.months[0].share, found.months[-1].share) == (None, 0.0)


def test_a_friend_counts_once_for_the_first_source_tag_else_for_what_was_written(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        poster, counter = (make.tag(session, name, TagType.SOURCE) for name in ("Poster", "Counter"))
        serum = make.tag(session, "Serum")
        joined = {"joined_at": make.ago(2)}
        both = make.friend(session, **joined, collected_through="Checkout")
        make.give(session, counter, both, since=make.ago(1))
        make.give(session, poster, both, since=make.ago(2))
        make.give(session, serum, both, since=make.ago(9))
        make.give(session, counter, make.friend(session, **joined))
        make.friend(session, **joined, collected_through=" checkout ")
        make.friend(session, **joined, collected_through="POSTER")
        make.give(session, serum, make.friend(session, **joined, collected_through=""))
        month = coverage(session, day).months[-1]
    assert (month.joined, month.known, month.share) == (5, 4, 0.8)
    assert month.sources == (
        SourceShare("Poster", 2, True),
        SourceShare("Counter", 1, True),
        SourceShare("checkout", 1, False),
    )


def test_a_shop_without_friends_has_twelve_empty_months(database: Database, day: ShopDay) -> None:
    with database.read() as session:
        found = coverage(session, day)
    assert (found.joined, found.known, found.undated, found.sources) == (0, 0, 0, ())
    assert {month.share for month in found.months} == {None}
