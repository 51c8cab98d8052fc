"""The imports so far from the command line: listed, told again, and taken back only when a person says so."""

from pathlib import Path

import pytest

from tests.cli.conftest import Tagwell
from tests.cli.test_imports import ORIGIN


@pytest.fixture
def batch(tagwell: Tagwell, shop: Path, tmp_path: Path) -> str:
    """An import of one new friend, one who refuses, and one row that nobody can be found by."""
    file = tmp_path / "customers.csv"
    file.write_text("Member number,Name,Accepts marketing\n2001,Nori,\n2002,Hana,no\n,Nobody,\n", encoding="utf-8")
    return str(tagwell("import", file, "--shop", shop, "--json", *ORIGIN).json["batch"])


def friends(tagwell: Tagwell) -> int:
    return int(tagwell("friends", "--json").json["total"])


def test_the_list_names_every_import(tagwell: Tagwell, batch: str) -> None:
    (row,) = tagwell("imports", "list", "--json").json["imports"]
    assert (str(row["id"]), row["file"], row["new"], row["rejected"], row["undone_at"]) == (
        *(batch, "customers.csv", 2),
        *(1, None),
    )
    assert "customers.csv" in tagwell("imports", "list").out


def test_a_shop_without_imports_says_so(tagwell: Tagwell, shop: Path) -> None:
    assert tagwell("imports", "list", "--shop", shop).out == "There are no imports yet.\n"


def test_a_report_is_told_again_with_its_rejected_rows(tagwell: Tagwell, batch: str, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    said = tagwell("imports", "report", batch, "--rejects", rejects, "--json").json
    assert said["rejected_by_reason"] == {"nobody": 1}
    assert (said["new_friends"], said["newly_refused"], said["can_undo"], said["why_not"]) == (2, 1, True, None)
    assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == 2
    assert "It can be undone." in tagwell("imports", "report", batch).out


def test_without_yes_an_undo_only_says_what_it_would_do(tagwell: Tagwell, batch: str) -> None:
    before = friends(tagwell)
    said = tagwell("imports", "undo", batch)
    assert said.code == 2
    assert "Add --yes" in said.err
    assert said.out.splitlines() == [
        "This is what an undo of customers.csv would do.",
        "1 new friend is removed.",
        "1 refusal stays.",
        "1 new friend who refuses is kept, with nothing but the keys and the refusal.",
    ]
    assert friends(tagwell) == before


def test_an_undo_keeps_refusals_unless_told(tagwell: Tagwell, batch: str) -> None:
    before = friends(tagwell)
    said = tagwell("imports", "undo", batch, "--yes", "--json")
    assert (said.code, said.json["done"], said.json["friends_removed"], said.json["friends_kept"]) == (0, True, 1, 1)
    assert friends(tagwell) == before - 1
    again = tagwell("imports", "undo", batch, "--yes")
    assert (again.code, again.err) == (2, "This import cannot be undone. This import was undone already.\n")
    assert "Undone" in tagwell("imports", "list").out


def test_an_undo_takes_refusals_back_when_told(tagwell: Tagwell, batch: str) -> None:
    before = friends(tagwell)
    assert "1 refusal is taken back too." in tagwell("imports", "undo", batch, "--also-refusals", "--yes").out
    assert friends(tagwell) == before - 2


def test_an_unknown_import_is_named(tagwell: Tagwell, batch: str) -> None:
    for words in (("undo", "99", "--yes"), ("report", "99")):
        said = tagwell("imports", *words)
        assert said.code == 2 and "There is no import 99." in said.err
