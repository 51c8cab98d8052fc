"""Of two tags that cannot both be true, each friend keeps one; and back."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import history, undoing
from linecrm_desktop.tagging.recording import carriers
from linecrm_desktop.tagging.settling import settle
from tests.maker import Maker
from tests.tagging.dump import dump


@pytest.fixture
def stages(database: Database, make: Maker) -> tuple[int, int, list[int]]:
    """Two tags, and who has both: the first newer, the second renewed later, both at one moment; one has the first."""
    with database.write() as session:
        new, buyer = make.tag(session, "New", runs_out_days=90), make.tag(session, "Buyer", runs_out_days=90)
        friends = [make.friend(session) for _ in range(4)]
        make.give(session, new, friends[0], since=make.ago(1))
        make.give(session, buyer, friends[0], since=make.ago(5))
        make.give(session, new, friends[1], since=make.ago(3))
        make.give(session, buyer, friends[1], since=make.ago(9), renewed_at=make.ago(2))
        make.give(session, new, friends[2], since=make.ago(4))
        make.give(session, buyer, friends[2], since=make.ago(4))
        make.give(session, new, friends[3])
        return new, buyer, friends


def held(session: Session, one: int, other: int, friends: list[int]) -> list[str]:
    mine, theirs = carriers(session, one), carriers(session, other)
    return ["".join(letter for letter, who in (("N", mine), ("B", theirs)) if friend in who) for friend in friends]


def test_the_newer_tag_of_each_friend_stays_and_who_got_both_at_once_keeps_both(
    database: Database, stages: tuple[int, int, list[int]], now: datetime
) -> None:
    new, buyer, friends = stages
    with database.write() as session:
        before = dump(session)
        operation = settle(session, new, buyer, None, now)
        assert held(session, new, buyer, friends) == ["N", "B", "NB", "N"]
        assert history.operations(session)[0].title == "Left one of “New” and “Buyer” to 2 friends"
        undoing.undo(session, operation, now)
        assert dump(session) == before


@pytest.mark.parametrize(("stays", "left"), [(0, ["N", "N", "N", "N"]), (1, ["B", "B", "B", "N"])])
def test_one_tag_stays_with_all_who_have_both(
    database: Database, stages: tuple[int, int, list[int]], now: datetime, stays: int, left: list[str]
) -> None:
    new, buyer, friends = stages
    with database.write() as session:
        settle(session, new, buyer, (new, buyer)[stays], now)
        assert held(session, new, buyer, friends) == left


def test_a_tag_that_is_neither_of_the_two_cannot_stay(
    database: Database, stages: tuple[int, int, list[int]], now: datetime
) -> None:
    new, buyer, _friends = stages
    with database.write() as session, pytest.raises(ShopError, match="two different tags"):
        settle(session, new, buyer, 999, now)
