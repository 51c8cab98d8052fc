from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import rules, running, starting
from linecrm_desktop.tags import library, relations
from tests.maker import Maker


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
