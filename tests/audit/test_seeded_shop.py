"""A shop of 200 tags with 60 planted faults: each is found by its check, and no sound tag is named anywhere."""

import pytest

from linecrm_desktop.audit import run
from linecrm_desktop.audit.findings import Check
from linecrm_desktop.audit.words import proposal, sentence
from linecrm_desktop.days import ShopDay
from linecrm_desktop.store.database import Database
from tests.audit.seeded import plant
from tests.maker import Maker


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_planted_fault_is_found_and_no_sound_tag_is(
    database: Database, make: Maker, day: ShopDay, seed: int
) -> None:
    with database.write() as session:
        shop = plant(session, make, seed)
    with database.read() as session:
        facts, found = run.audit(session, day)
    assert (shop.tags, len(shop.faults)) == (200, 60)
    assert {check for check, _tags in shop.faults} == set(Check) - {Check.NO_SOURCE, Check.NO_CONSENT}
    listed = {(one.check, frozenset(one.tags)) for one in found}
    assert [fault for fault in shop.faults if fault not in listed] == []
    assert [one for one in found if shop.sound & set(one.tags)] == []
    names = {tag.id: tag.name for tag in facts.tags}
    assert all(sentence(one, names) and proposal(one) for one in found)
    assert len({one.key for one in found}) == len(found)
