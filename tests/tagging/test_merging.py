from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.tag import FriendTag, TagOrigin, TagType, TagWord
from linecrm_desktop.models.tagging import TagRule
from linecrm_desktop.segments import codec, unsaved
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, CameFrom, HasTag, TagMatch
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing, undoing
from linecrm_desktop.tagging.merging import merge
from linecrm_desktop.tagging.planning import SegmentSize, TagSize, plan
from linecrm_desktop.tags import library, relations
from linecrm_desktop.tags.names import known
from tests.maker import Maker
from tests.tagging.conftest import Serums
from tests.tagging.dump import dump


def carried(session: Session, tag: int) -> dict[int, tuple[Any, ...]]:
    rows = session.scalars(select(FriendTag).where(FriendTag.tag_id == tag))
    return {row.friend_id: (row.origin, row.since, row.evidence, row.batch_id) for row in rows}


def test_friends_of_both_keep_the_older_date_and_both_evidences(
    database: Database, serums: Serums, make: Maker
) -> None:
    with database.write() as session:
        merge(session, serums.serum, serums.essence, make.now)
        assert carried(session, serums.serum) == {
            serums.tina: (TagOrigin.HAND, make.ago(40), "a.csv; asked", None),
            serums.bo: (TagOrigin.RULE, make.ago(3), "bought essence", None),
            serums.amy: (TagOrigin.HAND, make.now, "", None),
        }
        assert carried(session, serums.essence) == {}


def test_every_rule_names_the_tag_that_stays(database: Database, serums: Serums, make: Maker, day: ShopDay) -> None:
    rule = AllOf((HasTag((serums.essence, serums.vip), TagMatch.ALL),))
    with database.write() as session:
        unsaved.keep(session, SegmentDraft("Half", "", rule), None, make.now)
        session.add(
            TagRule(
                tag_id=serums.essence,
                name="R",
                rule=codec.to_json(rule),
                created_at=make.now,
                changed_at=make.now,
            )
        )
        merge(session, serums.serum, serums.essence, make.now)
        wanted = AllOf((HasTag((serums.serum, serums.vip), TagMatch.ALL),))
        draft = unsaved.newest(session)
        assert draft is not None and draft.draft.rule == wanted
        given = session.scalars(select(TagRule)).one()
        assert (given.tag_id, codec.stored(given.rule)) == (serums.serum, wanted)
        known_rules = segments.rules(session)
        assert known_rules[serums.segment] == AllOf((HasTag((serums.serum,)),))
        assert segments.count(session, known_rules[serums.above], day) == 3


def test_the_tag_that_stays_is_found_by_the_old_name(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        merge(session, serums.serum, serums.essence, make.now)
        assert known(session)["essence"] == serums.serum
        assert library.find_or_make(session, "ESSENCE", TagType.NONE, make.now) == serums.serum
        rows = {row.name: row for row in library.all_tags(session, retired=True)}
        assert rows["Serum"].words == ("Essence",)
        assert (rows["Essence"].is_retired, rows["Essence"].merged_into) == (True, serums.serum)


def test_what_the_tag_that_stays_lacks_comes_from_the_other(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        merge(session, serums.serum, serums.essence, make.now)
        row = next(row for row in library.all_tags(session) if row.id == serums.serum)
        assert (row.helps_decide, row.owner, row.is_sensitive) == ("Who hears of the new serum", "Amy", True)


def test_the_name_of_the_other_tag_can_be_the_one_that_stays(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        merge(session, serums.serum, serums.essence, make.now, name="essence", helps_decide="Who gets the refill")
        rows = {row.name: row for row in library.all_tags(session)}
        assert set(rows) == {"Essence", "VIP"}
        assert (rows["Essence"].words, rows["Essence"].helps_decide) == (("Serum",), "Who gets the refill")


def test_a_merge_can_bring_a_new_name(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        before = dump(session)
        done = merge(session, serums.serum, serums.essence, make.now, name="Serums", as_word=False)
        rows = {row.name: row for row in library.all_tags(session)}
        assert rows["Serums"].words == ("Serum",)
        undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_the_plan_has_the_numbers_that_come_true(database: Database, serums: Serums, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        before = dump(session)
        found = plan(
            session,
            {serums.serum, serums.essence},
            lambda inner: merge(inner, serums.serum, serums.essence, make.now),
            day,
        )
        assert dump(session) == before
    assert found.segments == (
        SegmentSize(serums.segment, "Essence fans", 2, 3),
        SegmentSize(serums.above, "Fans of fans", 2, 3),
    )
    assert found.tags == (TagSize("Essence", 2, None), TagSize("Serum", 2, 3))
    assert [(one.kind, one.name, one.is_direct) for one in found.references] == [
        ("segment", "Essence fans", True),
        ("segment", "Fans of fans", False),
    ]


def test_a_word_that_comes_with_a_merge_can_be_its_new_name(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        session.add(TagWord(tag_id=serums.essence, key="drops", word="Drops"))
        before = dump(session)
        done = merge(session, serums.serum, serums.essence, make.now, name="drops")
        row = next(row for row in library.all_tags(session) if row.id == serums.serum)
        assert (row.name, row.words) == ("drops", ("Essence", "Serum"))
        undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_a_send_that_has_not_begun_is_asked_about_again(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    rule = codec.to_json(AllOf((HasTag((serums.essence,)),)))
    with database.write() as session:
        send = make.campaign(session, name="Spring", segment_rule=rule, state=CampaignState.READY, ended_at=None)
        before = dump(session)
        found = plan(session, {serums.essence}, lambda s: merge(s, serums.serum, serums.essence, make.now), day)
        assert [one.name for one in found.asks_again] == ["Spring"]
        done = merge(session, serums.serum, serums.essence, make.now)
        row = session.get_one(Campaign, send)
        assert row.state is CampaignState.PAUSED
        assert row.note == "“Essence” was merged into “Serum”. Look at the send again, then press Go on."
        undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_opposites_are_not_merged(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        relations.declare_opposites(session, serums.essence, serums.serum)
    with pytest.raises(ShopError, match="are opposites"), database.write() as session:
        merge(session, serums.serum, serums.essence, make.now)


def test_relations_go_to_the_tag_that_stays(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        other = make.tag(session, "Sunscreen")
        relations.declare_parent(session, serums.essence, serums.vip)
        relations.declare_parent(session, serums.essence, serums.serum)
        relations.declare_opposites(session, serums.essence, other)
        before = dump(session)
        done = merge(session, serums.serum, serums.essence, make.now)
        told = relations.relations(session)
        assert (told.opposites, told.parents) == ({(serums.serum, other)}, {(serums.serum, serums.vip)})
        undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_a_source_is_not_merged_into_what_is_none_while_a_segment_asks_who_came_from_it(
    database: Database, serums: Serums, make: Maker
) -> None:
    with database.write() as session:
        market = make.tag(session, "Market", TagType.SOURCE)
        segments.save(session, SegmentDraft("From market", "x", AllOf((CameFrom((market,)),))), make.now)
        before = dump(session)
    with pytest.raises(ShopError, match="“Serum” is not a source"), database.write() as session:
        merge(session, serums.serum, market, make.now)
    with database.write() as session:
        assert dump(session) == before
        fair = make.tag(session, "Fair", TagType.SOURCE)
        merge(session, fair, market, make.now)


def test_a_tag_is_merged_once_and_not_into_itself_or_a_retired_one(
    database: Database, serums: Serums, make: Maker
) -> None:
    with database.write() as session:
        merge(session, serums.serum, serums.essence, make.now)
    for keep, drop, why in (
        (serums.serum, serums.essence, "merged already"),
        (serums.essence, serums.vip, "is retired"),
        (serums.vip, serums.vip, "two different tags"),
    ):
        with pytest.raises(ShopError, match=why), database.write() as session:
            merge(session, keep, drop, make.now)
    with pytest.raises(ShopError, match="was merged into “Serum”"), database.write() as session:
        changing.restore(session, serums.essence, make.now)


def test_merges_one_after_the_other_lead_to_the_last_tag(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        before = dump(session)
        first = merge(session, serums.serum, serums.essence, make.now)
        second = merge(session, serums.vip, serums.serum, make.now)
        assert {name: known(session)[name] for name in ("essence", "serum", "vip")} == dict.fromkeys(
            ("essence", "serum", "vip"), serums.vip
        )
        assert undoing.why_not(session, first, make.now) == "Undo this first: Merged “Serum” into “VIP”"
        undoing.undo(session, second, make.now)
        undoing.undo(session, first, make.now)
        assert dump(session) == before


def test_expiry_counts_from_the_newer_of_both(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        one, two = make.tag(session, "One"), make.tag(session, "Two")
        friend = make.friend(session)
        make.give(session, one, friend, since=make.ago(50))
        make.give(session, two, friend, since=make.ago(20), renewed_at=make.ago(2))
        merge(session, one, two, now + timedelta(days=1))
        row = session.scalars(select(FriendTag)).one()
        assert (row.since, row.renewed_at) == (make.ago(50), make.ago(2))
