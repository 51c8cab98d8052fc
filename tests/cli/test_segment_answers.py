"""Why a friend is in a segment, and two segments side by side, from the command line."""

import json
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import (
    AllOf,
    AnyOf,
    Compare,
    HasTag,
    InSegment,
    Joined,
    NoneOf,
    Orders,
    Rule,
)
from tests.cli.conftest import Tagwell

VIP = AllOf((HasTag((1,)),))


@pytest.fixture
def segments(tagwell: Tagwell, shop: Path, tmp_path: Path) -> list[int]:
    """Everybody with the tag VIP; of them those who joined lately, and who have not."""

    def save(name: str, rule: Rule) -> int:
        file = tmp_path / "rule.json"
        file.write_text(json.dumps(codec.to_json(rule)), encoding="utf-8")
        return tagwell(
            *("segments", "save", name, "--rule", file, "--helps-decide", "x", "--json", "--shop", shop)
        ).json["id"]

    vips = save("VIPs", VIP)
    lately = save("Lately", AllOf((InSegment(vips), AnyOf((Joined(30), Orders(Compare.AT_LEAST, 9))))))
    return [vips, lately, save("Before", AllOf((InSegment(vips), NoneOf((Joined(30),)))))]


def test_each_rule_says_whether_it_holds(tagwell: Tagwell, segments: list[int]) -> None:
    said = tagwell("segments", "explain", "Lately", "--friend", "1001")
    assert (said.code, said.out.splitlines()) == (
        0,
        [
            "Mei is in “Lately”.",
            "",
            "✓ All of these:",
            "  ✓ Friends who are in the segment VIPs. Its rules:",
            "    ✓ All of these:",
            "      ✓ Friends who have VIP. [VIP since Thu 12 Nov 2026]",
            "  ✓ Any of these:",
            "    ✓ Friends who became friends in the last 30 days. [Friend since Tue 13 Oct 2026.]",
            "    ✗ Friends who ordered at least 9 times. [1 order, the last on Wed 11 Nov 2026, NT$1,000 in all.]",
        ],
    )


def test_a_tree_as_json_has_every_rule_in_its_place(tagwell: Tagwell, segments: list[int]) -> None:
    said = tagwell("segments", "explain", "Before", "--friend", "1001", "--json").json
    assert (said["inside"], said["left_out"], said["friend"]["name"]) == (False, None, "Mei")

    def held(node: dict[str, Any]) -> Any:
        return node["kind"], node["holds"], [held(inner) for inner in node["rules"]]

    in_vips = ("in_segment", True, [("all_of", True, [("has_tag", True, [])])])
    assert held(said["rule"]) == ("all_of", False, [in_vips, ("none_of", False, [("joined", True, [])])])


@pytest.mark.parametrize("reason, member", [("blocked", "1004"), ("refused", "1005"), ("no_line_id", "1006")])
def test_who_is_in_and_gets_nothing_is_told_why(
    tagwell: Tagwell, segments: list[int], reason: str, member: str
) -> None:
    said = tagwell("segments", "explain", "VIPs", "--friend", member, "--json").json
    assert (said["inside"], said["left_out"]) == (True, reason)
    assert tagwell("segments", "explain", "VIPs", "--friend", member).out.splitlines()[-1].startswith("Taken out: ")


def test_a_friend_is_found_by_member_number_line_id_or_number(
    tagwell: Tagwell, segments: list[int], shop: Path
) -> None:
    friends = tagwell("friends", "--json").json["friends"]
    mei = next(friend for friend in friends if friend["name"] == "Mei")
    for key in (mei["member_number"], mei["line_user_id"], mei["id"]):
        assert tagwell("segments", "explain", "VIPs", "--friend", key, "--json").json["friend"]["id"] == mei["id"]


@pytest.mark.parametrize("friend", ["nobody", "9" * 30, "²", ""])
def test_an_unknown_friend_is_one_sentence(tagwell: Tagwell, segments: list[int], friend: str) -> None:
    said = tagwell("segments", "explain", "VIPs", "--friend", friend)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"There is no friend “{friend}”.")


def test_two_segments_are_compared(tagwell: Tagwell, segments: list[int]) -> None:
    said = tagwell("segments", "compare", "VIPs", "lately", "--json").json
    assert said == {"a": "VIPs", "b": "Lately", "both": 1, "only_a": 5, "only_b": 0, "share": 0.1667}
    assert tagwell("segments", "compare", "Lately", "Before", "--json").json["both"] == 0
    assert tagwell("segments", "compare", "VIPs", "Before").out.splitlines() == [
        "In both           5",
        "Only in “VIPs”    1",
        "Only in “Before”  0",
        "83% of the larger one is in both.",
    ]


def test_one_segment_twice_is_refused(tagwell: Tagwell, segments: list[int]) -> None:
    assert tagwell("segments", "compare", "VIPs", "vips").code == 2
    assert tagwell("segments", "compare", "VIPs", "None such").code == 2


def test_the_ending_says_what_an_export_becomes(tagwell: Tagwell, segments: list[int], tmp_path: Path) -> None:
    book = tmp_path / "vips.xlsx"
    assert tagwell("segments", "export", "VIPs", "--out", book, "--purpose", "Parcels", "--json").json["friends"] == 6
    assert book.read_bytes().startswith(b"PK")
