"""Which columns are tags: several of one name, marks, and what only counts or answers."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.imports import run as importing
from linecrm_desktop.imports.columns import TAG_TARGETS, Kind, Target, guess
from linecrm_desktop.imports.plan import ImportPlan, Report
from linecrm_desktop.imports.proposal import look, propose
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import FriendTag, Tag
from linecrm_desktop.store.database import Database
from tests.imports.conftest import ORIGIN, BringIn, counts


@pytest.mark.parametrize(
    "name",
    (
        *"訂單數 購買次數 会員 會員 已驗證 可用點數 購入回数 メルマガ受信 有無 จำนวนครั้ง สมาชิก เพศ 年齡 性別".split(),
        *("序號", "訂單數量", "Order count", "Is member", "Total orders", "No.", "Age", "opt-in", "Points (2)"),
    ),
)
def test_what_counts_or_answers_is_no_tag(name: str) -> None:
    found = guess(Kind.CUSTOMERS, ["member number", name], [["1", "1"], ["2", "0"]], marks_are_tags=True)
    assert found.targets[1] not in TAG_TARGETS


@pytest.mark.parametrize(
    "name", ["VIP", "老客", "VIP會員", "敏感肌", "お茶好き", "ลูกค้าประจำ", "Tea", "Gold member", "Test drive"]
)
def test_a_column_of_marks_with_any_other_name_is_one(name: str) -> None:
    found = guess(Kind.CUSTOMERS, ["member number", name], [["1", "1"], ["2", ""]], marks_are_tags=True)
    assert found.targets[1] is Target.TAG_NONE


def test_a_system_whose_marks_are_tags_may_call_them_as_counts() -> None:
    header, rows = ["ID", "購入回数3回", "購入回数"], [["1", "1", "1"], ["2", "", ""]]
    found = guess(Kind.CUSTOMERS, header, rows, {"ID": "member"}, marks_are_tags=True)
    assert found.targets[1:] == (Target.TAG_NONE, Target.TAG_NONE)


def bring(database: Database, folder: Path, now: datetime, *lines: str) -> Report:
    path = folder / "clerk.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    proposal = propose(path, look(path, "TW"))
    plan = ImportPlan(path, proposal.found, proposal.kind, proposal.matching, ORIGIN, "TW", "Asia/Taipei", "TWD")
    return importing.run(database, plan, Task(), now)


def carried(database: Database) -> set[tuple[str | None, str]]:
    with database.read() as session:
        query = select(Friend.member_number, Tag.name)
        query = query.join(FriendTag, FriendTag.friend_id == Friend.id).join(Tag, Tag.id == FriendTag.tag_id)
        return {(number, name) for number, name in session.execute(query)}


@pytest.mark.parametrize("quote", ["", '"'])
def test_one_other_value_anywhere_in_the_file_says_that_a_column_is_no_tag(
    database: Database, tmp_path: Path, now: datetime, quote: str
) -> None:
    rows = [f"{n},1,{quote}{n % 2}{quote}" for n in range(30)]
    report = bring(database, tmp_path, now, "member number,老客,杯", *rows, "30,0,3")
    assert counts(report) == (31, 0, 0, 0)
    assert {name for _number, name in carried(database)} == {"老客"}


def test_numbered_columns_of_tags_are_read_together(database: Database, tmp_path: Path, now: datetime) -> None:
    lines = ("會員編號,標籤1,標籤 2,Tag 3,タグ_4,แท็ก 5,標籤", "1,VIP,茶,杯,,,", "2,,,,お茶,ชา,VIP、新客", "3,茶,茶,,,,")
    assert counts(bring(database, tmp_path, now, *lines)) == (3, 0, 0, 0)
    mine = {
        ("1", "VIP"),
        ("1", "茶"),
        ("1", "杯"),
        ("2", "お茶"),
        ("2", "ชา"),
        ("2", "VIP"),
        ("2", "新客"),
        ("3", "茶"),
    }
    assert carried(database) == mine


def test_a_number_or_an_answer_among_tags_is_left_out_and_named(database: Database, bring_in: BringIn) -> None:
    report = bring_in("member number,tags,tier", "1,1,2", "2,Y,金卡", "3,0,no", "4,2026,VIP 1", "5,VIP,-")
    assert carried(database) == {("2", "金卡"), ("4", "2026"), ("4", "VIP 1"), ("5", "VIP")}
    assert [(row.line, row.why) for row in report.flagged_rows] == [(2, "no_tag"), (2, "no_tag"), (3, "no_tag")]
