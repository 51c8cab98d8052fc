"""Lists at LINE: made, asked about, added to, uploaded again without refusals, deleted; and when an answer is lost."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from linecrm_desktop.audiences import at_line, register
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Wish
from linecrm_desktop.audiences.register import Passport
from linecrm_desktop.consent import ledger
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.line.gateway import MaybeTaken
from linecrm_desktop.line.practice_script import Script, read_script
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.store.database import Database
from tests.audiences.conftest import FEW, RULE
from tests.clock import Clock
from tests.maker import Maker

WISH = Wish(RULE, Way.UPLOAD, "Write to those who like serums")


def passport(database: Database, number: int) -> Passport:
    with database.read() as session:
        return register.passport(session, number)


def once(folder: Path, fault: str) -> Script:
    """Let something go wrong with the first request about audiences."""
    file = folder / "script.json"
    rule = {"when": {"endpoint": "audienceGroup", "nth": 1}, "then": {"fault": fault}}
    file.write_text(json.dumps({"rules": [rule]}), encoding="utf-8")
    return read_script(file)


def ids(database: Database, friends: list[int]) -> set[str | None]:
    with database.read() as session:
        return {session.get_one(Friend, friend).line_user_id for friend in friends}


def test_an_upload_is_in_the_register_with_its_passport(
    database: Database, line: SdkLine, world: PracticeWorld, fans: list[int], at: Moment
) -> None:
    number = at_line.upload(database, line, WISH, 1, at, FEW)
    told = passport(database, number)
    (made,) = world.audiences.values()
    assert made.ids == ids(database, fans)
    assert (told.state, told.line_id, told.people) == (ShareState.AT_LINE, made.id, 6)
    assert (told.segment, told.purpose, told.to_whom) == ("Serum fans", "Write to those who like serums", "LINE")
    assert told.line_name == made.description == "Serum fans 2026-11-12 10:31:00"
    assert told.expires_at == at.now + timedelta(days=180)
    assert [one["lines"] for one in told.contents] == [6]


def test_line_is_asked_how_a_list_stands_and_it_expires_after_180_days(
    database: Database, line: SdkLine, clock: Clock, fans: list[int], at: Moment
) -> None:
    number = at_line.upload(database, line, WISH, 1, at, FEW)
    assert passport(database, number).line_status == "IN_PROGRESS"
    clock.forward(minutes=5)
    assert at_line.ask(database, line, clock()) == 1
    told = passport(database, number)
    assert (told.line_status, told.line_people, told.is_out(clock())) == ("READY", 6, True)
    assert told.is_expired(at.now + timedelta(days=180))


def test_again_leaves_out_who_refused_since_and_deletes_the_old_list(
    database: Database, line: SdkLine, world: PracticeWorld, fans: list[int], at: Moment
) -> None:
    old = at_line.upload(database, line, WISH, 1, at, FEW)
    with database.write() as session:
        ledger.refuse(session, fans[:2], "chat", at.now)
    assert passport(database, old).refused_since == 2
    later = replace(at, now=at.now + timedelta(minutes=1))
    new = at_line.again(database, line, old, later, FEW)
    (made,) = world.audiences.values()
    assert made.ids == ids(database, fans[2:])
    assert (passport(database, old).state, passport(database, old).again_id) == (ShareState.DELETED, new)
    assert (passport(database, new).refused_since, passport(database, new).people) == (0, 4)


def test_a_list_that_would_become_too_small_is_not_uploaded_again_but_can_be_deleted(
    database: Database, line: SdkLine, world: PracticeWorld, fans: list[int], at: Moment
) -> None:
    number = at_line.upload(database, line, WISH, 1, at, FEW)
    with database.write() as session:
        ledger.refuse(session, fans[:5], "chat", at.now)
    with pytest.raises(ShopError, match="1 person; needs 2"):
        at_line.again(database, line, number, at, FEW)
    at_line.delete(database, line, number, at.now)
    assert world.audiences == {}
    assert passport(database, number).state is ShareState.DELETED


def test_newcomers_are_added_unless_somebody_refused_since(
    database: Database, line: SdkLine, world: PracticeWorld, make: Maker, fans: list[int], at: Moment
) -> None:
    number = at_line.upload(database, line, WISH, 1, at, FEW)
    with database.write() as session:
        newcomer = make.friend(session, informed=Answer.YES)
        make.give(session, 1, newcomer)
    assert at_line.add(database, line, number, at, FEW) == 1
    (made,) = world.audiences.values()
    assert made.ids == ids(database, [*fans, newcomer])
    assert at_line.add(database, line, number, at, FEW) == 0
    with database.write() as session:
        ledger.refuse(session, fans[:1], "chat", at.now)
    with pytest.raises(ShopError, match="refused since"):
        at_line.add(database, line, number, at, FEW)


def test_what_line_refuses_has_not_left(database: Database, line: SdkLine, fans: list[int], at: Moment) -> None:
    at_line.upload(database, line, WISH, 1, at, FEW)
    with pytest.raises(OutsideError):  # the same name in the same second
        at_line.upload(database, line, WISH, 1, at, FEW)
    with database.read() as session:
        states = [one.state for one in register.history(session)]
    assert states == [ShareState.FAILED, ShareState.AT_LINE]


@pytest.mark.parametrize("what", ["drop_after", "error_after"])
def test_a_list_whose_answer_was_lost_is_found_by_its_name(
    what: str, database: Database, line: SdkLine, world: PracticeWorld, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    world.script = once(tmp_path, what)
    number = at_line.upload(database, line, WISH, 1, at, FEW)
    assert passport(database, number).state is ShareState.AT_LINE
    assert len(world.audiences) == 1


def test_a_list_that_line_never_had_is_failed_when_it_is_asked_about_later(
    database: Database, line: SdkLine, world: PracticeWorld, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    world.script = once(tmp_path, "drop_before")
    with pytest.raises(MaybeTaken):
        at_line.upload(database, line, WISH, 1, at, FEW)
    with database.write() as session:
        (told,) = register.history(session)
        register.row_of(session, told.id).is_practice = False
    at_line.ask(database, line, at.now + timedelta(minutes=1))
    assert passport(database, told.id).state is ShareState.BEGUN
    at_line.ask(database, line, at.now + timedelta(minutes=10))
    assert passport(database, told.id).state is ShareState.FAILED


def test_more_than_ten_thousand_ids_go_as_one_file(line: SdkLine, world: PracticeWorld) -> None:
    many = [f"U{n:032x}" for n in range(10_001)]
    made = line.create_audience("Many", many)
    line.add_to_audience(made.id, [f"U{n:032x}" for n in range(20_000, 30_500)])
    assert len(world.audiences[made.id].ids) == 20_501
    assert [one.name for one in line.audiences("man")] == ["Many"]
    assert line.delete_audience(made.id)
    assert not line.delete_audience(made.id)
    assert line.audience(made.id) is None


def test_the_list_of_audiences_is_read_to_its_end(line: SdkLine) -> None:
    for n in range(45):
        line.create_audience(f"List {n}", [f"U{n:032x}"])
    assert len(line.audiences()) == 45


def test_a_list_for_another_tool_does_not_go_to_line(
    database: Database, line: SdkLine, world: PracticeWorld, fans: list[int], at: Moment
) -> None:
    with pytest.raises(ShopError):
        at_line.upload(database, line, replace(WISH, way=Way.CSV, to_whom="A tool"), 1, at, Limits(share=1))
    assert world.audiences == {}
