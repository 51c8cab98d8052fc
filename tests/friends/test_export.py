import csv
from pathlib import Path

import pytest

from linecrm_desktop.consent.access import Asked
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import OutsideError
from linecrm_desktop.friends import export
from linecrm_desktop.friends.export import Told
from linecrm_desktop.models.access import Place
from linecrm_desktop.store.database import Database
from tests.conftest import NOW
from tests.maker import Maker

ASKED = Asked("Ann", Place.WINDOW, NOW, "Parcels")


def written(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_friends_are_written_in_order_as_a_spreadsheet_reads_them(
    database: Database, make: Maker, day: ShopDay, tmp_path: Path
) -> None:
    path = tmp_path / "friends.csv"
    with database.write() as session:
        tina = make.friend(session, name="林雅婷", phone="+886912345678", member_number="M-1")
        bo = make.friend(session, name="Bo")
        make.give(session, make.tag(session, "Serum"), tina)
        make.order(session, tina, days_ago=10, total=542_000)
        assert export.write_table(session, [bo, tina], path, Told(day, "TW", "TWD"), ASKED) == 2
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, first, second = written(path)
    assert head[:3] == ["Name", "Member number", "Phone"]
    assert first[0] == "Bo"
    assert second == ["林雅婷", "M-1", "0912-345-678", "", "Serum", "1", "5420.00", "2026-11-02", "0 of 3"]


@pytest.mark.parametrize("name", ["=1+1", "+886", "-5", "@SUM(A1)", "\tx"])
def test_no_cell_is_a_formula(database: Database, make: Maker, day: ShopDay, tmp_path: Path, name: str) -> None:
    path = tmp_path / "friends.csv"
    with database.write() as session:
        export.write_table(session, [make.friend(session, name=name)], path, Told(day, "TW", "TWD"), ASKED)
    assert written(path)[1][0] == f"'{name}"


def test_sensitive_tags_never_leave_the_shop(database: Database, make: Maker, day: ShopDay, tmp_path: Path) -> None:
    path = tmp_path / "friends.csv"
    with database.write() as session:
        tina = make.friend(session)
        make.give(session, make.tag(session, "Sensitive skin", is_sensitive=True), tina)
        make.give(session, make.tag(session, "Serum"), tina)
        export.write_table(session, [tina], path, Told(day, "TW", "TWD"), ASKED)
    assert written(path)[1][4] == "Serum"


def test_a_file_that_cannot_be_written_is_said_so(
    database: Database, make: Maker, day: ShopDay, tmp_path: Path
) -> None:
    with database.write() as session, pytest.raises(OutsideError, match="cannot be written"):
        export.write_table(
            session, [make.friend(session)], tmp_path / "no" / "friends.csv", Told(day, "TW", "TWD"), ASKED
        )
