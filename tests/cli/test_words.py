"""Friends, tags, segments and messages from the command line."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.cli.conftest import Tagwell
from tests.serum_message import SERUM_MESSAGE

FOR = ("--purpose", "Parcels")


@pytest.fixture
def rule(tagwell: Tagwell, shop: Path, tmp_path: Path) -> Path:
    """A file with the rule: carries VIP."""
    tag = tagwell("tags", "list", "--shop", shop, "--json").json["tags"][0]["id"]
    path = tmp_path / "rule.json"
    path.write_text(json.dumps(codec.to_json(AllOf((HasTag((tag,)),)))), encoding="utf-8")
    return path


@pytest.fixture
def segment(tagwell: Tagwell, rule: Path) -> str:
    assert tagwell("segments", "save", "All VIPs", "--rule", rule, "--helps-decide", "Whom to thank").code == 0
    return "All VIPs"


def test_friends_are_listed_by_their_newest_order(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("friends", "--shop", shop, "--json", "--limit", 2).json
    assert (said["total"], [friend["name"] for friend in said["friends"]]) == (6, ["Mei", "王小明"])
    assert said["friends"][0]["tags"] == ["VIP"]
    assert said["friends"][0]["spent"] == 100_000


def test_friends_are_found_by_name_and_by_list(tagwell: Tagwell, shop: Path) -> None:
    assert tagwell("friends", "--shop", shop, "--search", "小明", "--json").json["total"] == 1
    assert tagwell("friends", "--list", "reachable", "--json").json["total"] == 3
    assert "3 of 3 friends" in tagwell("friends", "--list", "reachable").out


def test_a_tag_is_made_put_on_and_taken_off(tagwell: Tagwell, shop: Path) -> None:
    made = tagwell("tags", "new", "Skin", "--type", "interest", "--helps-decide", "Whom to tell", "--shop", shop)
    assert made.code == 0
    assert tagwell("tags", "add", "Skin", "--member", "1001", "1002", "--json").json["changed"] == 2
    assert tagwell("tags", "add", "skin", "--member", "1002", "1003", "--json").json["changed"] == 1
    assert tagwell("tags", "remove", "Skin", "--member", "1001", "1004", "--json").json["changed"] == 1
    counted = {tag["name"]: tag["friends"] for tag in tagwell("tags", "list", "--json").json["tags"]}
    assert counted == {"VIP": 6, "Skin": 2}


def test_another_tag_of_an_exclusive_group_goes_and_is_named(tagwell: Tagwell, shop: Path) -> None:
    for name in ("New", "Buyer"):
        tagwell("tags", "new", name, "--type", "stage", "--helps-decide", "What comes next", "--shop", shop)
        tagwell("tags", "edit", name, "--group", "Stage", "--shop", shop)
    tagwell("tags", "add", "New", "--member", "1001", "1002", "--shop", shop)
    said = tagwell("tags", "add", "Buyer", "--member", "1002", "1003", "--shop", shop)
    assert said.out.endswith("Of its group a friend has one tag only, so this went: New.\n")
    counted = {tag["name"]: tag["friends"] for tag in tagwell("tags", "list", "--json").json["tags"]}
    assert (counted["New"], counted["Buyer"]) == (1, 2)


def test_an_unknown_member_number_changes_nothing(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("tags", "remove", "VIP", "--member", "1001", "9999", "--shop", shop)
    assert (said.code, said.err) == (2, "No friend has the member number 9999. Nothing was changed.\n")
    assert tagwell("tags", "list", "--json").json["tags"][0]["friends"] == 6


def test_a_tag_goes_to_a_whole_segment(tagwell: Tagwell, segment: str) -> None:
    tagwell("tags", "new", "Thanked", "--type", "engagement", "--helps-decide", "Whom not to thank twice")
    assert tagwell("tags", "add", "Thanked", "--segment", segment, "--json").json["changed"] == 6


def test_a_segment_counts_each_friend_once_with_one_reason(tagwell: Tagwell, segment: str) -> None:
    said = tagwell("segments", "count", segment, "--json").json
    assert said == {
        "segment": "All VIPs",
        "match": 6,
        "blocked": 1,
        "refused": 1,
        "no_line_id": 1,
        "capped": 0,
        "uninformed": 0,
        "reachable": 3,
    }


def test_unsaved_rules_are_counted_from_a_file(tagwell: Tagwell, rule: Path) -> None:
    said = tagwell("segments", "count", "--rule", rule, "--json").json
    assert (said["segment"], said["match"]) == (None, 6)
    assert tagwell("segments", "count").code == 2


def test_what_show_prints_can_be_saved_again(tagwell: Tagwell, segment: str, tmp_path: Path) -> None:
    shown = tagwell("segments", "show", segment, "--json")
    file = tmp_path / "again.json"
    file.write_text(shown.out, encoding="utf-8")
    assert tagwell("segments", "save", "Again", "--rule", file, "--helps-decide", "Whom to thank").code == 0
    assert tagwell("segments", "show", "Again", "--json").json["rule"] == shown.json["rule"]
    assert [row["friends"] for row in tagwell("segments", "list", "--json").json["segments"]] == [6, 6]


def exported(path: Path) -> list[list[str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_an_export_holds_no_formula(tagwell: Tagwell, segment: str, tmp_path: Path) -> None:
    out = tmp_path / "vips.csv"
    assert tagwell("segments", "export", segment, "--out", out, *FOR, "--json").json["friends"] == 6
    header, *rows = exported(out)
    assert header[:2] == ["name", "member_number"]
    by_name = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    assert by_name["'=Tina"]["phone"] == "'+886912345678"
    assert by_name["Mei"]["spent"] == "1000.00"
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_an_export_of_the_reachable_leaves_out_who_must_not_be_written_to(
    tagwell: Tagwell, segment: str, tmp_path: Path
) -> None:
    out = tmp_path / "vips.csv"
    assert tagwell("segments", "export", segment, "--reachable", "--out", out, *FOR, "--json").json["friends"] == 3
    assert {row[0] for row in exported(out)[1:]} == {"Mei", "王小明", "'=Tina"}


@pytest.mark.parametrize("written", ["", "[1]", "{", '{"kind": "unheard of"}'])
def test_a_file_that_is_no_rule_is_refused_in_one_sentence(
    tagwell: Tagwell, shop: Path, tmp_path: Path, written: str
) -> None:
    file = tmp_path / "bad.json"
    file.write_text(written, encoding="utf-8")
    said = tagwell("segments", "count", "--rule", file, "--shop", shop)
    assert said.code == 2 and said.err.count("\n") == 1


def saved(tagwell: Tagwell, folder: Path, **changes: Any) -> Any:
    file = folder / "message.json"
    file.write_text(json.dumps(SERUM_MESSAGE | changes), encoding="utf-8")
    return tagwell("messages", "save", file, "--json")


def test_a_message_is_saved_shown_and_deleted(tagwell: Tagwell, segment: str, tmp_path: Path) -> None:
    assert saved(tagwell, tmp_path).json == {"id": 1, "name": "Serum is back", "unanswered": [], "problems": []}
    assert tagwell("messages", "show", "Serum is back", "--json").json == SERUM_MESSAGE | {"id": 1, "channel": None}
    assert "Hi {name|there}, the serum is back." in tagwell("messages", "show", "1").out
    assert tagwell("messages", "delete", "1").code == 0
    assert tagwell("messages", "list", "--json").json == {"messages": []}


def test_variants_are_saved_and_shown(tagwell: Tagwell, segment: str, tmp_path: Path) -> None:
    other = [{"kind": "text", "text": "The serum is back, {name|friend}."}, SERUM_MESSAGE["bubbles"][1]]
    assert saved(tagwell, tmp_path, variants=[other]).json["problems"] == []
    assert tagwell("messages", "show", "1", "--json").json["variants"] == [other]
    assert saved(tagwell, tmp_path, variants=[other] * 3).code == 2


def test_saving_tells_what_is_still_missing(tagwell: Tagwell, segment: str, tmp_path: Path) -> None:
    said = saved(tagwell, tmp_path, why_now="", bubbles=[{"kind": "text", "text": "Hi {name}"}]).json
    assert said["unanswered"] == [2]
    assert len(said["problems"]) == 1


@pytest.mark.parametrize(
    "changes",
    [{"name": ""}, {"metric": "fame"}, {"bubbles": [{"kind": "hologram"}]}, {"segment": "Nobody"}, {"bubbles": 3}],
)
def test_a_file_that_is_no_message_is_refused(
    tagwell: Tagwell, segment: str, tmp_path: Path, changes: dict[str, Any]
) -> None:
    said = saved(tagwell, tmp_path, **changes)
    assert said.code == 2 and said.err.count("\n") == 1
    assert tagwell("messages", "list", "--json").json == {"messages": []}
