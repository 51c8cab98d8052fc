"""Templates from the command line: those of the three paths, and the shop's own."""

import json
from pathlib import Path

import pytest

from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import AllOf, HasTag
from tests.cli.conftest import Said, Tagwell


@pytest.fixture(name="tagwell")
def in_the_shop(tagwell: Tagwell, shop: Path, tmp_path: Path) -> Tagwell:
    """Run commands on the small shop, which has one segment."""
    rule = tmp_path / "rule.json"
    rule.write_text(json.dumps(codec.to_json(AllOf((HasTag((1,)),)))), encoding="utf-8")

    def run(*arguments: object, stdin: str = "") -> Said:
        return tagwell(*arguments, "--shop", shop, stdin=stdin)

    run("segments", "save", "Bought twice", "--rule", rule, "--helps-decide", "Whom to thank")
    return run


def names(tagwell: Tagwell, *more: str) -> list[str]:
    return [one["name"] for one in tagwell("messages", "templates", "--json", *more).json["templates"]]


def test_the_paths_speak_the_language_of_the_shops_country(tagwell: Tagwell) -> None:
    assert names(tagwell)[0] == "歡迎新好友"
    assert names(tagwell, "--texts", "en")[0] == "Welcome"


def test_a_message_begins_with_a_step_of_a_path(tagwell: Tagwell) -> None:
    made = tagwell("messages", "new", "welcome", "--texts", "en", "--segment", "Bought twice", "--json").json
    assert (made["name"], made["unanswered"]) == ("Welcome", [])
    shown = tagwell("messages", "show", "Welcome", "--json").json
    assert shown["segment"] == "Bought twice"
    assert [bubble["kind"] for bubble in shown["bubbles"]] == ["text", "text", "opt_out"]


def test_a_message_is_kept_as_a_template_and_begins_another(tagwell: Tagwell) -> None:
    tagwell("messages", "new", "tips", "--name", "Refill")
    assert tagwell("messages", "save-template", "Refill", "--json").json == {"id": 1, "name": "Refill"}
    assert tagwell("messages", "save-template", "Refill").code == 2
    assert tagwell("messages", "save-template", "Refill", "--replace").code == 0
    assert names(tagwell)[-1] == "Refill"
    assert tagwell("messages", "new", "refill", "--name", "Again", "--json").json["name"] == "Again"
    first, second = (tagwell("messages", "show", name, "--json").json for name in ("Refill", "Again"))
    assert json.dumps(first["bubbles"]) == json.dumps(second["bubbles"])
    assert tagwell("messages", "delete-template", "Refill").code == 0
    assert tagwell("messages", "delete-template", "Refill").code == 2


def test_an_unknown_template_says_so(tagwell: Tagwell) -> None:
    said = tagwell("messages", "new", "nothing")
    assert said.code == 2 and "There is no template “nothing”." in said.err
