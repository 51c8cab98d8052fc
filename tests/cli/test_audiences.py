"""`tagwell audiences` on a practice shop with enough friends to share."""

from pathlib import Path

import pytest

from linecrm_desktop.consent import ledger
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.share import Way
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell
from tests.cli.test_page import examples, same, shape
from tests.maker import Maker

WISH = ("--purpose", "Find people who like serums")


@pytest.fixture
def fans(shop: Path, make: Maker) -> Path:
    """The small shop with 120 informed friends in the segment Serum fans."""
    database = open_shop(shop)
    with database.write() as session:
        tag = make.tag(session, "Serum")
        for n in range(120):
            friend = make.friend(session, informed=Answer.YES, email=f"f{n}@example.tw")
            make.give(session, tag, friend)
        library.save(session, SegmentDraft("Serum fans", "x", AllOf((HasTag((tag,)),))), make.now)
    database.close()
    return shop


def test_a_list_is_uploaded_and_everything_about_it_is_told(tagwell: Tagwell, fans: Path) -> None:
    at = ("--shop", fans, "--json")
    assert tagwell("audiences", "check", "Serum fans", *WISH, *at).json["counts"]["shared"] == 120
    made = tagwell("audiences", "share", "Serum fans", *WISH, *at).json
    (example,) = examples("audiences share SEGMENT")
    assert same(example, shape(made))
    assert (made["state"], made["people"], made["for"]) == ("at_line", 120, str(Way.UPLOAD))
    assert tagwell("audiences", "add", made["id"], *at).json["people"] == 120
    assert tagwell("audiences", "delete", made["id"], *at).json["state"] == "deleted"
    assert "deleted" in tagwell("audiences", "list", "--shop", fans).out


def test_files_are_written_again_without_who_refused_since(
    tagwell: Tagwell, fans: Path, tmp_path: Path, make: Maker
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    at = ("--shop", fans, "--json")
    made = tagwell("audiences", "share", "Serum fans", *WISH, "--with", "email", "--out", folder, *at).json
    assert made["contents"][0]["lines"] == 120
    database = open_shop(fans)
    with database.write() as session:
        ledger.refuse(session, [7, 8], "chat", make.now)
    database.close()
    assert "2 refused" in tagwell("audiences", "list", "--shop", fans).out
    assert tagwell("audiences", "again", made["id"], *at).code == 2  # where to?
    assert tagwell("audiences", "again", made["id"], "--out", folder, *at).json["people"] == 118


def test_a_red_check_shares_nothing_and_says_why(tagwell: Tagwell, fans: Path) -> None:
    said = tagwell("audiences", "share", "Serum fans", "--shop", fans)
    assert (said.code, "Purpose was told" in said.err) == (2, True)
    assert tagwell("audiences", "check", "Serum fans", "--shop", fans).code == 2
    assert tagwell("audiences", "list", "--shop", fans).out == "Nothing was shared yet.\n"
