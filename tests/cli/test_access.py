"""Who looked and corrections on the command line."""

import json
from pathlib import Path

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.cli.conftest import Tagwell


def test_a_list_needs_a_purpose_and_is_told_afterwards(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    out, rule = tmp_path / "vips.csv", tmp_path / "rule.json"
    tag = tagwell("tags", "list", "--shop", shop, "--json").json["tags"][0]["id"]
    rule.write_text(json.dumps(codec.to_json(AllOf((HasTag((tag,)),)))), encoding="utf-8")
    export = ("segments", "export", "--rule", rule, "--out", out, "--shop", shop)
    assert tagwell(*export).code == 2
    assert tagwell(*export, "--purpose", " ").code == 2
    assert not out.exists()
    assert tagwell(*export, "--purpose", "Parcels").code == 0
    found = tagwell("friends", "looked", "--shop", shop, "--json").json
    (look,) = found["looks"]
    assert (look["what"], look["about"], look["purpose"], look["people"]) == ("list", "segment", "Parcels", 6)
    assert look["by"] and len(look["sha256"]) == 64 and "phone" in look["columns"]
    told = tmp_path / "looked.csv"
    assert "Parcels" in tagwell("friends", "looked", "--out", told, "--purpose", "Yearly look", "--shop", shop).out
    assert "Parcels" in told.read_text(encoding="utf-8-sig")


def test_a_friend_is_corrected_and_the_correction_taken_back(tagwell: Tagwell, shop: Path) -> None:
    def name() -> str:
        listed = tagwell("friends", "--search", "1001", "--shop", shop, "--json").json["friends"]
        return str(listed[0]["name"])

    before = name()
    done = tagwell("friends", "edit", "1001", "--name", "Mei Lin", "--shop", shop, "--json").json["correction"]
    assert name() == "Mei Lin"
    assert tagwell("friends", "edit", "1001", "--email", "no", "--shop", shop).code == 2
    assert tagwell("friends", "edit", "1001", "--field", "Zodiac=Ox", "--shop", shop).code == 2
    assert tagwell("friends", "edit", "1001", "--take-back", done, "--shop", shop).code == 0
    assert name() == before


def test_phones_and_e_mails_are_masked_until_somebody_says_what_for(tagwell: Tagwell, shop: Path) -> None:
    def friends(*more: str) -> dict[str, dict[str, object]]:
        listed = tagwell("friends", "--shop", shop, "--json", *more).json
        assert listed["masked"] is (not more)
        return {friend["name"]: friend for friend in listed["friends"]}

    def looks() -> list[dict[str, object]]:
        return list(tagwell("friends", "looked", "--shop", shop, "--json").json["looks"])

    shown = friends()
    assert (shown["=Tina"]["phone"], shown["Mei"]["email"]) == ("0912-•••-678", "m•••@example.tw")
    assert (shown["Mei"]["phone"], shown["=Tina"]["email"]) == (None, None)
    assert looks() == []
    shown = friends("--purpose", "Call about a parcel")
    assert (shown["=Tina"]["phone"], shown["Mei"]["email"]) == ("+886912345678", "mei@example.tw")
    (look,) = looks()
    assert (look["what"], look["about"], look["purpose"], look["people"]) == (
        *("list", "friends", "Call about a parcel", 6),
    )
    assert "phone" in str(look["columns"]) and look["sha256"] == ""


def test_no_purpose_shows_no_phone_and_leaves_no_line(tagwell: Tagwell, shop: Path) -> None:
    refused = tagwell("friends", "--purpose", "  ", "--shop", shop, "--json")
    assert refused.code == 2 and "0912" not in refused.out + refused.err
    assert "0912" not in tagwell("friends", "--shop", shop).out
    assert "0912-345-678" in tagwell("friends", "--purpose", "Parcels", "--shop", shop).out
    assert len(tagwell("friends", "looked", "--shop", shop, "--json").json["looks"]) == 1
