"""`tagwell settings`: what a shop decides once, read and changed without a window."""

from pathlib import Path

import pytest

from tests.cli.conftest import Tagwell


def test_a_new_shop_has_quiet_hours_and_a_cap(tagwell: Tagwell, shop: Path) -> None:
    found = tagwell("settings", "show", "--shop", shop, "--json").json
    assert (found["quiet"], found["cap"], found["limit"]) == (["21:00", "08:00"], {"messages": 2, "days": 7}, None)
    assert [plan["key"] for plan in found["plans"]] == ["light", "medium", "high"]
    assert found["uninformed"] == "warn"


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        (("quiet", "22:30", "7:15"), "quiet", ["22:30", "07:15"]),
        (("quiet", "off"), "quiet", None),
        (("cap", "3", "14"), "cap", {"messages": 3, "days": 14}),
        (("cap", "off"), "cap", None),
        (("limit", "1,300.50"), "limit", 130_050),
        (("limit", "0"), "limit", 0),
        (("limit", "off"), "limit", None),
        (("plan", "high"), "plan", "high"),
        (("plan", "中用量"), "plan", "medium"),
        (("plan", "off"), "plan", None),
        (("uninformed", "block"), "uninformed", "block"),
    ],
)
def test_a_change_is_kept_and_answered(
    tagwell: Tagwell, shop: Path, change: tuple[str, ...], key: str, value: object
) -> None:
    assert tagwell("settings", *change, "--shop", shop, "--json").json[key] == value
    assert tagwell("settings", "show", "--shop", shop, "--json").json[key] == value


@pytest.mark.parametrize(
    "change",
    [
        ("quiet", "21:00"),
        ("quiet", "21:00", "24:00"),
        ("quiet", "8:00", "8:00"),
        ("cap", "2"),
        ("cap", "0", "7"),
        ("cap", "two", "7"),
        ("limit", "-1"),
        ("limit", "NaN"),
        ("limit", "much"),
        ("plan", "huge"),
    ],
)
def test_what_makes_no_sense_changes_nothing(tagwell: Tagwell, shop: Path, change: tuple[str, ...]) -> None:
    before = tagwell("settings", "show", "--shop", shop, "--json").json
    said = tagwell("settings", *change, "--shop", shop)
    assert said.code == 2
    assert said.err.strip()
    assert tagwell("settings", "show", "--shop", shop, "--json").json == before
