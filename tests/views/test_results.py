from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop.results.outcome import all_campaigns
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.results.table import Column, ResultsTableModel
from linecrm_desktop.views.results.view import ResultsView
from tests.maker import Maker
from tests.results.sends import put_send
from tests.views.settling import settle


@pytest.fixture
def sends(database: Database, make: Maker) -> dict[str, int]:
    with database.write() as session:
        ids = [make.friend(session) for _ in range(100)]
        old = put_send(
            session,
            make.ago(20),
            ids[:60],
            ids[60:95],
            left_out=[(ids[95], "refused")],
            refused=[(ids[96], "unknown_id")],
            name="Old",
        )
        young = put_send(session, make.ago(2), ids[:40], ids[40:45], name="Young")
        for friend in ids[:6]:
            make.order(session, friend, days_ago=19, total=100_000)
        make.order(session, ids[60], days_ago=18, total=100_000)
    return {"old": old, "young": young}


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[ResultsView]:
    shown = ResultsView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    yield shown
    settle(desk, qtbot)


def cell(view: ResultsView, row: int, column: Column) -> str:
    model = view.messages.table.model()
    return str(model.data(model.index(row, column)))


def label(view: ResultsView, name: str) -> str:
    found = view.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_each_send_is_a_line_with_its_numbers(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2)
    shown = [cell(view, 1, column) for column in Column]
    assert shown == [
        "23 Oct",
        "Old",
        "Serum buyers",
        "60",
        "1",
        "6",
        "NT$6,000",
        "NT$100",
        "40",
        "Not sure yet",
    ]


def test_an_open_window_says_until_when_it_counts(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, sends["young"]))
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2)
    assert cell(view, 0, Column.WORD) == "counts until 17 Nov"
    assert label(view, "doubt") == "It counts until Tue 17 Nov 2026. Look again then."


def test_the_chosen_send_is_put_into_words(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    view.show_place(Place(Page.RESULTS, sends["old"]))
    qtbot.waitUntil(lambda: label(view, "changeTitle") == "Old: what did it change?")
    assert label(view, "comparison") == "6 of 60 ordered against 1 of 35 kept back."
    assert label(view, "goal") == "The brief asked for at least 5%. It was 10.0%."
    way = " ".join(part.text() for part in view.messages.way.findChildren(QLabel))
    assert "Taken out: refused marketing. 1" in way
    assert "LINE does not know this user ID. Check the last import. 1" in way
    assert "A broadcast would have needed 100" in way


def test_numbers_that_are_not_known_are_dashes_that_say_why(
    sends: dict[str, int], view: ResultsView, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2)
    opened = view.messages.tiles.tiles["opened"]
    assert opened.number.text() == "—"
    assert "does not read opens" in opened.toolTip()


def test_a_click_chooses_another_send(sends: dict[str, int], view: ResultsView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: view.messages.table.model().rowCount() == 2)
    place = view.messages.table.visualRect(view.messages.table.model().index(1, Column.MESSAGE)).center()
    qtbot.mouseClick(view.messages.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert label(view, "changeTitle") == "Old: what did it change?"


def test_no_send_at_all_offers_to_write_one(view: ResultsView, qtbot: QtBot) -> None:
    assert label(view, "emptySentence").startswith("No results yet.")
    with qtbot.waitSignal(view.asked_for) as said:
        qtbot.mouseClick(view.empty.action, Qt.MouseButton.LeftButton)
    assert said.args == [Place(Page.MESSAGES, part="new")]


def test_the_results_model_keeps_qts_rules(
    desk: Desk, database: Database, sends: dict[str, int], qtmodeltester: ModelTester
) -> None:
    model = ResultsTableModel(desk.day(), "TWD")
    with database.read() as session:
        model.show_rows(all_campaigns(session, desk.day()))
    qtmodeltester.check(model)
