from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.tag import FriendTag, TagOrigin, TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, AnyOf, Bought, Compare, Got, Group, HasTag, InSegment, Orders, Rule
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import rules, running, undoing
from linecrm_desktop.tagging.rules import RuleDraft
from linecrm_desktop.tags import library as tags
from linecrm_desktop.tags.uses import named_in_rules
from tests.maker import Maker
from tests.tagging.dump import dump


def save(session: Session, make: Maker, tag: int, rule: Rule, name: str = "Bought tea", **told: bool) -> int:
    whole: Group = rule if isinstance(rule, AllOf | AnyOf) else AllOf((rule,))
    return rules.save(session, RuleDraft(tag, name, whole, **told), make.now)


def who(session: Session, tag: int) -> dict[int, TagOrigin]:
    rows = session.query(FriendTag).filter(FriendTag.tag_id == tag)
    return {row.friend_id: row.origin for row in rows}


def test_who_matches_gets_the_tag_with_the_rule_as_evidence(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tea, buyer, other = make.tag(session, "Tea"), make.friend(session), make.friend(session)
        make.order(session, buyer, lines=[("Oolong", "tea", 1)])
        rule = save(session, make, tea, Bought("tea"))
        before = dump(session)
        found = running.look(session, day)
        assert dump(session) == before
        assert [(one.name, one.gain, one.lose, one.ran_out) for one in found.changes] == [("Tea", (buyer,), (), ())]
        done = running.run(session, day, make.now)
        assert done.changes == found.changes
        row = session.get_one(FriendTag, (tea, buyer))
        assert (row.origin, row.since, row.evidence) == (TagOrigin.RULE, make.now, "Bought tea")
        assert who(session, tea).keys() == {buyer} and other
        assert [(row.id, row.last_run_at) for row in rules.all_rules(session)] == [(rule, make.now)]
        assert running.run(session, day, make.now).operation is None


def test_a_rule_takes_off_only_what_rules_put_on(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag = make.tag(session, "Tea")
        hand, file, ruled = (make.friend(session) for _ in range(3))
        for friend, origin in ((hand, TagOrigin.HAND), (file, TagOrigin.IMPORT), (ruled, TagOrigin.RULE)):
            make.give(session, tag, friend, origin, since=make.ago(900))
        rule = save(session, make, tag, Bought("tea"), takes_off=False)
        assert running.look(session, day).changes == ()
        rules.save(session, RuleDraft(tag, "Bought tea", AllOf((Bought("tea"),))), make.now, rule)
        [change] = running.run(session, day, make.now).changes
        assert (change.gain, change.lose) == ((), (ruled,))
        assert who(session, tag) == {hand: TagOrigin.HAND, file: TagOrigin.IMPORT}


def test_a_friend_keeps_a_tag_while_any_of_its_rules_holds(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag, friend = make.tag(session, "Tea"), make.friend(session)
        make.order(session, friend, lines=[("Oolong", "tea", 1)])
        save(session, make, tag, Bought("tea"), "First")
        second = save(session, make, tag, Bought("coffee"), "Second")
        running.run(session, day, make.now)
        assert session.get_one(FriendTag, (tag, friend)).evidence == "First"
        rules.put_before(session, second, rules.all_rules(session)[0].id)
        assert [row.name for row in rules.all_rules(session)] == ["Second", "First"]
        assert running.look(session, day).changes == ()


def test_a_run_is_taken_back_as_one(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag, quiet = make.tag(session, "Tea"), make.tag(session, "Quiet", runs_out_days=30)
        friend = make.friend(session)
        make.give(session, tag, friend, TagOrigin.RULE, since=make.ago(90), evidence="old", batch_id=None)
        make.give(session, quiet, friend, since=make.ago(90))
        save(session, make, tag, Bought("tea"))
        running.run(session, day, make.now)
        assert session.query(FriendTag).count() == 0
        [operation] = [one for one in (1,) if undoing.why_not(session, one, make.now) is None]
        undoing.undo(session, operation, make.now)
        assert {(row.tag_id, row.since, row.evidence) for row in session.query(FriendTag)} == {
            (tag, make.ago(90), "old"),
            (quiet, make.ago(90), ""),
        }


@pytest.fixture
def stages(database: Database, make: Maker) -> tuple[int, int, int]:
    """Three buying stages; rules let "many" win over "one"."""
    with database.write() as session:
        new, one, many = (
            make.tag(session, name, TagType.STAGE, exclusive_group="Buying stage") for name in ("New", "One", "Many")
        )
        save(session, make, many, Orders(Compare.AT_LEAST, 2), "Many")
        save(session, make, one, Orders(Compare.AT_LEAST, 1), "One", takes_off=False)
    return new, one, many


def test_in_a_group_the_first_rule_wins_and_the_stage_moves_on(
    database: Database, make: Maker, day: ShopDay, stages: tuple[int, int, int]
) -> None:
    _new, one, many = stages
    with database.write() as session:
        friend = make.friend(session)
        make.order(session, friend)
        running.run(session, day, make.now)
        assert (who(session, one).keys(), who(session, many).keys()) == ({friend}, set())
        make.order(session, friend)
        running.run(session, day, make.now)
        assert (who(session, one).keys(), who(session, many).keys()) == (set(), {friend})


def test_in_a_group_a_tag_put_on_by_hand_wins_over_all_rules(
    database: Database, make: Maker, day: ShopDay, stages: tuple[int, int, int]
) -> None:
    new, one, many = stages
    with database.write() as session:
        friend, other = make.friend(session), make.friend(session)
        for buyer in (friend, other):
            make.order(session, buyer)
        running.run(session, day, make.now)
        make.give(session, new, friend)
        [change] = running.run(session, day, make.now).changes
        assert (change.tag_id, change.lose) == (one, (friend,))
        assert who(session, new) == {friend: TagOrigin.HAND}
        assert (who(session, one).keys(), who(session, many)) == ({other}, {})
        assert running.look(session, day).changes == ()


def test_a_tag_runs_out_unless_it_was_renewed_or_a_rule_holds(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag = make.tag(session, "Tea", runs_out_days=30)
        old, edge, renewed, buyer = (make.friend(session) for _ in range(4))
        for friend, days in ((old, 31.2), (edge, 30), (renewed, 90), (buyer, 90)):
            again = make.ago(5) if friend == renewed else None
            make.give(session, tag, friend, since=make.ago(days), renewed_at=again)
        make.order(session, buyer, lines=[("Oolong", "tea", 1)])
        save(session, make, tag, Bought("tea"))
        [change] = running.run(session, day, make.now).changes
        assert (change.gain, change.lose, change.ran_out) == ((), (), (old,))
        tags.retire(session, tag, make.now)
        assert running.look(session, day).changes == ()


def test_a_broken_rule_leaves_its_tag_alone_and_is_named(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        gone, tag, fine = make.tag(session, "Old"), make.tag(session, "Tea", runs_out_days=5), make.tag(session, "Fine")
        friend = make.friend(session)
        make.order(session, friend, lines=[("Oolong", "tea", 1)])
        make.give(session, tag, friend, TagOrigin.RULE, since=make.ago(50))
        save(session, make, tag, HasTag((gone,)), "Broken")
        save(session, make, tag, Bought("coffee"), "Of the same tag")
        save(session, make, fine, Bought("tea"), "Fine")
        tags.retire(session, gone, make.now)
        found = running.run(session, day, make.now)
        assert [(one.name, one.gain) for one in found.changes] == [("Fine", (friend,))]
        assert [(row.name, row.trouble) for row in found.troubles] == [
            ("Broken", "The tag “Old” is retired. Replace it.")
        ]


def test_a_rule_follows_a_segment_and_keeps_it_from_being_deleted(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        tag, friend = make.tag(session, "Tea"), make.friend(session)
        make.order(session, friend, lines=[("Oolong", "tea", 1)])
        segment = library.save(session, SegmentDraft("Tea", "x", AllOf((Bought("tea"),))), make.now)
        save(session, make, tag, InSegment(segment), "In the segment")
        assert running.look(session, day).gained == 1
        with pytest.raises(ShopError, match="used by “In the segment”"):
            library.delete(session, segment)
        message = messages.save(session, MessageDraft("Spring"), make.now)
        save(session, make, tag, Got(message), "Got it")
        with pytest.raises(ShopError, match="“Got it” name this message"):
            messages.delete(session, message)
        assert named_in_rules(session) == {tag}


def test_a_rule_that_makes_no_sense_is_not_saved(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        tag, old = make.tag(session, "Tea"), make.tag(session, "Old", retired_at=now)
        segment = library.save(session, SegmentDraft("Tea", "x", AllOf((HasTag((tag,)),))), now)
        bought = AllOf((Bought("tea"),))
        for draft, why in (
            (RuleDraft(tag, " ", bought), "a name"),
            (RuleDraft(tag, "R", AllOf()), "no rule"),
            (RuleDraft(old, "R", bought), "retired"),
            (RuleDraft(tag, "R", AllOf((HasTag((old,)),))), "retired"),
            (RuleDraft(tag, "R", AllOf((HasTag((tag,)),))), "the very tag"),
            (RuleDraft(tag, "R", AllOf((InSegment(segment),))), "the very tag"),
        ):
            with pytest.raises(ShopError, match=why):
                rules.save(session, draft, now)
        with pytest.raises(ShopError, match="no such rule"):
            rules.remove(session, 5)
        assert rules.all_rules(session) == []


def test_after_an_import_rules_are_applied_where_there_are_any(database: Database, make: Maker, now: datetime) -> None:
    with database.write() as session:
        tag, friend = make.tag(session, "Tea"), make.friend(session)
        make.order(session, friend, lines=[("Oolong", "tea", 1)])
    assert running.after_import(database, "Asia/Taipei", now) is None
    with database.write() as session:
        rule = save(session, make, tag, Bought("tea"))
    done = running.after_import(database, "Asia/Taipei", now)
    assert done is not None and done.gained == 1
    with database.write() as session:
        rules.remove(session, rule)
    assert running.after_import(database, "Asia/Taipei", now) is None
