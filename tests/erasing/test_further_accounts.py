"""Whom only a further LINE account knows: their refusal and their erasing outlive older copies like everybody's."""

from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.consent import erased as register
from linecrm_desktop.consent import ledger
from linecrm_desktop.erasing import kept_apart
from linecrm_desktop.models.channel import ChannelFriend
from linecrm_desktop.models.friend import Friend, Marketing
from linecrm_desktop.store.backup import copy_beside
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from tests.erasing.conftest import Shop, erased
from tests.maker import Maker

OTHER_ID = "U" + "d" * 32


@pytest.fixture
def outlet(database: Database, now: datetime) -> int:
    """A further account's number."""
    with database.write() as session:
        return accounts.add(session, "Outlet", now, shares_ids=False)


def test_who_refused_and_comes_again_into_an_older_copy_refuses_there(
    database: Database, make: Maker, now: datetime, outlet: int
) -> None:
    kept_apart.watch(database, now)
    path = copy_beside(database.path, "older")
    with database.write() as session:
        tina = make.friend(session, line_user_id=None)
        ids.keep(session, outlet, tina, OTHER_ID, now)
    with database.write() as session:
        ledger.refuse(session, [tina], "chat", now)

    later = now + timedelta(days=1)
    with closing(open_shop(path)) as copy:
        assert kept_apart.watch(copy, later) == []
        with copy.write() as session:
            again = make.friend(session, line_user_id=None, created_at=later)
            stranger = make.friend(session, line_user_id=None, created_at=later)
            ids.keep(session, outlet, again, OTHER_ID, later)
            ids.keep(session, outlet, stranger, "U" + "e" * 32, later)
        with copy.read() as session:
            words = [session.get_one(Friend, friend).marketing for friend in (again, stranger)]
    assert words == [Marketing.REFUSED, Marketing.UNKNOWN]


@pytest.mark.files
def test_an_erased_person_leaves_no_id_of_a_further_account(
    database: Database, shop: Shop, now: datetime, outlet: int
) -> None:
    with database.write() as session:
        ids.keep(session, outlet, shop.zelda, OTHER_ID, now)
    assert OTHER_ID.encode() in whole(database.path)

    done = erased(database, shop.zelda, now)

    assert done.searched.is_clean
    assert OTHER_ID.encode() not in whole(database.path)
    with database.read() as session:
        assert session.scalars(select(ChannelFriend)).all() == []
        assert register.register(session).hits({register.KeyKind.LINE_USER_ID: OTHER_ID})


def whole(path: Path) -> bytes:
    files = (Path(f"{path}{extra}") for extra in ("", "-wal"))
    return b"".join(one.read_bytes() for one in files if one.exists())
