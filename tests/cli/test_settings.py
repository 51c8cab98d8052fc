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
        (("wait-after-purchase", "3"), "wait_after_purchase", 3),
        (("wait-after-purchase", "off"), "wait_after_purchase", None),
        (("limit", "1,300.50"), "limit", 130_050),
        (("limit", "0"), "limit", 0),
        (("limit", "off"), "limit", None),
        (("plan", "high"), "plan", "high"),
        (("plan", "中用量"), "plan", "medium"),
        (("plan", "off"), "plan", None),
        (("uninformed", "block"), "uninformed", "block"),
        (("warn-under", "600"), "warn_under", 600),
        (("warn-under", "off"), "warn_under", None),
    ],
)
def test_a_change_is_kept_and_answered(
    tagwell: Tagwell, shop: Path, change: tuple[str, ...], key: str, value: object
) -> None:
    assert tagwell("settings", *change, "--shop", shop, "--json").json[key] == value
    assert tagwell("settings", "show", "--shop", shop, "--json").json[key] == value


def test_a_size_is_changed_by_its_name(tagwell: Tagwell, shop: Path) -> None:
    sizes = tagwell("settings", "size", "share", "150", "--shop", shop, "--json").json["sizes"]
    assert (sizes["share"], sizes["split"]) == (150, 200)


@pytest.mark.parametrize(
    "change",
    [
        ("quiet", "21:00"),
        ("quiet", "21:00", "24:00"),
        ("quiet", "8:00", "8:00"),
        ("cap", "2"),
        ("cap", "0", "7"),
        ("wait-after-purchase", "91"),
        ("wait-after-purchase", "-1"),
        ("cap", "two", "7"),
        ("limit", "-1"),
        ("limit", "NaN"),
        ("limit", "much"),
        ("plan", "huge"),
        ("warn-under", "few"),
        ("size", "huge", "3"),
        ("size", "share", "3"),
        ("size", "share", "many"),
    ],
)
def test_what_makes_no_sense_changes_nothing(tagwell: Tagwell, shop: Path, change: tuple[str, ...]) -> None:
    before = tagwell("settings", "show", "--shop", shop, "--json").json
    said = tagwell("settings", *change, "--shop", shop)
    assert said.code == 2
    assert said.err.strip()
    assert tagwell("settings", "show", "--shop", shop, "--json").json == before


def test_a_shop_writes_down_its_own_prices_and_goes_back_to_ours(tagwell: Tagwell, shop: Path) -> None:
    ours = tagwell("settings", "prices", "show", "--shop", shop, "--json").json
    assert ours["checked"] is None
    typed = ("--fee", "NT$1,500", "--included", "7000", "--step", "1000:0.3", "--step", ":0.25")
    own = tagwell("settings", "prices", "set", "high", *typed, "--shop", shop, "--json").json
    high = next(plan for plan in own["prices"] if plan["key"] == "high")
    assert (high["fee"], high["included"], high["own"]) == (150_000, 7000, True)
    assert high["steps"] == [{"up_to": 1000, "price": "0.3"}, {"up_to": None, "price": "0.25"}]
    assert own["checked"] is not None
    assert tagwell("settings", "prices", "reset", "--shop", shop, "--json").json == ours


def test_looking_at_the_prices_is_written_down(tagwell: Tagwell, shop: Path) -> None:
    before = tagwell("settings", "prices", "show", "--shop", shop, "--json").json
    after = tagwell("settings", "prices", "checked", "--shop", shop, "--json").json
    assert after["checked"] is not None
    assert after["prices"] == before["prices"]


@pytest.mark.parametrize(
    "change",
    [
        ("high",),
        ("huge", "--fee", "3"),
        ("high", "--fee", "-3"),
        ("high", "--fee", "much"),
        ("high", "--included", "1.5"),
        ("high", "--step", "100:0.2"),
        ("high", "--step", ":0.2", "--step", ":0.1"),
        ("high", "--step", "200:0.2", "--step", "100:0.1", "--step", ":0.1"),
        ("high", "--no-extra", "--step", ":0.1"),
    ],
)
def test_what_is_no_price_changes_nothing(tagwell: Tagwell, shop: Path, change: tuple[str, ...]) -> None:
    before = tagwell("settings", "prices", "show", "--shop", shop, "--json").json
    assert tagwell("settings", "prices", "set", *change, "--shop", shop).code == 2
    assert tagwell("settings", "prices", "show", "--shop", shop, "--json").json == before


def test_people_are_listed_added_and_taken_out(tagwell: Tagwell, shop: Path) -> None:
    people = ("settings", "people", "--shop", shop)
    assert tagwell(*people).out == "Nobody is written down yet.\n"
    assert tagwell(*people, "--add", "Bo", "--json").json == {"people": ["Bo"]}
    assert tagwell(*people, "--add", " amy  lin ", "--json").json == {"people": ["amy lin", "Bo"]}
    assert tagwell(*people, "--add", "BO").code == 2
    assert tagwell(*people, "--remove", "bo", "--json").json == {"people": ["amy lin"]}
    assert tagwell(*people, "--remove", "bo").code == 2
