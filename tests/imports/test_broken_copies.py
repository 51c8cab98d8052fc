"""Broken copies of the corpus: a sentence, or a report that adds up; never a traceback, never a lost row."""

import random
from datetime import datetime
from pathlib import Path

import pytest

from linecrm_desktop.errors import OutsideError, ShopError
from tests.imports.conftest import counts
from tests.imports.corpus.desk import Desk
from tests.imports.corpus.everything import entries


def harmed(content: bytes, chance: random.Random) -> bytes:
    """Return a file with a few bytes changed, lost, added or repeated, or cut short."""
    broken = bytearray(content)
    for _harm in range(chance.randint(1, 6)):
        place = chance.randrange(len(broken)) if broken else 0
        match chance.randrange(5):
            case 0:
                broken[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del broken[place : place + chance.randint(1, 40)]
            case 2:
                broken[place:place] = chance.choice([b'"', b",", b"\r\n", b"\x00", b"\xff", b"\t", b"\\"])
            case 3:
                broken[place:place] = broken[chance.randrange(len(broken) or 1) :][:60]
            case _:
                broken = broken[: max(1, place)]
    return bytes(broken)


@pytest.mark.parametrize("country", ["TW", "JP", "TH"])
def test_a_broken_copy_gives_a_sentence_or_a_report_that_adds_up(tmp_path: Path, now: datetime, country: str) -> None:
    desk = Desk.set_up(tmp_path, country, now)
    chance = random.Random(country)
    said = taken = 0
    for _copy in range(60):
        entry = chance.choice(entries())
        path = tmp_path / entry.name
        path.write_bytes(harmed(entry.content, chance))
        try:
            plan = desk.plan(path)
            report = desk.bring_in(plan)
        except (ShopError, OutsideError) as error:
            assert error.title
            said += 1
        else:
            assert sum(counts(report)) == report.rows == plan.found.rows
            assert len(report.rejected_rows) == report.rejected
            taken += 1
    desk.database.close()
    assert said and taken
