"""Rules for tags from the command line: saved, tried out, applied after imports, and proposed."""

import json
from pathlib import Path

import pytest

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, Compare, Orders
from tests.cli.conftest import Tagwell

ORIGIN = ("--source", "shop checkout", "--purpose", "orders and news", "--informed", "yes")


@pytest.fixture
def buyers(tagwell: Tagwell, shop: Path, tmp_path: Path) -> Path:
    """A rule that gives "Buyer" to whoever ordered, and the shop."""
    path = tmp_path / "rule.json"
    path.write_text(json.dumps(codec.to_json(AllOf((Orders(Compare.AT_LEAST, 1),)))), encoding="utf-8")
    tagwell("tags", "new", "Buyer", "--type", "stage", "--helps-decide", "Who gets the refill", "--shop", shop)
    said = tagwell("tags", "rules", "save", "Buyer", "--rule", path, "--name", "Ordered")
    assert said.out == "“Ordered” is saved as number 1.\n"
    return shop


def friends(tagwell: Tagwell) -> dict[str, int]:
    return {row["name"]: row["friends"] for row in tagwell("tags", "list", "--json").json["tags"]}


def test_a_dry_run_of_rules_shows_who_gains_and_loses(tagwell: Tagwell, buyers: Path) -> None:
    would = tagwell("tags", "rules", "run", "--dry-run", "--json").json
    assert [row["name"] for row in would["friends"][0]["gain"]][:2] == ["Mei", "王小明"]
    shown = tagwell("tags", "rules", "run", "--dry-run").out
    assert "Buyer  Gain it  6        Mei, 王小明, =Tina, Blocked, Refused, No LINE" in shown
    assert would["changes"] == [{"tag": "Buyer", "gain": 6, "lose": 0, "ran_out": 0}]
    assert friends(tagwell)["Buyer"] == 0
    assert tagwell("tags", "rules", "run", "--json").json == would | {"dry_run": False, "operation": 1}
    assert friends(tagwell)["Buyer"] == 6
    assert tagwell("tags", "rules", "run").out == "Rules put tags on 0 times and took them off 0 times.\n"
    assert tagwell("tags", "undo", 1).out == "Taken back: Rules changed 6 tags of friends\n"
    assert friends(tagwell)["Buyer"] == 0


def test_rules_are_applied_after_an_import_and_after_its_undo(tagwell: Tagwell, buyers: Path, tmp_path: Path) -> None:
    people, orders = tmp_path / "people.csv", tmp_path / "orders.csv"
    people.write_text("Member number,Name\n2001,Nori\n", encoding="utf-8")
    orders.write_text("Order number,Date,Member number,Total\nA-1,2026-11-01,2001,500\n", encoding="utf-8")
    said = tagwell("import", people, "--kind", "customers", *ORIGIN, "--json").json
    assert said["rules"]["changes"] == [{"tag": "Buyer", "gain": 6, "lose": 0, "ran_out": 0}]
    done = tagwell("import", orders, "--kind", "orders", "--json").json
    assert done["rules"]["changes"] == [{"tag": "Buyer", "gain": 1, "lose": 0, "ran_out": 0}]
    assert "Rules put tags on 0 times" in tagwell("import", orders, "--kind", "orders").out
    assert tagwell("imports", "undo", done["batch"], "--yes").code == 0
    assert friends(tagwell)["Buyer"] == 6
    assert tagwell("imports", "undo", said["batch"], "--yes").code == 0


def test_a_friend_with_tags_by_rule_keeps_no_import_from_being_undone(
    tagwell: Tagwell, buyers: Path, tmp_path: Path
) -> None:
    everybody = tmp_path / "all.json"
    everybody.write_text(json.dumps(codec.to_json(AllOf((Orders(Compare.AT_LEAST, 0),)))), encoding="utf-8")
    tagwell("tags", "rules", "save", "Buyer", "--rule", everybody, "--name", "Everybody", "--replace", 1)
    people = tmp_path / "people.csv"
    people.write_text("Member number,Name\n2001,Nori\n", encoding="utf-8")
    batch = tagwell("import", people, "--kind", "customers", *ORIGIN, "--json").json["batch"]
    assert friends(tagwell)["Buyer"] == 7
    assert tagwell("imports", "undo", batch, "--yes").code == 0
    assert friends(tagwell)["Buyer"] == 6


def test_a_rule_that_cannot_be_applied_is_named(tagwell: Tagwell, buyers: Path, tmp_path: Path) -> None:
    tagwell("segments", "save", "Few", "--rule", tmp_path / "rule.json", "--helps-decide", "x")
    tagwell("tags", "new", "Old", "--type", "stage", "--helps-decide", "x")
    number = next(row["id"] for row in tagwell("tags", "list", "--json").json["tags"] if row["name"] == "Old")
    rule = tmp_path / "old.json"
    rule.write_text(json.dumps({"version": 1, "kind": "has_tag", "tags": [number]}), encoding="utf-8")
    tagwell("tags", "rules", "save", "VIP", "--rule", rule, "--name", "Was old")
    tagwell("tags", "rules", "save", "Buyer", "--segment", "Few", "--name", "In few", "--keep")
    tagwell("tags", "retire", "Old")
    said = tagwell("tags", "rules", "run")
    assert said.err == "The rule “Was old” was not applied. The tag “Old” is retired. Replace it.\n"
    told = tagwell("tags", "rules", "list", "--json").json["rules"]
    assert [(row["name"], row["takes_off"], bool(row["problem"])) for row in told] == [
        ("Ordered", True, False),
        ("Was old", True, True),
        ("In few", False, False),
    ]
    assert tagwell("tags", "rules", "remove", 2).code == 0
    assert tagwell("tags", "rules", "remove", 2).code == 2


def test_a_starter_set_is_offered_and_never_forced(tagwell: Tagwell, shop: Path) -> None:
    offered = tagwell("tags", "rules", "starter", "--shop", shop, "--json").json["proposals"]
    assert {row["name"] for row in offered if row["type"] == "interest"} == {"serum"}
    assert friends(tagwell) == {"VIP": 6}
    said = tagwell("tags", "rules", "starter", "--make", "serum", "First-time buyer", "--json").json["proposals"]
    assert {row["name"] for row in said if row["made"]} == {"serum", "First-time buyer"}
    tagwell("tags", "rules", "run")
    assert friends(tagwell) == {"VIP": 6, "serum": 6, "First-time buyer": 6}
    assert tagwell("tags", "rules", "starter", "--make", "Nonsense").code == 2
