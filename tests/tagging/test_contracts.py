from dataclasses import replace

import pytest

from linecrm_desktop.errors import ShopError
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import contracts, undoing
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tags import library
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.relations import relations
from tests.maker import Maker
from tests.tagging.conftest import Serums
from tests.tagging.dump import dump


@pytest.fixture
def drafts(database: Database, serums: Serums) -> dict[int, TagDraft]:
    with database.read() as session:
        return {row.id: row.draft for row in library.all_tags(session)}


def test_a_contract_is_written_as_a_whole_and_taken_back_as_a_whole(
    database: Database, serums: Serums, drafts: dict[int, TagDraft], make: Maker
) -> None:
    draft = replace(drafts[serums.serum], name="Face serum", runs_out_days=90)
    wanted = Contract(draft, ("精華液", " ESSENCE  serum"), frozenset({serums.vip}), frozenset({serums.essence}))
    with database.write() as session:
        before = dump(session)
        done = contracts.write(session, serums.serum, wanted, make.now)
        row = next(row for row in library.all_tags(session) if row.id == serums.serum)
        assert (row.name, row.runs_out_days) == ("Face serum", 90)
        assert set(row.words) == {"Serum", "精華液", "ESSENCE serum"}
        assert relations(session).are_opposites(serums.vip, serums.serum)
        assert relations(session).parents == {(serums.serum, serums.essence)}
        undoing.undo(session, done, make.now)
        assert dump(session) == before


def test_what_is_no_longer_agreed_goes(
    database: Database, serums: Serums, drafts: dict[int, TagDraft], make: Maker
) -> None:
    draft = drafts[serums.vip]
    first = Contract(draft, ("Best",), frozenset({serums.serum}), frozenset({serums.essence}))
    with database.write() as session:
        contracts.write(session, serums.vip, first, make.now)
        contracts.write(session, serums.vip, Contract(draft), make.now)
        row = next(row for row in library.all_tags(session) if row.id == serums.vip)
        told = relations(session)
        assert (row.words, told.opposites, told.parents) == ((), frozenset(), frozenset())


def test_a_circle_of_parents_changes_nothing(
    database: Database, serums: Serums, drafts: dict[int, TagDraft], make: Maker
) -> None:
    with database.write() as session:
        above = Contract(drafts[serums.vip], parents=frozenset({serums.serum}))
        contracts.write(session, serums.vip, above, make.now)
    with pytest.raises(ShopError, match="above itself"), database.write() as session:
        below = Contract(replace(drafts[serums.serum], owner="Amy"), parents=frozenset({serums.vip}))
        contracts.write(session, serums.serum, below, make.now)
    with database.read() as session:
        assert next(row.owner for row in library.all_tags(session) if row.id == serums.serum) == ""
