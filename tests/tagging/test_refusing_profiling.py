"""A refusal of profiling and the rules for tags."""

import pytest
from sqlalchemy import select

from linecrm_desktop.consent import uses
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.change import Change
from linecrm_desktop.models.consent import Use
from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.segments.rules import AllOf, Bought
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import rules, running
from linecrm_desktop.tagging.rules import RuleDraft
from tests.maker import Maker


def carried(database: Database, friend: int) -> dict[int, TagOrigin]:
    with database.read() as session:
        rows = session.scalars(select(FriendTag).where(FriendTag.friend_id == friend))
        return {row.tag_id: row.origin for row in rows}


@pytest.mark.parametrize("takes_off", [True, False])
def test_tags_that_rules_gave_come_off_with_the_refusal_and_no_run_gives_them_again(
    database: Database, make: Maker, day: ShopDay, takes_off: bool
) -> None:
    with database.write() as session:
        tea, hand, file = (make.tag(session, name) for name in ("Tea", "Regular", "From a file"))
        mei, other = make.friend(session), make.friend(session)
        for friend in (mei, other):
            make.order(session, friend, lines=[("Oolong", "tea", 1)])
        make.give(session, hand, mei, TagOrigin.HAND)
        make.give(session, file, mei, TagOrigin.IMPORT)
        draft = RuleDraft(tea, "Bought tea", AllOf((Bought("tea"),)), takes_off)
        rules.save(session, draft, make.now)
        running.run(session, day, make.now)
    assert carried(database, mei)[tea] is TagOrigin.RULE
    with database.write() as session:
        uses.refuse(session, [mei], [Use.PROFILING], "in the chat", make.now)
    assert carried(database, mei) == {hand: TagOrigin.HAND, file: TagOrigin.IMPORT}
    assert carried(database, other) == {tea: TagOrigin.RULE}
    with database.write() as session:
        assert running.look(session, day).changes == ()
        uses.allow_again(session, [mei], Use.PROFILING, "in the chat", make.now)
        [change] = running.run(session, day, make.now).changes
        assert change.gain == (mei,)


def test_a_run_takes_off_what_came_back_to_somebody_who_refuses(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        tea, mei = make.tag(session, "Tea"), make.friend(session)
        make.order(session, mei, lines=[("Oolong", "tea", 1)])
        rules.save(session, RuleDraft(tea, "Bought tea", AllOf((Bought("tea"),)), takes_off=False), make.now)
        uses.refuse(session, [mei], [Use.PROFILING], "in the chat", make.now)
        make.give(session, tea, mei, TagOrigin.RULE)
        [change] = running.run(session, day, make.now).changes
        assert (change.gain, change.lose) == ((), (mei,))


def test_what_came_off_is_in_the_journal_and_another_refusal_takes_nothing(database: Database, make: Maker) -> None:
    with database.write() as session:
        tea, mei = make.tag(session, "Tea"), make.friend(session)
        make.give(session, tea, mei, TagOrigin.RULE, evidence="Bought tea")
        uses.refuse(session, [mei], [Use.ADS], "in the chat", make.now)
    assert tea in carried(database, mei)
    with database.write() as session:
        uses.refuse(session, [mei], [Use.SERVICE], "letter", make.now)
        [line] = session.scalars(select(Change).where(Change.action.startswith("profiling:")))
        assert (line.entity, line.entity_id, line.after) == ("friend_tag", mei, None)
        assert line.before is not None
        assert line.before["tag_id"] == tea and line.before["evidence"] == "Bought tea"
    assert carried(database, mei) == {}
