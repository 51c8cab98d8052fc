from pathlib import Path

import pytest

from linecrm_desktop.consent.access import Asked
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.models.access import Place
from linecrm_desktop.results import send_list
from linecrm_desktop.store.database import Database
from tests.conftest import NOW
from tests.maker import Maker
from tests.results.sends import put_send

ASKED = Asked("Ann", Place.WINDOW, NOW, "Parcels")


def test_every_friend_has_a_line_and_no_name_becomes_a_formula(
    database: Database, make: Maker, day: ShopDay, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    with database.write() as session:
        tina, trick, other = (make.friend(session, name=name) for name in ("林雅婷, Tina", "=1+1", "Bo"))
        send = put_send(session, make.ago(1), accepted=[tina], kept=[other], left_out=[(trick, "refused")])
        assert send_list.save(session, send, path, day, ASKED) == 3
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Time,Friend,Result,Why"
    assert set(lines[1:]) == {
        '2026-11-11 10:31:00+08:00,"林雅婷, Tina",Accepted,',
        "2026-11-11 10:31:00+08:00,Bo,Kept back,",
        "2026-11-11 10:31:00+08:00,'=1+1,Left out,Taken out: refused marketing.",
    }


def test_a_folder_that_is_not_there_is_said(database: Database, make: Maker, day: ShopDay, tmp_path: Path) -> None:
    with database.write() as session:
        send = put_send(session, make.ago(1))
        with pytest.raises(OutsideError, match=r"“list.csv” cannot be written"):
            send_list.save(session, send, tmp_path / "gone" / "list.csv", day, ASKED)
