from datetime import datetime

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.coverage import Covered, by_source, together, with_source
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from tests.maker import Maker


def test_each_source_tells_its_own_gaps_and_friends_without_one_come_last(
    database: Database, make: Maker, now: datetime
) -> None:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(5)]
        ledger.record_collected(session, ids[:2], Origin("Checkout", "", Answer.YES, "", Answer.YES), now)
        ledger.record_collected(session, ids[2:3], Origin("Market", "", Answer.NO, "", Answer.YES), now)
        ledger.refuse(session, ids[:1], "Chat", now)
        found = by_source(session)
    assert found == [
        Covered("Checkout", friends=2, informed=2, can_opt_out=2, complete=2, refused=1),
        Covered("Market", friends=1, informed=0, can_opt_out=1, complete=0, refused=0),
        Covered("", friends=2, informed=0, can_opt_out=0, complete=0, refused=0),
    ]
    assert together(found) == Covered("", friends=5, informed=2, can_opt_out=3, complete=2, refused=1)
    assert with_source(found) == 3
