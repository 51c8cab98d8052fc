"""Sending from the command line: the same check list, the same typed number, and nothing twice."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from linecrm_desktop.cli import send as send_command
from linecrm_desktop.jobs import Stopped, Task
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.models.campaign import Chunk, ChunkState, Delivery, DeliveryState
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell
from tests.serum_message import SERUM_MESSAGE

READ = tuple(word for key in ("informed", "size", "tested", "kept_back") for word in ("--accept", key))


@pytest.fixture
def message(tagwell: Tagwell, shop: Path, tmp_path: Path) -> str:
    """A message to six friends of whom three can be reached."""
    tag = tagwell("tags", "list", "--shop", shop, "--json").json["tags"][0]["id"]
    rule, draft = tmp_path / "rule.json", tmp_path / "message.json"
    rule.write_text(json.dumps(codec.to_json(AllOf((HasTag((tag,)),)))), encoding="utf-8")
    assert tagwell("segments", "save", "All VIPs", "--rule", rule, "--helps-decide", "Whom to thank").code == 0
    draft.write_text(json.dumps(SERUM_MESSAGE), encoding="utf-8")
    assert tagwell("messages", "save", draft).code == 0
    return "Serum is back"


def sends(tagwell: Tagwell) -> list[dict[str, Any]]:
    return tagwell("results", "--json").json["campaigns"]


def test_check_shows_the_list_and_sends_nothing(tagwell: Tagwell, message: str) -> None:
    said = tagwell("send", message, "--check", "--json")
    assert said.code == 2
    shown = json.loads(said.out)
    assert (shown["recipients"], shown["can_send"]) == (3, False)
    warnings = {check["key"] for check in shown["checks"] if check["tone"] == "warning"}
    assert warnings == {"informed", "size", "tested", "kept_back"}
    assert tagwell("send", message, "--check", "--json", *READ).json["can_send"] is True
    assert sends(tagwell) == []


@pytest.mark.parametrize("typed", ["2", "4", "6", "0", "3.0", "three", ""])
def test_any_number_but_the_right_one_sends_nothing(tagwell: Tagwell, message: str, typed: str) -> None:
    said = tagwell("send", message, "--confirm", typed, *READ)
    assert said.code == 2
    assert "3 friends would get it" in said.err
    assert "✓ Brief (brief)" in said.out
    assert sends(tagwell) == []


def test_a_warning_that_nobody_read_sends_nothing(tagwell: Tagwell, message: str) -> None:
    said = tagwell("send", message, "--confirm", 3, "--accept", "size")
    assert said.code == 2
    assert "--accept informed --accept tested --accept kept_back" in said.err
    assert sends(tagwell) == []


@pytest.mark.parametrize("typed", ["3", "３"])
def test_the_right_number_sends_to_those_who_can_be_reached(tagwell: Tagwell, message: str, typed: str) -> None:
    said = tagwell("send", message, "--confirm", typed, "--json", *READ).json
    assert (said["accepted"], said["left_out"], said["state"]) == (3, 3, "done")
    (result,) = sends(tagwell)
    assert result["left_out"] == {"blocked": 1, "no_line_id": 1, "refused": 1}
    assert tagwell("results", message, "--json").json["campaign"] == result
    assert "Accepted by LINE: 3" in tagwell("results", str(result["id"])).out


def test_ctrl_c_leaves_a_send_that_can_be_resumed(
    tagwell: Tagwell, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(
        _database: Database, _campaign: int, _line: Line, _task: Task, _clock: object, **_more: object
    ) -> None:
        raise Stopped

    with monkeypatch.context() as patch:
        patch.setattr(send_command.sending, "send", interrupted)
        said = tagwell("send", message, "--confirm", 3, *READ)
    assert said.code == 130
    assert "3 wait and nobody gets one twice" in said.err
    number = sends(tagwell)[0]["id"]
    assert f"tagwell send --resume {number}" in said.err
    assert tagwell("send", "--resume", number, "--json").json["accepted"] == 3
    again = tagwell("send", "--resume", number)
    assert again.code == 2 and "no unfinished send" in again.err


def test_a_real_shop_without_a_token_sends_nothing(tagwell: Tagwell, tmp_path: Path) -> None:
    tagwell("new", tmp_path / "real")
    draft = tmp_path / "message.json"
    draft.write_text(json.dumps({"name": "Empty", "bubbles": []}), encoding="utf-8")
    assert tagwell("messages", "save", draft).code == 0
    said = tagwell("send", "Empty", "--confirm", 0)
    assert (said.code, said.err) == (2, "“real” is not connected to LINE on this computer. Run: tagwell connect\n")


@pytest.mark.parametrize("arguments", [("--check",), ("--confirm", "3"), ("Serum", "--resume", "1")])
def test_a_send_needs_a_message_or_a_campaign(tagwell: Tagwell, shop: Path, arguments: tuple[str, ...]) -> None:
    assert tagwell("send", *arguments, "--shop", shop).code == 2


def test_check_confirm_and_resume_exclude_each_other(tagwell: Tagwell, message: str) -> None:
    assert tagwell("send", message, "--check", "--confirm", "3").code == 2
    assert tagwell("send", message).code == 2


def test_messages_in_doubt_are_shown_left_or_sent_again(tagwell: Tagwell, message: str, shop: Path) -> None:
    tagwell("send", message, "--confirm", 3, *READ)
    number = sends(tagwell)[0]["id"]
    assert tagwell("send", "--doubts", number).out == "Nothing is in doubt.\n"
    assert tagwell("send", "--leave", number).code == 2
    put_in_doubt(shop)
    said = tagwell("send", "--doubts", number, "--json").json
    assert (said["copies"], said["requests"]) == (3, 3)
    assert tagwell("send", "--leave", number, "--json").json["left"] == 3
    assert tagwell("send", "--again", number).code == 2
    put_in_doubt(shop)
    again = tagwell("send", "--again", number, "--json").json
    assert (again["accepted"], again["in_doubt"], again["state"]) == (3, 0, "done")


def put_in_doubt(shop: Path) -> None:
    """Leave the shop as a send does whose answer never came."""
    database = open_shop(shop)
    with database.write() as session:
        session.execute(update(Chunk).values(state=ChunkState.IN_DOUBT))
        copies = update(Delivery).where(Delivery.chunk.is_not(None))
        session.execute(copies.values(state=DeliveryState.IN_DOUBT, why="no_answer"))
    database.close()
