"""Overlaps of all pairs of tags are those of the SQL self-join, in any shop."""

import numpy as np
import pytest
from sqlalchemy import insert, text

from linecrm_desktop.audit.overlaps import links, marked, overlaps
from linecrm_desktop.friends.listed import reachable
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.models.tag import FriendTag, Tag, TagOrigin
from linecrm_desktop.store.database import Database
from tests.maker import Maker

SELF_JOIN = text(
    "SELECT a.tag_id, b.tag_id, COUNT(*) FROM friend_tag a JOIN friend_tag b "
    "ON b.friend_id = a.friend_id AND b.tag_id > a.tag_id GROUP BY 1, 2"
)


def fill(database: Database, make: Maker, friends: int, tags: int, seed: int) -> None:
    """Put tags on friends at random: few on most, one tag on nobody."""
    r = np.random.default_rng(seed)
    with database.write() as session:
        session.execute(insert(Friend), [{"line_user_id": f"U{at}", "created_at": make.now} for at in range(friends)])
        session.execute(
            insert(Tag),
            [{"name": f"{at}", "name_key": f"{at}", "created_at": make.now} for at in range(tags)],
        )
        chance = r.random((tags, 1)) ** 4
        chance[0] = 0
        rows = np.argwhere(r.random((tags, friends)) < chance) + 1
        given = {"origin": TagOrigin.RULE, "since": make.now}
        if len(rows):
            session.execute(insert(FriendTag), [{"tag_id": int(a), "friend_id": int(b), **given} for a, b in rows])


@pytest.mark.parametrize(("friends", "tags", "seed"), [(1, 2, 1), (40, 12, 2), (300, 60, 3), (90, 5, 4), (500, 30, 5)])
def test_overlaps_are_those_of_the_self_join(
    database: Database, make: Maker, friends: int, tags: int, seed: int
) -> None:
    fill(database, make, friends, tags, seed)
    with database.read() as session:
        found = overlaps(links(session, range(1, tags + 1)))
        joined = {(one, other): both for one, other, both in session.execute(SELF_JOIN)}
    at = {tag: place for place, tag in enumerate(found.tags)}
    ours = {
        (one, other): found.both(at[one], at[other])
        for one in range(1, tags + 1)
        for other in range(one + 1, tags + 1)
        if found.both(at[one], at[other])
    }
    assert ours == joined


def test_pairs_are_those_with_enough_in_common(database: Database, make: Maker) -> None:
    with database.write() as session:
        friends = [make.friend(session) for _ in range(10)]
        many, few, other = (make.tag(session, name) for name in ("many", "few", "other"))
        for tag, some in ((many, friends[:8]), (few, friends[:4]), (other, friends[7:])):
            for friend in some:
                make.give(session, tag, friend)
        found = overlaps(links(session, [many, few, other]))
    names = {found.tags.index(many): "many", found.tags.index(few): "few", found.tags.index(other): "other"}

    def pairs(jaccard: float, containment: float, least: int) -> list[set[str]]:
        return [{names[one], names[two]} for one, two in found.pairs(jaccard, containment, least)]

    assert pairs(0.5, 2, 1) == [{"many", "few"}]
    assert pairs(0.6, 2, 1) == []
    assert pairs(2, 1.0, 1) == [{"many", "few"}]
    assert sorted(map(sorted, pairs(2, 0.3, 3))) == [["few", "many"], ["many", "other"]]
    assert pairs(0.5, 1.0, 5) == []


def test_reachable_friends_are_counted_for_each_tag(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag, empty = make.tag(session, "VIP"), make.tag(session, "Nobody")
        for columns in ({}, {}, {"is_blocked": True}, {"marketing": Marketing.REFUSED}, {"line_user_id": None}):
            make.give(session, tag, make.friend(session, **columns))
        who = links(session, [tag, empty])
        assert who.counted(marked(session, reachable(session))) == {empty: 0, tag: 2}


def test_counting_ends_when_somebody_asks_for_it(database: Database, make: Maker) -> None:
    fill(database, make, 20, 5, 7)
    task = Task()
    task.stop()
    with database.read() as session:
        who = links(session, range(1, 6))
        with pytest.raises(Stopped):
            links(session, range(1, 6), task)
        with pytest.raises(Stopped):
            overlaps(who, task)
