"""Which addresses may get the token, and where a practice shop's messages go."""

import uuid

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.door import PRACTICE_TOKEN, LineDoor, check_host
from linecrm_desktop.line.gateway import LINE_HOST, AnswerKind
from linecrm_desktop.line.practice_world import PracticeWorld
from tests.line.words import text, user


@pytest.mark.parametrize(
    ("typed", "host"),
    [
        ("https://api.line.me", "https://api.line.me"),
        (" https://API.Line.me/ ", "https://api.line.me"),
        ("https://proxy.example:8443", "https://proxy.example:8443"),
        ("http://127.0.0.1:8099/", "http://127.0.0.1:8099"),
        ("http://127.8.9.1", "http://127.8.9.1"),
        ("http://localhost:1", "http://localhost:1"),
        ("http://[::1]:8099", "http://[::1]:8099"),
    ],
)
def test_https_anywhere_and_http_on_this_computer(typed: str, host: str) -> None:
    assert check_host(typed) == host


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "api.line.me",
        "http://api.line.me",
        "http://192.168.1.5:8099",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "https://user:password@api.line.me",
        "https://api.line.me/v2",
        "https://api.line.me?x=1",
        "https://api.line.me#x",
        "https://аpi.line.me",
        "https://api line.me",
        "https://api.line.me:99999",
        "https://api.line.me:port",
        "https://api.line.me:0",
        "https://[::1",
        "ftp://api.line.me",
        "file:///etc/passwd",
        "https://",
    ],
)
def test_any_other_address_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(ShopError) as caught:
        check_host(typed)
    assert caught.value.advice


def test_without_an_address_it_is_lines_own() -> None:
    door = LineDoor(None, None)
    assert (door.host, door.is_practice) == (LINE_HOST, False)


def test_practice_goes_to_this_computer_only() -> None:
    world = PracticeWorld()
    door = LineDoor(None, world)
    line = door.client(PRACTICE_TOKEN)
    answer = line.push({"to": user(1), "messages": text()}, str(uuid.uuid4()))
    line.close()
    assert door.is_practice
    assert door.host.startswith("http://127.0.0.1:")
    assert answer.kind is AnswerKind.ACCEPTED
    assert world.copies == {user(1): 1}
    door.close()
    door.close()


def test_a_practice_door_refuses_a_real_token() -> None:
    door = LineDoor(None, PracticeWorld())
    assert door.client("real").push({"to": user(1), "messages": text()}, str(uuid.uuid4())).kind is (
        AnswerKind.TOKEN_REFUSED
    )
    door.close()
