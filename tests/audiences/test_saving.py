"""Lists that leave as files: what is in them, their passport, and what stays when the disk does not let us."""

import csv
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest

from linecrm_desktop.audiences import register, saving
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Wish
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.audiences.suggesting import Verdict, suggestions
from linecrm_desktop.consent import ledger
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from tests.audiences.conftest import FEW, RULE
from tests.maker import Maker

ALL = frozenset(Identifier)
WISH = Wish(RULE, Way.ADS, "Find people who like serums", ALL)


def test_files_for_line_ads_have_one_value_a_line_and_a_passport_beside_them(
    database: Database, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    number = saving.save(database, WISH, 1, tmp_path, at, FEW)
    passport = json.loads((tmp_path / f"audience_2026-11-12_{number}_passport.json").read_text(encoding="utf-8"))
    assert [one["identifier"] for one in passport["contents"]] == ["line_id", "phone", "email"]
    for one in passport["contents"]:
        data = (tmp_path / one["file"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == one["sha256"]
        assert len(data.decode("ascii").splitlines()) == one["lines"] == 6
    emails = (tmp_path / passport["contents"][2]["file"]).read_text(encoding="ascii").split()
    assert emails == sorted(hashlib.sha256(f"f{n}@example.tw".encode()).hexdigest() for n in range(6))
    assert (passport["purpose"], passport["to_whom"], passport["people"]) == (WISH.purpose, "LINE", 6)


def test_a_table_for_another_tool_has_only_the_chosen_columns(
    database: Database, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    wish = replace(WISH, way=Way.CSV, to_whom="A mail tool", identifiers=frozenset({Identifier.EMAIL}))
    number = saving.save(database, wish, 1, tmp_path, at, FEW)
    with (tmp_path / f"audience_2026-11-12_{number}.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head == ["emails_sha256"]
    assert sorted(rows) == sorted([hashlib.sha256(f"f{n}@example.tw".encode()).hexdigest()] for n in range(6))
    with database.read() as session:
        assert register.passport(session, number).to_whom == "A mail tool"


def test_a_folder_that_is_not_there_leaves_nothing_out(
    database: Database, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    with pytest.raises(OutsideError):
        saving.save(database, WISH, 1, tmp_path / "gone", at, FEW)
    with database.read() as session:
        assert [one.state for one in register.history(session)] == [ShareState.FAILED]


def test_files_are_written_again_without_who_refused_since(
    database: Database, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    old = saving.save(database, WISH, 1, tmp_path, at, FEW)
    with database.write() as session:
        ledger.refuse(session, fans[:1], "phone", at.now)
        assert register.passport(session, old).is_out(at.now)
        assert register.passport(session, old).refused_since == 1
    new = saving.again(database, old, tmp_path, at, FEW)
    with database.read() as session:
        assert register.passport(session, new).people == 5
        assert not register.passport(session, old).is_out(at.now)
        assert [one.id for one in register.of_friend(session, fans[0])] == [old]


def test_nothing_is_written_while_a_check_is_red(
    database: Database, fans: list[int], at: Moment, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(ShopError, match="needs 100"):
        saving.save(database, WISH, 1, folder, at)
    assert list(folder.iterdir()) == []
    with database.read() as session:
        assert register.history(session) == []


def test_suggestions_say_which_segments_are_too_small_or_too_sensitive(
    database: Database, make: Maker, fans: list[int], at: Moment
) -> None:
    with database.write() as session:
        skin = make.tag(session, "Sensitive skin", is_sensitive=True)
        rare = make.tag(session, "Market 2024")
        make.give(session, rare, fans[0])
        for name, tag in (("Skin", skin), ("Market", rare)):
            library.save(session, SegmentDraft(name, "x", AllOf((HasTag((tag,)),))), make.now)
    with database.read() as session:
        found = {one.name: one for one in suggestions(session, at.day, FEW)}
        strict = {one.name: one for one in suggestions(session, at.day)}
    assert {name: one.verdict for name, one in found.items()} == {
        "Serum fans": Verdict.GOOD,
        "Skin": Verdict.SENSITIVE,
        "Market": Verdict.NARROW,
    }
    assert found["Skin"].sentence == "Too sensitive: it asks for “Sensitive skin”."
    assert strict["Serum fans"].verdict is Verdict.NARROW
