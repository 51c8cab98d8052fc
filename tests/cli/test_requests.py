"""`requests`: a request from the first word to the closing note, and what is refused in a sentence."""

import zlib
from pathlib import Path

import pytest
import pyzipper

from tests.cli.conftest import Tagwell


def test_a_copy_goes_through_all_steps(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    at = ("--shop", shop)
    assert tagwell("requests", "new", "1001", "--wants", "copy", "--asked", "2026-11-03", *at).code == 0
    said = tagwell("requests", "list", *at)
    assert "R-0001  Mei     Copy of the data  3 Nov  18 Nov     6 days left" in said.out
    assert "Have a lawyer confirm" in said.out
    refused = tagwell("requests", "copy", "R-0001", "--out", tmp_path / "copy.zip", *at)
    assert (refused.code, refused.err) == (
        2,
        "Nobody has checked yet who is asking. Check it first; no copy was made.\n",
    )
    tagwell("requests", "step", "1", "--done", "check", "--how", "Phone, called back.", "--by", "Boss", *at)
    said = tagwell("requests", "copy", "r-0001", "--out", tmp_path / "copy.zip", "--by", "Boss", "--json", *at)
    with pyzipper.AESZipFile(tmp_path / "copy.zip") as packed:
        packed.setpassword(said.json["password"].encode())
        assert packed.namelist() == said.json["files"]
        assert packed.read("copy.pdf").startswith(b"%PDF-")
        assert zlib.crc32(packed.read("copy.pdf"))
        assert "mei@example.tw" in packed.read("person.csv").decode()
    said = tagwell("requests", "close", "R-0001", "--by", "Boss", *at)
    assert said.out.splitlines()[:2] == [
        "R-0001: Copy of the data, Mei, Closed 12 Nov",
        "  [x] Check who is asking: Phone, called back. Boss, 12 Nov",
    ]
    assert "0 requests wait" in tagwell("requests", "list", "--open", *at).out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("step", "seven", "--done", "check"), "“seven” is no number of a request."),
        (("step", "R-0007", "--done", "check", "--how", "x"), "There is no request R-0007."),
        (("new", "9999", "--wants", "copy"), "There is no friend “9999”."),
        (("new", "1001", "--wants", "copy", "--asked", "yesterday"), "“yesterday” is no day."),
        (("days", "--set", "9"), "For which requests?"),
        (("days", "--wants", "copy", "--set", "soon"), "“soon” is no number of days."),
        (("days", "--wants", "copy", "--set", "999"), "An answer may take 0 to 365 days."),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    tagwell: Tagwell, shop: Path, arguments: tuple[str, ...], says: str
) -> None:
    said = tagwell("requests", *arguments, "--shop", shop)
    assert (said.code, said.err.startswith(says)) == (2, True), said.err


def test_the_shop_sets_its_own_days(tagwell: Tagwell, shop: Path) -> None:
    at = ("--shop", shop, "--json")
    assert tagwell("requests", "days", "--wants", "copy", "--set", "7", *at).json["days"]["copy"] == 7
    assert tagwell("requests", "new", "1001", "--wants", "copy", *at).json["answer_by"] == "2026-11-19"
    assert tagwell("requests", "days", "--wants", "copy", "--set", "law", *at).json["days"]["copy"] == 15


def test_after_erasing_the_request_has_no_person(tagwell: Tagwell, shop: Path) -> None:
    at = ("--shop", shop, "--json")
    tagwell("requests", "new", "1001", "--wants", "erase", "--about", "Mei wrote twice", *at)
    tagwell("requests", "step", "1", "--done", "check", "--how", "Mei on the phone", *at)
    tagwell("friends", "erase", "1001", "--confirm", "1001", *at)
    (found,) = tagwell("requests", "list", *at).json["requests"]
    assert (found["friend"], found["name"], found["about"], found["next"]) == (None, "", "", "close")
    assert "Mei" not in tagwell("requests", "list", "--shop", shop).out
