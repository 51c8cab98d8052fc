"""`fetch`: friends from LINE, for a shop that is connected."""

import json
import re
from pathlib import Path

import pytest

from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from tests.cli.conftest import Tagwell
from tests.cli.test_page import SECTIONS

TOKEN = "a-real-looking-token"
ORIGIN = ("--source", "LINE", "--purpose", "news", "--informed", "yes")


@pytest.fixture
def shop(tagwell: Tagwell, tmp_path: Path) -> Path:
    path = tmp_path / "Real.tagwell"
    assert tagwell("new", path).code == 0
    return path


def test_friends_of_a_connected_account_come_in_once(tagwell: Tagwell, shop: Path) -> None:
    world = PracticeWorld(token=TOKEN, friends={f"U{n:032x}" for n in range(3)}, verified=True)
    server = PracticeServer(world)
    host = server.start()
    try:
        assert tagwell("connect", "--shop", shop, "--host", host, stdin=f"{TOKEN}\n").code == 0
        said = tagwell("fetch", "--shop", shop, "--json", *ORIGIN).json
        again = tagwell("fetch", "--shop", shop, "--no-names", *ORIGIN)
        world.verified = False
        refused = tagwell("fetch", "--shop", shop, *ORIGIN)
    finally:
        server.stop()
    (example,) = re.findall(r"```json\n(.*?)```", SECTIONS["fetch"], re.DOTALL)
    assert said.keys() == json.loads(example).keys()
    assert (said["found"], said["new"], said["named"], said["absent"]) == (3, 3, 3, 0)
    assert again.out.startswith("LINE named 3 friends. 0 are new.")
    assert (refused.code, "verified and premium" in refused.err) == (3, True)
    assert tagwell("friends", "--shop", shop, "--json").json["total"] == 3


def test_the_origin_is_asked_first(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("fetch", "--shop", shop)
    assert (said.code, "--source" in said.err) == (2, True)
