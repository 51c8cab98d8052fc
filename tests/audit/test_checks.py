"""The guards of the checks: what looks like a fault and is none."""

from collections.abc import Sequence

import pytest
from sqlalchemy.orm import Session

from linecrm_desktop.audit import check_pairs, history, run
from linecrm_desktop.audit.check_names import personal_part
from linecrm_desktop.audit.facts import Declared
from linecrm_desktop.audit.findings import Check, Finding
from linecrm_desktop.audit.lookalikes import by_name, disagreeing
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.segment import UnsavedSegment
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import friends_tags
from tests.maker import Maker


def found(session: Session, day: ShopDay, check: Check, declared: Declared | None = None) -> list[Finding]:
    return [one for one in run.audit(session, day, declared)[1] if one.check is check]


def tagged(session: Session, make: Maker, name: str, friends: Sequence[int], type: TagType = TagType.INTEREST) -> int:
    tag = make.tag(session, name, type, created_at=make.ago(200))
    friends_tags.add(session, tag, friends, TagOrigin.RULE, make.now)
    return tag


def people(session: Session, make: Maker, count: int) -> list[int]:
    return [make.friend(session) for _ in range(count)]


def test_a_new_tag_has_fourteen_days_for_its_decision(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        make.tag(session, "Young", created_at=make.ago(14))
        old = make.tag(session, "Grown", created_at=make.ago(15))
        assert [one.tags for one in found(session, day, Check.NO_DECISION)] == [(old,)]


def test_a_draft_and_a_segment_inside_another_are_use(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        drafted, asked, nothing = (make.tag(session, name, created_at=make.ago(200)) for name in ("Da", "As", "No"))
        make.tag(session, "Agreed", TagType.CONSENT, created_at=make.ago(200))
        rule = codec.to_json(AllOf((HasTag((drafted,)),)))
        session.add(UnsavedSegment(draft={"rule": rule}, changed_at=make.now))
        inner = library.save(session, SegmentDraft("Inner", "x", AllOf((HasTag((asked,)),))), make.ago(90))
        library.save(session, SegmentDraft("Outer", "x", AllOf((InSegment(inner),))), make.ago(90))
        assert [one.tags for one in found(session, day, Check.UNUSED)] == [(nothing,)]
        (never,) = found(session, day, Check.NEVER_SENT)
        assert (never.tags, never.evidence["segments"]) == ((asked,), 2)
        make.campaign(session, segment_name="Outer", started_at=make.ago(1))
        assert found(session, day, Check.NEVER_SENT) == []


def test_a_seasonal_tag_may_wait(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tag = make.tag(session, "Mooncakes")
        library.save(session, SegmentDraft("S", "x", AllOf((HasTag((tag,)),))), make.ago(90))
        assert found(session, day, Check.NEVER_SENT)
        assert found(session, day, Check.NEVER_SENT, Declared(seasonal=frozenset({tag}))) == []


def test_opposites_with_the_same_people_are_no_pair(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 40)
        for one, other in (("男裝", "女裝"), ("已購", "未購"), ("30日", "90日"), ("雙11 2024", "雙11 2025")):
            tagged(session, make, one, friends)
            tagged(session, make, other, friends)
        facts, _all = run.audit(session, day)
        names = {tag.id: tag.name for tag in facts.tags}
        pairs = {frozenset((names[pair.one], names[pair.other])) for pair in facts.pairs}
        opposites = {frozenset(two) for two in (("男裝", "女裝"), ("已購", "未購"), ("30日", "90日"))}
        assert pairs.isdisjoint(opposites | {frozenset(("雙11 2024", "雙11 2025"))})


def test_tags_that_share_many_friends_and_nothing_else_are_no_pair_to_ask_about(
    database: Database, make: Maker, day: ShopDay
) -> None:
    """The summary and the list of tags count the pairs that a person is asked about, and no others."""
    with database.write() as session:
        friends = people(session, make, 200)
        tagged(session, make, "Serum", friends[:80])
        tagged(session, make, "Linen", friends[20:90])  # 60 of 70 have both: under the limit for "inside another"
        tagged(session, make, "serum ", friends[:40])
        facts, _all = run.audit(session, day)
    names = {tag.id: tag.name for tag in facts.tags}
    compared = [{names[pair.one], names[pair.other]} for pair in facts.pairs]
    assert {"Serum", "Linen"} in compared
    asked = [{names[pair.one], names[pair.other]} for pair in check_pairs.asked_about(facts)]
    assert asked == [{"Serum", "serum "}]
    assert [pair.is_asked_about(facts.limits) for pair in facts.pairs] == [one in asked for one in compared]
    assert (history.summary(facts, []).pairs, history.summary(facts, []).pairs_after) == (1, 1)


def test_a_declared_parent_holds_its_children(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 200)
        outer = tagged(session, make, "Buyers", friends[:100], TagType.STAGE)
        inner = tagged(session, make, "Fans of tea", friends[:40], TagType.VALUE)
        (one,) = found(session, day, Check.CONTAINED)
        assert (one.tags, one.evidence["containment"]) == ((inner, outer), 1.0)
        assert found(session, day, Check.CONTAINED, Declared(inside=frozenset({(inner, outer)}))) == []


def test_few_friends_prove_nothing(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 29)
        tagged(session, make, "Judo", friends)
        tagged(session, make, "Opera", friends)
        assert run.audit(session, day)[0].pairs == ()


def test_declared_groups_and_opposites_contradict(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 5)
        a, b, c = (tagged(session, make, name, friends[at:]) for at, name in enumerate(("Apple", "Pear", "Plum")))
        assert found(session, day, Check.CONTRADICTION) == []
        told = Declared(exclusive={"Fruit": frozenset({a, b})}, opposites=frozenset({frozenset({b, c})}))
        listed = found(session, day, Check.CONTRADICTION, told)
        assert {one.tags: (one.evidence["both"], one.evidence["group"]) for one in listed} == {
            (a, b): (4, "Fruit"),
            (b, c): (3, ""),
        }


def test_a_marked_or_reviewed_name_may_be_sensitive(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        make.tag(session, "糖尿病", is_sensitive=True)
        reviewed, plain = make.tag(session, "มะเร็ง"), make.tag(session, "Bankruptcy")
        told = Declared(reviewed=frozenset({reviewed}))
        assert [(one.tags, one.why) for one in found(session, day, Check.SENSITIVE, told)] == [((plain,), "debt")]


def test_consent_and_source_may_be_of_any_size(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 10)
        tagged(session, make, "Agreed", friends, TagType.CONSENT)
        tagged(session, make, "Poster", friends[:1], TagType.SOURCE)
        assert [found(session, day, check) for check in (Check.TOO_SMALL, Check.TOO_BROAD)] == [[], []]


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("王 0912-345-678", "phone"),
        ("０９１２３４５６７８", "phone"),
        ("+886 912 345 678", "phone"),
        ("090-1234-5678", "phone"),
        ("081 234 5678", "phone"),
        ("mei@example.tw", "email"),
        ("U0123456789abcdef0123456789abcdef", "line_id"),
        ("A123456789", "national_id"),
        ("1-2345-67890-12-3", "national_id"),
        ("雙11 2024", None),
        ("20241111", None),
        ("滿1,000送100", None),
        ("2024-11-11", None),
        ("SKU 4710088", None),
        ("0.5% fee", None),
        ("30日/90日", None),
    ],
)
def test_what_tells_who_somebody_is_is_found_and_dates_are_not(name: str, what: str | None) -> None:
    assert personal_part(name) == what


def test_a_type_in_front_is_asked_for_only_where_it_is_the_habit(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        for name in "Tea Kites Chess Judo Opera Drums".split():
            make.tag(session, f"興趣_{name}")
        plain = [make.tag(session, name) for name in ("Harps", "Lutes", "Luge")]
        assert found(session, day, Check.BAD_NAME) == []
        plain.append(make.tag(session, "Polo"))
        assert {one.tags for one in found(session, day, Check.BAD_NAME)} == {(tag,) for tag in plain}


def test_the_friends_on_whom_two_tags_disagree_are_named(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 6)
        tagged(session, make, "VIP", friends[:5])
        tagged(session, make, "貴賓", friends[3:])
        facts, _all = run.audit(session, day)
        (pair,) = facts.pairs
        assert disagreeing(facts.links, pair) == (friends[:3], friends[5:])
        assert disagreeing(facts.links, pair, 2) == (friends[:2], friends[5:])


def test_names_alone_give_pairs_with_their_places() -> None:
    assert [(one, other) for one, other, _why in by_name(["VIP", "Tea", "貴賓", "茶"])] == [(0, 2), (1, 3)]
    assert by_name(["VIP", "貴賓"], [TagType.VALUE, TagType.STAGE]) == []


def test_a_name_that_joins_two_types_has_two_meanings(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        friends = people(session, make, 100)
        two = tagged(session, make, "VIP & IG", friends, TagType.VALUE)
        tagged(session, make, "IG / FB", friends, TagType.SOURCE)
        tagged(session, make, "VIP&新客", friends[:99], TagType.VALUE)
        assert [(one.tags, one.why) for one in found(session, day, Check.MIXED)] == [((two,), "types")]


def test_values_that_only_a_tags_friends_have_part_it_and_those_of_everybody_do_not(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        friends = people(session, make, 400)
        for name, some in (("Skin", friends[:120]), ("Sex", friends)):
            field = Field(name=name, name_key=name, created_at=make.now)
            session.add(field)
            session.flush()
            for at, friend in enumerate(some):
                row = FriendField(field_id=field.id, friend_id=friend, text=f"{name} {at % 2}", since=make.now)
                session.add(row)
        mixed = tagged(session, make, "Creams", friends[:120])
        tagged(session, make, "Judo", friends[150:350])
        (one,) = found(session, day, Check.MIXED)
        assert (one.tags, one.evidence["by"], one.evidence["part"], one.evidence["part_other"]) == (
            (mixed,),
            "Skin",
            60,
            60,
        )
