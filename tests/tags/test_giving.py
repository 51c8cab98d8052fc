"""A tag given by hand takes the place of the other one of its exclusive group, and back in one step."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import giving
from tests.maker import Maker
from tests.tagging.dump import dump


@pytest.fixture
def stages(database: Database, make: Maker) -> tuple[int, int, int, list[int]]:
    """New and Buyer of one group, VIP of none; Tina is new by a file, Bo is a buyer, Amy nothing."""
    with database.write() as session:
        new, buyer = (make.tag(session, name, exclusive_group="Stage") for name in ("New", "Buyer"))
        vip = make.tag(session, "VIP")
        tina, bo, amy = (make.friend(session) for _ in range(3))
        make.give(session, new, tina, TagOrigin.IMPORT, since=make.ago(9), evidence="a.csv", batch_id=4)
        make.give(session, vip, tina)
        make.give(session, buyer, bo)
    return new, buyer, vip, [tina, bo, amy]


def test_the_other_tag_of_the_group_goes_and_comes_back_as_it_was(
    database: Database, make: Maker, stages: tuple[int, int, int, list[int]]
) -> None:
    _new, buyer, _vip, friends = stages
    with database.write() as session:
        before = dump(session)
        given = giving.give(session, buyer, friends, make.now)
        assert (given.newly, given.names) == ((friends[0], friends[2]), ("New",))
        assert held(session, friends) == [["Buyer", "VIP"], ["Buyer"], ["Buyer"]]
        giving.take_back(session, given, make.now)
        assert dump(session) == before


def test_a_tag_of_no_group_leaves_all_others(
    database: Database, make: Maker, stages: tuple[int, int, int, list[int]]
) -> None:
    _new, _buyer, vip, friends = stages
    with database.write() as session:
        given = giving.give(session, vip, friends, make.now)
        assert (given.gone, given.names) == ((), ())
        assert held(session, friends) == [["New", "VIP"], ["Buyer", "VIP"], ["VIP"]]


def held(session: Session, friends: list[int]) -> list[list[str]]:
    named = select(Tag.name).join(FriendTag, FriendTag.tag_id == Tag.id).order_by(Tag.name)
    return [list(session.scalars(named.where(FriendTag.friend_id == friend))) for friend in friends]
