"""Making shops, connecting them, and checking the installation."""

import json
from pathlib import Path

import pytest

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.settings import preferences
from linecrm_desktop.settings.secrets import SessionTokens
from tests.cli.conftest import Tagwell

TOKEN = "secret-token-of-a-shop"


def test_a_new_shop_is_made_and_is_the_one_opened_last(tagwell: Tagwell, tmp_path: Path) -> None:
    said = tagwell("new", tmp_path / "kyoto", "--country", "JP", "--name", "京の朝", "--json")
    assert said.json["shop"] == str(tmp_path / "kyoto.tagwell")
    assert (said.json["name"], said.json["currency"], said.json["practice"]) == ("京の朝", "JPY", False)
    assert preferences.load().last_shop == tmp_path / "kyoto.tagwell"
    assert tagwell("friends").code == 0


def test_a_shop_is_never_written_over(tagwell: Tagwell, shop: Path) -> None:
    before = shop.read_bytes()
    said = tagwell("new", shop)
    assert said.code == 2 and "is there already" in said.err
    assert shop.read_bytes() == before


def test_a_practice_shop_connects_to_the_practice_line_without_a_token(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("connect", "--shop", shop, "--json")
    assert said.json["account"]["name"] == "Morning Mist"
    assert said.json["token_kept_in"] is None


@pytest.fixture
def real_shop(tagwell: Tagwell, tmp_path: Path) -> Path:
    assert tagwell("new", tmp_path / "real").code == 0
    return tmp_path / "real.tagwell"


def test_a_token_comes_from_stdin_and_goes_to_the_password_store(
    tagwell: Tagwell, real_shop: Path, tokens: SessionTokens
) -> None:
    server = PracticeServer(PracticeWorld(token=TOKEN, account_name="Mei's shop", limit=200, used=12))
    host = server.start()
    try:
        said = tagwell("connect", "--shop", real_shop, "--host", host, "--json", stdin=f"{TOKEN}\n")
    finally:
        server.stop()
    assert said.json["messages_left"] == 188
    assert TOKEN not in said.out + said.err
    assert TOKEN not in real_shop.read_bytes().decode("latin-1")
    assert TOKEN in vars(tokens)["_kept"].values()


def test_a_wrong_token_is_kept_nowhere(tagwell: Tagwell, real_shop: Path, tokens: SessionTokens) -> None:
    server = PracticeServer(PracticeWorld(token=TOKEN))
    host = server.start()
    try:
        said = tagwell("connect", "--shop", real_shop, "--host", host, stdin="another\n")
    finally:
        server.stop()
    assert said.code == 3
    assert vars(tokens)["_kept"] == {}


def test_an_address_that_would_show_the_token_is_refused(tagwell: Tagwell, real_shop: Path) -> None:
    said = tagwell("connect", "--shop", real_shop, "--host", "http://example.com", stdin=TOKEN)
    assert said.code == 2 and "not safe for the token" in said.err


def test_no_token_is_asked_for_again(tagwell: Tagwell, real_shop: Path) -> None:
    said = tagwell("connect", "--shop", real_shop, stdin="")
    assert (said.code, said.err) == (2, "There was no token. Paste it at the prompt, or give it on stdin.\n")


def test_a_computer_without_a_password_store_is_told_and_the_shop_is_connected(
    tagwell: Tagwell, real_shop: Path, tokens: SessionTokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_ignored: object) -> None:
        raise OutsideError("This computer has no password store.")

    monkeypatch.setattr(tokens, "set", refuse)
    server = PracticeServer(PracticeWorld(token=TOKEN, limit=200))
    host = server.start()
    try:
        assert tagwell("connect", "--shop", real_shop, "--host", host, stdin=TOKEN).code == 3
        draft = real_shop.with_suffix(".json")
        draft.write_text(json.dumps({"name": "Empty", "bubbles": []}), encoding="utf-8")
        assert tagwell("messages", "save", draft, "--shop", real_shop).code == 0
        said = tagwell("send", "Empty", "--check", "--token-stdin", "--json", stdin=TOKEN)
    finally:
        server.stop()
    assert json.loads(said.out)["cost"] is not None
