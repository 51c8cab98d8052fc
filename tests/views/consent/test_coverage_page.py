"""Coverage in the window: three questions, sources, what was written down last, and the ways on from there."""

from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.consent import ledger
from linecrm_desktop.consent.coverage import Part, Question
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.consent.coverage_page import CoveragePage
from linecrm_desktop.views.consent.coverage_tables import NewestColumn, SourceColumn
from linecrm_desktop.views.consent.view import COVERAGE, LEDGER, ConsentView
from linecrm_desktop.views.desk import Page, Place
from tests.maker import Maker
from tests.views.settling import WAIT


@pytest.fixture
def page(database: Database, make: Maker, now: datetime, view: ConsentView, qtbot: QtBot) -> CoveragePage:
    """Four friends: three came through the checkout and were informed."""
    with database.write() as session:
        ids = [make.friend(session) for _ in range(4)]
        ledger.record_collected(session, ids[:3], Origin("Checkout", "", Answer.YES), now)
    view.reload(changes(Word.FRIENDS))
    part = view.part(COVERAGE)
    assert isinstance(part, CoveragePage)
    qtbot.waitUntil(lambda: part.sources.rowCount() == 2, timeout=WAIT)
    return part


def link(page: CoveragePage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def test_the_three_questions_and_the_sources_are_shown_and_follow_what_changes(page: CoveragePage) -> None:
    assert [card.share.text() for card in page.cards.values()] == ["75.0%", "75.0%", "0.0%", "0.0%"]
    assert page.cards[Question.SOURCE].gap.text() == "1 not answered"
    assert page.cards[Question.SOURCE].answered.text() == "3 of 4"
    texts = [[str(page.sources.index(row, at).data()) for at in range(4)] for row in range(2)]
    assert texts == [["Checkout", "3", "100%", "0%"], ["No source", "1", "0%", "0%"]]


def test_every_number_leads_to_the_friends_it_counts(page: CoveragePage, view: ConsentView, qtbot: QtBot) -> None:
    wanted: list[object] = []
    view.asked_for.connect(lambda place: wanted.append(place.about))
    qtbot.mouseClick(link(page, "informedGap"), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(link(page, "sourceAnswered"), Qt.MouseButton.LeftButton)
    place = page.table.visualRect(page.sources.index(0, SourceColumn.CAN_OPT_OUT)).center()
    qtbot.mouseClick(page.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert wanted == [
        Part(None, Question.INFORMED),
        Part(None, Question.SOURCE, is_answered=True),
        Part("Checkout", Question.CAN_OPT_OUT),
    ]


def test_a_gap_says_what_to_do_next_and_a_question_without_one_does_not(
    page: CoveragePage, view: ConsentView, qtbot: QtBot
) -> None:
    places: list[Place] = []
    view.asked_for.connect(places.append)
    qtbot.mouseClick(link(page, "informedNext"), Qt.MouseButton.LeftButton)
    assert places == [Place(Page.MESSAGES, part="new")]
    assert not link(page, "all_threeNext").isVisible()


def test_lines_written_together_stand_as_one_with_the_number_of_friends(page: CoveragePage) -> None:
    row = [str(page.newest.index(0, column).data()) for column in NewestColumn]
    assert row == ["Today 10:31", "3 friends", "Informed", "Checkout", "—"]


def test_what_a_refusal_does_stands_there_with_what_came_of_it(
    page: CoveragePage, database: Database, make: Maker, now: datetime, view: ConsentView, qtbot: QtBot
) -> None:
    with database.write() as session:
        ledger.refuse(session, [make.friend(session)], "chat", now)
    view.reload(changes(Word.CONSENT))
    qtbot.waitUntil(lambda: "1 refusal." in page.refusal.note.text(), timeout=WAIT)
    assert "0 marketing messages were sent after a refusal." in page.refusal.note.text()


def test_a_place_names_the_part_that_is_shown(view: ConsentView) -> None:
    view.show_place(Place(Page.CONSENT, part=LEDGER))
    assert view.tabs.currentIndex() == 1
    assert view.parts.currentWidget() is view.part(LEDGER)
