from dataclasses import replace
from datetime import date

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from tests.maker import Maker


def test_width_case_and_blanks_make_no_difference() -> None:
    assert library.fold(" ＶＩＰ  Customer ") == library.fold("vip customer")
    assert library.fold("精華液") == "精華液"


def test_two_spellings_of_one_name_are_one_tag(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag = library.create(session, TagDraft("VIP", TagType.VALUE), make.now)
        with pytest.raises(ShopError, match="already a tag “VIP”"):
            library.create(session, TagDraft(" ｖｉｐ ", TagType.INTEREST), make.now)
        assert library.find_or_make(session, "vip", TagType.NONE, make.now) == tag


@pytest.mark.parametrize("name", ["", " \t ", "x" * 81, "㍿" * 30])
def test_a_name_must_be_there_and_fit(database: Database, make: Maker, name: str) -> None:
    with database.write() as session, pytest.raises(ShopError):
        library.create(session, TagDraft(name, TagType.VALUE), make.now)


def test_a_tag_may_be_renamed_to_another_spelling_of_its_own_name(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag = make.tag(session, "serum")
        library.edit(session, tag, TagDraft("Serum", TagType.INTEREST, " When to remind ", " Amy ", is_sensitive=True))
        [row] = library.all_tags(session)
    assert row.draft == TagDraft("Serum", TagType.INTEREST, "When to remind", "Amy", True)


def test_a_tag_cannot_take_the_name_of_another(database: Database, make: Maker) -> None:
    with database.write() as session:
        make.tag(session, "Serum")
        other = make.tag(session, "Dresses")
        with pytest.raises(ShopError, match="Serum"):
            library.edit(session, other, TagDraft("SERUM", TagType.INTEREST))


def test_the_library_counts_friends_and_knows_when_a_tag_was_last_given(database: Database, make: Maker) -> None:
    with database.write() as session:
        serum, never = make.tag(session, "Serum"), make.tag(session, "Never")
        make.give(session, serum, make.friend(session), since=make.ago(40))
        make.give(session, serum, make.friend(session), since=make.ago(5))
        rows = {row.id: row for row in library.all_tags(session)}
    assert (rows[serum].friends, rows[serum].last_used) == (2, make.ago(5))
    assert (rows[never].friends, rows[never].last_used) == (0, None)


def test_tags_come_by_type_then_name(database: Database, make: Maker) -> None:
    with database.write() as session:
        for name, type in (
            ("b", TagType.INTEREST),
            ("z", TagType.SOURCE),
            ("?", TagType.NONE),
            ("A", TagType.INTEREST),
        ):
            make.tag(session, name, type)
        assert [row.name for row in library.all_tags(session)] == ["z", "A", "b", "?"]


def test_a_retired_tag_leaves_the_library_and_comes_back_with_its_friends(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag = make.tag(session, "Serum")
        make.give(session, tag, make.friend(session))
        library.retire(session, tag, make.now)
        assert library.all_tags(session) == []
        assert [row.is_retired for row in library.all_tags(session, retired=True)] == [True]
        library.restore(session, tag)
        assert [row.friends for row in library.all_tags(session)] == [1]


def test_making_a_retired_tag_again_brings_it_back(database: Database, make: Maker) -> None:
    with database.write() as session:
        tag = make.tag(session, "Serum")
        library.retire(session, tag, make.now)
        assert library.create(session, TagDraft("SERUM", TagType.STAGE, "Refill"), make.now) == tag
        assert [row.draft for row in library.all_tags(session)] == [TagDraft("SERUM", TagType.STAGE, "Refill")]
        library.retire(session, tag, make.now)
        assert library.find_or_make(session, "serum", TagType.NONE, make.now) == tag
        assert [row.type for row in library.all_tags(session)] == [TagType.STAGE]


def test_chips_are_given_for_some_tags_or_for_all(database: Database, make: Maker) -> None:
    with database.write() as session:
        one, two = make.tag(session, "One"), make.tag(session, "Two", TagType.STAGE)
        assert set(library.chips(session)) == {one, two}
        assert library.chips(session, [two])[two].type is TagType.STAGE
        assert library.chips(session, []) == {}


def test_a_tag_keeps_its_whole_contract(database: Database, make: Maker) -> None:
    draft = TagDraft("New", TagType.STAGE, "a", "Amy", False, date(2027, 2, 1), 60, "Stages", True, "they asked for it")
    with database.write() as session:
        tag = library.create(session, draft, make.now)
        assert [row.draft for row in library.all_tags(session)] == [draft]
        library.edit(session, tag, replace(draft, runs_out_days=None))
        assert [row.runs_out_days for row in library.all_tags(session)] == [None]
        with pytest.raises(ShopError, match="run out"):
            library.edit(session, tag, replace(draft, runs_out_days=0))


def test_a_merged_tag_that_is_made_anew_is_a_tag_of_its_own(database: Database, make: Maker) -> None:
    with database.write() as session:
        keep = make.tag(session, "Serum")
        gone = make.tag(session, "Essence", merged_into=keep, retired_at=make.now)
        assert library.find_or_make(session, "essence", TagType.NONE, make.now) == keep
        assert library.create(session, TagDraft("essence", TagType.STAGE), make.now) == gone
        assert library.find_or_make(session, "essence", TagType.NONE, make.now) == gone
