"""The Home screen: what stands there, where each thing leads, and how a task is skipped and taken back."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.home.plan import TaskKey
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_script import read_script
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.models.campaign import CampaignState
from linecrm_desktop.models.import_batch import ImportBatch
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.home.fit_grid import FitGrid
from linecrm_desktop.views.home.task_row import TaskRow
from linecrm_desktop.views.home.view import HomeView
from tests.maker import Maker
from tests.views.settling import settle


@pytest.fixture
def world(now: datetime) -> PracticeWorld:
    return PracticeWorld(limit=6_000, used=3_412, clock=lambda: now)


@pytest.fixture
def asked() -> list[str]:
    """What the program was asked for."""
    return []


@pytest.fixture
def connected(desk: Desk, world: PracticeWorld, asked: list[str]) -> Iterator[Desk]:
    """The desk of a shop whose LINE can be made to fail."""
    made = replace(desk, line=LineDoor(None, world), ask_program=lambda what, _about: asked.append(what))
    yield made
    made.line.close()


@pytest.fixture
def show(connected: Desk, qtbot: QtBot) -> Iterator[Callable[[], HomeView]]:
    shown: list[HomeView] = []

    def show() -> HomeView:
        view = HomeView(connected)
        shown.append(view)
        qtbot.addWidget(view)
        view.resize(1240, 850)
        view.show()
        view.show_place(Place(Page.HOME))
        qtbot.waitUntil(lambda: view.home is not None)
        settle(connected, qtbot)
        return view

    connected.jobs.changed.connect(lambda changed: [view.reload(changed) for view in shown])
    yield show
    settle(connected, qtbot)


@pytest.fixture
def shop(database: Database, make: Maker, now: datetime) -> None:
    """A shop that was begun eight days ago and has all three core segments."""
    with database.write() as session:
        session.add(ImportBatch(file_name="a.csv", kind="customers", at=now - timedelta(days=8)))
        row = session.get_one(Shop, 1)
        row.plan, row.line_limit, row.line_used, row.line_read_at = "high", 6_000, 3_412, now
        source = make.tag(session, "IG", type=TagType.SOURCE, helps_decide="Which welcome")
        make.tag(session, "VIP")
        friends = [make.friend(session, joined_at=make.ago(3)) for _number in range(3)]
        make.give(session, source, friends[0])
        make.friend(session, is_blocked=True)
        library.make_core(session, now, days=60)
        campaign = make.campaign(session, name="Refill", started_at=make.ago(1), reach_then=3, is_practice=True)
        make.delivery(session, campaign, friends[0])


def said(view: HomeView, name: str) -> str:
    found = view.findChild(QLabel, name)
    assert found is not None, name
    return found.text()


def button(view: HomeView, name: str) -> QPushButton:
    found = view.findChild(QPushButton, name)
    assert found is not None, name
    return found


def press(view: HomeView, name: str) -> None:
    button(view, name).click()


def row(view: HomeView, key: TaskKey) -> TaskRow:
    found = view.findChild(TaskRow, f"task_{key}")
    assert found is not None
    return found


@pytest.mark.usefixtures("shop")
def test_the_tiles_show_the_five_numbers(show: Callable[[], HomeView]) -> None:
    view = show()
    assert [said(view, f"home_{name}_number") for name in view.tiles.tiles] == ["3", "25%", "1", "2,588", "2"]
    assert said(view, "home_reachable_note") == "of 4 · 1 blocked, 0 refused"
    assert said(view, "home_left_note") == "of 6,000 in Nov · NT$0 extra so far"
    assert said(view, "home_notWasted_note") == "versus 1 broadcast · NT$0"


@pytest.mark.usefixtures("shop")
def test_each_tile_opens_its_list_with_the_mouse_and_the_keyboard(show: Callable[[], HomeView], qtbot: QtBot) -> None:
    view = show()
    places: list[Place] = []
    view.asked_for.connect(places.append)
    for tile in view.tiles.tiles.values():
        qtbot.mouseClick(tile, Qt.MouseButton.LeftButton)
        tile.setFocus()
        qtbot.keyClick(tile, Qt.Key.Key_Return)
    assert (
        places[::2]
        == places[1::2]
        == [
            Place(Page.FRIENDS, None, "reachable"),
            Place(Page.FRIENDS, None, "no_source"),
            Place(Page.TAGS, None, "no_decision"),
            Place(Page.SETTINGS, None, "line"),
            Place(Page.RESULTS),
        ]
    )


def test_a_new_shop_shows_dashes_and_one_thing_to_do(show: Callable[[], HomeView]) -> None:
    view = show()
    places: list[Place] = []
    view.asked_for.connect(places.append)
    assert said(view, "home_reachable_number") == "—"
    assert said(view, "home_reachable_note") == "after your first import"
    assert said(view, "planNote").endswith("begins with your first import")
    assert said(view, "todaySentence0") == "Bring in your friends and tags"
    assert said(view, "homeSubtitle") == "Good morning. 1 thing needs you today."
    assert view.findChild(QLabel, "todaySentence1") is None
    press(view, "todayAct0")
    press(view, "taskLink_import")
    assert places == [Place(Page.IMPORTS, None, "new")] * 2


@pytest.mark.usefixtures("shop")
def test_the_plan_marks_the_week_and_leads_on_where_something_is_begun(
    show: Callable[[], HomeView], database: Database
) -> None:
    view = show()
    links = [row.task.key for row in view.plan.rows() if not row.link.isHidden()]
    assert links == [TaskKey.DECIDE, TaskKey.WARM_NO_ORDER, TaskKey.PATH_NEW_FRIENDS]
    assert said(view, "taskDetail_decide") == "1 of 2 has one"
    places: list[Place] = []
    view.asked_for.connect(places.append)
    press(view, "taskLink_decide")
    assert places == [Place(Page.AUDIT)]


@pytest.mark.usefixtures("shop")
def test_home_counts_again_when_something_changes(
    show: Callable[[], HomeView], connected: Desk, make: Maker, qtbot: QtBot
) -> None:
    view = show()
    connected.jobs.write(lambda session: (make.friend(session), frozenset()))
    qtbot.waitUntil(lambda: said(view, "home_reachable_number") == "4")


@pytest.mark.usefixtures("shop")
def test_f5_counts_again(
    show: Callable[[], HomeView], connected: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    view = show()
    with database.write() as session:
        make.friend(session)
    with qtbot.waitActive(view):
        view.activateWindow()
    qtbot.keyClick(view, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: said(view, "home_reachable_number") == "4")


@pytest.mark.usefixtures("shop")
def test_a_task_is_skipped_by_its_menu_and_undo_takes_it_back(
    show: Callable[[], HomeView], connected: Desk, qtbot: QtBot
) -> None:
    view = show()
    done = said(view, "planDone")
    row(view, TaskKey.MERGE).menu().actions()[0].trigger()
    settle(connected, qtbot)
    assert row(view, TaskKey.MERGE).title.font().strikeOut()
    assert said(view, "taskDetail_merge") == "skipped"
    assert said(view, "planDone") != done
    assert connected.undo.undoText() == "skip “Merge look-alike tags”"
    connected.undo.undo()
    settle(connected, qtbot)
    assert not row(view, TaskKey.MERGE).title.font().strikeOut()
    assert said(view, "planDone") == done
    connected.undo.redo()
    settle(connected, qtbot)
    row(view, TaskKey.MERGE).menu().actions()[0].trigger()
    settle(connected, qtbot)
    assert said(view, "planDone") == done


@pytest.mark.usefixtures("shop")
def test_a_task_that_is_done_cannot_be_skipped(show: Callable[[], HomeView]) -> None:
    assert not row(show(), TaskKey.IMPORT).menu().actions()[0].isEnabled()


@pytest.mark.usefixtures("shop")
def test_a_task_tells_a_screen_reader_how_far_it_is(show: Callable[[], HomeView]) -> None:
    shown = row(show(), TaskKey.DECIDE)
    assert shown.accessibleName() == "Give every tag a decision, partly done"
    assert shown.accessibleDescription() == "1 of 2 has one"


@pytest.mark.usefixtures("shop")
def test_the_months_sends_are_told_also_without_the_picture(show: Callable[[], HomeView]) -> None:
    view = show()
    assert "Refill" in view.month.chart.accessibleDescription()
    assert "1" in view.month.chart.accessibleDescription()


@pytest.mark.usefixtures("shop")
def test_a_core_segment_opens_by_its_name(show: Callable[[], HomeView]) -> None:
    view = show()
    places: list[Place] = []
    view.asked_for.connect(places.append)
    assert said(view, "coreNumber_new_friends") == "3"
    assert said(view, "coreNote_new_friends") == "3 joined this week"
    press(view, "core_new_friends")
    assert places == [Place(Page.SEGMENTS, 1)]


@pytest.mark.usefixtures("shop")
def test_at_most_seven_things_are_shown_and_the_first_that_is_due_is_primary(
    show: Callable[[], HomeView], database: Database, make: Maker
) -> None:
    with database.write() as session:
        sends = [
            make.campaign(session, name=f"Send {number}", state=CampaignState.HELD, ended_at=None)
            for number in range(9)
        ]
    view = show()
    places: list[Place] = []
    view.asked_for.connect(places.append)
    assert view.findChild(QLabel, "todaySentence6") is not None
    assert view.findChild(QLabel, "todaySentence7") is None
    assert said(view, "todayRest") == "and 3 more"
    assert [button(view, f"todayAct{place}").property("kind") for place in (0, 1)] == ["primary", "default"]
    press(view, "todayAct0")
    assert places == [Place(Page.MESSAGES, sends[0], "sending")]


@pytest.fixture
def yesterday(database: Database, make: Maker) -> None:
    """A connected shop that read LINE's numbers yesterday."""
    with database.write() as session:
        make.friend(session)
        row = session.get_one(Shop, 1)
        row.line_account = {"user_id": "U" + "0" * 32, "name": "Morning Mist"}
        row.plan, row.line_limit, row.line_used, row.line_read_at = "high", 6_000, 100, make.ago(1)


@pytest.mark.usefixtures("yesterday")
def test_line_is_asked_once_a_day(show: Callable[[], HomeView]) -> None:
    view = show()
    assert said(view, "home_left_number") == "2,588"
    assert said(view, "todayDone") == "Done today: LINE quota read"


def break_line(world: PracticeWorld, folder: Path, fault: str) -> None:
    """Let every request to LINE go wrong."""
    script = folder / "script.json"
    script.write_text(json.dumps({"rules": [{"when": {"endpoint": "any"}, "then": {"fault": fault}}]}))
    world.script = read_script(script)


@pytest.mark.usefixtures("yesterday")
def test_a_line_that_cannot_be_reached_leaves_the_last_number_and_its_day(
    show: Callable[[], HomeView], world: PracticeWorld, tmp_path: Path
) -> None:
    break_line(world, tmp_path, "drop_before")
    view = show()
    assert said(view, "home_left_number") == "5,900"
    assert said(view, "home_left_note") == "from 11 Nov, LINE could not be reached"


@pytest.mark.usefixtures("yesterday")
def test_a_token_that_line_refuses_needs_a_person(
    show: Callable[[], HomeView], world: PracticeWorld, tmp_path: Path
) -> None:
    break_line(world, tmp_path, "token")
    view = show()
    places: list[Place] = []
    view.asked_for.connect(places.append)
    assert said(view, "todaySentence0") == "LINE does not accept the token"
    press(view, "todayAct0")
    assert places == [Place(Page.SETTINGS, None, "line")]


def test_parts_take_more_rows_where_the_window_is_narrow(qtbot: QtBot, choices: Choices) -> None:
    parts = [QWidget() for _number in range(5)]
    grid = FitGrid(parts, 150)
    qtbot.addWidget(grid)
    grid.show()
    for width, rows in ((900, 1), (600, 2), (400, 3)):
        grid.resize(width, 300)
        qtbot.waitUntil(lambda rows=rows: len({part.y() for part in parts}) == rows)
    choices.choose(text_size=130)
    grid.resize(900, 300)
    qtbot.waitUntil(lambda: len({part.y() for part in parts}) == 2)


@pytest.mark.usefixtures("shop")
def test_an_old_backup_is_told_and_made_anew_from_its_button(
    show: Callable[[], HomeView], asked: list[str], database: Database, make: Maker
) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).created_at = make.ago(30)
    view = show()
    assert view.home is not None
    place = len(view.home.items) - 1
    assert said(view, f"todaySentence{place}") == "There is no backup of this shop"
    press(view, f"todayAct{place}")
    assert asked == ["back_up"]
