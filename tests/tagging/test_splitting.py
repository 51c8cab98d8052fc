import pytest
from sqlalchemy import select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import FriendTag, TagOrigin, TagType
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, AnyOf, HasTag, NoneOf, TagMatch
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging.planning import plan
from linecrm_desktop.tagging.splitting import Part, split
from linecrm_desktop.tags import library as tags
from linecrm_desktop.tags.library import TagDraft
from tests.maker import Maker
from tests.tagging.conftest import Serums
from tests.tagging.dump import dump

DRY, OILY = TagDraft("Dry", TagType.INTEREST, "Which texture"), TagDraft("Oily", TagType.INTEREST)


def counts(database: Database) -> dict[str, int]:
    with database.read() as session:
        return {row.name: row.friends for row in tags.all_tags(session)}


def test_each_friend_goes_to_the_first_part_that_fits(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        parts = [Part(DRY, HasTag((serums.serum,))), Part(OILY, HasTag((serums.serum, serums.essence)))]
        split(session, serums.essence, parts, day, make.now)
        rows = session.scalars(select(FriendTag).where(FriendTag.evidence == "bought essence"))
        assert [(row.friend_id, row.origin, row.since) for row in rows] == [(serums.bo, TagOrigin.RULE, make.ago(3))]
    assert counts(database) == {"Dry": 1, "Oily": 1, "Serum": 2, "VIP": 1}


def test_who_fits_nowhere_stays_with_the_old_tag(database: Database, serums: Serums, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        split(session, serums.essence, [Part(DRY, HasTag((serums.serum,)))], day, make.now)
        rule = library.rules(session)[serums.segment]
        assert library.count(session, rule, day) == 2
    assert counts(database) == {"Dry": 1, "Essence": 1, "Serum": 2, "VIP": 1}


def test_segments_ask_for_any_part_and_rules_of_the_old_tag_rest(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        given = {"name": "R", "rule": codec.to_json(HasTag((serums.vip,))), "created_at": make.now}
        session.add(TagRule(tag_id=serums.essence, changed_at=make.now, **given))
        session.flush()
        parts = [Part(DRY, HasTag((serums.serum,))), Part(OILY, None)]
        found = plan(session, {serums.essence}, lambda inner: split(inner, serums.essence, parts, day, make.now), day)
        assert [(one.name, one.before, one.after) for one in found.tags] == [
            ("Essence", 2, None),
            ("Dry", None, 1),
            ("Oily", None, 1),
        ]
        assert {one.before == one.after for one in found.segments} == {True}
        split(session, serums.essence, parts, day, make.now)
        ids = {row.name: row.id for row in tags.all_tags(session)}
        assert library.rules(session)[serums.segment] == AllOf((HasTag((ids["Dry"], ids["Oily"])),))
        assert session.scalars(select(TagRule.is_active)).all() == [False]


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([], "two tags at least"),
        ([Part(DRY, None)], "two tags at least"),
        ([Part(DRY, None), Part(OILY, HasTag((1,)))], "Only the last part"),
        ([Part(DRY, HasTag((1,))), Part(TagDraft("vip", TagType.STAGE), None)], "already a tag “VIP”"),
        ([Part(DRY, HasTag((99,))), Part(OILY, None)], "not complete"),
    ],
)
def test_a_split_that_makes_no_sense_is_refused(
    database: Database, serums: Serums, make: Maker, day: ShopDay, parts: list[Part], why: str
) -> None:
    with database.write() as session:
        before = dump(session)
    with pytest.raises(ShopError, match=why), database.write() as session:
        split(session, serums.essence, parts, day, make.now)
    with database.write() as session:
        assert dump(session) == before


def test_rules_that_would_be_nested_too_deep_are_named(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    deep = AllOf((AnyOf((NoneOf((HasTag((serums.essence, serums.vip), TagMatch.ALL),)),)),))
    with database.write() as session:
        library.save(session, SegmentDraft("Deep", "x", deep), make.now)
    with pytest.raises(ShopError, match="“Deep” would have too many groups"), database.write() as session:
        split(session, serums.essence, [Part(DRY, HasTag((serums.serum,))), Part(OILY, None)], day, make.now)
