from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import rules, running, starting
from linecrm_desktop.tags import library, relations
from tests.maker import Maker
from tests.tagging.dump import dump


def test_an_empty_shop_is_told_what_it_lacks(database: Database, day: ShopDay) -> None:
    with database.read() as session:
        found = starting.proposals(session, day, "TWD")
        assert {one.draft.type for one in found if not one.missing} == {TagType.CONSENT}
        assert {one.draft.type for one in found if one.missing} == {TagType.STAGE, TagType.VALUE, TagType.ENGAGEMENT}
        assert library.all_tags(session) == []


def test_a_shop_with_data_is_offered_all_six_types_in_its_own_words(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        tea = make.tag(session, "Tea")
        friends = [make.friend(session, collected_through="Night market", joined_at=make.ago(90)) for _ in range(40)]
        for place, friend in enumerate(friends):
            for order in range(place % 3):
                make.order(session, friend, days_ago=20 * order + 5, total=5_000 * place, lines=[("Oolong", "Tea", 1)])
            make.order(session, friend, state=OrderState.REFUNDED)
            make.event(session, friend, EventKind.CLICK, days_ago=place * 3, category="Tea")
        found = starting.proposals(session, day, "TWD")
        offered = {one.draft.name: one for one in found if not one.missing}
        assert {one.draft.type for one in offered.values()} == set(TagType) - {TagType.NONE}
        assert offered["Night market"].rule is None
        assert offered["Tea"].tag_id == tea
        starting.adopt(session, offered.values(), make.now)
        rows = {row.name: row for row in library.all_tags(session)}
        assert rows.keys() == offered.keys()
        assert rows["Tea"].id == tea
        assert all(row.helps_decide for row in rows.values() if row.id != tea)
        assert {row.tag_name for row in rules.all_rules(session)} == rows.keys() - {"Night market"}
        assert not any(row.trouble for row in rules.all_rules(session))
        running.run(session, day, make.now)
        stages = relations.groups(session)["buying stage"]
        held = [friend for row in library.all_tags(session) if row.id in stages for friend in range(row.friends)]
        assert len(held) == len(friends)
        assert all(one.tag_id for one in starting.proposals(session, day, "TWD") if not one.missing)


def test_a_set_is_counted_made_run_and_taken_back_whole(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        for _friend in range(5):
            make.friend(session, collected_through="Night market")
        for _buyer in range(3):
            make.order(session, make.friend(session), lines=[("Oolong", "Tea", 1)])
    wanted = {"Night market": None, "Tea": 3, "First-time buyer": 3, "Not bought yet": 5}
    with database.read() as session:
        before = dump(session)
        found = starting.proposals(session, day, "TWD")
        chosen = [one for one in found if one.draft.name in wanted]
    with database.rehearse() as session:
        counted = starting.gains(session, chosen, day, make.now)
    assert {one.draft.name: count for one, count in zip(chosen, counted, strict=True)} == wanted
    with database.write() as session:
        done = starting.start(session, chosen, day, make.now, run=True)
        assert {row.name: row.friends for row in library.all_tags(session)} == {**wanted, "Night market": 0}
        assert len(starting.is_there(session, starting.proposals(session, day, "TWD"))) == len(wanted)
        starting.take_back(session, done, make.now)
        assert dump(session) == before


def test_a_tag_of_a_set_that_is_used_by_now_is_retired_when_the_set_is_taken_back(
    database: Database, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        friend = make.friend(session, collected_through="Night market")
        chosen = [one for one in starting.proposals(session, day, "TWD") if one.draft.name == "Night market"]
        done = starting.start(session, chosen, day, make.now, run=False)
        make.give(session, done.made[0], friend)
        starting.take_back(session, done, make.now)
        assert [row.is_retired for row in library.all_tags(session, retired=True)] == [True]
        again = [one for one in starting.proposals(session, day, "TWD") if one.draft.name == "Night market"]
        starting.start(session, again, day, make.now, run=False)
        assert [row.is_retired for row in library.all_tags(session, retired=True)] == [False]
