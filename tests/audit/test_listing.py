"""Findings as a table: every check of a shop with planted faults has its numbers in columns."""

from linecrm_desktop.audit import listing, run
from linecrm_desktop.days import ShopDay
from linecrm_desktop.store.database import Database
from tests.audit.seeded import plant
from tests.maker import Maker

_OF_RULES = {"field", "test"}
"""Kept for the split that is proposed; no number for a person."""


def test_all_findings_stand_in_the_table_with_all_their_numbers(database: Database, make: Maker, day: ShopDay) -> None:
    with database.write() as session:
        plant(session, make, 1)
    with database.read() as session:
        facts, found = run.audit(session, day)
    header, rows = listing.table(found, {tag.id: tag.name for tag in facts.tags}, ["later"] * len(found))
    assert {key for one in found for key in one.evidence} - _OF_RULES <= listing.NUMBERS.keys()
    assert len(rows) == len(found) and {len(row) for row in rows} == {len(header)}
    both = header.index("Friends with both")
    pair = next(one for one in found if "both" in one.evidence and len(one.tags) == 2)
    assert rows[found.index(pair)][both] == str(pair.evidence["both"])
    assert all(row[0] and row[3] and row[-2] and row[-1] == "later" for row in rows)
