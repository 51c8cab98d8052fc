"""The list of any page goes into a file as it is shown."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.pages import make_page
from linecrm_desktop.views.window_acts import WindowActs
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT, settle


class Window:
    """As much of a window as the actions need."""

    def __init__(self, view: object) -> None:
        self.view = view

    def current_view(self) -> object:
        return self.view


@pytest.fixture(params=[Page.FRIENDS, Page.TAGS, Page.SEGMENTS, Page.RESULTS, Page.IMPORTS, Page.MESSAGES])
def page(request: pytest.FixtureRequest) -> Page:
    return request.param


@pytest.fixture
def view(desk: Desk, database: Database, make: Maker, page: Page, qtbot: QtBot) -> Iterator[object]:
    with database.write() as session:
        friend = make.friend(session, name="=Mei")
        make.give(session, make.tag(session, "VIP", TagType.VALUE), friend)
    shown = make_page(page, desk)
    qtbot.addWidget(shown)
    shown.show()
    shown.show_place(Place(page))  # pyright: ignore[reportAttributeAccessIssue]
    settle(desk, qtbot)
    yield shown
    settle(desk, qtbot)


def test_each_page_saves_its_list(
    desk: Desk, view: object, page: Page, dialogs: RecordingDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    dialogs.path = tmp_path / "list.csv"
    WindowActs(Window(view), desk).save_list()  # pyright: ignore[reportArgumentType]
    qtbot.waitUntil(dialogs.path.exists, timeout=WAIT)
    with dialogs.path.open(encoding="utf-8-sig", newline="") as file:
        header, *rows = csv.reader(file)
    assert len(header) > 3 and all(len(row) == len(header) for row in rows)
    if page is Page.FRIENDS:
        assert rows[0][0] == "'=Mei"
    if page is Page.TAGS:
        assert (header[0], rows[0][:2]) == ("Type", ["Customer value", "VIP"])
