"""Planned sends from the command line: confirmed by the number, sent by `send-due`, never twice."""

import io
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from linecrm_desktop.cli.main import main
from linecrm_desktop.cli.world import World
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Said, Tagwell
from tests.cli.test_send import READ, message, sends

__all__ = ["message"]
EVENING = "2026-11-12 20:00"
Later = Callable[..., Said]


@pytest.fixture
def later(
    now: datetime, tokens: SessionTokens, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Later:
    """Run a command at another moment: later(minutes, "send-due"); minutes count from 20:00."""

    def run(minutes: float, *arguments: object) -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO())
        capsys.readouterr()
        moment = now + timedelta(hours=9, minutes=29 + minutes)
        code = main(["--lang", "en", *map(str, arguments)], World(lambda: moment, tokens))
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return run


def plan(tagwell: Tagwell) -> None:
    said = tagwell("send", "Serum is back", "--confirm", 3, "--at", EVENING, "--json", *READ).json
    assert (said["state"], said["due_at"], said["accepted"]) == ("scheduled", "2026-11-12T20:00:00+08:00", 0)


def test_a_plan_leaves_at_its_moment_and_once(tagwell: Tagwell, later: Later, message: str) -> None:
    plan(tagwell)
    early = tagwell("send-due", "--json").json
    assert (early["sends"], early["next"]) == ([], "2026-11-12T20:00:00+08:00")
    (sent,) = later(0, "send-due", "--json").json["sends"]
    assert (sent["state"], sent["accepted"], sent["waiting"]) == ("done", 3, 0)
    assert later(5, "send-due", "--json").json == {"open_elsewhere": False, "sends": [], "next": None}
    assert sends(tagwell)[0]["accepted"] == 3


def test_a_plan_that_is_too_late_asks_a_person(tagwell: Tagwell, later: Later, message: str) -> None:
    plan(tagwell)
    said = later(31, "send-due")
    assert said.code == 2
    assert "It was planned for 12 Nov 20:00, and nothing was sent." in said.out
    assert later(35, "send-due").out == "Nothing is due.\n"
    number = sends(tagwell)[0]["id"]
    assert later(40, "send", "--resume", number, "--json").json["accepted"] == 3


@pytest.mark.files
def test_while_a_window_has_the_shop_the_command_leaves_it_alone(
    tagwell: Tagwell, later: Later, message: str, shop: Path
) -> None:
    plan(tagwell)
    window = open_shop(shop)
    said = later(0, "send-due", "--json")
    window.close()
    assert (said.code, json.loads(said.out)["open_elsewhere"]) == (0, True)
    assert later(1, "send-due", "--json").json["sends"][0]["accepted"] == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("tomorrow", "“tomorrow” is not a time."),
        ("2026-11-12 22:00", "Put right what is marked with ✗."),
        ("2026-11-12 10:00", "Put right what is marked with ✗."),
    ],
)
def test_a_time_must_be_one_at_which_a_send_may_leave(tagwell: Tagwell, message: str, typed: str, words: str) -> None:
    said = tagwell("send", message, "--confirm", 3, "--at", typed, *READ)
    assert (said.code, sends(tagwell)) == (2, [])
    assert words in said.err


def test_now_takes_a_kept_time_away(tagwell: Tagwell, message: str) -> None:
    assert tagwell("send", message, "--confirm", 2, "--at", EVENING, *READ).code == 2
    assert tagwell("messages", "show", message, "--json").json["send_at"] == "2026-11-12T20:00:00+08:00"
    assert tagwell("send", message, "--confirm", 3, "--at", "now", "--json", *READ).json["state"] == "done"


def test_a_plan_is_told_in_words_and_stopped_for_good(tagwell: Tagwell, later: Later, message: str) -> None:
    said = tagwell("send", "Serum is back", "--confirm", 3, "--at", EVENING, *READ).out
    assert said.startswith("3 messages are planned for Thu 12 Nov 2026, 20:00. Nothing was sent.")
    assert tagwell("send-due").out == "Nothing is due. The next send leaves on Thu 12 Nov 2026, 20:00.\n"
    number = sends(tagwell)[0]["id"]
    assert tagwell("send", "--stop", number).out == "Stopped for good. 3 friends get nothing.\n"
    assert later(0, "send-due", "--json").json["sends"] == []
    assert tagwell("send", "--stop", number).code == 2
    assert later(1, "send", "--resume", number).code == 2
