"""Rules that name other tags: after a merge or a split each finds whom it should, in SQL, for random trees."""

import random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import FriendTag, TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.codec import tags_used
from linecrm_desktop.segments.problems import problems
from linecrm_desktop.segments.rules import AllOf, AnyOf, CameFrom, Group, HasTag, NoneOf, Rule, TagMatch
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging.rewriting import divided, merged
from tests.maker import Maker


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HasTag((1, 2)), HasTag((2,))),
        (HasTag((3, 1)), HasTag((3, 2))),
        (HasTag((1,), TagMatch.NONE), HasTag((2,), TagMatch.NONE)),
        (HasTag((1, 2, 3), TagMatch.ALL), HasTag((2, 3), TagMatch.ALL)),
        (CameFrom((3, 1), unknown=True), CameFrom((3, 2), unknown=True)),
        (HasTag((3,)), HasTag((3,))),
    ],
)
def test_a_merged_tag_is_named_by_the_one_that_stays(before: Rule, after: Rule) -> None:
    assert merged(AllOf((NoneOf((before,)),)), 1, 2) == AllOf((NoneOf((after,)),))


def test_all_of_several_tags_asks_for_any_part_of_the_old_one() -> None:
    leaf = HasTag((1, 5), TagMatch.ALL, days=30)
    parts, others = HasTag((8, 9), days=30), HasTag((5,), TagMatch.ALL, days=30)
    assert divided(AllOf((leaf,)), 1, (8, 9)) == AllOf((parts, others))
    assert divided(AnyOf((leaf,)), 1, (8, 9)) == AnyOf((AllOf((parts, others)),))
    assert divided(NoneOf((leaf,)), 1, (8, 9)) == NoneOf((AllOf((parts, others)),))


def test_lacking_one_of_several_tags_lacks_every_part_of_the_old_one() -> None:
    leaf = HasTag((1, 5), TagMatch.LACKS_ONE)
    both = HasTag((8, 9), TagMatch.NONE), HasTag((5,), TagMatch.LACKS_ONE)
    assert divided(AllOf((leaf,)), 1, (8, 9)) == AllOf((AnyOf(both),))
    assert divided(AnyOf((leaf,)), 1, (8, 9)) == AnyOf(both)
    assert divided(NoneOf((leaf,)), 1, (8, 9)) == NoneOf(both)


def test_alone_all_and_not_all_are_any_and_none() -> None:
    assert divided(AllOf((HasTag((1,), TagMatch.ALL),)), 1, (8, 9)) == AllOf((HasTag((8, 9)),))
    assert divided(AllOf((HasTag((1,), TagMatch.LACKS_ONE),)), 1, (8, 9)) == AllOf((HasTag((8, 9), TagMatch.NONE),))


def tree(r: random.Random, tags: list[int], depth: int = 1, sources: int = 3) -> Group:
    """Return random rules; the first of the tags are sources."""
    kind = r.choice((AllOf, AnyOf, NoneOf))
    inner: list[Rule] = []
    for _place in range(r.randint(1, 3)):
        if depth < 2 and r.random() < 0.4:
            inner.append(tree(r, tags, depth + 1, sources))
        elif r.random() < 0.2:
            inner.append(CameFrom((r.choice(tags[:sources]),), unknown=r.random() < 0.5, inside=r.random() < 0.7))
        else:
            days = r.choice((None, None, 30))
            inner.append(HasTag(tuple(r.sample(tags, r.randint(1, 3))), r.choice(list(TagMatch)), days=days))
    return kind(tuple(inner))


def shop_of(session: Session, make: Maker, r: random.Random) -> list[int]:
    """Forty friends with six source tags, put on up to two months ago."""
    tags = [make.tag(session, f"T{n}", TagType.SOURCE) for n in range(6)]
    for _number in range(40):
        friend = make.friend(session)
        for tag in r.sample(tags, r.randrange(4)):
            make.give(session, tag, friend, since=make.ago(r.choice((5, 50))))
    return tags


def test_after_a_split_random_rules_find_the_same_friends(database: Database, make: Maker, day: ShopDay) -> None:
    r = random.Random(5)
    with database.write() as session:
        old, *tags = shop_of(session, make, r)
        trees = [tree(r, [old, *tags]) for _number in range(150)]
        before = [library.members(session, rule, day) for rule in trees]
        parts = tuple(make.tag(session, name, TagType.SOURCE) for name in ("One", "Two"))
        for row in session.scalars(select(FriendTag).where(FriendTag.tag_id == old)).all():
            make.give(session, r.choice(parts), row.friend_id, row.origin, since=row.since)
            session.delete(row)
        session.flush()
        new = [divided(rule, old, parts) for rule in trees]
        assert [library.members(session, rule, day) for rule in new] == before
        assert not any(old in tags_used(rule) for rule in new)
        assert not any(problems(rule) for rule in new)
