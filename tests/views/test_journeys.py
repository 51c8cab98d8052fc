"""The Journeys screen, driven as people do."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import due, library, templates
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.models.journey import Journey, JourneyState
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.journeys.due_card import Column, DueModel
from linecrm_desktop.views.journeys.steps_dialog import StepsDialog
from linecrm_desktop.views.journeys.view import JourneysView
from linecrm_desktop.views.main_window import MainWindow
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import settle


@pytest.fixture
def paths(database: Database, make: Maker, now: datetime, day: ShopDay) -> dict[str, int]:
    """Buyers with sixty friends who are due, and a draft for new friends."""
    with database.write() as session:
        for _friend in range(60):
            friend = make.friend(session, informed=Answer.YES, can_opt_out=Answer.YES)
            make.order(session, friend, days_ago=90)
        buyers = templates.make(session, "ready_again", "en", day, now)
        library.start(session, buyers, day, now)
        new = templates.make(session, "new_friends", "en", day, now)
    return {"buyers": buyers, "new": new}


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[JourneysView]:
    shown = JourneysView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 860)
    desk.jobs.changed.connect(shown.reload)  # as the window does
    shown.show()
    settle(desk, qtbot)
    yield shown
    settle(desk, qtbot)


def press(view: JourneysView, name: str, desk: Desk, qtbot: QtBot) -> None:
    found = view.findChild(QPushButton, name)
    assert found is not None and found.isEnabled(), name
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


def cell(view: JourneysView, row: int, column: Column) -> str:
    return str(view.due.model.data(view.due.model.index(row, column)))


def states(database: Database) -> dict[str, JourneyState]:
    with database.read() as session:
        return {row.name: row.state for row in session.scalars(select(Journey))}


def test_an_empty_shop_offers_three_templates_and_one_press_makes_a_draft(
    view: JourneysView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    assert view.templates.isVisible()
    press(view, "use_ready_again", desk, qtbot)
    assert states(database) == {"Buyers: usage tips and refill": JourneyState.DRAFT}
    assert view.card.isVisible() and not view.templates.isVisible()
    desk.undo.undo()
    settle(desk, qtbot)
    assert states(database) == {}
    assert view.templates.isVisible()


def test_a_template_reads_as_a_friend_of_whom_nothing_is_known_would_get_it(view: JourneysView) -> None:
    told = [one.text() for one in view.templates.findChildren(QLabel)]
    assert any(text.startswith("Hi there, nice to meet you.") for text in told)
    assert not [text for text in told if "{" in text]


def test_the_list_and_what_is_due_say_the_same_number(paths: dict[str, int], view: JourneysView) -> None:
    count = int(cell(view, 0, Column.FRIENDS))
    assert view.due.approve.text() == f"Approve and send {count}…"
    assert view.list.list.count() == 2
    assert cell(view, 0, Column.WHY) == "on the day of entering"


def test_the_table_of_what_is_due_is_a_sound_model(
    paths: dict[str, int], view: JourneysView, qtmodeltester: ModelTester
) -> None:
    model = DueModel()
    model.show_rows(view.due.model.records)
    qtmodeltester.check(model)


def test_a_line_without_its_tick_is_not_approved(paths: dict[str, int], view: JourneysView) -> None:
    index = view.due.model.index(0, Column.PATH)
    view.due.model.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert view.due.approve.text() == "Approve and send 0…"
    assert not view.due.approve.isEnabled()


def test_approving_asks_for_the_number_and_freezes_one_send_a_step(
    paths: dict[str, int], view: JourneysView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    count = view.due.approve.text().split()[-1].rstrip("…")
    press(view, "approveDue", desk, qtbot)
    assert view.gate.isVisible()
    for tick in view.gate.findChildren(QCheckBox):
        tick.click()
    typed = view.gate.findChild(QLineEdit, "typed")
    assert typed is not None and typed.isEnabled()
    qtbot.keyClicks(typed, "1")
    assert not view.gate.confirm.send.isEnabled()
    typed.clear()
    qtbot.keyClicks(typed, count)
    qtbot.mouseClick(view.gate.confirm.send, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        (campaign,) = session.scalars(select(Campaign)).all()
        assert (campaign.state, campaign.recipients) == (CampaignState.SCHEDULED, int(count))
    assert not view.gate.isVisible()
    assert view.due.says.text() == "Nothing is due today."


def test_skip_today_can_be_taken_back(paths: dict[str, int], view: JourneysView, desk: Desk, qtbot: QtBot) -> None:
    press(view, "skipToday", desk, qtbot)
    assert view.due.says.text() == "Nothing is due today."
    desk.undo.undo()
    settle(desk, qtbot)
    assert view.due.model.rowCount() == 1


def test_a_draft_starts_after_a_question_and_a_running_path_pauses(
    paths: dict[str, int], view: JourneysView, desk: Desk, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    view.list.list.setCurrentRow(0)
    settle(desk, qtbot)
    dialogs.choice = 1
    press(view, "togglePath", desk, qtbot)
    assert set(states(database).values()) == {JourneyState.RUNNING}
    press(view, "togglePath", desk, qtbot)
    assert JourneyState.PAUSED in states(database).values()


def test_edit_steps_shows_the_path_and_keeps_what_was_changed(
    paths: dict[str, int], view: JourneysView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    view.list.list.setCurrentRow(1)
    settle(desk, qtbot)
    press(view, "editSteps", desk, qtbot)
    dialog = view.findChild(StepsDialog)
    assert dialog is not None and len(dialog.draft.steps) == 3
    out = dialog.findChild(QPushButton, "out2")
    assert out is not None
    qtbot.mouseClick(out, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    with database.read() as session:
        assert len(library.load(session, paths["buyers"]).steps) == 2
    desk.undo.undo()
    settle(desk, qtbot)
    with database.read() as session:
        assert len(library.load(session, paths["buyers"]).steps) == 3


def test_a_path_without_a_name_cannot_be_kept(
    paths: dict[str, int], view: JourneysView, desk: Desk, qtbot: QtBot
) -> None:
    press(view, "newPath", desk, qtbot)
    dialog = view.findChild(StepsDialog)
    assert dialog is not None and not dialog.keep.isEnabled()
    assert dialog.findChild(QLabel, "bannerText") is not None
    dialog.reject()


def test_the_arrow_keys_move_between_the_boxes(
    paths: dict[str, int], view: JourneysView, desk: Desk, qtbot: QtBot
) -> None:
    boxes = view.card.boxes._views
    boxes[0].setFocus()
    qtbot.keyClick(boxes[0], Qt.Key.Key_Right)
    assert boxes[1].hasFocus() or view.focusWidget() is boxes[1]
    assert boxes[1].accessibleName().startswith("1 · ")


def test_the_window_prepares_the_day_and_the_rail_says_how_much_waits(
    paths: dict[str, int], desk: Desk, database: Database, day: ShopDay, now: datetime, qtbot: QtBot
) -> None:
    with database.write() as session:
        for journey in session.scalars(select(Journey)):
            journey.prepared_at = now - timedelta(days=1)
        due.skip_today(session, [], day)
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.start(Place(Page.JOURNEYS))
    window.run_sheet.look()
    settle(desk, qtbot)
    with database.read() as session:
        assert not due.wants_preparing(session, day)
    lines = window.rail.top.lines
    row = lines.row_of(Page.JOURNEYS)
    assert row is not None
    assert "1 step waits for approval" in lines.data(lines.index(row), Qt.ItemDataRole.AccessibleTextRole)
    settle(desk, qtbot)


def test_pausing_and_starting_a_path_can_be_taken_back(
    paths: dict[str, int], view: JourneysView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    name = "Buyers: usage tips and refill"
    view.show_place(Place(Page.JOURNEYS, paths["buyers"]))
    settle(desk, qtbot)
    press(view, "togglePath", desk, qtbot)
    assert states(database)[name] is JourneyState.PAUSED
    desk.undo.undo()
    settle(desk, qtbot)
    assert states(database)[name] is JourneyState.RUNNING
    desk.undo.redo()
    settle(desk, qtbot)
    press(view, "togglePath", desk, qtbot)
    assert states(database)[name] is JourneyState.RUNNING
    desk.undo.undo()
    settle(desk, qtbot)
    assert states(database)[name] is JourneyState.PAUSED
