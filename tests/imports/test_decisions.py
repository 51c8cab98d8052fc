"""Rows that two friends fit: shown side by side, decided by a person, taken as decided."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import select

from linecrm_desktop.imports import decisions
from linecrm_desktop.imports import run as importing
from linecrm_desktop.jobs import Task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from tests.imports.conftest import counts, plan_for
from tests.maker import Maker

MEI, KAI = f"U{1:032x}", f"U{2:032x}"


def test_a_person_decides_and_no_key_is_taken_from_another(
    database: Database, tmp_path: Path, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        mei = make.friend(session, line_user_id=MEI, member_number="1", name="Mei")
        kai = make.friend(session, line_user_id=KAI, member_number="2", name="Kai")
    path = tmp_path / "members.csv"
    path.write_text(f"line user id,member number,name\n{MEI},2,Mei Lin\n{KAI},9,Kai Wu\n", encoding="utf-8")
    plan = plan_for(path)
    tried = importing.dry_run(database, plan, Task(), now)
    assert [(sample.line, sample.why) for sample in tried.samples] == [(2, "conflict"), (3, "conflict")]
    with database.read() as session:
        asked = decisions.decision(session, plan, 2, tried.samples[0].cells)
    assert asked.row.values[:3] == ("Mei Lin", MEI, "2")
    assert [friend.id for friend in asked.friends] == [mei, kai]
    report = importing.run(database, replace(plan, decisions={2: mei, 3: kai}), Task(), now)
    assert counts(report) == (0, 2, 0, 0)
    with database.read() as session:
        people = {friend.id: friend for friend in session.scalars(select(Friend))}
        told = {ident: (one.name, one.line_user_id, one.member_number) for ident, one in people.items()}
    assert told == {mei: ("Mei Lin", MEI, "1"), kai: ("Kai Wu", KAI, "9")}
