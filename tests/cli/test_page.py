"""docs/command-line.md is true: each command, option and JSON key of the page is in the program, and the reverse."""

import argparse
import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from linecrm_desktop.cli.main import parser
from linecrm_desktop.models.channel import Channel
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.trial import parts, window
from tests.cli.conftest import Tagwell

PAGE = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text(encoding="utf-8")
SHARED = {"--shop", "--lang", "--json", "--password-stdin", "--help"}
SECTIONS = dict(re.findall(r"^## `tagwell ([^`]+)`\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def commands(of: argparse.ArgumentParser, name: str = "") -> dict[str, argparse.ArgumentParser]:
    """Return every command that does something, by its words."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, inner in action.choices.items():
                found |= commands(inner, f"{name} {word}".strip())
    return {**found, name: of} if of.get_default("work") else found


def written(command: argparse.ArgumentParser, name: str) -> str:
    """Return a command with its main argument, as the page's heading writes it."""
    places = [str(action.metavar) for action in command._actions if _is_argument(action)]
    return " ".join([name, *places])


def _is_argument(action: argparse.Action) -> bool:
    return not action.option_strings and not isinstance(action, argparse._SubParsersAction)


def options(command: argparse.ArgumentParser) -> set[str]:
    return {option for action in command._actions for option in action.option_strings if option.startswith("--")}


ALL = {written(command, name): command for name, command in commands(parser()).items()}


def test_the_page_has_every_command_and_no_other() -> None:
    assert set(SECTIONS) == set(ALL)


@pytest.mark.parametrize("heading", ALL)
def test_the_page_has_every_option_and_no_other(heading: str) -> None:
    named = set(re.findall(r"^\| `(--[a-z-]+)", SECTIONS[heading], re.MULTILINE))
    assert named == options(ALL[heading]) - SHARED


def test_the_options_of_all_commands_stand_at_the_top() -> None:
    top = PAGE.partition("\n## ")[0]
    assert set(re.findall(r"^\| `(--[a-z-]+)", top, re.MULTILINE)) == SHARED - {"--help"}
    for command in ALL.values():
        assert options(command) >= SHARED


def shape(value: Any) -> Any:
    """Return the keys of an object, inner ones too; a key "…" in an example means that keys are free there."""
    if isinstance(value, dict):
        free = not value or "…" in value or all(key.startswith(("zh", "en", "ja", "th")) for key in value)
        return "any keys" if free else {key: shape(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else "list"
    return "value"


def same(example: Any, found: Any) -> bool:
    """Say whether two shapes agree; empty things and free keys agree with all."""
    if isinstance(example, dict) and isinstance(found, dict):
        return example.keys() == found.keys() and all(same(example[key], found[key]) for key in example)
    if isinstance(example, list) and isinstance(found, list):
        return same(example[0], found[0])
    return "any keys" in (example, found) or "list" in (example, found) or "value" in (example, found)


def examples(heading: str) -> list[Any]:
    return [shape(json.loads(block)) for block in re.findall(r"```json\n(.*?)```", SECTIONS[heading], re.DOTALL)]


EXAMPLE = {
    f"tags {heading}": "tags merge KEEP DROP"
    for heading in ("split TAG", "rename TAG NAME", "edit TAG", "retire TAG", "restore TAG")
} | {f"journeys {heading} JOURNEY": "journeys new" for heading in ("start", "pause", "stop")}
"""Commands that answer in the same form as another one."""
PLAIN = {
    f"settings {heading}"
    for heading in (
        *("quiet HOURS", "cap CAP", "limit AMOUNT", "plan PLAN", "warn-under MESSAGES", "size SIZE", "uninformed WHAT"),
        *("prices set PLAN", "prices checked", "prices reset", "wait-after-purchase DAYS"),
    )
}
"""Commands that answer as `settings show` and `settings prices show` do; tests/cli/test_settings.py runs them."""


def _walk_paths(run: Callable[..., Any], shop: Path, now: datetime) -> None:
    database = open_shop(shop)
    with database.write() as session:
        for sign in "abcdef":  # one of them is surely not kept back
            joined = now - timedelta(days=2)
            session.add(Friend(line_user_id="U" + sign * 32, name=sign, created_at=now, joined_at=joined))
    database.close()
    path = run("journeys new", "journeys", "new", "--template", "new_friends")["id"]
    run("journeys list", "journeys", "list")
    run("journeys start JOURNEY", "journeys", "start", path)
    run("journeys show JOURNEY", "journeys", "show", path)
    run("journeys explain JOURNEY", "journeys", "explain", path, "--friend", "U" + "a" * 32)
    run("due", "due")
    run("due approve JOURNEY", "due", "approve", path)
    run("due skip JOURNEY", "due", "skip", path)
    for wanted in ("journeys pause JOURNEY", "journeys stop JOURNEY"):
        run(wanted, *wanted.split()[:2], path)


def add_account(shop: Path, now: datetime) -> None:
    """Put a second account into the file, as if LINE had said whose it is."""
    database = open_shop(shop)
    with database.write() as session:
        session.add(Channel(name="Outlet", shares_ids=False, created_at=now))
    database.close()


@pytest.mark.files
def test_every_json_example_has_the_keys_of_a_real_run(
    tagwell: Tagwell, shop: Path, tmp_path: Path, now: datetime
) -> None:
    rule, message, rows = tmp_path / "rule.json", tmp_path / "message.json", tmp_path / "new.csv"
    at_shop = ("--shop", shop, "--json")
    answers: dict[str, list[Any]] = {}

    def run(heading: str, *arguments: object) -> Any:
        said = tagwell(*arguments, *at_shop)
        assert said.out, said.err
        answers.setdefault(heading, []).append(found := json.loads(said.out))
        return found

    run("friends", "friends")
    run("friends edit FRIEND", "friends", "edit", "1001", "--name", "Mei Lin")
    tag = run("tags list", "tags", "list")["tags"][0]["id"]
    run("tags new NAME", "tags", "new", "Skin", "--type", "interest", "--helps-decide", "Whom to tell")
    run("tags add TAG", "tags", "add", "Skin", "--member", "1001")
    run("tags remove TAG", "tags", "remove", "Skin", "--member", "1001")
    tagwell("tags", "new", "Care", "--type", "interest", "--helps-decide", "Whom to tell", *at_shop)
    run("tags merge KEEP DROP", "tags", "merge", "Skin", "Care", "--dry-run")
    run("tags rename TAG NAME", "tags", "rename", "Care", "Body care")
    run("tags edit TAG", "tags", "edit", "Body care", "--owner", "Mei")
    run("tags retire TAG", "tags", "retire", "Body care")
    run("tags restore TAG", "tags", "restore", "Body care")
    run("tags audit", "tags", "audit")
    run("tags review", "tags", "review")
    run("tags review finish", "tags", "review", "finish", "--dry-run")
    rule.write_text(json.dumps(has_tag(tag)), encoding="utf-8")
    run("tags split TAG", "tags", "split", "Skin", "--part", "Dry", rule, "--rest", "Oily", "--dry-run")
    operation = run("tags history", "tags", "history")["operations"][0]["id"]
    run("tags undo ID", "tags", "undo", operation)
    run("tags rules save TAG", "tags", "rules", "save", "Skin", "--rule", rule, "--name", "VIPs")
    run("tags rules list", "tags", "rules", "list")
    run("tags rules run", "tags", "rules", "run")
    run("tags rules remove ID", "tags", "rules", "remove", 1)
    run("tags rules starter", "tags", "rules", "starter")
    place = run("sources make PLACE", "sources", "make", "Counter", "--account", "@123abcde")["links"][0]
    run("sources list", "sources", "list")
    run("sources save FOLDER", "sources", "save", tmp_path / "codes")
    run("sources stop CODE", "sources", "stop", place["code"])
    run("sources coverage", "sources", "coverage")
    run("segments save NAME", "segments", "save", "VIPs", "--rule", rule, "--helps-decide", "Whom to thank")
    run("segments list", "segments", "list")
    run("segments show SEGMENT", "segments", "show", "VIPs")
    run("segments count SEGMENT", "segments", "count", "VIPs")
    run("segments export SEGMENT", "segments", "export", "VIPs", "--out", tmp_path / "vips.csv", "--purpose", "Parcels")
    run("friends looked", "friends", "looked")
    tagwell("segments", "save", "Thanked", "--rule", rule, "--helps-decide", "Whom to thank", *at_shop)
    run("segments explain SEGMENT", "segments", "explain", "VIPs", "--friend", "1001")
    run("segments schema", "segments", "schema")
    run("segments compare A B", "segments", "compare", "VIPs", "Thanked")
    (block,) = re.findall(r"```json\n(.*?)```", SECTIONS["messages show MESSAGE"], re.DOTALL)
    message.write_text(json.dumps(json.loads(block) | {"segment": "VIPs"}), encoding="utf-8")
    run("messages save FILE", "messages", "save", message)
    run("messages list", "messages", "list")
    run("messages show MESSAGE", "messages", "show", "Serum is back")
    run("messages check MESSAGE", "messages", "check", "Serum is back")
    run("settings show", "settings", "show")
    run("settings prices show", "settings", "prices", "show")
    run("settings people", "settings", "people", "--add", "Amy")
    run("connect", "connect")
    warnings = [word for key in ("informed", "size", "tested", "kept_back") for word in ("--accept", key)]
    run("testers add NAME ID", "testers", "add", "Mei", "U" + "1" * 32)
    run("testers list", "testers", "list")
    run("test MESSAGE", "test", "Serum is back")
    run("testers remove TESTER", "testers", "remove", "Mei")
    add_account(shop, now)
    run("channels list", "channels", "list")
    run("channels remove ACCOUNT", "channels", "remove", "Outlet")
    run("send MESSAGE", "send", "Serum is back", "--check")
    run("send MESSAGE", "send", "Serum is back", "--confirm", 3, *warnings)
    run("send MESSAGE", "send", "--doubts", 1)
    run("send-due", "send-due")
    run("results", "results")
    run("results show CAMPAIGN", "results", "Serum is back")
    run("results months", "results", "months")
    run("results report", "results", "report", "--out", tmp_path / "november.pdf")
    run(
        "results friends CAMPAIGN",
        "results",
        "friends",
        "Serum is back",
        "--out",
        tmp_path / "friends.csv",
        "--purpose",
        "x",
    )
    run("results fetch CAMPAIGN", "results", "fetch")
    wish = ("--purpose", "Thank them in ads", "--for", "ads")
    run("audiences check SEGMENT", "audiences", "check", "VIPs", *wish)
    run("audiences list", "audiences", "list")
    run("audiences suggest", "audiences", "suggest")
    run("audiences status", "audiences", "status")
    run("home", "home")
    run("messages save-template MESSAGE", "messages", "save-template", "Serum is back")
    run("messages templates", "messages", "templates")
    run("messages new TEMPLATE", "messages", "new", "welcome")
    run("messages delete-template TEMPLATE", "messages", "delete-template", "Serum is back")
    run("messages delete MESSAGE", "messages", "delete", "Serum is back")
    rows.write_text("Member number,Name\n2001,Nori\n", encoding="utf-8")
    run("import FILE", "import", rows, "--kind", "customers", *ORIGIN)
    batch = run("imports list", "imports", "list")["imports"][0]["id"]
    run("imports report ID", "imports", "report", batch)
    run("imports undo ID", "imports", "undo", batch, "--yes")
    run("consent coverage", "consent", "coverage")
    run("consent refuse FRIEND", "consent", "refuse", "1001", "--how", "in the chat")
    run("consent show FRIEND", "consent", "show", "1001")
    run("consent notices draft LANGUAGE", "consent", "notices", "draft", "en")
    run("consent notices add LANGUAGE", "consent", "notices", "add", "en")
    run("consent notices change NOTICE", "consent", "notices", "change", "1/en", "--opt-out", "Reply STOP.")
    run("consent notices list", "consent", "notices", "list")
    run(
        "consent record", "consent", "record", "--tag", "VIP", "--way", "event", "--how", "folder 3", "--notice", "1/en"
    )
    run("consent recordings", "consent", "recordings")
    run("consent take-back RECORDING", "consent", "take-back", 1)
    run("consent check", "consent", "check")
    run("requests new FRIEND", "requests", "new", "1001", "--wants", "copy")
    run("requests list", "requests", "list")
    run("requests step REQUEST", "requests", "step", "R-0001", "--done", "check", "--how", "in the chat")
    run("requests copy REQUEST", "requests", "copy", 1, "--out", tmp_path / "copy.zip")
    run("requests close REQUEST", "requests", "close", "R-0001")
    run("requests days", "requests", "days")
    run("friends erase FRIEND", "friends", "erase", "1002", "--confirm", "1002")
    _walk_paths(run, shop, now)
    backup = run("backup", "backup")["backup"]["file"]
    run("restore BACKUP", "restore", backup)
    twice = "a long sentence\na long sentence\n"
    answers["password"] = [tagwell("password", *at_shop, stdin=twice).json]
    answers["new SHOP"] = [tagwell("new", tmp_path / "another", "--json").json]
    wrong = [
        heading
        for heading, found in answers.items()
        for example, real in zip(examples(EXAMPLE.get(heading, heading)), found, strict=True)
        if not same(example, shape(real))
    ]
    assert wrong == []
    review = {f"tags review {heading}" for heading in ("accept KEY", "later KEY", "reopen KEY", "undo")}
    shares = {f"audiences {heading}" for heading in ("share SEGMENT", "again LIST", "add LIST", "delete LIST")}
    # This shop has no proposals and too few friends to share; tests/cli/test_audiences.py shares.
    assert set(SECTIONS) - set(answers) - PLAIN == {
        "tour",
        "fetch",
        "practice-line",
        "self-check",  # beneath
        "move FROM TO",  # they need a server; tests/cli/test_moving.py runs them
        "join ADDRESS SHOP",
        "share ADDRESS",  # tests/cli/test_sharing.py
        *review,
        *shares,
    }


def test_the_installation_checks_itself_as_the_page_says(tagwell: Tagwell) -> None:
    said = tagwell("--self-check", "--json").json
    assert said["works"]
    assert [check for check in said["checks"] if check["verdict"] == "failed"] == []
    assert {check["key"] for check in said["checks"]} == {"window"} | {
        part.key for part in (*parts.PARTS, *window.PARTS)
    }
    [example] = examples("self-check")
    assert same(example, shape(said))


ORIGIN = ("--source", "shop checkout", "--purpose", "orders and news", "--informed", "yes")


def has_tag(tag: int) -> dict[str, Any]:
    from linecrm_desktop.segments import codec
    from linecrm_desktop.segments.rules import AllOf, HasTag

    return codec.to_json(AllOf((HasTag((tag,)),)))
