"""The audit of the tags from the command line: what it says, and that it changes nothing."""

from pathlib import Path

import pytest

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.opening import open_shop
from tests.cli.conftest import Tagwell
from tests.maker import Maker


@pytest.fixture
def two_names(shop: Path, make: Maker) -> Path:
    """The small shop with a second tag for VIPs on three of its six."""
    database = open_shop(shop)
    with database.write() as session:
        tag = make.tag(session, "貴賓", TagType.VALUE)
        for friend in (1, 2, 3):
            make.give(session, tag, friend)
    database.close()
    return shop


def test_a_finding_has_its_check_tags_evidence_and_proposal(tagwell: Tagwell, two_names: Path) -> None:
    said = tagwell("tags", "audit", "--check", "same_name", "--json", "--shop", two_names).json
    assert (said["day"], said["tags"], said["friends"], said["checks"]) == ("2026-11-12", 2, 6, {"same_name": 1})
    assert said["findings"] == [
        {
            "check": "same_name",
            "why": "synonym",
            "tags": [{"id": 1, "name": "VIP"}, {"id": 2, "name": "貴賓"}],
            "evidence": {
                "friends": 6,
                "friends_other": 3,
                "both": 3,
                "only": 3,
                "only_other": 0,
                "jaccard": 0.5,
                "containment": 1.0,
                "dice": 0.0,
            },
            "sentence": "“VIP” and “貴賓” may be the same. The words mean the same. "
            "Friends who have both: 3, which is 100% of the smaller tag.",
            "proposal": "merge",
        }
    ]


def test_findings_are_told_check_by_check(tagwell: Tagwell, two_names: Path) -> None:
    said = tagwell("tags", "audit", "--shop", two_names)
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Same name (1)"
    assert "  Nobody looks after “VIP”. Name somebody who looks after it." in lines
    assert lines[-1].endswith("findings. Nothing was changed.")


def test_a_check_that_finds_nothing_says_so(tagwell: Tagwell, shop: Path) -> None:
    assert tagwell("tags", "audit", "--check", "same_name", "--shop", shop).out == "Every tag earns its place.\n"


def test_an_unknown_check_is_refused(tagwell: Tagwell, shop: Path) -> None:
    assert tagwell("tags", "audit", "--check", "colour", "--shop", shop).code == 2
