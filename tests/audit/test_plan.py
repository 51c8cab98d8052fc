"""An audit in progress: saved as it goes, counted again when the shop changes, summed up, and remembered."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.audit import changes, history, plan, run
from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Decide,
    Justify,
    Keep,
    KeepBoth,
    Later,
    Leave,
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
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding
from linecrm_desktop.audit.following import followed
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.audit import AuditState
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import friends_tags, library, relations
from tests.maker import Maker

EVERY_KIND: list[Change] = [
    Decide(1, "Whom to thank", "Amy"),
    Merge(1, 2, "VIP", "Whom to thank"),
    KeepBoth(1, 2, "one is the shop's word"),
    Nest(2, 1),
    Keep(3, "the law asks for it"),
    Retire(4),
    Rename(5, "VIP"),
    Retype(5, TagType.STAGE),
    Split(6, (Part("A", {"kind": "all_of", "rules": []}), Part("B", {"kind": "any_of", "rules": []}))),
    Restrict(7),
    Assign(7, "Amy"),
    Justify(7, "the friend asked for it"),
    Settle(1, 2, 2),
    Leave("the shop is new"),
    Later((8, 9)),
]


def looked(session: Session, day: ShopDay) -> tuple[Facts, list[Finding]]:
    return run.audit(session, day, plan.declared(session))


def key_of(found: Sequence[Finding], check: Check) -> str:
    return next(one.key for one in found if one.check is check)


@pytest.fixture
def begun(database: Database, make: Maker, day: ShopDay) -> int:
    """An audit of two tags for VIPs, with 40 and 36 friends, one without a decision."""
    with database.write() as session:
        friends = [make.friend(session) for _ in range(40)]
        vip = make.tag(session, "VIP", TagType.VALUE, created_at=make.ago(40), owner="Amy")
        guest = make.tag(session, "貴賓", TagType.VALUE, created_at=make.ago(40), helps_decide="x", owner="Amy")
        friends_tags.add(session, vip, friends, TagOrigin.RULE, make.now)
        friends_tags.add(session, guest, friends[:36], TagOrigin.RULE, make.now)
        facts, found = looked(session, day)
        return plan.begin(session, facts.tags, found, make.now)


def test_one_audit_at_a_time(database: Database, make: Maker, day: ShopDay, begun: int) -> None:
    with database.write() as session:
        facts, found = looked(session, day)
        with pytest.raises(ShopError, match="under way already"):
            plan.begin(session, facts.tags, found, make.now)
        plan.cancel(session, begun, make.now)
        assert plan.under_way(session) is None
        assert plan.begin(session, facts.tags, found, make.now) != begun


def test_decisions_are_there_after_the_program_was_closed(
    database: Database, make: Maker, day: ShopDay, begun: int
) -> None:
    with database.write() as session:
        _facts, found = looked(session, day)
        plan.decide(session, begun, key_of(found, Check.SAME_NAME), Merge(1, 2, "VIP", "Whom to thank"), make.now)
        plan.go_to(session, begun, 3)
    with database.read() as session:
        audit = plan.under_way(session)
        assert audit is not None
        assert (audit.id, audit.step, audit.started_at) == (begun, 3, make.now)
        decided = [one for one in plan.choices(session, begun) if one.change]
        assert [(one.key, one.is_checked) for one in decided] == [(key_of(found, Check.SAME_NAME), True)]
        assert plan.to_apply(session, begun) == [Merge(1, 2, "VIP", "Whom to thank")]


def test_what_is_not_checked_or_changes_nothing_is_not_applied(
    database: Database, make: Maker, day: ShopDay, begun: int
) -> None:
    with database.write() as session:
        _facts, found = looked(session, day)
        name, people = key_of(found, Check.SAME_NAME), key_of(found, Check.SAME_PEOPLE)
        plan.decide(session, begun, name, Merge(1, 2, "VIP", "x"), make.now)
        plan.decide(session, begun, people, KeepBoth(1, 2, "they differ"), make.now)
        own = plan.add_own(session, begun, Rename(1, "Best"), make.now)
        assert plan.add_own(session, begun, Rename(1, "The best"), make.now) == own
        assert plan.to_apply(session, begun) == [Merge(1, 2, "VIP", "x"), Rename(1, "The best")]
        plan.check(session, begun, name, on=False)
        plan.undecide(session, begun, own)
        assert plan.to_apply(session, begun) == []


def test_new_evidence_marks_a_decision_and_lost_evidence_unchecks_it(
    database: Database, make: Maker, day: ShopDay, begun: int
) -> None:
    with database.write() as session:
        _facts, found = looked(session, day)
        people = key_of(found, Check.SAME_PEOPLE)
        plan.decide(session, begun, people, Merge(1, 2, "VIP", "x"), make.now)
        assert plan.recount(session, begun, found, make.now) == 0
        friends_tags.remove(session, 2, [36], make.now)
        assert plan.recount(session, begun, looked(session, day)[1], make.now) == 1
        (choice,) = [one for one in plan.choices(session, begun) if one.key == people]
        assert (choice.is_counted_again, choice.is_checked, choice.is_gone) == (True, True, False)
        friends_tags.remove(session, 2, range(10, 36), make.now)
        assert plan.recount(session, begun, looked(session, day)[1], make.now) == 1
        (choice,) = [one for one in plan.choices(session, begun) if one.key == people]
        assert (choice.is_counted_again, choice.is_checked, choice.is_gone) == (True, False, True)
        assert plan.to_apply(session, begun) == []


def test_the_summary_says_what_the_changes_come_to(database: Database, day: ShopDay, begun: int) -> None:
    with database.read() as session:
        facts, _found = looked(session, day)
    told = history.summary(facts, [Merge(1, 2, "VIP", "Whom to thank")])
    assert (told.tags, told.tags_after, told.decided, told.decided_after) == (2, 1, 1, 1)
    assert (told.pairs, told.pairs_after, told.by_kind) == (1, 0, {"merge": 1})
    told = history.summary(facts, [Decide(1, "Whom to thank"), KeepBoth(1, 2, "they differ")])
    assert (told.tags_after, told.decided_after, told.pairs_after) == (2, 2, 0)
    parts = (Part("A", {}), Part("B", {}))
    told = history.summary(facts, [Retire(1), Split(2, parts)])
    assert (told.tags_after, told.decided_after, told.pairs_after) == (2, 0, 0)


def test_pairs_that_were_kept_and_names_that_were_reviewed_are_not_found_again(
    database: Database, make: Maker, day: ShopDay, begun: int
) -> None:
    with database.write() as session:
        make.tag(session, "糖尿病", TagType.VALUE)
        _facts, found = looked(session, day)
        plan.recount(session, begun, found, make.now)
        plan.decide(session, begun, key_of(found, Check.SAME_NAME), KeepBoth(1, 2, "they differ"), make.now)
        plan.decide(session, begun, key_of(found, Check.SENSITIVE), Keep(3, "a doctor asks for it"), make.now)
        assert {one.check for one in found} >= {Check.SAME_NAME, Check.SAME_PEOPLE, Check.SENSITIVE}
        plan.finish(session, begun, make.now, "audit:1", make.ago(-90))
        again = {one.check for one in looked(session, day)[1]}
        assert again.isdisjoint({Check.SAME_NAME, Check.SAME_PEOPLE, Check.SENSITIVE})


def test_the_history_has_each_audit_and_what_changed_since(
    database: Database, make: Maker, day: ShopDay, begun: int
) -> None:
    with database.write() as session:
        facts, found = looked(session, day)
        assert history.since_last(session, facts.tags, found) is None
        plan.decide(session, begun, key_of(found, Check.NO_DECISION), Decide(1, "Whom to thank"), make.now)
        plan.finish(session, begun, make.now, "audit:1", make.ago(-90))
        (past,) = history.past(session)
        assert (past.state, past.tags, past.applied, past.action) == (AuditState.APPLIED, 2, 1, "audit:1")
        assert history.next_due(session) == make.ago(-90)
        library.edit(session, 1, library.TagDraft("VIP", TagType.VALUE, "Whom to thank", ""))
        library.retire(session, 2, make.now)
        new = make.tag(session, "Tea", owner="")
        facts, found = looked(session, day)
        since = history.since_last(session, facts.tags, found)
        assert since is not None
        assert (since.new_tags, since.gone_tags) == ((new,), ("貴賓",))
        assert {(one.check, one.tags) for one in since.new_findings} >= {
            (Check.NO_OWNER, (1,)),
            (Check.NO_OWNER, (new,)),
        }
        assert {one.tags for one in since.regressions if one.check is Check.NO_OWNER} == {(1,)}
        assert since.settled >= 3
        with pytest.raises(ShopError, match="not under way any more"):
            plan.cancel(session, begun, make.now)


@pytest.mark.parametrize("change", EVERY_KIND, ids=changes.kind)
def test_a_change_is_read_as_it_was_written(change: Change) -> None:
    assert changes.from_json(changes.to_json(change)) == change
    assert changes.tags_of(change) or isinstance(change, Leave)


def test_every_kind_of_change_is_tried() -> None:
    assert {changes.kind(change) for change in EVERY_KIND} == set(changes.KINDS)


def test_following_every_proposal_merges_and_retires_each_tag_once(
    database: Database, make: Maker, day: ShopDay, begun: int
) -> None:
    with database.write() as session:
        make.tag(session, "vip!", TagType.VALUE, created_at=make.ago(100))
        make.tag(session, "Old", TagType.VALUE, created_at=make.ago(100))
        make.tag(session, "มะเร็ง", TagType.VALUE)
        facts, found = looked(session, day)
    made = followed(facts, found)
    assert made == [Merge(1, 2, "VIP", "x"), Merge(1, 3, "VIP", "x"), Retire(4), Restrict(5)]
    told = history.summary(facts, made)
    assert (told.tags, told.tags_after, told.decided_after, told.pairs_after) == (5, 2, 1, 0)


def test_what_the_library_says_of_tags_counts_in_an_audit(database: Database, make: Maker) -> None:
    with database.write() as session:
        one, two = (
            make.tag(session, "New friend", exclusive_group="Stage"),
            make.tag(session, "Buyer", exclusive_group="Stage"),
        )
        vip, fair = make.tag(session, "VIP", lawful_reason="agreed"), make.tag(session, "Fair", is_seasonal=True)
        relations.declare_opposites(session, one, vip)
        relations.declare_parent(session, vip, two)
        told = plan.declared(session)
    assert told.exclusive == {"stage": frozenset((one, two))}
    assert told.opposites == frozenset((frozenset((one, vip)),))
    assert (told.inside, told.seasonal, told.reviewed) == ({(vip, two)}, {fair}, {vip})
