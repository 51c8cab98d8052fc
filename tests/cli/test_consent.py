"""`consent`: show, refuse, record for many, take back, notices, and a ledger that somebody else changed."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.models.tag import FriendTag, TagOrigin
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell


def test_a_refusal_says_what_it_took_the_friend_out_of(tagwell: Tagwell, shop: Path) -> None:
    said = tagwell("consent", "refuse", "1001", "--how", "in the chat", "--shop", shop)
    assert (said.code, said.out) == (
        0,
        "Mei refuses: Marketing by LINE.\nNo segment, journey or send held them.\n",
    )
    again = tagwell("consent", "refuse", "1001", "--how", "letter", "--shop", shop)
    assert "known already" in again.out
    told = tagwell("consent", "show", "1001", "--shop", shop)
    assert "Marketing by LINE    Refused    Not told" in told.out
    assert told.out.splitlines()[-1].endswith("Refused marketing: in the chat")


def test_other_uses_are_refused_by_name(tagwell: Tagwell, shop: Path) -> None:
    refuse = ("consent", "refuse", "1001", "--how", "letter", "--shop", shop, "--json")
    assert tagwell(*refuse, "--use", "ads", "--use", "profiling").json["new"] == ["ads", "profiling"]
    assert tagwell(*refuse, "--use", "service").json["new"] == ["marketing", "service"]


def test_a_refusal_of_profiling_names_the_tags_that_rules_gave(tagwell: Tagwell, shop: Path) -> None:
    database = open_shop(shop)
    with database.write() as session:
        row = session.scalars(select(FriendTag).where(FriendTag.friend_id == 1)).one()
        row.origin = TagOrigin.RULE
    database.close()
    at, refuse = ("--shop", shop), ("consent", "refuse", "--how", "letter", "--use", "profiling")
    assert tagwell("consent", "show", "1001", *at, "--json").json["rules_give_tags"] is True
    said = tagwell(*refuse, "1001", *at).out
    assert said.splitlines()[-1] == "Tags that rules gave are taken off: VIP."
    assert tagwell(*refuse, "1002", *at, "--json").json["tags_taken_off"] == []
    assert tagwell("consent", "show", "1001", *at, "--json").json["rules_give_tags"] is False
    assert "Rules give them no tags; tags given by hand stay." in tagwell("consent", "show", "1001", *at).out


def test_what_many_were_told_is_counted_recorded_and_taken_back(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    names = tmp_path / "form.csv"
    names.write_text("Member\n1001\n1002\nnobody\n", encoding="utf-8")
    at = ("--shop", shop)
    assert tagwell("consent", "notices", "add", "en", *at).out == "Version 1 in en is kept.\n"
    record = ("consent", "record", "--file", names, "--way", "paper", "--how", "folder 3", "--notice", "1/en", *at)
    record += ("--told", "2026-11-03")
    counted = tagwell(*record, "--dry-run", "--json").json
    assert (counted["recording"], counted["new"], counted["unknown"]) == (None, 2, ["nobody"])
    assert tagwell(*record, "--json").json["recording"] == 1
    assert tagwell(*record).code == 2
    changed = tagwell("consent", "notices", "change", "1/en", "--opt-out", "Stop", *at)
    assert (changed.code, "told this version" in changed.err) == (2, True)
    shown = tagwell("consent", "show", "1001", "--json", *at).json
    assert [use["told_at"] for use in shown["uses"]] == ["2026-11-03T00:00:00+08:00"] * 4
    assert tagwell("consent", "take-back", 1, *at).code == 0
    assert tagwell("consent", "take-back", 1, *at).code == 2
    assert [line["kind"] for line in tagwell("consent", "show", "1001", "--json", *at).json["lines"]] == [
        "corrected",
        "collected",
    ]
    assert tagwell("consent", "check", *at).out.startswith("4 lines, each as it was written.\n")


@pytest.mark.files
def test_a_line_that_something_else_changed_ends_in_a_sentence_and_in_3(tagwell: Tagwell, shop: Path) -> None:
    tagwell("consent", "refuse", "1001", "--how", "in the chat", "--shop", shop)
    with closing(sqlite3.connect(shop)) as file, file:
        file.execute("UPDATE consent_entry SET evidence = 'she agreed'")
    said = tagwell("consent", "check", "--shop", shop)
    assert (said.code, said.out.splitlines()[0]) == (
        3,
        "Line 1 is not as it was written, or a line before it came or went. Open a backup as a copy and compare.",
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("show", "nobody"), "There is no friend “nobody”."),
        (("refuse", "1001", "--how", " "), "It is not said how we know."),
        (("refuse", "1001"), "--how"),
        (("record", "--tag", "VIP", "--way", "event", "--how", "x", "--notice", "1"), "“1” is no notice."),
        (("record", "--tag", "VIP", "--way", "event", "--how", "x", "--notice", "1/en"), "There is no such notice."),
        (("record", "--tag", "VIP", "--way", "event", "--how", "x", "--told", "May"), "“May” is no day."),
        (("record", "--file", "/none.csv", "--way", "event", "--how", "x"), "“none.csv” cannot be read."),
        (("notices", "add", "de"), "de"),
        (("notices", "add", "en", "--version", "7"), "There is no such notice."),
    ],
)
def test_what_is_wrong_ends_in_a_sentence(tagwell: Tagwell, shop: Path, arguments: tuple[str, ...], says: str) -> None:
    said = tagwell("consent", *arguments, "--shop", shop)
    assert said.code == 2
    assert says in said.err
