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
