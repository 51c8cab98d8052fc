"""Work on tags from the command line: what would happen, what happened, and taking it back."""

import json
from pathlib import Path

import pytest

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.cli.conftest import Tagwell


@pytest.fixture
def fans(tagwell: Tagwell, shop: Path, tmp_path: Path) -> Path:
    """A tag beside VIP on two friends, and a segment that asks for it; returns the file of its rules."""
    tagwell("tags", "new", "Best", "--type", "value", "--helps-decide", "Whom to thank", "--shop", shop)
    tagwell("tags", "add", "Best", "--member", "1001", "1002")
    number = tagwell("tags", "list", "--json").json["tags"][0]["id"]
    path = tmp_path / "rule.json"
    path.write_text(json.dumps(codec.to_json(AllOf((HasTag((number,)),)))), encoding="utf-8")
    assert tagwell("segments", "save", "Fans", "--rule", path, "--helps-decide", "Whom to thank").code == 0
    return path


def friends(tagwell: Tagwell) -> dict[str, int]:
    return {row["name"]: row["friends"] for row in tagwell("tags", "list", "--json").json["tags"]}


def test_a_dry_run_says_what_comes_true(tagwell: Tagwell, fans: Path) -> None:
    would = tagwell("tags", "merge", "VIP", "Best", "--dry-run", "--json").json
    assert friends(tagwell) == {"Best": 2, "VIP": 6}
    done = tagwell("tags", "merge", "VIP", "Best", "--json").json
    assert friends(tagwell) == {"VIP": 6}
    assert (would["operation"], done["operation"], would["dry_run"]) == (None, 1, True)
    assert done["segments"] == [{"id": 1, "name": "Fans", "before": 2, "after": 6}]
    same = ("tags", "segments", "references", "asks_again", "segments_changed", "friends_losing_a_message")
    assert [would[key] for key in same] == [done[key] for key in same]


def test_what_was_done_is_listed_and_taken_back_once(tagwell: Tagwell, fans: Path) -> None:
    said = tagwell("tags", "merge", "VIP", "Best").out
    assert "Merged “Best” into “VIP”" in said and "To take it back: tagwell tags undo 1" in said
    assert "Merged “Best” into “VIP”" in tagwell("tags", "history").out
    assert tagwell("tags", "undo", 1, "--dry-run").out.endswith("It can be undone.\n")
    assert tagwell("tags", "undo", 1).out == "Taken back: Merged “Best” into “VIP”\n"
    assert friends(tagwell) == {"Best": 2, "VIP": 6}
    again = tagwell("tags", "undo", 1)
    assert (again.code, again.err) == (2, "This cannot be undone. This was undone already.\n")
    [row] = tagwell("tags", "history", "--json").json["operations"]
    assert (row["can_undo"], row["why_not"]) == (False, "This was undone already.")


def test_a_tag_is_found_by_its_old_name(tagwell: Tagwell, fans: Path) -> None:
    assert tagwell("tags", "rename", "Best", "精選").code == 0
    assert tagwell("tags", "retire", "best", "--json").json["tags"] == [{"name": "精選", "before": 2, "after": None}]
    assert tagwell("tags", "restore", "精選").code == 0
    assert friends(tagwell) == {"精選": 2, "VIP": 6}
    assert tagwell("tags", "retire", "Nobody").code == 2


def test_tags_are_edited_together(tagwell: Tagwell, fans: Path) -> None:
    told = ("--group", "Tiers", "--runs-out", "365", "--review", "2027-01-31", "--owner", "Mei", "--sensitive", "no")
    assert tagwell("tags", "edit", "VIP", "Best", *told, "--json").json["title"] == "Edited 2 tags"
    rows = {row["name"]: row for row in tagwell("tags", "list", "--json").json["tags"]}
    for row in rows.values():
        assert (row["group"], row["runs_out_days"], row["review_on"], row["owner"]) == (
            "Tiers",
            365,
            "2027-01-31",
            "Mei",
        )
    assert rows["VIP"]["helps_decide"] == "Who is thanked first"
    assert tagwell("tags", "edit", "VIP", "--group", "none", "--runs-out", "none", "--review", "none").code == 0
    row = next(row for row in tagwell("tags", "list", "--json").json["tags"] if row["name"] == "VIP")
    assert (row["group"], row["runs_out_days"], row["review_on"]) == (None, None, None)
    for wrong in (("--runs-out", "soon"), ("--runs-out", "0"), ("--review", "tomorrow")):
        assert tagwell("tags", "edit", "VIP", *wrong).code == 2


def test_a_tag_is_split_by_a_file_or_a_segment(tagwell: Tagwell, fans: Path) -> None:
    would = tagwell("tags", "split", "VIP", "--part", "Gold", fans, "--rest", "Silver", "--dry-run", "--json").json
    assert would["tags"] == [
        {"name": "VIP", "before": 6, "after": None},
        {"name": "Gold", "before": None, "after": 2},
        {"name": "Silver", "before": None, "after": 4},
    ]
    assert tagwell("tags", "split", "VIP", "--part", "Gold", "Fans", "--json").json["operation"] == 1
    assert friends(tagwell) == {"Best": 2, "Gold": 2, "VIP": 4}
    assert tagwell("tags", "split", "VIP").code == 2


def test_an_empty_history_says_so(tagwell: Tagwell, shop: Path) -> None:
    assert tagwell("tags", "history", "--shop", shop).out == "Nothing was done to tags yet.\n"
    assert tagwell("tags", "undo", 9, "--dry-run").out == "It cannot be undone: There is no such change.\n"
