"""An older copy of a shop is opened on the command line: refusals that it does not know hold, and are told."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.consent import ledger
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.store.opening import open_shop, read_shop
from tests.cli.conftest import Tagwell

TOLD = "1 friend refused after this copy was made. The refusal was kept apart and holds again.\n"


@pytest.fixture
def backup(tagwell: Tagwell, shop: Path, now: datetime) -> Path:
    """A backup from before Mei refused."""
    made = Path(tagwell("--shop", shop, "backup", "--json").json["backup"]["file"])
    database = open_shop(shop)
    kept_apart.watch(database, now)
    with database.write() as session:
        mei = session.scalars(select(Friend.id).where(Friend.name == "Mei")).one()
        ledger.refuse(session, [mei], "chat", now)
    database.close()
    return made


def mei(path: Path) -> Marketing:
    database = read_shop(path)
    with database.read() as session:
        found = session.scalars(select(Friend.marketing).where(Friend.name == "Mei")).one()
    database.close()
    return found


@pytest.mark.files
def test_a_backup_in_the_shops_place_knows_the_refusal(tagwell: Tagwell, shop: Path, backup: Path) -> None:
    tagwell("--shop", shop, "restore", backup, "--in-place")
    assert mei(shop) is Marketing.UNKNOWN

    said = tagwell("--shop", shop, "tags", "new", "Later", "--type", "value", "--helps-decide", "Who waits")

    assert (said.code, said.err) == (0, TOLD)
    assert mei(shop) is Marketing.REFUSED


def test_a_copy_beside_the_shop_is_only_looked_at_and_knows_it_too(tagwell: Tagwell, shop: Path, backup: Path) -> None:
    copy = tagwell("--shop", shop, "restore", backup, "--json").json["copy"]

    said = tagwell("--shop", copy, "friends", "--json")

    assert (said.json["total"], said.err) == (6, TOLD)
    assert mei(Path(copy)) is Marketing.REFUSED
    assert tagwell("--shop", copy, "friends").err == ""


def test_an_unreadable_folder_opens_no_shop_without_its_refusals(
    tagwell: Tagwell, shop: Path, backup: Path, home: Path
) -> None:
    [file] = (home / "refusals").iterdir()
    file.unlink()
    file.mkdir()
    said = tagwell("--shop", shop, "friends")
    assert (said.code, "that are kept apart from this shop cannot be read" in said.err) == (3, True)
