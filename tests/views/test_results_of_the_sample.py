"""The sample shop on 20 November, with the two files that come with the program: the numbers of the documentation."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from linecrm_desktop.days import ShopDay
from linecrm_desktop.jobs import Task
from linecrm_desktop.resources import resource
from linecrm_desktop.sample.importing import import_file
from linecrm_desktop.sample.shop import make_sample_shop
from linecrm_desktop.sample.week_after import DAYS
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.text import set_language
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.report.blocks import KeyNumbers, Table
from linecrm_desktop.views.results.table import Column
from linecrm_desktop.views.results.view import ResultsView
from tests.views.settling import WAIT, settle

MADE = datetime(2026, 11, 12, 2, 31, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    set_language("en")
    return make_sample_shop(tmp_path_factory.mktemp("sample") / "Morning Mist.tagwell", MADE, Task())


@pytest.fixture
def now() -> datetime:
    return MADE + timedelta(days=DAYS)


@pytest.fixture
def database(made: Path, tmp_path: Path, now: datetime) -> Iterator[Database]:
    path = tmp_path / "later.tagwell"
    shutil.copy(made, path)
    opened, day = open_shop(path), ShopDay.of(now, "Asia/Taipei")
    for name in ("orders_20261120.csv", "events_20261120.csv"):
        import_file(opened, resource("sample", name), day, Task(), now)
    yield opened
    opened.close()


def test_on_20_november_the_screen_and_its_report_show_the_numbers_of_the_documentation(
    desk: Desk, qtbot: QtBot
) -> None:
    view = ResultsView(desk)
    qtbot.addWidget(view)
    view.resize(1240, 800)
    view.show()
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 5, timeout=WAIT)
    tiles = {name: tile.number.text() for name, tile in view.messages.tiles.tiles.items()}
    assert (tiles["accepted"], tiles["opened"], tiles["clicked"]) == ("3,412", "65.7%", "20.5%")
    assert (tiles["orders"], tiles["blocks"]) == ("324", "37")
    sums = [view.messages.sum.cell(column) for column in (Column.ORDERS, Column.REVENUE, Column.PER_MESSAGE)]
    assert sums == ["324", "NT$527,060", "NT$154"]
    blocks = view.report().blocks
    (table,) = (block for block in blocks if isinstance(block, Table))
    assert [table.rows[-1][column] for column in (Column.ORDERS, Column.REVENUE)] == sums[:2]
    assert any(number[1] == "324" for block in blocks if isinstance(block, KeyNumbers) for number in block.numbers)
    settle(desk, qtbot)
