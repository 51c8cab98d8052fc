"""The review of the tags from the command line: say, accept, put off, finish, undo."""

from datetime import datetime
from pathlib import Path

import pytest

from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell
from tests.maker import Maker
from tests.results.review_shop import give_all, put_friends, put_lifting_tag


@pytest.fixture
def reviewed(shop: Path, now: datetime) -> Path:
    """A shop with one tag to keep and one that nobody uses."""
    database, make = open_shop(shop), Maker(now)
    with database.write() as session:
        put_lifting_tag(session, make)
        idle = make.tag(session, "Market 2024", created_at=make.ago(300))
        give_all(session, idle, put_friends(session, make, 30), make.ago(250))
    database.close()
    return shop


def keys(tagwell: Tagwell, shop: Path) -> dict[str, str]:
    found = tagwell("tags", "review", "--json", "--shop", shop).json["proposals"]
    return {one["tags"][0]["name"]: one["key"] for one in found}


def test_it_says_what_each_tag_earned_and_changes_nothing(tagwell: Tagwell, reviewed: Path) -> None:
    said = tagwell("tags", "review", "--shop", reviewed)
    assert "+15.0 points over those kept back" in said.out
    assert "Not used for 250 days; no decision" in said.out
    assert "Market 2024" in tagwell("tags", "list", "--shop", reviewed).out


def test_accepted_proposals_are_made_by_finish_and_taken_back_by_undo(tagwell: Tagwell, reviewed: Path) -> None:
    key = keys(tagwell, reviewed)["Market 2024"]
    answered = tagwell("tags", "review", "accept", key, "--why", "old", "--json", "--shop", reviewed).json
    assert answered["answered"] == [{"key": key, "kind": "retire"}]
    assert "1 change would be made." in tagwell("tags", "review", "finish", "--dry-run", "--shop", reviewed).out
    assert "1 change is made." in tagwell("tags", "review", "finish", "--shop", reviewed).out
    assert "Market 2024" not in tagwell("tags", "list", "--shop", reviewed).out
    assert "1 change is taken back." in tagwell("tags", "review", "undo", "--shop", reviewed).out
    assert "Market 2024" in tagwell("tags", "list", "--shop", reviewed).out


def test_an_answer_can_be_put_off_and_reopened(tagwell: Tagwell, reviewed: Path) -> None:
    key = keys(tagwell, reviewed)["Serum"]
    waiting = tagwell("tags", "review", "later", key, "--json", "--shop", reviewed).json["waiting"]
    again = tagwell("tags", "review", "reopen", key, "--json", "--shop", reviewed).json["waiting"]
    assert again == waiting + 1


def test_a_key_that_is_no_proposal_is_named(tagwell: Tagwell, reviewed: Path) -> None:
    said = tagwell("tags", "review", "accept", "777", "--shop", reviewed)
    assert said.code == 2
    assert "There is no proposal “777”." in said.err
