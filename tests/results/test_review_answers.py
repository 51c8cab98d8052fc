"""Answers to the review's proposals: kept with their evidence, asked again, and made as one step."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.results.review import decisions, finishing, words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.results.review.look import Looked, look
from linecrm_desktop.results.review.proposals import Kind, Proposed
from linecrm_desktop.store.database import Database
from tests.maker import Maker
from tests.results.review_shop import give_all, put_friends, put_lifting_tag


@pytest.fixture
def found(database: Database, make: Maker, day: ShopDay) -> Looked:
    """A shop with one tag to keep, two to merge and one to retire."""
    with database.write() as session:
        put_lifting_tag(session, make)
        friends = put_friends(session, make, 100)
        one = make.tag(session, "Anti-ageing", helps_decide="Whom to tell", created_at=make.ago(60))
        other = make.tag(session, "anti ageing", created_at=make.ago(60))
        idle = make.tag(session, "Market 2024", created_at=make.ago(300))
        for tag, who in ((one, friends), (other, friends[:60]), (idle, friends[:30])):
            give_all(session, tag, who, make.ago(250 if tag == idle else 60))
        return look(session, day)


def of(found: Looked, kind: Kind) -> Proposed:
    return next(one for one in found.proposals if one.kind is kind)


def item_of(session: Session, one: Proposed, day: ShopDay) -> Item:
    return decisions.items(session, [one], day)[0]


def later_day(day: ShopDay, days: int) -> ShopDay:
    return replace(day, today=day.today + timedelta(days=days))


def test_an_answer_is_kept_with_its_day_evidence_and_reason(
    database: Database, found: Looked, day: ShopDay, now: datetime
) -> None:
    one = of(found, Kind.KEEP)
    with database.write() as session:
        decisions.accept(session, one, now, "  it sells  well ")
        answer = item_of(session, one, day).decided
    assert answer is not None
    assert (answer.why, answer.at, answer.evidence["delivered"]) == ("it sells well", now, 400)
    assert answer.evidence["lift"][0] == pytest.approx(0.15)


def test_after_thirty_days_it_is_asked_again_with_the_earlier_answer_and_what_changed(
    database: Database, found: Looked, day: ShopDay, now: datetime
) -> None:
    one = of(found, Kind.KEEP)
    with database.write() as session:
        decisions.later(session, one, now, "wait for Christmas")
        assert item_of(session, one, later_day(day, 29)).decided is not None
        item = item_of(session, one, later_day(day, 30))
    assert item.decided is None
    assert words.earlier(item, day, "TWD") == (
        "Looked at on 12 Nov: not now. “wait for Christmas” The numbers are the same."
    )
    moved = Item(replace(one, card=replace(one.card, delivered=500, per_message=15_000)), None, item.earlier)
    assert "400 delivered with NT$200 each then, 500 with NT$150 now." in words.earlier(moved, day, "TWD")


def test_an_answer_to_another_proposal_for_the_same_tag_does_not_count(
    database: Database, found: Looked, day: ShopDay, now: datetime
) -> None:
    keep = of(found, Kind.KEEP)
    with database.write() as session:
        decisions.accept(session, keep, now)
        item = item_of(session, replace(keep, kind=Kind.RETIRE), day)
    assert item.decided is None
    assert item.earlier is not None


def test_nothing_can_be_accepted_without_enough_evidence(database: Database, found: Looked, now: datetime) -> None:
    one = replace(of(found, Kind.KEEP), kind=Kind.NOT_ENOUGH)
    with database.write() as session, pytest.raises(ShopError):
        decisions.accept(session, one, now)


def test_home_hears_how_many_wait_without_counting(
    database: Database, found: Looked, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        assert decisions.progress(session, day) is None
        assert decisions.open_proposals(session, day) == 0
        decisions.remember(session, found.proposals, now)
        decisions.remember(session, found.proposals, now)
        assert decisions.open_proposals(session, day) == 3
        decisions.accept(session, of(found, Kind.KEEP), now)
        decisions.later(session, of(found, Kind.RETIRE), now)
        assert decisions.progress(session, day) == (2, 3)
        assert decisions.open_proposals(session, later_day(day, 30)) == 3
        decisions.take_back(session, of(found, Kind.RETIRE).key)
        assert decisions.open_proposals(session, day) == 2


def test_the_clear_ones_never_include_a_split(database: Database, found: Looked, day: ShopDay, now: datetime) -> None:
    split = replace(of(found, Kind.KEEP), kind=Kind.SPLIT)
    with database.read() as session:
        items = decisions.items(session, [*found.proposals, split], day)
    assert {one.proposed.kind for one in decisions.clear_ones(items)} == {Kind.KEEP, Kind.MERGE, Kind.RETIRE}


def carried(session: Session) -> set[tuple[int, int]]:
    return {(tag, friend) for tag, friend in session.execute(select(FriendTag.tag_id, FriendTag.friend_id))}


def retired(session: Session) -> set[str]:
    return set(session.scalars(select(Tag.name).where(Tag.retired_at.is_not(None))))


def test_finishing_makes_all_that_was_accepted_and_one_step_takes_it_back(
    database: Database, found: Looked, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        decisions.remember(session, found.proposals, now)
        answers = [decisions.accept(session, one, now) for one in found.proposals]
    with database.read() as session:
        before = carried(session)
    copy = finishing.finish(database, answers, day, now)
    assert copy.exists()
    with database.write() as session:
        assert retired(session) == {"anti ageing", "Market 2024"}
        again = look(session, day)
        assert [one.kind for one in again.proposals] == [Kind.KEEP]
        assert finishing.take_back_last(session, now)
        assert retired(session) == set()
        assert carried(session) == before
        items = decisions.items(session, found.proposals, day)
    assert [one.decided is not None for one in items] == [True, False, False]  # what was undone is a question again


def test_a_finished_review_that_was_taken_back_cannot_be_taken_back_twice(
    database: Database, found: Looked, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        decisions.remember(session, found.proposals, now)
        finishing.make(session, [decisions.accept(session, of(found, Kind.RETIRE), now)], day, now)
        finishing.take_back_last(session, now)
        with pytest.raises(ShopError):
            finishing.take_back_last(session, now)
