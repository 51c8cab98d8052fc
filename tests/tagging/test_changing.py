from datetime import date

import pytest

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import changing, history, undoing
from linecrm_desktop.tagging.planning import plan
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.names import known
from tests.maker import Maker
from tests.tagging.conftest import Serums
from tests.tagging.dump import dump


def test_a_renamed_tag_is_found_by_its_old_name(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        changing.rename(session, serums.serum, "  精華液 ", make.now)
        assert (known(session)["serum"], known(session)["精華液"]) == (serums.serum, serums.serum)
        changing.rename(session, serums.serum, "SERUM", make.now)
        row = next(row for row in library.all_tags(session) if row.id == serums.serum)
        assert (row.name, row.words) == ("SERUM", ("精華液",))


def test_another_spelling_of_the_name_leaves_no_word(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        done = changing.rename(session, serums.serum, "ＳＥＲＵＭ", make.now)
        row = next(row for row in library.all_tags(session) if row.id == serums.serum)
        assert (row.name, row.words) == ("ＳＥＲＵＭ", ())
        undoing.undo(session, done, make.now)
        assert next(row.name for row in library.all_tags(session) if row.id == serums.serum) == "Serum"


def test_a_taken_name_is_refused(database: Database, serums: Serums, make: Maker) -> None:
    with pytest.raises(ShopError, match="already a tag “VIP”"), database.write() as session:
        changing.rename(session, serums.serum, "vip", make.now)


def test_an_old_name_of_two_tags_means_neither(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        changing.rename(session, serums.serum, "One", make.now)
        changing.rename(session, serums.essence, "Serum", make.now)
        changing.rename(session, serums.essence, "Two", make.now)
        assert "serum" not in known(session)
        changing.retire(session, serums.essence, make.now)
        assert known(session)["serum"] == serums.serum


@pytest.mark.parametrize("through", [False, True])
def test_a_tag_of_a_running_send_is_not_retired(
    database: Database, serums: Serums, make: Maker, *, through: bool
) -> None:
    leaf = InSegment(serums.above) if through else HasTag((serums.essence,))
    with database.write() as session:
        rule = codec.to_json(AllOf((leaf,)))
        make.campaign(session, name="Refill", segment_rule=rule, state=CampaignState.SENDING, ended_at=None)
    with pytest.raises(ShopError) as refused, database.write() as session:
        changing.retire(session, serums.essence, make.now)
    assert refused.value.sentence() == "Used by “Refill”, which is running. Pause it first."
    with database.write() as session:
        changing.retire(session, serums.serum, make.now)


def test_retiring_changes_no_size_and_shows_what_asks_for_the_tag(
    database: Database, serums: Serums, make: Maker, day: ShopDay
) -> None:
    with database.write() as session:
        make.campaign(session, name="Old", segment_rule=codec.to_json(AllOf((HasTag((serums.essence,)),))))
        found = plan(session, {serums.essence}, lambda inner: changing.retire(inner, serums.essence, make.now), day)
    assert [(one.name, one.before, one.after) for one in found.segments] == [
        ("Essence fans", 2, 2),
        ("Fans of fans", 2, 2),
    ]
    assert [(one.name, one.before, one.after) for one in found.tags] == [("Essence", 2, None)]
    assert [one.name for one in found.references] == ["Essence fans", "Fans of fans"]


def test_a_tag_is_retired_and_restored_once(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        changing.retire(session, serums.vip, make.now)
        with pytest.raises(ShopError, match="is retired"):
            changing.retire(session, serums.vip, make.now)
        changing.restore(session, serums.vip, make.now)
        with pytest.raises(ShopError, match="is in use"):
            changing.restore(session, serums.vip, make.now)


def test_many_tags_are_edited_at_once_and_taken_back_at_once(database: Database, serums: Serums, make: Maker) -> None:
    with database.write() as session:
        before = dump(session)
        drafts = {
            serums.serum: TagDraft(
                "Serums", TagType.STAGE, "Whom to tell", "Bo", False, date(2027, 1, 5), 60, " Stages "
            ),
            serums.vip: TagDraft("VIP", TagType.VALUE, is_seasonal=True, lawful_reason="asked them"),
        }
        done = changing.edit(session, drafts, make.now, by="Mei", bundle="audit:1")
        rows = {row.id: row for row in library.all_tags(session)}
        assert rows[serums.serum].draft == TagDraft(
            *("Serums", TagType.STAGE, "Whom to tell", "Bo", False, date(2027, 1, 5), 60, "Stages")
        )
        assert rows[serums.serum].words == ("Serum",)
        assert rows[serums.vip].draft == drafts[serums.vip]
        [row] = history.operations(session, "audit:1")
        assert (row.title, row.by) == ("Edited 2 tags", "Mei")
        undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_days_after_which_a_tag_runs_out_make_sense(database: Database, serums: Serums, make: Maker) -> None:
    with pytest.raises(ShopError, match="1 to 3,650 days"), database.write() as session:
        changing.edit(session, {serums.serum: TagDraft("Serum", TagType.STAGE, runs_out_days=0)}, make.now)
