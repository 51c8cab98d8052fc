from collections.abc import Callable
from contextlib import closing
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.models.tag import Tag, TagOrigin, TagType
from linecrm_desktop.segments import codec, library, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, Joined, RandomShare
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.tagging import changing, history, undoing
from linecrm_desktop.tagging.merging import merge
from linecrm_desktop.tagging.splitting import Part, split
from linecrm_desktop.tags import friends_tags, relations
from linecrm_desktop.tags import library as tags
from linecrm_desktop.tags.library import TagDraft
from tests.maker import Maker
from tests.tagging.conftest import Serums
from tests.tagging.dump import dump


def test_a_merge_is_taken_back_after_a_restart(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        before = dump(session)
        done = merge(session, serums.serum, serums.essence, make.now)
    database.close()
    with closing(open_shop(database.path)) as again, again.write() as session:
        [row] = history.operations(session)
        assert (row.id, row.title, row.undone_at) == (done, "Merged “Essence” into “Serum”", None)
        undoing.undo(session, row.id, make.now + timedelta(days=30))
        assert dump(session) == before
        assert history.operations(session)[0].undone_at == make.now + timedelta(days=30)


def test_after_thirty_days_or_twice_nothing_is_undone(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        done = merge(session, serums.serum, serums.essence, make.now)
        late = make.now + timedelta(days=30, seconds=1)
        assert undoing.why_not(session, done, late) == "It is older than 30 days."
        assert undoing.why_not(session, done, make.now) is None
        undoing.undo(session, done, make.now)
        assert undoing.why_not(session, done, make.now) == "This was undone already."
        assert undoing.why_not(session, 99, make.now) == "There is no such change."


def _take_off(session: Session, serums: Serums, make: Maker) -> None:
    friends_tags.remove(session, serums.serum, [serums.bo, serums.tina], make.now)


def _change_rules(session: Session, serums: Serums, make: Maker) -> None:
    rule = AllOf((HasTag((serums.serum,)), Joined(30)))
    library.save(session, SegmentDraft("Essence fans", "x", rule), make.now, serums.segment)


def _bring_back(session: Session, serums: Serums, make: Maker) -> None:
    tags.create(session, TagDraft("Essence", TagType.INTEREST), make.now)


@pytest.mark.parametrize(
    ("since", "why"),
    [
        (_take_off, "The tags of 2 friends were changed again since."),
        (_change_rules, "The rules of the segment “Essence fans” were changed since."),
        (_bring_back, "The tag “Essence” was changed since."),
    ],
)
def test_nothing_is_undone_when_something_it_needs_was_changed_since(
    database: Database, serums: Serums, make: Maker, since: Callable[[Session, Serums, Maker], None], why: str
) -> None:
    with database.write() as session:
        done = merge(session, serums.serum, serums.essence, make.now)
        since(session, serums, make)
        before = dump(session)
        assert undoing.why_not(session, done, make.now) == why
        with pytest.raises(ShopError, match="cannot be undone"):
            undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_what_may_go_on_changing_stops_no_undo(database: Database, serums: Serums, make: Maker) -> None:
    """A draft that was edited, a friend who is gone, a segment that was deleted, another field of the tag."""
    with database.write() as session:
        unsaved.keep(session, SegmentDraft("Half", "", AllOf((HasTag((serums.essence,)),))), None, make.now)
        done = merge(session, serums.serum, serums.essence, make.now)
        unsaved.keep(session, SegmentDraft("Half", "more", AllOf((HasTag((serums.serum,)),))), None, make.now)
        session.delete(session.get_one(Segment, serums.above))
        session.delete(session.get_one(Segment, serums.segment))
        session.delete(session.get_one(Friend, serums.bo))
        tags.edit(session, serums.serum, TagDraft("Serum", TagType.STAGE, "Who hears of the new serum", "Amy", True))
        undoing.undo(session, done, make.now)
        rows = {row.name: row for row in tags.all_tags(session)}
        assert (rows["Essence"].friends, rows["Serum"].friends, rows["Serum"].type) == (1, 2, TagType.STAGE)
        draft = unsaved.newest(session)
        assert draft is not None and draft.draft.rule == AllOf((HasTag((serums.serum,)),))


@pytest.mark.parametrize("both", [False, True])
def test_a_relation_with_a_tag_that_is_gone_cannot_come_back(
    database: Database, serums: Serums, make: Maker, *, both: bool
) -> None:
    with database.write() as session:
        other = make.tag(session, "Gone")
        for tag in (serums.essence, serums.serum)[: 1 + both]:
            relations.declare_parent(session, tag, other)
        done = merge(session, serums.serum, serums.essence, make.now)
        session.delete(session.get_one(Tag, other))
        session.flush()
        before = dump(session)
        with pytest.raises(ShopError) as refused:
            undoing.undo(session, done, make.now)
        gone, changed = "A tag that this changed is not there any more.", "The tag “Serum” was changed since."
        assert refused.value.advice == (gone if both else changed)
        assert dump(session) == before


def test_friends_who_got_the_tag_since_keep_it(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        done = merge(session, serums.serum, serums.essence, make.now)
        late = make.friend(session)
        friends_tags.add(session, serums.serum, [late], TagOrigin.HAND, make.now)
        undoing.undo(session, done, make.now)
        assert {row.name: row.friends for row in tags.all_tags(session)} == {"Serum": 3, "Essence": 2, "VIP": 1}


def test_a_name_that_went_to_another_tag_since_stops_the_undo(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        done = changing.rename(session, serums.serum, "Drops", make.now)
        tags.create(session, TagDraft("Serum", TagType.STAGE), make.now)
        assert undoing.why_not(session, done, make.now) == "There is another tag “Serum” now."


def _parts(session: Session, serums: Serums, make: Maker, day: ShopDay) -> tuple[int, int]:
    parts = [Part(TagDraft("Dry", TagType.INTEREST), RandomShare(100)), Part(TagDraft("Oily", TagType.INTEREST), None)]
    done = split(session, serums.essence, parts, day, make.now)
    return done, next(row.id for row in tags.all_tags(session) if row.name == "Dry")


def test_a_split_is_not_undone_while_its_parts_are_used(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        done, dry = _parts(session, serums, make, day)
        friends_tags.add(session, dry, [serums.amy], TagOrigin.HAND, make.now)
        assert undoing.why_not(session, done, make.now) == "1 friend got “Dry” since. Take it off first."
        friends_tags.remove(session, dry, [serums.amy], make.now)
        rule = AllOf((HasTag((dry,)),))
        segment = library.save(session, SegmentDraft("Dry ones", "x", rule), make.now)
        assert undoing.why_not(session, done, make.now) == "“Dry ones” asks for “Dry” now. Change that first."
        session.delete(session.get_one(Segment, segment))
        make.campaign(session, name="Spring", segment_rule=codec.to_json(rule))
        assert undoing.why_not(session, done, make.now) == "“Spring” asks for “Dry” now. Change that first."


def test_work_that_was_done_together_is_undone_together(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        before = dump(session)
        merge(session, serums.serum, serums.essence, make.now, bundle="audit:7")
        changing.rename(session, serums.serum, "Drops", make.now, bundle="audit:7")
        alone = changing.retire(session, serums.vip, make.now, bundle="audit:7")
        changing.restore(session, serums.vip, make.now)
        with pytest.raises(ShopError):
            undoing.undo_bundle(session, "audit:7", make.now)
        undoing.undo(session, alone + 1, make.now)
        assert len(undoing.undo_bundle(session, "audit:7", make.now)) == 3
        assert dump(session) == before
