"""A masked name fills an empty one and replaces none; what is not used is flagged."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.imports import ahead, masked
from linecrm_desktop.imports import run as importing
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, counts, plan_for
from tests.maker import Maker


@pytest.fixture
def called(database: Database) -> Callable[[], dict[str | None, str]]:
    def names() -> dict[str | None, str]:
        with database.read() as session:
            return {friend.member_number: friend.name for friend in session.scalars(select(Friend))}

    return names


@pytest.mark.parametrize(
    "name",
    "王○明 王＊明 王*明 山○太郎 王〇明 王**  陳● ○小明 王O明 林Ｏ妤 陳XX k*****8 M*** 田中●● สม***ใจ J.••••".split(),
)
def test_a_name_with_hidden_letters_is_masked(name: str) -> None:
    assert masked.is_masked(name)


@pytest.mark.parametrize(
    "name", "王小明 *Mei* ○まゆ○ Otto Oxana Xu 山田太郎 OX ジョン・スミス Mei•Lin 阿O家的茶行".split()
)
def test_an_ornament_or_a_letter_masks_nothing(name: str) -> None:
    assert not masked.is_masked(name)


def test_a_masked_name_replaces_no_full_one_and_a_second_full_one_does(
    database: Database, bring_in: BringIn, make: Maker, called: Callable[[], dict[str, str]]
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="王小明")
        make.friend(session, member_number="2", name="")
        make.friend(session, member_number="3", name="林美")
    rows = ("member number,name", "1,王○明", "2,陳＊婷", "3,林美華", "4,山○太郎")
    report = bring_in(*rows)
    assert counts(report) == (1, 2, 1, 0)
    assert [(row.line, row.why) for row in report.flagged_rows] == [(2, "masked_name")]
    assert report.flagged_rows[0].sentence == "“王○明” is masked. The full name stays."
    assert called() == {"1": "王小明", "2": "陳＊婷", "3": "林美華", "4": "山○太郎"}
    again = bring_in(*rows)
    assert (counts(again), again.flagged) == ((0, 0, 4, 0), {"masked_name": 1})


def test_a_full_name_replaces_a_masked_one(bring_in: BringIn, called: Callable[[], dict[str, str]]) -> None:
    bring_in("member number,name", "1,王○明")
    assert counts(bring_in("member number,name", "1,王小明")) == (0, 1, 0, 0)
    assert called() == {"1": "王小明"}


def test_the_full_name_of_an_older_row_of_the_file_stays(
    bring_in: BringIn, called: Callable[[], dict[str, str]]
) -> None:
    rows = ("member number,e-mail,name", "1,a@example.tw,王小明", "1,a@example.tw,王○明", "2,a@example.tw,陳○")
    assert counts(bring_in(*rows)) == (2, 0, 0, 1)
    assert called() == {"1": "王小明", "2": "陳○"}
    assert counts(bring_in(*rows)) == (0, 0, 2, 1)


def test_a_buyer_gets_the_full_name_of_any_of_their_orders(
    bring_in: BringIn, called: Callable[[], dict[str, str]]
) -> None:
    bring_in("order number,date,member number,name,total", "A,2026-01-01,1,王○明,1", "B,2026-01-02,1,王小明,1")
    assert called() == {"1": "王小明"}


def test_a_second_process_tells_which_names_are_masked(
    database: Database, tmp_path: Path, now: datetime, make: Maker, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="王小明")
    path = tmp_path / "members.csv"
    path.write_text("member number,name\n1,王○明\n", encoding="utf-8")
    monkeypatch.setattr(ahead, "WORTH", 0)
    report = importing.run(database, plan_for(path), Task(), now)
    assert (counts(report), report.flagged) == ((0, 0, 1, 0), {"masked_name": 1})
