"""Three friends and the Friends screen that shows them."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.tag import TagOrigin, TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.friends.view import FriendsView
from tests.maker import Maker
from tests.views.friends.screen import shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    """Three friends, newest order first: Tina, Bo, Amy."""
    with database.write() as session:
        tina = make.friend(
            session,
            name="林雅婷 Tina",
            phone="+886912345678",
            email="tina@example.tw",
            member_number="M-20418",
            joined_at=make.ago(90),
        )
        bo, amy = make.friend(session, name="陳怡君"), make.friend(session, name="Amy", is_blocked=True)
        serum, vip = make.tag(session, "Serum"), make.tag(session, "VIP", TagType.VALUE)
        make.give(session, serum, tina, TagOrigin.RULE, since=make.ago(40), evidence="bought Serum")
        make.give(session, serum, bo, TagOrigin.IMPORT, since=make.ago(20), evidence="customers.csv")
        make.order(session, tina, days_ago=5, total=542_000, number="MM-1", lines=[("Serum", "serum", 1)])
        make.order(session, bo, days_ago=9, total=100_000)
        make.event(session, tina, EventKind.CLICK, days_ago=3, detail="Retinal or bakuchiol?")
    return SimpleNamespace(tina=tina, bo=bo, amy=amy, serum=serum, vip=vip)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[FriendsView]:
    yield from shown(desk, qtbot)
