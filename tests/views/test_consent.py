from collections.abc import Iterator
from datetime import datetime

import pytest
from pytestqt.qtbot import QtBot

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.consent.coverage_page import CoveragePage
from linecrm_desktop.views.consent.view import COVERAGE, ConsentView
from linecrm_desktop.views.desk import Desk, Page, Place
from tests.maker import Maker
from tests.views.settling import WAIT, settle


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ConsentView]:
    shown = ConsentView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    yield shown
    settle(desk, qtbot)


def coverage(view: ConsentView) -> CoveragePage:
    part = view.part(COVERAGE)
    assert isinstance(part, CoveragePage)
    return part


def test_the_three_questions_and_the_sources_are_shown_and_follow_what_changes(
    database: Database, make: Maker, now: datetime, view: ConsentView, qtbot: QtBot
) -> None:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(4)]
        ledger.record_collected(session, ids[:3], Origin("Checkout", "", Answer.YES), now)
    view.reload(changes(Word.FRIENDS))
    page = coverage(view)
    qtbot.waitUntil(lambda: page.table.rowCount() == 2, timeout=WAIT)
    assert [page.tiles[name].number.text() for name in page.tiles] == ["75.0%", "75.0%", "0.0%", "0.0%"]
    assert page.tiles["source"].note.text() == "1 still open"
    texts = [[str(page.table.model().index(row, at).data()) for at in range(4)] for row in range(2)]
    assert texts == [["Checkout", "3", "100.0%", "0.0%"], ["No source", "1", "0.0%", "0.0%"]]


def test_a_place_names_the_part_that_is_shown(view: ConsentView) -> None:
    view.show_place(Place(Page.CONSENT, part=COVERAGE))
    assert view.tabs.currentIndex() == 0
    assert view.parts.currentWidget() is view.part(COVERAGE)
