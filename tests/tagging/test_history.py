"""What a friend's history says of tags: what was done by hand, by imports, by rules and by work on tags."""

from datetime import timedelta

from linecrm_desktop.models.tag import TagOrigin
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import undoing
from linecrm_desktop.tagging.merging import merge
from linecrm_desktop.tags import friends_tags, history
from tests.maker import Maker
from tests.tagging.conftest import Serums


def test_a_tag_that_was_taken_off_stays_in_the_friends_history(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        friends_tags.add(session, serums.vip, [serums.tina], TagOrigin.HAND, make.ago(2), "thanked us")
        friends_tags.remove(session, serums.vip, [serums.tina], make.now)
        found = history.of_friend(session, serums.tina)
    assert [(one.at, one.tag_name, one.came, one.origin, one.evidence) for one in found] == [
        (make.now, "VIP", False, TagOrigin.HAND, "thanked us"),
        (make.ago(2), "VIP", True, TagOrigin.HAND, "thanked us"),
        (make.ago(40), "Serum", True, TagOrigin.IMPORT, "a.csv"),
    ]
    assert found[0].since == make.ago(2)


def test_work_on_tags_that_was_undone_leaves_no_trace_in_it(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        done = merge(session, serums.serum, serums.essence, make.now)
        later = history.of_friend(session, serums.bo)
        assert {(one.tag_name, one.came) for one in later} == {("Serum", True), ("Essence", False)}
        undoing.undo(session, done, make.now + timedelta(days=1))
        assert history.of_friend(session, serums.bo) == []
