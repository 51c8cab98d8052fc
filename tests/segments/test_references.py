"""Rules that name what is not there, and saved rules that cannot be read: nobody is counted, nothing else breaks."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience, gate
from linecrm_desktop.campaigns.gate_checks import Tone
from linecrm_desktop.campaigns.recounting import count_due
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.brief import Brief
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.field import Field, FieldKind
from linecrm_desktop.models.segment import Recount, Segment, UnsavedSegment
from linecrm_desktop.models.tag import Tag, TagType
from linecrm_desktop.segments import codec, comparing, counting, library, shelf, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.explaining import explained
from linecrm_desktop.segments.problems import problems, retired_tags
from linecrm_desktop.segments.rules import (
    AllOf,
    CameFrom,
    FieldTest,
    Got,
    HasTag,
    InSegment,
    Joined,
    NoneOf,
    OwnField,
    Rule,
    Unreadable,
)
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags.uses import named_in_rules
from tests.maker import Maker

Counting = Callable[[Session, Rule], object]
GONE = [
    (HasTag((1, 99)), "no tag number 99"),
    (CameFrom((99,), inside=False), "no tag number 99"),
    (CameFrom((1,)), "“Serum” is not a source"),
    (OwnField(99, FieldTest.UNKNOWN), "Field number 99"),
    (OwnField(1, FieldTest.CONTAINS, ("1",)), "Field number 1"),
    (Got(99, got=False), "no message number 99"),
    (InSegment(99, inside=False), "no segment number 99"),
    (InSegment(2), "“Broken” cannot be used. There is no tag number 98"),
]


@pytest.fixture
def shop(database: Database, make: Maker, now: datetime) -> Database:
    """Friends, a tag, a field of numbers, a message, a sound segment, and one that names a tag that is gone."""
    with database.write() as session:
        tag = make.tag(session, "Serum")
        make.give(session, tag, make.friend(session, joined_at=now))
        make.friend(session)
        session.add(Field(id=1, name="Points", name_key="points", kind=FieldKind.NUMBER, created_at=now))
        library.save(session, SegmentDraft("Sound", "x", AllOf((HasTag((tag,)),))), now)
        row = {"name": "Broken", "helps_decide": "x", "created_at": now, "changed_at": now}
        session.add(Segment(id=2, rule=codec.to_json(NoneOf((HasTag((98,)),))), **row))
    return database


def damage(database: Database, stored: str, segment: int = 2) -> None:
    with database.write() as session:
        session.execute(text("UPDATE segment SET rule = :rule WHERE id = :id"), {"rule": stored, "id": segment})


@pytest.mark.parametrize(("leaf", "sentence"), GONE, ids=lambda value: str(value))
@pytest.mark.parametrize("around", [AllOf, NoneOf])
def test_what_is_not_there_blocks_every_count_and_saving(
    shop: Database, now: datetime, day: ShopDay, leaf: Rule, sentence: str, around: type[AllOf]
) -> None:
    rule = around((leaf, Joined(days=30)))
    ways: list[Counting] = [
        lambda session, rule: library.count(session, rule, day),
        lambda session, rule: library.members(session, rule, day),
        lambda session, rule: counting.count(session, rule, day),
        lambda session, rule: audience.reach(session, rule, day, now),
        lambda session, rule: audience.people(session, rule, day, now, None),
        lambda session, rule: explained(session, rule, 1, day, "TWD"),
        lambda session, rule: library.save(session, SegmentDraft("New", "x", around((leaf,))), now),
    ]
    for way in ways:
        with pytest.raises(ShopError) as refused, shop.write() as session:
            way(session, rule)
        assert sentence in refused.value.sentence()


def test_only_the_row_that_names_what_is_gone_is_at_fault(shop: Database) -> None:
    draft = SegmentDraft("New", "x", AllOf((Joined(days=30), NoneOf((HasTag((1,)), Got(7))))))
    with shop.read() as session:
        known = library.rules(session)
    assert [(found.path, found.sentence) for found in draft.problems(known)] == [
        ((1, 1), "There is no message number 7 in this shop.")
    ]


def test_a_kept_count_learns_that_a_tag_is_gone(shop: Database, day: ShopDay) -> None:
    rule = HasTag((1,))
    with shop.read() as session:
        assert counting.count(session, rule, day) == 1
    with shop.write() as session:
        session.execute(text("DELETE FROM friend_tag"))
        session.execute(text("DELETE FROM tag"))
    with pytest.raises(ShopError, match="not complete"), shop.read() as session:
        counting.count(session, rule, day)


def test_a_retired_tag_is_counted_but_neither_saved_nor_sent(
    shop: Database, make: Maker, now: datetime, day: ShopDay
) -> None:
    with shop.write() as session:
        message = messages.save(session, MessageDraft("Refill", Brief(segment_id=1)), now)
        session.execute(update(Tag).values(retired_at=now))
    rule = AllOf((HasTag((1,)),))
    with shop.read() as session:
        assert library.count(session, rule, day) == 1
        assert problems(rule, library.rules(session)) == []
        assert library.load(session, 1).rule == rule
        size = next(check for check in gate.inspect(session, message, day, now, None).checks if check.key == "size")
        within = retired_tags(AllOf((InSegment(1),)), library.rules(session))
    assert (size.tone, size.sentence) == (Tone.BLOCKED, "The tag “Serum” is retired. Replace it.")
    assert [found.sentence for found in within] == [
        "The segment “Sound” cannot be used. The tag “Serum” is retired. Replace it."
    ]
    with pytest.raises(ShopError, match="“Serum” is retired"), shop.write() as session:
        library.save(session, library.load(session, 1), now, 1)


@pytest.mark.parametrize("stored", ["damaged", "gone"])
def test_the_gate_says_what_is_wrong_with_the_segment(shop: Database, now: datetime, day: ShopDay, stored: str) -> None:
    with shop.write() as session:
        message = messages.save(session, MessageDraft("Refill", Brief(segment_id=2)), now)
    if stored == "damaged":
        damage(shop, '{"version": 1, "kind": "martian"}')
    with shop.read() as session:
        report = gate.inspect(session, message, day, now, None)
    size = next(check for check in report.checks if check.key == "size")
    said = {"damaged": "The rules of this segment cannot be read. Make them anew.", "gone": "There is no tag number 98"}
    assert size.tone is Tone.BLOCKED and said[stored] in size.sentence
    assert report.reach.match == report.recipients == 0 and report.segment_name == "Broken"


@pytest.mark.files
def test_a_message_that_rules_name_is_not_deleted(shop: Database, now: datetime) -> None:
    with shop.write() as session:
        message = messages.save(session, MessageDraft("Spring"), now)
        other = messages.save(session, MessageDraft("Summer"), now)
        rule = AllOf((NoneOf((Got(message),)), Got(message, got=False)))
        for name in ("A", "B"):
            library.save(session, SegmentDraft(name, "x", rule), now)
    damage(shop, '{"version": 1, "kind": "all_of", "rules": [{"kind": "got", "message": ')
    with pytest.raises(ShopError) as refused, shop.write() as session:
        messages.delete(session, message)
    assert refused.value.sentence() == (
        "The rules of the segments “A”, “B” name this message. Nothing was changed. Take it out of the rules first."
    )
    with shop.write() as session:
        messages.delete(session, other)
        assert [row.name for row in messages.all_messages(session)] == ["Spring"]


def test_an_import_that_is_undone_leaves_the_tags_of_all_rules(shop: Database, make: Maker, now: datetime) -> None:
    with shop.write() as session:
        source = make.tag(session, "Market", TagType.SOURCE)
        library.save(session, SegmentDraft("A", "x", AllOf((NoneOf((CameFrom((source,)),)),))), now)
    damage(shop, '[{"tags": 3}]')
    with shop.read() as session:
        assert named_in_rules(session) == {1, source}


DAMAGED = [
    '{"version": 1, "kind": "martian"}',
    '{"version": 1, "kind": "all_of", "rules": [{"kind": "has_t',
    '{"version": 2, "kind": "all_of", "rules": []}',
    '{"version": 1, "kind": "all_of", "rules": [{"kind": "own_field", "field": 1, "test": "number", "number": 1e999}]}',
    f'{{"version": 1, "kind": "all_of", "rules": [{{"kind": "got", "message": {10**400}}}]}}',
    f'{{"version": 1, "kind": "own_field", "field": 1, "test": "number", "number": {10**400}}}',
    '{"version": 1, "kind": "has_tag", "tags": {"a": []}}',
    "null",
    '"all_of"',
    "17",
    "",
    "[" * 100_000,
]


@pytest.mark.files
@pytest.mark.parametrize("stored", DAMAGED, ids=lambda stored: stored[:40])
def test_rules_that_cannot_be_read_hurt_no_other_segment(
    shop: Database, make: Maker, now: datetime, day: ShopDay, stored: str
) -> None:
    with shop.write() as session:
        library.save(session, SegmentDraft("User", "x", AllOf((InSegment(1),))), now)
        user = library.save(session, SegmentDraft("Other user", "x", AllOf((InSegment(1),))), now)
        session.execute(update(Segment).values(recount=Recount.HOUR))
    damage(shop, stored)
    damage(shop, '{"version": 1, "kind": "all_of", "rules": [{"kind": "in_segment", "segment": 2}]}', user)
    with shop.read() as session:
        rows = {row.name: row for row in library.all_segments(session)}
        known = library.rules(session)
        wrong = {name: [found.sentence for found in problems(row.rule, known)] for name, row in rows.items()}
        assert isinstance(rows["Broken"].rule, Unreadable)
        assert plain(rows["Broken"].rule, known.names, "TWD") == "The rules of this segment cannot be read."
        assert sorted(count_due(session, day, now)) == [1, rows["User"].id]
        assert library.count(session, rows["User"].rule, day) == 1
        assert library.load(session, 2).rule == AllOf()
        with pytest.raises(ShopError, match="not complete"):
            comparing.compare(session, 1, 2, day)
    unreadable = "The rules of this segment cannot be read. Make them anew."
    assert wrong == {
        "Sound": [],
        "User": [],
        "Broken": [unreadable],
        "Other user": [f"The segment “Broken” cannot be used. {unreadable}"],
    }


@pytest.mark.files
def test_a_segment_that_cannot_be_read_is_renamed_put_away_made_anew_and_deleted(shop: Database, now: datetime) -> None:
    damage(shop, DAMAGED[1])
    with shop.write() as session:
        assert shelf.rename(session, 2, "Odd", now) == "Broken"
        shelf.archive(session, 2, now)
        assert [row.name for row in library.archived(session)] == ["Odd"]
        shelf.restore(session, 2)
        shelf.set_recount(session, 2, Recount.MORNING)
    with pytest.raises(ShopError, match="cannot be read"), shop.write() as session:
        shelf.duplicate(session, 2, now)
    with shop.read() as session:
        assert session.scalar(text("SELECT rule FROM segment WHERE id = 2")) == DAMAGED[1]
    with shop.write() as session:
        library.save(session, SegmentDraft("Odd", "x", AllOf((Joined(days=3),))), now, 2)
        assert library.load(session, 2).rule == AllOf((Joined(days=3),))
    damage(shop, DAMAGED[0])
    with shop.write() as session:
        library.delete(session, 2)
        assert [row.name for row in library.all_segments(session)] == ["Sound"]


def test_a_saved_leaf_is_read_as_a_group_of_it() -> None:
    assert codec.stored({"version": 1, "kind": "last_order", "days": 3}) == AllOf(
        (codec.from_json({"version": 1, "kind": "last_order", "days": 3}),)
    )


@pytest.mark.files
def test_a_draft_that_cannot_be_read_is_not_offered(shop: Database, now: datetime) -> None:
    with shop.write() as session:
        unsaved.keep(session, SegmentDraft("Half", "", AllOf((HasTag(()),))), None, now)
        unsaved.keep(session, SegmentDraft("Odd"), 1, now.replace(year=2027))
        unsaved.keep(session, SegmentDraft("Cut"), 2, now.replace(year=2028))
        odd = select(UnsavedSegment.id).where(UnsavedSegment.segment_id == 1)
        session.execute(
            text("UPDATE unsaved_segment SET draft = :draft WHERE id = :id"),
            {"draft": '{"name": "Odd", "rule": {"kind": "martian"}}', "id": session.scalar(odd)},
        )
        session.execute(text("UPDATE unsaved_segment SET draft = '{\"name\"' WHERE segment_id = 2"))
    with shop.read() as session:
        found = unsaved.newest(session)
    assert found is not None and found.draft.name == "Half"
