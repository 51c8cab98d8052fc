"""What a person can decide about a finding, and what is proposed with it."""

from linecrm_desktop.audit import applying, plan, run, ways
from linecrm_desktop.audit.changes import Change, Split
from linecrm_desktop.audit.facts import Facts
from linecrm_desktop.audit.findings import Check, Finding, Proposal
from linecrm_desktop.audit.ways import Way
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.field import Field, FriendField
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from tests.maker import Maker


def looked(database: Database, day: ShopDay, check: Check) -> tuple[Facts, list[Finding]]:
    with database.read() as session:
        facts, found = run.audit(session, day)
    return facts, [one for one in found if one.check is check]


def test_a_split_by_a_field_is_proposed_and_made_as_the_evidence_says(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        friends = [make.friend(session) for _ in range(400)]
        skin = Field(name="Skin", name_key="skin", created_at=make.now)
        session.add(skin)
        session.flush()
        for at, friend in enumerate(friends[:120]):
            text = ("Dry", "Oily")[at % 2]
            session.add(FriendField(field_id=skin.id, friend_id=friend, text=text, since=make.now))
        creams = make.tag(session, "Creams", created_at=make.ago(40))
        for friend in friends[:130]:
            make.give(session, creams, friend)
    facts, (finding,) = looked(database, day, Check.MIXED)
    change = ways.split(finding, "Creams")
    assert ways.ways(finding)[0] is Way.SPLIT
    assert change is not None and [part.name for part in change.parts] == ["Creams Oily", "Creams Dry"]
    made(database, day, make, facts, change)
    with database.read() as session:
        sizes = {row.name: row.friends for row in library.all_tags(session)}
    assert sizes == {"Creams Dry": 60, "Creams Oily": 60, "Creams": 10}


def test_a_split_by_what_friends_buy_finds_the_friends_of_the_evidence(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        friends = [make.friend(session) for _ in range(400)]
        for at, friend in enumerate(friends[:120]):
            make.order(session, friend, lines=[("x", ("Tea", "Cake")[at % 2], 1)])
        tag = make.tag(session, "Afternoon", created_at=make.ago(40))
        for friend in friends[:120]:
            make.give(session, tag, friend)
    facts, (finding,) = looked(database, day, Check.MIXED)
    change = ways.split(finding, "Afternoon")
    assert change is not None
    made(database, day, make, facts, change)
    with database.read() as session:
        sizes = {row.name: row.friends for row in library.all_tags(session)}
    assert sizes == {"Afternoon Tea": 60, "Afternoon Cake": 60}


def test_without_a_line_to_split_along_no_split_is_offered() -> None:
    finding = Finding(Check.MIXED, (1,), Proposal.SPLIT, {"type": "value", "type_other": "source"}, "types")
    assert Way.SPLIT not in ways.ways(finding)


def test_names_are_proposed_from_what_is_wrong_with_them(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        for number in range(12):
            make.tag(session, f"來源_{number}", TagType.SOURCE)
        make.tag(session, "Instagram", TagType.SOURCE)
        make.tag(session, "來源_VIP", TagType.VALUE)
        make.tag(session, "[Value] Big", TagType.VALUE)
        make.tag(session, "Friends who came to the fair", TagType.NONE)
        make.tag(session, "王小姐 0912-345-678", TagType.NONE)
    facts, found = looked(database, day, Check.BAD_NAME)
    _facts, told = looked(database, day, Check.PERSONAL)
    tags = {tag.id: tag for tag in facts.tags}
    said = {(tags[one.tags[0]].name, one.why): ways.name_told(facts, one, tags[one.tags[0]]) for one in (*found, *told)}
    assert said[("Instagram", "no_prefix")] == "來源_Instagram"
    assert said[("來源_VIP", "wrong_prefix")] == "[Value] VIP"
    assert said[("Friends who came to the fair", "too_long")] == "Friends who came to"
    assert said[("王小姐 0912-345-678", "phone")] == "王小姐"
    wrong = next(one for one in found if one.why == "wrong_prefix")
    assert ways.type_told(wrong, tags[wrong.tags[0]]) is TagType.SOURCE


def made(database: Database, day: ShopDay, make: Maker, facts: Facts, change: Change) -> None:
    assert isinstance(change, Split)
    with database.write() as session:
        audit = plan.begin(session, facts.tags, [], make.now)
        plan.add_own(session, audit, change, make.now)
        applying.make(session, audit, day, make.now)
