"""Fields of the shop's own: a column stays with each friend as what it is, changes are told, and all can be undone."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import own_fields
from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import Kind, Matching, Target, guess
from linecrm_desktop.imports.plan import Report
from linecrm_desktop.imports.undo import Undone
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.field import Field, FieldKind, FriendField
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments import library
from linecrm_desktop.segments.rules import FieldTest, OwnField
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, contents, counts, plan_for

KEEP = {
    "skin": Target.FIELD_TEXT,
    "spent so far": Target.FIELD_NUMBER,
    "anniversary": Target.FIELD_DATE,
    "likes": Target.FIELD_LIST,
}
Keep = Callable[..., Report]


@pytest.fixture
def keep(database: Database, tmp_path: Path, now: datetime) -> Keep:
    """Import lines of text whose known columns are kept as fields."""

    def bring(*lines: str, as_fields: Mapping[str, Target] = KEEP, dry: bool = False) -> Report:
        path = tmp_path / "members.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        plan = plan_for(path, Kind.CUSTOMERS)
        goes = zip(plan.found.header, plan.matching.targets, strict=True)
        matching = Matching(tuple(as_fields.get(name, target) for name, target in goes))
        work = importing.dry_run if dry else importing.run
        return work(database, replace(plan, matching=matching), Task(), now)

    return bring


def held(database: Database) -> dict[str | None, dict[str, tuple[str, ...]]]:
    with database.read() as session:
        members = {number: friend for number, friend in session.execute(select(Friend.member_number, Friend.id))}
        told = own_fields.of(session, list(members.values()))
        return {
            number: {value.field: value.entries for value in told.get(friend, ())} for number, friend in members.items()
        }


HEAD = "member number,name,skin,spent so far,anniversary,likes"


def test_columns_are_kept_as_text_number_date_and_list(database: Database, keep: Keep) -> None:
    report = keep(HEAD, '1,Mei,乾性,"NT$1,234.5",2020/5/1,茶、花', "2,Lin,,,,", "3,Wu,油性,30點,,茶")
    assert (report.new, report.new_fields) == (3, ("skin", "spent so far", "anniversary", "likes"))
    assert held(database) == {
        "1": {"anniversary": ("2020-05-01",), "likes": ("茶", "花"), "skin": ("乾性",), "spent so far": ("1234.5",)},
        "2": {},
        "3": {"likes": ("茶",), "skin": ("油性",), "spent so far": ("30",)},
    }
    with database.read() as session:
        kinds = {field.name: field.kind for field in session.scalars(select(Field))}
        assert kinds["spent so far"] is FieldKind.NUMBER
        assert sorted(filter(None, session.scalars(select(FriendField.number)))) == [30, 1234.5]


def test_the_same_file_again_changes_nothing_and_blank_cells_never_erase(database: Database, keep: Keep) -> None:
    rows = (HEAD, "1,Mei,dry,100,2020-05-01,tea、rose", "2,Lin,oily,,,tea")
    keep(*rows)
    before = held(database)
    assert counts(keep(*rows)) == (0, 0, 2, 0)
    assert counts(keep(HEAD, "1,Mei,,,,", "2,,,,,")) == (0, 0, 2, 0)
    assert held(database) == before


def test_a_changed_entry_is_an_update_and_a_shorter_list_loses_only_its_end(database: Database, keep: Keep) -> None:
    keep(HEAD, "1,Mei,dry,100,2020-05-01,tea、rose、mint", "2,Lin,oily,5,,tea")
    again = (HEAD, "1,Mei,dry,120,2020-05-01,tea、mint", "2,Lin,oily,5,,tea")
    report = keep(*again, dry=True)
    assert counts(report) == (0, 1, 1, 0)
    assert held(database)["1"]["likes"] == ("tea", "rose", "mint")
    assert counts(keep(*again)) == (0, 1, 1, 0)
    assert held(database)["1"] == {
        "skin": ("dry",),
        "spent so far": ("120",),
        "anniversary": ("2020-05-01",),
        "likes": ("tea", "mint"),
    }


def test_a_cell_that_cannot_be_read_is_left_out_and_named_and_its_row_is_taken(database: Database, keep: Keep) -> None:
    report = keep(HEAD, "1,Mei,dry,many,soon,tea", "2,Lin,,7,0000-00-00,")
    assert counts(report) == (2, 0, 0, 0)
    assert report.flagged == {"number": 1, "date": 1, "no_date": 1}
    assert held(database) == {"1": {"likes": ("tea",), "skin": ("dry",)}, "2": {"spent so far": ("7",)}}


def test_of_two_columns_of_one_name_the_first_filled_cell_counts(database: Database, keep: Keep) -> None:
    keep("member number,skin,Skin", "1,dry,oily", "2,,oily", as_fields={**KEEP, "Skin": Target.FIELD_TEXT})
    assert held(database) == {"1": {"skin": ("dry",)}, "2": {"skin": ("oily",)}}


def test_a_field_keeps_its_kind(database: Database, keep: Keep) -> None:
    keep("member number,skin", "1,dry")
    before = contents(database)
    with pytest.raises(ShopError, match="holds text"):
        keep("member number,skin", "1,5", as_fields={"skin": Target.FIELD_NUMBER})
    assert contents(database) == before


def test_an_undo_gives_every_entry_back_and_removes_what_nobody_uses(
    database: Database, keep: Keep, take_back: Callable[..., Undone]
) -> None:
    keep("member number,skin,likes", "1,dry,tea、rose、mint", "2,oily,")
    before = contents(database)
    report = keep(HEAD, "1,Mei,normal,8,,rose", "2,Lin,oily,,,tea", "3,Wu,dry,,,")
    done = take_back(report.batch_id)
    assert (done.values_taken, done.fields_removed, done.friends_restored) == (5, ("anniversary", "spent so far"), 2)
    assert contents(database) == before


def test_a_field_that_a_segment_names_stays_after_an_undo(
    database: Database, keep: Keep, take_back: Callable[..., Undone], now: datetime
) -> None:
    report = keep("member number,skin", "1,dry")
    with database.write() as session:
        field = session.scalars(select(Field.id)).one()
        rule = {"version": 1, "kind": "own_field", "field": field, "test": "is", "texts": ["dry"]}
        whole = {"version": 1, "kind": "all_of", "rules": [rule]}
        session.add(Segment(name="S", rule=whole, created_at=now, changed_at=now))
    assert take_back(report.batch_id).fields_removed == ()


def test_an_import_whose_fields_a_newer_one_changed_is_undone_second(
    database: Database, keep: Keep, take_back: Callable[..., Undone]
) -> None:
    keep("member number,skin", "1,dry")
    first = keep("member number,skin", "1,oily")
    second = keep("member number,skin", "1,normal")
    with pytest.raises(ShopError, match="cannot be undone"):
        take_back(first.batch_id)
    take_back(second.batch_id)
    take_back(first.batch_id)
    assert held(database) == {"1": {"skin": ("dry",)}}


def test_a_segment_finds_friends_by_an_imported_field(database: Database, keep: Keep, day: ShopDay) -> None:
    keep(HEAD, "1,Mei,dry,100,1990-11-20,tea", "2,Lin,Dry,5,1991-03-01,", "3,Wu,,,,")
    with database.read() as session:
        fields = {name: field for field, name in session.execute(select(Field.id, Field.name))}
        dry = OwnField(fields["skin"], FieldTest.IS, ("dry",))
        rich = OwnField(fields["spent so far"], FieldTest.NUMBER, number=50)
        assert (library.count(session, dry, day), library.count(session, rich, day)) == (2, 1)


def test_birthdays_and_points_are_kept_without_being_asked_and_what_is_sensitive_is_not() -> None:
    header = ["會員編號", "生日", "紅利點數", "膚質"]
    row = ["1", "1990/01/02", "30", "乾性"]
    assert guess(Kind.CUSTOMERS, header, [row]).targets[1:] == (
        Target.FIELD_DATE,
        Target.FIELD_NUMBER,
        Target.LEAVE_OUT,
    )


def test_fields_are_in_a_friends_story_as_a_person_reads_them(bring_in: BringIn, database: Database) -> None:
    bring_in("member number,birthday,points", "1,1990-05-01,1200", kind=Kind.CUSTOMERS)
    with database.read() as session:
        friend = session.scalars(select(Friend.id)).one()
        told = own_fields.of(session, [friend])[friend]
    assert [(value.field, own_fields.shown(value)) for value in told] == [
        ("birthday", "Tue 1 May 1990"),
        ("points", "1,200"),
    ]
