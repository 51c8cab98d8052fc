"""A disk that is full in the middle of a send: a sentence, nothing twice, and it goes on when there is room."""

from collections.abc import Generator
from contextlib import contextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.line.sdk import SdkLine
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.campaigns.shopkeeper import Shopkeeper

LONG = "Hi {name|there} " + "refill " * 600
"""Each friend's request needs room of its own in the file."""


class Filling(Database):
    """The real shop, whose file cannot grow from one write on."""

    def __init__(self, database: Database, writes: int) -> None:
        self._real, self._writes_left = database, writes
        self.path, self.read = database.path, database.read
        self.address, self.lease = database.address, database.lease

    @contextmanager
    def write(self) -> Generator[Session]:  # pyright: ignore[reportIncompatibleMethodOverride]
        with self._real.write() as session:
            if self._writes_left == 0:
                session.execute(text("PRAGMA max_page_count=1"))
            else:
                self._writes_left -= 1
            yield session


@pytest.mark.files
@pytest.mark.parametrize("writes", range(1, 7))
def test_a_full_disk_says_so_and_after_it_everybody_has_one_copy(
    shop: Shopkeeper, line: SdkLine, world: PracticeWorld, writes: int
) -> None:
    friends = shop.friends(12)
    campaign = shop.freeze(text=LONG)
    real = shop.database
    shop.database = Filling(real, writes)
    with pytest.raises(OutsideError, match="The disk is full"):
        shop.send(campaign, line)
    real.close()
    shop.database = open_shop(real.path)
    taken = dict(world.copies)
    assert len(taken) < 12
    assert shop.standing(campaign).waiting + shop.standing(campaign).accepted == 12
    assert shop.send(campaign, line).state is CampaignState.DONE
    assert world.copies == dict.fromkeys(shop.line_ids(friends), 1)
