"""Segments whose rules name what is gone or cannot be read, from the command line."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Tagwell

pytestmark = pytest.mark.files

UNREADABLE = "The rules of this segment cannot be read. Make them anew."


@pytest.fixture
def segments(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    """Two segments: the rules of the second are damaged."""
    file = tmp_path / "rule.json"
    file.write_text(json.dumps({"version": 1, "kind": "has_tag", "tags": [1]}), encoding="utf-8")
    for name in ("Sound", "Odd"):
        saved = ("segments", "save", name, "--rule", file, "--helps-decide", "x", "--shop", shop)
        assert tagwell(*saved).code == 0
    with closing(sqlite3.connect(shop)) as written:
        written.execute("UPDATE segment SET rule = substr(rule, 1, 20) WHERE name = 'Odd'")
        written.commit()


@pytest.mark.usefixtures("segments")
def test_the_list_shows_what_is_wrong_with_one_and_counts_the_others(tagwell: Tagwell) -> None:
    said = tagwell("segments", "list", "--json")
    found = {row["name"]: (row["friends"], row["problem"]) for row in said.json["segments"]}
    assert (said.code, found["Odd"], found["Sound"][1]) == (0, (None, UNREADABLE), None)
    assert found["Sound"][0] > 0
    assert f"Odd: {UNREADABLE}" in tagwell("segments", "list").out


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize(
    "asked",
    [
        ("count", "Odd"),
        ("show", "Odd"),
        ("export", "Odd", "--out", "friends.csv", "--purpose", "Parcels"),
        ("explain", "Odd", "--friend", "1001"),
        ("compare", "Sound", "Odd"),
    ],
    ids=lambda asked: asked[0],
)
def test_who_asks_for_rules_that_cannot_be_read_is_told(tagwell: Tagwell, asked: tuple[str, ...]) -> None:
    said = tagwell("segments", *asked)
    assert said.code == 2
    assert "The rules of this segment cannot be read. Make them anew." in said.err


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"kind": "has_tag", "tags": [99], "match": "none"}, "no tag number 99"),
        ({"kind": "got", "message": 7, "got": False}, "no message number 7"),
        ({"kind": "own_field", "field": 3, "test": "unknown"}, "Field number 3"),
        ({"kind": "in_segment", "segment": 8, "inside": False}, "no segment number 8"),
    ],
    ids=lambda value: str(value)[:24],
)
@pytest.mark.parametrize("command", ["count", "export"])
def test_rules_about_what_is_not_there_are_never_counted(
    tagwell: Tagwell, shop: Path, tmp_path: Path, rule: dict[str, Any], sentence: str, command: str
) -> None:
    file = tmp_path / "rule.json"
    file.write_text(json.dumps({"version": 1, **rule}), encoding="utf-8")
    out = tmp_path / "friends.csv"
    where = ("--out", out, "--purpose", "Parcels") if command == "export" else ()
    said = tagwell("segments", command, "--rule", file, *where, "--shop", shop)
    assert said.code == 2
    assert sentence in said.err
    assert not out.exists()
