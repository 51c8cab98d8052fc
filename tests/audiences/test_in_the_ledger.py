"""What leaves is in each friend's ledger; who refuses ads or profiling, or was told of other uses only, stays."""

import pytest
from sqlalchemy import select

from linecrm_desktop.audiences import register
from linecrm_desktop.audiences.checks import Wish, offer
from linecrm_desktop.audiences.leaving import Stays
from linecrm_desktop.audiences.share import share
from linecrm_desktop.consent import chain, ledger, uses
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.consent import ConsentKind, Use
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.segments.counting import Counting
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.settings.limits import Limits
from linecrm_desktop.store.database import Database
from tests.maker import Maker

FEW = Limits(share=1, share_tag=1)


@pytest.fixture
def wish(database: Database, make: Maker) -> Wish:
    """Return the wish to share five friends who were told, before uses were written down."""
    with database.write() as session:
        tag = make.tag(session, "Serum")
        for number in range(5):
            friend = make.friend(session, informed=Answer.YES, line_user_id=f"U{number:032d}")
            make.give(session, tag, friend)
    return Wish(AllOf((HasTag((tag,)),)), Way.UPLOAD, "Thank them in ads")


def test_a_list_stands_in_the_ledger_of_each_friend_in_it(database: Database, make: Maker, wish: Wish) -> None:
    day = ShopDay.of(make.now, "Asia/Taipei")
    with database.write() as session:
        frozen = register.freeze(session, wish, None, day, make.now, FEW)
        friends = session.scalars(select(Friend.id)).all()
        for friend in friends:
            [line] = ledger.entries(session, friend)
            assert (line.kind, line.list_id, line.through) == (ConsentKind.SHARED, frozen.id, "LINE")
            assert (line.purpose, line.collected, line.uses) == (wish.purpose, "line_id", {Use.ADS})
        register.ended(session, frozen.id, ShareState.FAILED, make.now)
        assert [line.kind for line in ledger.entries(session, friends[0])] == [
            ConsentKind.NOT_SHARED,
            ConsentKind.SHARED,
        ]
    with database.read() as session:
        assert chain.check(session).is_whole


@pytest.mark.parametrize("use", [Use.MARKETING, Use.ADS, Use.PROFILING, Use.SERVICE])
def test_whoever_refuses_a_use_that_lists_are_for_stays(database: Database, make: Maker, wish: Wish, use: Use) -> None:
    day = ShopDay.of(make.now, "Asia/Taipei")
    with database.write() as session:
        frozen = register.freeze(session, wish, None, day, make.now, FEW)
        friend = session.scalars(select(Friend.id)).first() or 0
        uses.refuse(session, [friend], [use], "by phone", make.now)
        found = offer(session, wish, day, FEW).leaving
        assert (found.stays[Stays.REFUSED], len(found.people)) == (1, 4)
        assert friend not in {person.id for person in found.people}
        assert register.passport(session, frozen.id).refused_since == 1


def test_whoever_was_told_of_other_uses_only_stays(database: Database, make: Maker, wish: Wish) -> None:
    day = ShopDay.of(make.now, "Asia/Taipei")
    with database.write() as session:
        one, two, *others = session.scalars(select(Friend.id)).all()
        for friend, use in ((one, Use.MARKETING), (two, Use.ADS)):
            told = Origin("stall", "news", Answer.YES, uses=frozenset({use}))
            ledger.record_collected(session, [friend], told, make.now)
        uses.refuse(session, [others[0]], [Use.ADS], "by phone", make.now)
        found = offer(session, wish, day, FEW).leaving
        assert found.stays[Stays.UNINFORMED] == 1
        counted = share(session, Counting(session, day), wish.rule, FEW)
        assert (counted.refused, counted.uninformed, counted.shared) == (1, 1, len(found.people))
        assert one not in {person.id for person in found.people}
