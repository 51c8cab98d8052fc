"""Rows whose keys speak of two people wait for a decision, with the reason; a family is never one person."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.imports import decisions
from linecrm_desktop.imports import run as importing
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, counts, plan_for
from tests.maker import Maker


def names(database: Database) -> dict[int, tuple[str, str | None, str | None, str | None]]:
    with database.read() as session:
        found = session.scalars(select(Friend))
        return {one.id: (one.name, one.member_number, one.email, one.phone) for one in found}


def test_an_e_mail_that_is_all_that_is_known_of_somebody_else_is_a_decision(
    database: Database, tmp_path: Path, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        mei = make.friend(session, member_number="1", name="Mei")
        sign_up = make.friend(session, line_user_id=None, email="mei@example.tw", name="mei sign-up")
    path = tmp_path / "members.csv"
    path.write_text("member number,name,e-mail\n1,Mei Lin,mei@example.tw\n", encoding="utf-8")
    plan = plan_for(path)
    tried = importing.dry_run(database, plan, Task(), now)
    (row,) = tried.samples
    assert (row.why, row.fix) == ("conflict", "")
    assert row.sentence == "E-mail belongs to mei sign-up, a stronger key to Mei. Decide which friend it is."
    with database.read() as session:
        asked = decisions.decision(session, plan, 2, row.cells)
    assert [friend.id for friend in asked.friends] == [mei, sign_up]
    assert counts(importing.run(database, replace(plan, decisions={2: mei}), Task(), now)) == (0, 1, 0, 0)
    assert names(database)[mei] == ("Mei Lin", "1", "mei@example.tw", None)
    assert counts(importing.run(database, plan, Task(), now)) == (0, 0, 1, 0), "once decided, nothing is asked again"


@pytest.mark.parametrize("row", ["1,Mei,,0912345678", ",Mei,a@example.tw,0912345678"])
def test_a_phone_that_is_all_that_is_known_of_somebody_else_is_a_decision(
    database: Database, bring_in: BringIn, make: Maker, row: str
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", email="a@example.tw", name="A")
        make.friend(session, line_user_id=None, phone="+886912345678", name="B")
    report = bring_in("member number,name,e-mail,phone", row)
    assert report.reasons == {"conflict": 1}
    assert report.rejected_rows[0].sentence.startswith("Phone belongs to B, a stronger key to A.")


def test_who_has_a_number_of_their_own_may_share_an_e_mail_or_a_phone(
    database: Database, bring_in: BringIn, make: Maker
) -> None:
    with database.write() as session:
        make.friend(session, member_number="1", name="A")
        make.friend(session, member_number="2", email="a@example.tw", phone="+886912345678", name="B")
    assert counts(bring_in("member number,e-mail,phone", "1,a@example.tw,0912345678")) == (0, 1, 0, 0)


def test_a_family_with_nothing_but_one_phone_is_explained(database: Database, tmp_path: Path, now: datetime) -> None:
    path = tmp_path / "members.csv"
    path.write_text(
        "姓名,手機\n王媽媽,0912345678\n王小明,0912345678\n林美,0922333444\n林美 (VIP),0922333444\n", "utf-8"
    )
    plan = plan_for(path)
    report = importing.dry_run(database, plan, Task(), now)
    told = {sample.line: (sample.why or sample.verdict, sample.fix) for sample in report.samples}
    assert told == {2: ("conflict", "instead"), 3: ("conflict", "instead"), 4: ("twice", "instead"), 5: ("new", "")}
    sentence = "Row 3 has the same phone and another name. Add member numbers or e-mails, or choose one of the rows."
    assert report.rejected_rows[0].sentence == sentence
    report = importing.run(database, replace(plan, instead=frozenset({2})), Task(), now)
    assert counts(report) == (2, 0, 0, 2)
    assert {name for name, *_keys in names(database).values()} == {"王媽媽", "林美 (VIP)"}


def test_a_family_member_who_has_a_number_stays_and_the_other_is_explained(bring_in: BringIn) -> None:
    report = bring_in("member number,name,phone", "1,王媽媽,0912345678", ",王小明,0912345678", ",,0912345678")
    assert [(row.line, row.why) for row in report.rejected_rows] == [(3, "conflict"), (4, "twice")]


def test_a_masked_name_may_be_the_same_persons(bring_in: BringIn) -> None:
    assert bring_in("name,phone", "王小明,0912345678", "王○明,0912345678").reasons == {"twice": 1}
