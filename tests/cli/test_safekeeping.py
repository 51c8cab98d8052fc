"""Backups, restoring and passwords on the command line."""

from pathlib import Path

import pytest

from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store import opening
from tests.cli.conftest import Tagwell
from tests.cli.test_imports import ORIGIN

PASSWORD = "我家的貓今年七歲了"
TWICE = f"{PASSWORD}\n{PASSWORD}\n"


def test_a_backup_is_made_listed_and_opened_as_a_copy(tagwell: Tagwell, shop: Path) -> None:
    made = Path(tagwell("--shop", shop, "backup", "--json").json["backup"]["file"])
    listed = tagwell("--shop", shop, "restore", "--json").json["backups"]
    copy = tagwell("--shop", shop, "restore", made, "--json").json

    assert [one["file"] for one in listed] == [str(made)]
    assert copy["kept"] is None
    assert tagwell("--shop", copy["copy"], "friends", "--json").json["total"] == 6


@pytest.mark.files
def test_a_backup_takes_the_shops_place_and_the_shop_is_kept(tagwell: Tagwell, shop: Path) -> None:
    made = Path(tagwell("--shop", shop, "backup", "--json").json["backup"]["file"])
    tagwell("--shop", shop, "tags", "new", "Later", "--type", "value", "--helps-decide", "Who waits")

    said = tagwell("--shop", shop, "restore", made, "--in-place", "--json").json

    assert said["copy"] == str(shop)
    assert "Later" not in tagwell("--shop", shop, "tags", "list").out
    assert "Later" in tagwell("--shop", said["kept"], "tags", "list").out


@pytest.mark.files
def test_a_shop_that_is_open_is_not_replaced(tagwell: Tagwell, shop: Path) -> None:
    made = tagwell("--shop", shop, "backup", "--json").json["backup"]["file"]
    database = opening.open_shop(shop)

    said = tagwell("--shop", shop, "restore", made, "--in-place")

    assert (said.code, "open in another window" in said.err) == (2, True)
    database.close()


def test_a_backup_that_is_not_there_is_told(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("--shop", shop, "restore", "nothing.tagwell")
    assert (said.code, "There is no backup" in said.err) == (2, True)
    assert "There is no backup yet." in tagwell("--shop", shop, "restore").out


@pytest.mark.files
def test_a_password_is_set_asked_for_and_removed(tagwell: Tagwell, shop: Path) -> None:
    backup = Path(tagwell("--shop", shop, "backup", "--json").json["backup"]["file"])
    said = tagwell("--shop", shop, "password", "--json", stdin=TWICE).json
    assert (said["encrypted"], said["copies"], said["left"], said["kept_in_store"]) == (True, 1, [], False)
    assert opening.is_encrypted(backup)

    assert "needs its password" in tagwell("--shop", shop, "friends").err
    assert "does not open this file" in tagwell("--shop", shop, "friends", stdin="wrong\n").err
    assert tagwell("--shop", shop, "--password-stdin", "friends", "--json", stdin=f"{PASSWORD}\n").json["total"] == 6

    said = tagwell("--shop", shop, "password", "--remove", stdin=f"{PASSWORD}\n")
    assert "not encrypted any more" in said.out
    assert tagwell("--shop", shop, "friends", "--json").json["total"] == 6


@pytest.mark.files
def test_two_different_passwords_change_nothing(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("--shop", shop, "password", stdin="a long password\nanother password\n")
    assert (said.code, "not the same" in said.err) == (2, True)
    assert not opening.is_encrypted(shop)


@pytest.mark.files
def test_the_password_store_opens_the_shop_when_asked(tagwell: Tagwell, shop: Path, tokens: SessionTokens) -> None:
    tagwell("--shop", shop, "password", "--keep", stdin=TWICE)
    assert tagwell("--shop", shop, "friends", "--json").json["total"] == 6

    tagwell("--shop", shop, "--password-stdin", "password", stdin=f"{PASSWORD}\nanother sentence\nanother sentence\n")
    assert "needs its password" in tagwell("--shop", shop, "friends").err
    assert PASSWORD not in repr(vars(tokens))


def test_the_first_import_of_a_day_makes_a_backup_of_a_shop_with_friends(
    tagwell: Tagwell, shop: Path, tmp_path: Path
) -> None:
    file = tmp_path / "more.csv"
    file.write_text("Member number,Name\n2001,Lin\n", encoding="utf-8")

    tagwell("import", file, "--shop", shop, *ORIGIN)
    tagwell("import", file, "--shop", shop, *ORIGIN)

    (made,) = tagwell("--shop", shop, "restore", "--json").json["backups"]
    assert tagwell("--shop", made["file"], "friends", "--json").json["total"] == 6
    assert tagwell("--shop", shop, "friends", "--json").json["total"] == 7
