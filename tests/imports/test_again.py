"""The same file once more changes nothing, whatever its rows say of each other."""

import random

import pytest

from linecrm_desktop.store.database import Database
from tests.imports.conftest import BringIn, contents, counts

HEADER = "LINE user ID,member number,name"


def _line_id(number: int) -> str:
    return f"U{number:032x}"


def test_a_row_whose_newer_twin_gave_way_to_somebody_else_is_taken(database: Database, bring_in: BringIn) -> None:
    rows = (f"{_line_id(3)},,Mei", f"{_line_id(3)},3,Mei", f"{_line_id(2)},3,Lin")
    assert counts(bring_in(HEADER, *rows)) == (2, 0, 0, 1)
    before = contents(database)
    assert counts(bring_in(HEADER, *rows)) == (0, 0, 2, 1)
    assert contents(database) == before


@pytest.mark.parametrize("seed", range(40))
def test_rows_that_mix_their_keys_are_the_same_people_the_second_time(
    database: Database, bring_in: BringIn, seed: int
) -> None:
    chance = random.Random(seed)
    rows: list[str] = []
    for _row in range(chance.randint(3, 7)):
        line, member = chance.choice(("", *map(_line_id, range(3)))), chance.choice(("", "1", "2", "3"))
        rows.append(f"{line},{member},Mei")
    bring_in(HEADER, *rows)
    before = contents(database)["friend"]
    bring_in(HEADER, *rows)
    assert contents(database)["friend"] == before, rows
