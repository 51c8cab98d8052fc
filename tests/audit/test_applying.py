"""Applying an audit: a copy first, all or nothing, in an order that makes sense, and back to the last friend."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from linecrm_desktop.audit import applying, history, plan, run
from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Decide,
    Justify,
    KeepBoth,
    Merge,
    Nest,
    Part,
    Rename,
    Restrict,
    Retire,
    Retype,
    Settle,
    Split,
)
from linecrm_desktop.audit.findings import Check
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import FriendTag, Tag, TagType
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store import opening
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import history as tag_history
from linecrm_desktop.tagging import undoing
from linecrm_desktop.tags import library
from linecrm_desktop.tags.relations import relations
from tests.maker import Maker

Tags = dict[str, int]
NAMES = ("Serum", "精華液", "Essence", "VIP", "Fair", "Clicks")


@pytest.fixture
def tags(database: Database, make: Maker) -> Tags:
    with database.write() as session:
        made = {name: make.tag(session, name) for name in NAMES}
        friends = [make.friend(session, name=str(n)) for n in range(4)]
        for name, whom in (("Serum", friends[:3]), ("精華液", [*friends[:2], friends[3]]), ("Fair", friends[:1])):
            for friend in whom:
                make.give(session, made[name], friend)
        return made


def begin(database: Database, day: ShopDay, now: datetime, *wanted: Change) -> int:
    with database.write() as session:
        facts, found = run.audit(session, day)
        audit = plan.begin(session, facts.tags, found, now)
        for change in wanted:
            plan.add_own(session, audit, change, now)
        return audit


def everything(database: Database) -> list[Any]:
    with database.read() as session:
        held = session.execute(select(FriendTag.tag_id, FriendTag.friend_id, FriendTag.since)).all()
        columns = (Tag.id, Tag.name, Tag.retired_at, Tag.merged_into, Tag.helps_decide, Tag.type, Tag.is_sensitive)
        return sorted(map(tuple, (*held, *session.execute(select(*columns)).all())), key=repr)


def test_all_kinds_of_changes_are_made_with_a_copy_of_before_and_taken_back_whole(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    before = everything(database)
    audit = begin(
        *(database, day, now, Merge(tags["Serum"], tags["精華液"], "Serum", "When to refill")),
        *(Merge(tags["精華液"], tags["Essence"], "精華液", ""), Retire(tags["VIP"])),
        *(Decide(tags["Fair"], "Who comes to fairs", "Amy"), Rename(tags["Fair"], "Fairs")),
        *(Retype(tags["Clicks"], TagType.ENGAGEMENT), Restrict(tags["Clicks"])),
    )
    copy = applying.apply(database, audit, day, now)
    old = opening.read_shop(copy)
    with database.read() as session, old.read() as earlier:
        rows = {row.name: row for row in library.all_tags(session)}
        assert len(library.all_tags(earlier)) == len(NAMES)
        assert set(rows) == {"Serum", "Fairs", "Clicks"}
        assert (rows["Serum"].friends, rows["Serum"].helps_decide) == (4, "When to refill")
        assert (rows["Fairs"].helps_decide, rows["Fairs"].owner) == ("Who comes to fairs", "Amy")
        assert (rows["Clicks"].type, rows["Clicks"].is_sensitive) == (TagType.ENGAGEMENT, True)
        assert plan.under_way(session) is None
        assert history.past(session)[0].applied == 7
    old.close()
    with database.write() as session:
        assert len(applying.take_back(session, audit, now + timedelta(days=3))) == 7
    assert everything(database) == before


def test_what_is_said_of_a_tag_that_goes_is_said_of_nothing(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    audit = begin(
        *(database, day, now, Merge(tags["Serum"], tags["精華液"], "Serum", "When to refill")),
        *(Decide(tags["精華液"], "Whom to send samples"), Retire(tags["VIP"]), Decide(tags["VIP"], "Who comes first")),
    )
    with database.write() as session:
        assert len(applying.make(session, audit, day, now)) == 2
        rows = {row.name: row.helps_decide for row in library.all_tags(session)}
    assert rows["Serum"] == "When to refill" and "VIP" not in rows


def test_a_change_that_cannot_be_made_leaves_all_as_it_was(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    audit = begin(database, day, now, Retire(tags["Fair"]), Rename(tags["VIP"], "Serum"))
    before = everything(database)
    with pytest.raises(ShopError, match="“VIP” cannot be made"):
        applying.apply(database, audit, day, now)
    assert everything(database) == before
    with database.read() as session:
        assert plan.under_way(session) is not None


def test_what_differs_and_what_lies_inside_is_not_asked_again(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    inside = Nest(tags["VIP"], tags["Clicks"])
    audit = begin(database, day, now, KeepBoth(tags["Serum"], tags["精華液"], "another product"), inside)
    applying.apply(database, audit, day, now)
    with database.read() as session:
        told = plan.declared(session)
        assert relations(session).parents == {(tags["VIP"], tags["Clicks"])}
    assert frozenset((tags["Serum"], tags["精華液"])) in told.different
    assert (tags["VIP"], tags["Clicks"]) in told.inside


def test_what_is_inside_what_is_an_operation_that_is_taken_back_by_itself(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    audit = begin(database, day, now, Nest(tags["VIP"], tags["Clicks"]), Assign(tags["Fair"], "Bo"))
    applying.apply(database, audit, day, now)
    with database.write() as session:
        titles = {one.title: one.id for one in tag_history.operations(session, applying.bundle(audit))}
        assert set(titles) == {"Declared “VIP” inside “Clicks”", "Edited “Fair”"}
        undoing.undo(session, titles["Declared “VIP” inside “Clicks”"], now)
        assert relations(session).parents == frozenset()
        assert plan.declared(session).inside == frozenset()
        assert {row.name: row.owner for row in library.all_tags(session)}["Fair"] == "Bo"


def test_an_owner_a_reason_and_one_of_two_tags_are_given_and_taken_back(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    before = everything(database)
    audit = begin(
        *(database, day, now, Assign(tags["VIP"], "Amy"), Justify(tags["Clicks"], "asked for by the friend")),
        Settle(tags["Serum"], tags["精華液"], tags["精華液"]),
    )
    applying.apply(database, audit, day, now)
    with database.read() as session:
        rows = {row.name: row for row in library.all_tags(session)}
        assert (rows["VIP"].owner, rows["Clicks"].lawful_reason) == ("Amy", "asked for by the friend")
        assert (rows["Serum"].friends, rows["精華液"].friends) == (1, 3)
    with database.write() as session:
        assert len(applying.take_back(session, audit, now)) == 3
    assert everything(database) == before


def test_parts_of_a_split_stay_as_guarded_as_the_whole(
    database: Database, tags: Tags, day: ShopDay, now: datetime
) -> None:
    fans = codec.to_json(AllOf((HasTag((tags["精華液"],)),)))
    others = codec.to_json(AllOf((HasTag((tags["Fair"],)),)))
    with database.write() as session:
        row = session.get_one(Tag, tags["Serum"])
        row.is_sensitive, row.runs_out_days = True, 60
    audit = begin(database, day, now, Split(tags["Serum"], (Part("Serum A", fans), Part("Serum B", others))))
    applying.apply(database, audit, day, now)
    with database.read() as session:
        made = [row for row in library.all_tags(session) if row.name in ("Serum A", "Serum B")]
    assert [(row.is_sensitive, row.runs_out_days) for row in made] == [(True, 60), (True, 60)]


def test_words_that_a_person_found_to_agree_are_no_contradiction_again(
    database: Database, make: Maker, day: ShopDay, now: datetime
) -> None:
    with database.write() as session:
        both = make.friend(session)
        for name in ("已購", "未購"):
            make.give(session, make.tag(session, name, TagType.STAGE), both)
        _facts, found = run.audit(session, day)
        (contradiction,) = [one for one in found if one.check is Check.CONTRADICTION]
    with database.write() as session:
        facts, found = run.audit(session, day)
        audit = plan.begin(session, facts.tags, found, now)
        plan.decide(
            session,
            audit,
            contradiction.key,
            KeepBoth(contradiction.tags[0], contradiction.tags[1], "of two shops"),
            now,
        )
    applying.apply(database, audit, day, now)
    with database.read() as session:
        told = plan.declared(session)
        assert told.different == frozenset()
        _facts, found = run.audit(session, day, told)
    assert [one for one in found if one.check is Check.CONTRADICTION] == []
