"""Paths and the run-sheet from the command line: nothing leaves before the number was typed."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from linecrm_desktop.cli.main import main
from linecrm_desktop.cli.world import World
from linecrm_desktop.models.order import OrderState
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Said, Tagwell
from tests.maker import Maker

ACCEPT = ("--accept", "tested", "--accept", "informed", "--accept", "quota")
Later = Callable[..., Said]


@pytest.fixture
def buyers(tagwell: Tagwell, shop: Path, make: Maker) -> list[int]:
    """Forty friends who bought long ago, and one who never did."""
    database = open_shop(shop)
    with database.write() as session:
        found = [make.friend(session, name=f"Buyer {number}") for number in range(40)]
        for friend in found:
            make.order(session, friend, days_ago=90, state=OrderState.PLACED)
        make.friend(session, name="Nobody yet")
    database.close()
    assert tagwell("journeys", "list", "--shop", shop).code == 0  # from now on, the shop opened last
    return found


@pytest.fixture
def later(
    now: datetime, tokens: SessionTokens, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Later:
    """Run a command some days later, at the same time of day."""

    def run(days: float, *arguments: object) -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        capsys.readouterr()
        code = main(["--lang", "en", *map(str, arguments)], World(lambda: now + timedelta(days=days), tokens))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def start(tagwell: Tagwell, *options: str) -> str:
    made = tagwell("journeys", "new", "--template", "ready_again", "--json").json
    assert (made["state"], made["steps"], made["core"]) == ("draft", 3, "ready_again")
    tagwell("journeys", "start", made["id"], *options)
    return str(made["id"])


def test_a_path_runs_and_its_first_step_is_due(tagwell: Tagwell, buyers: list[int]) -> None:
    path = start(tagwell)
    (row,) = tagwell("journeys", "list", "--json").json["journeys"]
    assert row["state"] == "running" and row["under_way"] + row["kept_back"] == 40
    said = tagwell("due", "--json").json
    (line,) = said["due"]
    assert (line["step"], line["recipients"], line["why_today"]) == (1, row["under_way"], "on the day of entering")
    shown = tagwell("journeys", "show", path, "--json").json
    assert [step["waiting"] for step in shown["path"]] == [row["under_way"], 0, 0]


def test_nothing_is_approved_without_the_right_number(tagwell: Tagwell, buyers: list[int]) -> None:
    path = start(tagwell)
    checked = tagwell("due", "approve", path, "--json", *ACCEPT)
    assert (checked.code, checked.json["campaigns"]) == (0, [])
    wrong = tagwell("due", "approve", path, "--recipients", 1, *ACCEPT)
    assert wrong.code == 2 and "Confirm with that number." in wrong.err
    unread = tagwell("due", "approve", path, "--recipients", checked.json["recipients"])
    assert unread.code == 2 and "--accept tested" in unread.err
    assert tagwell("send-due", "--json").json["sends"] == []


def test_what_was_approved_leaves_with_send_due_and_is_not_due_again(
    tagwell: Tagwell, later: Later, buyers: list[int]
) -> None:
    path = start(tagwell)
    number = tagwell("due", "--json").json["recipients"]
    done = tagwell("due", "approve", path, "--recipients", number, "--json", *ACCEPT)
    assert len(done.json["campaigns"]) == 1
    (sent,) = tagwell("send-due", "--json").json["sends"]
    assert (sent["state"], sent["accepted"]) == ("done", number)
    assert tagwell("due", "--json").json["due"] == []
    assert later(6, "due", "--json").json["due"] == []
    (second,) = later(7, "due", "--json").json["due"]
    assert (second["step"], second["recipients"]) == (2, number)


def test_a_skipped_day_moves_everybody_to_tomorrow(tagwell: Tagwell, later: Later, buyers: list[int]) -> None:
    path = start(tagwell)
    number = tagwell("due", "--json").json["recipients"]
    assert tagwell("due", "skip", path, "--json").json["moved"] == 40
    assert tagwell("due").out.startswith("Nothing is due today.")
    assert later(1, "due", "--json").json["recipients"] == number


def test_only_new_friends_enter_when_a_person_says_so(tagwell: Tagwell, buyers: list[int]) -> None:
    start(tagwell, "--only-new")
    (row,) = tagwell("journeys", "list", "--json").json["journeys"]
    assert (row["entered"], row["under_way"]) == (0, 0)


def test_a_stopped_path_lets_everybody_go(tagwell: Tagwell, buyers: list[int]) -> None:
    path = start(tagwell)
    tagwell("journeys", "pause", path)
    assert tagwell("due", "--json").json["due"] == []
    tagwell("journeys", "start", path)
    assert len(tagwell("due", "--json").json["due"]) == 1
    assert tagwell("journeys", "stop", path, "--json").json["under_way"] == 0
    assert tagwell("journeys", "start", path).code == 2


def test_an_unknown_template_names_the_known_ones(tagwell: Tagwell, buyers: list[int]) -> None:
    said = tagwell("journeys", "new", "--template", "nonsense")
    assert said.code == 2 and "new_friends, ready_again, warm_no_order" in said.err
