"""A second LINE account from the command line: connected, fetched from, written through, asked about, removed."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import HasTag, NoneOf
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell
from tests.serum_message import SERUM_MESSAGE

FIRST, SECOND = "token-of-the-first", "token-of-the-second"
READ = tuple(
    word for key in ("informed", "size", "tested", "kept_back", "quota", "first_contact") for word in ("--accept", key)
)


@pytest.fixture
def worlds(now: datetime) -> Iterator[dict[str, tuple[PracticeWorld, str]]]:
    """Two pretended accounts at addresses of their own, by name."""
    made: dict[str, tuple[PracticeWorld, str]] = {}
    servers: list[PracticeServer] = []
    for name, token, letter in (("Morning Mist", FIRST, "a"), ("Outlet", SECOND, "b")):
        world = PracticeWorld(
            token=token, clock=lambda: now, limit=500, verified=True, friends=set(), account_name=name
        )
        world.account_id, world.basic_id = "U" + letter * 32, f"@{letter}"
        servers.append(PracticeServer(world))
        made[name] = (world, servers[-1].start())
    yield made
    for server in servers:
        server.stop()


@pytest.fixture
def both(tagwell: Tagwell, shop: Path, worlds: dict[str, tuple[PracticeWorld, str]]) -> Path:
    """The small shop, connected to both accounts."""
    database = open_shop(shop)
    with database.write() as session:
        session.get_one(Shop, 1).is_practice = False
    database.close()
    assert tagwell("connect", "--shop", shop, "--host", worlds["Morning Mist"][1], stdin=FIRST).code == 0
    said = tagwell("connect", "--add", "--host", worlds["Outlet"][1], "--json", stdin=SECOND).json
    assert said["account"] == {"name": "Outlet", "basic_id": "@b"}
    return shop


def test_each_account_keeps_its_own_token_and_month(tagwell: Tagwell, both: Path, tokens: SessionTokens) -> None:
    rows = tagwell("channels", "list", "--json").json["channels"]
    assert [(row["id"], row["name"], row["connected"], row["messages_limit"]) for row in rows] == [
        (None, "Morning Mist", True, 500),
        (1, "Outlet", True, 500),
    ]
    database = open_shop(both)
    with database.read() as session:
        key = session.get_one(Shop, 1).key
    database.close()
    assert (tokens.get(key, "U" + "a" * 32), tokens.get(key, "U" + "b" * 32)) == (FIRST, SECOND)
    assert "Outlet" in tagwell("channels", "list").out


def test_friends_of_the_second_account_are_written_to_through_it_alone(
    tagwell: Tagwell, both: Path, worlds: dict[str, tuple[PracticeWorld, str]], tmp_path: Path
) -> None:
    people = {f"U{n:032x}" for n in range(0xB00, 0xB05)}
    outlet, first = worlds["Outlet"][0], worlds["Morning Mist"][0]
    outlet.friends = set(people)
    told = ("--source", "LINE", "--purpose", "News", "--informed", "yes", "--channel", "Outlet")
    assert tagwell("fetch", *told, "--no-names", "--json").json["new"] == 5
    again = tagwell("fetch", *told, "--no-names", "--json").json
    assert (again["new"], again["absent"]) == (0, 0)
    rule, draft = tmp_path / "rule.json", tmp_path / "message.json"
    tag = tagwell("tags", "list", "--json").json["tags"][0]["id"]
    rule.write_text(json.dumps(codec.to_json(NoneOf((HasTag((tag,)),)))), encoding="utf-8")
    assert tagwell("segments", "save", "All", "--rule", rule, "--helps-decide", "Whom to thank").code == 0
    draft.write_text(json.dumps(SERUM_MESSAGE | {"segment": "All", "channel": "Outlet"}), encoding="utf-8")
    assert tagwell("messages", "save", draft).code == 0
    assert tagwell("messages", "show", "Serum is back", "--json").json["channel"] == "Outlet"
    checked = json.loads(tagwell("send", "Serum is back", "--check", "--json").out)
    assert (checked["account"], checked["account_id"], checked["recipients"]) == ("Outlet", "@b", 5)
    sent = tagwell("send", "Serum is back", "--confirm", 5, "--json", *READ).json
    assert sent["accepted"] == 5
    assert set(outlet.copies) == people
    assert first.copies == {}


def test_what_is_wrong_with_an_account_is_said_before_anything_is_changed(
    tagwell: Tagwell, both: Path, worlds: dict[str, tuple[PracticeWorld, str]], tmp_path: Path
) -> None:
    twice = tagwell("connect", "--add", "--host", worlds["Outlet"][1], stdin=SECOND)
    assert (twice.code, "is connected to this shop already" in twice.err) == (2, True)
    other = tagwell("connect", "--channel", "Outlet", "--host", worlds["Morning Mist"][1], stdin=FIRST)
    assert (other.code, "belongs to “Morning Mist”" in other.err) == (2, True)
    nobody = tagwell("fetch", "--source", "x", "--purpose", "y", "--channel", "Shoes")
    assert (nobody.code, "There is no LINE account “Shoes”" in nobody.err) == (2, True)
    alone = tagwell("connect", "--same-provider", stdin=FIRST)
    assert (alone.code, "--same-provider belongs to --add" in alone.err) == (2, True)
    draft = tmp_path / "message.json"
    draft.write_text(json.dumps(SERUM_MESSAGE | {"segment": None, "channel": "Shoes"}), encoding="utf-8")
    assert "There is no LINE account “Shoes”" in tagwell("messages", "save", draft).err


def test_a_removed_account_is_gone_with_its_token_and_the_first_one_stays(
    tagwell: Tagwell, both: Path, tokens: SessionTokens
) -> None:
    assert "stays with the shop" in tagwell("channels", "remove", "Morning Mist").err
    assert "no longer an account" in tagwell("channels", "remove", "Outlet").out
    assert [row["name"] for row in tagwell("channels", "list", "--json").json["channels"]] == ["Morning Mist"]
    database = open_shop(both)
    with database.read() as session:
        key = session.get_one(Shop, 1).key
    database.close()
    assert tokens.get(key, "U" + "b" * 32) is None
    assert tokens.get(key, "U" + "a" * 32) == FIRST


def test_testers_and_the_plan_belong_to_an_account(tagwell: Tagwell, both: Path) -> None:
    assert tagwell("testers", "add", "Mei", "U" + "c" * 32, "--channel", "Outlet").code == 0
    plan = tagwell("settings", "show", "--json").json["plans"][0]["key"]
    assert tagwell("settings", "plan", plan, "--channel", "Outlet").code == 0
    rows = tagwell("channels", "list", "--json").json["channels"]
    assert [row["plan"] for row in rows] == [None, plan]
