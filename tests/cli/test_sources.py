"""Sources on the command line: making, listing, saving and stopping links, and coverage."""

from pathlib import Path

import pytest

from tests.cli.conftest import Said, Tagwell

ACCOUNT = ("--account", "@123abcde")


@pytest.fixture
def posters(tagwell: Tagwell, shop: Path) -> Said:
    return tagwell("sources", "make", "Poster 1..3", *ACCOUNT, "--tag", "Posters", "--json", "--shop", shop)


def test_links_are_made_listed_and_found_with_their_account_again(tagwell: Tagwell, posters: Said, shop: Path) -> None:
    made = posters.json
    assert "practice shop" in posters.err
    assert made["new_tags"] == ["Posters"]
    assert [link["place"] for link in made["links"]] == ["Poster 1", "Poster 2", "Poster 3"]
    assert tagwell("sources", "list", "--json").json == {"links": made["links"]}
    more = tagwell("sources", "make", "Poster 1", "Counter", "--json").json
    assert (more["places"], more["kept"], more["new_tags"]) == (["Counter"], ["Poster 1"], ["Counter"])
    assert "%40123abcde" in more["links"][0]["link"]


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(tagwell: Tagwell, shop: Path, tmp_path: Path) -> None:
    names = tmp_path / "places.txt"
    names.write_text("Counter\nFair\n", encoding="utf-8")
    said = tagwell("sources", "make", "--file", names, *ACCOUNT, "--dry-run", "--json", "--shop", shop).json
    assert (said["dry_run"], said["places"], said["links"]) == (True, ["Counter", "Fair"], [])
    assert tagwell("sources", "list", "--json").json == {"links": []}


def test_making_links_can_be_undone_with_the_work_on_tags(tagwell: Tagwell, posters: Said) -> None:
    assert tagwell("tags", "undo", posters.json["operation"]).code == 0
    assert tagwell("sources", "list").out == "There are no entry links yet.\n"
    assert [row["name"] for row in tagwell("tags", "list", "--json").json["tags"]] == ["VIP"]


def test_codes_are_saved_with_their_list(tagwell: Tagwell, posters: Said, tmp_path: Path) -> None:
    first = posters.json["links"][0]["code"]
    said = tagwell("sources", "save", tmp_path / "one", "--code", first.lower(), "--form", "svg", "--json").json
    assert said["files"] == [f"poster-1_{first}.svg", "links.csv"]
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(said["files"])
    assert tagwell("sources", "save", tmp_path / "all").out == "Wrote 7 files into “all”.\n"


def test_a_stopped_link_is_listed_only_when_asked_for(tagwell: Tagwell, posters: Said) -> None:
    code = posters.json["links"][1]["code"]
    assert tagwell("sources", "stop", code).out == "Stopped using 1 entry link.\n"
    assert code not in tagwell("sources", "list").out
    assert code in tagwell("sources", "list", "--stopped").out
    assert tagwell("sources", "stop", code).code == 2


def test_coverage_counts_who_joined(tagwell: Tagwell, shop: Path) -> None:
    found = tagwell("sources", "coverage", "--json", "--shop", shop).json
    assert len(found["months"]) == 12
    assert (found["joined"], found["known"], found["undated"]) == (1, 0, 5)
    assert "Oct 2026" in tagwell("sources", "coverage").out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("make",), "No place is named"),
        (("make", "Counter"), "is not the ID"),
        (("make", "x" * 21, *ACCOUNT), "21 characters"),
        (("make", "--file", "/nowhere.txt"), "cannot be read"),
        (("make", "Ad", "--kind", "own", "--link", "lin.ee"), "is not a link"),
        (("make", "VIP", *ACCOUNT), "of the type Customer value already"),
        (("stop", "XXXX"), "No link has the code XXXX"),
        (("save", "codes"), "There are no entry links yet"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_changes_nothing(
    tagwell: Tagwell, shop: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    said = tagwell("sources", *arguments, "--shop", shop)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert tagwell("sources", "list", "--json", "--shop", shop).json == {"links": []}
