from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QAbstractItemModel, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QListView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from linecrm_desktop.jobs import Changes, Word, changes
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.data_request import Wants
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.requests import register
from linecrm_desktop.store.database import Database
from linecrm_desktop.text import language
from linecrm_desktop.views import theme
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.rail import ITEMS, PAGE_ROLE, RailModel
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import WAIT

Build = Callable[[], MainWindow]


def desk_of(window: MainWindow) -> Desk:
    return window._desk  # pyright: ignore[reportPrivateUsage]


def pages(view: QListView) -> list[str]:
    model = view.model()
    rows = (model.index(row, 0) for row in range(model.rowCount()))
    return [index.data() for index in rows if index.data(PAGE_ROLE) is not None]


def label(window: MainWindow, name: str) -> QLabel:
    found = window.findChild(QLabel, name)
    assert found is not None
    return found


def test_the_rail_has_the_pages_under_the_letters_of_the_method(window: MainWindow) -> None:
    assert pages(window.rail.top) == [
        *("Home", "Friends", "Imports", "Tags", "Segments", "Messages", "Journeys", "Results", "Consent")
    ]
    assert pages(window.rail.bottom) == ["Settings"]
    assert [item.letter for item in ITEMS if item.letter] == ["T", "A", "G", "S", "✓"]


def test_captions_of_the_rail_cannot_be_chosen(qtmodeltester: ModelTester) -> None:
    model = RailModel(ITEMS)
    qtmodeltester.check(model)
    assert not model.flags(model.index(1)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(1).data(PAGE_ROLE) is None


def test_enter_on_the_rail_opens_a_page_and_arrows_only_move(window: MainWindow) -> None:
    rail = window.rail.top
    rail.setCurrentIndex(rail.model().index(5, 0))
    assert window.place.page is Page.SETTINGS
    QTest.keyClick(rail, Qt.Key.Key_Return)
    assert window.place.page is Page.TAGS


@pytest.mark.parametrize(
    ("page", "waits"), [("Tags", "1 tag has no decision"), ("Consent", "1 request about data waits")]
)
def test_a_badge_says_what_waits(page: str, waits: str, window: MainWindow, make: Maker, qtbot: QtBot) -> None:
    model, desk = window.rail.top.model(), desk_of(window)
    item = next(model.index(row, 0) for row in range(model.rowCount()) if model.index(row, 0).data() == page)
    said = Qt.ItemDataRole.AccessibleTextRole
    assert item.data(said) == page

    def write(session: Session) -> tuple[int, Changes]:
        register.write_down(session, make.friend(session), Wants.COPY, desk.day(), desk.now())
        return make.tag(session, "FB"), changes(Word.TAGS, Word.CONSENT)

    desk.jobs.write(write)
    qtbot.waitUntil(lambda: item.data(said) == f"{page}, {waits}")


def test_the_rail_is_narrow_when_chosen_or_when_the_window_is(window: MainWindow, choices: Choices) -> None:
    assert not window.rail.is_narrow
    window.menus.action("compact_rail").trigger()
    assert choices.kept.compact_rail
    assert window.rail.is_narrow
    assert window.rail.width() == 52
    window.menus.action("compact_rail").trigger()
    window.resize(1200, 800)
    assert window.rail.is_narrow
    assert window.rail.top.model().index(2, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Friends"


def test_back_and_forward_walk_through_the_places(window: MainWindow) -> None:
    window.go(Place(Page.TAGS))
    window.go(Place(Page.SETTINGS, part="about"))
    window.menus.action("step:back").trigger()
    assert window.place == Place(Page.TAGS)
    window.menus.action("step:back").trigger()
    assert window.place == Place(Page.SETTINGS)
    assert not window.menus.action("step:back").isEnabled()
    window.menus.action("step:forward").trigger()
    assert window.place == Place(Page.TAGS)


def test_a_page_that_does_not_let_go_stays(window: MainWindow) -> None:
    window.views[Page.SETTINGS].can_leave = lambda: False  # type: ignore[method-assign]
    window.go(Place(Page.TAGS))
    assert window.place.page is Page.SETTINGS
    assert window.rail.bottom.shown is Page.SETTINGS


def test_pages_are_made_when_they_are_first_visited(window: MainWindow) -> None:
    assert set(window.views) == {Page.SETTINGS}
    window.menus.action("go:tags").trigger()
    assert set(window.views) == {Page.SETTINGS, Page.TAGS}


def test_a_page_out_of_sight_hears_of_changes_when_it_comes_back(window: MainWindow, make: Maker, qtbot: QtBot) -> None:
    window.go(Place(Page.TAGS))
    window.go(Place(Page.SETTINGS))
    heard: list[object] = []
    window.views[Page.TAGS].reload = heard.append  # type: ignore[method-assign]
    jobs = desk_of(window).jobs
    with qtbot.waitSignal(jobs.changed):
        jobs.write(lambda session: (make.tag(session, "VIP"), changes(Word.TAGS)))
    assert heard == []
    window.go(Place(Page.TAGS))
    assert heard == [changes(Word.TAGS)]


def test_a_practice_shop_says_so_on_every_page(window: MainWindow) -> None:
    assert label(window, "practiceStripText").isVisible()
    assert label(window, "practiceState").text() == "Practice: nothing is sent"


def test_a_real_shop_has_no_practice_mark(database: Database, build: Build) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).is_practice = False
    window = build()
    assert not label(window, "practiceStripText").isVisible()
    assert window.findChild(QLabel, "practiceState") is None


def test_the_status_bar_says_whether_line_is_connected(window: MainWindow, qtbot: QtBot) -> None:
    assert label(window, "lineState").text() == "LINE not connected"

    def connect(session: object) -> tuple[None, frozenset[Word]]:
        session.get_one(Shop, 1).line_account = {"name": "Mist"}  # pyright: ignore[reportAttributeAccessIssue]
        return None, changes(Word.SETTINGS)

    desk_of(window).jobs.write(connect)
    qtbot.waitUntil(lambda: label(window, "lineState").text() == "LINE connected")
    assert not window.status.dot.isHidden()


def test_a_job_shows_its_name_and_how_far_it_is(window: MainWindow, qtbot: QtBot) -> None:
    jobs, hold = desk_of(window).jobs, Event()

    def work(_database: object, task: object) -> tuple[None, frozenset[Word]]:
        task.progress(3, 10)  # pyright: ignore[reportAttributeAccessIssue]
        hold.wait(10)
        return None, changes()

    jobs.run("Importing customers.csv", work, lambda _n: None)
    qtbot.waitUntil(lambda: window.status.jobs.counts.text() == "3 of 10")
    assert label(window, "jobText").text() == "Importing customers.csv"
    hold.set()
    qtbot.waitUntil(lambda: label(window, "jobText").text() == "Ready")


def test_a_send_that_is_not_over_is_offered_at_the_start(
    database: Database, build: Build, now: datetime, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.add(a_campaign(now))
    window = build()
    qtbot.waitUntil(window.unfinished.isVisible)
    assert window.unfinished.words.text() == "1 send is not over."
    window.unfinished.action.click()
    assert window.place.page is Page.MESSAGES
    assert window.place.part == "sending"


def a_campaign(now: datetime) -> Campaign:
    return Campaign(
        name="Serum refill",
        segment_name="Serum buyers",
        segment_rule={},
        brief={},
        bubbles=[],
        unit="serum",
        state=CampaignState.PAUSED,
        recipients=3,
        reach_then=5,
        created_at=now,
    )


def test_closing_while_something_runs_asks_stops_it_and_then_closes(
    window: MainWindow, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    began = Event()

    def work(_database: object, task: object) -> tuple[None, frozenset[Word]]:
        began.set()
        task.wait(30)  # pyright: ignore[reportAttributeAccessIssue]
        return None, changes()

    desk_of(window).jobs.run("Sending", work, lambda _n: None)
    assert began.wait(5)
    with qtbot.waitSignal(window.closed):
        window.close()
    assert dialogs.asked[-1][2] == "Stop and close"
    assert not window.isVisible()


def test_saying_no_lets_it_run_on(window: MainWindow, dialogs: RecordingDialogs) -> None:
    dialogs.yes = False
    jobs, hold = desk_of(window).jobs, Event()
    jobs.run("Sending", lambda _database, _task: (hold.wait(10), changes()), lambda _n: None)
    window.close()
    assert window.isVisible()
    assert jobs.is_busy
    hold.set()


def test_the_language_changes_everywhere_while_running(window: MainWindow, choices: Choices) -> None:
    before = window.menus.action("quit")
    choices.choose(language="th")
    assert language() == "th"
    assert window.menus.action("quit") is before
    choices.choose(language="en")
    assert before.text() == "Quit"
    assert window.windowTitle() == "Morning Mist[*] — Tagwell"


def test_text_grows_and_shrinks_with_the_menu(window: MainWindow, choices: Choices, qapp: QApplication) -> None:
    normal = qapp.font().pointSizeF()
    window.menus.action("text_size:larger").trigger()
    assert choices.kept.text_size == 115
    assert qapp.font().pointSizeF() > normal
    window.menus.action("text_size:normal").trigger()
    assert qapp.font().pointSizeF() == normal
    window.menus.action("text_size:smaller").trigger()
    window.menus.action("text_size:smaller").trigger()
    assert choices.kept.text_size == 90


def test_the_look_is_chosen_in_the_menu(window: MainWindow) -> None:
    window.menus.action("look:dark").trigger()
    assert theme.is_dark()
    assert window.menus.action("look:dark").isChecked()


def owner(action: QAction) -> object:
    """Return whose key an action's key is: the window's, or that of the one list that must have the focus."""
    return action.parent() if action.shortcutContext() is Qt.ShortcutContext.WidgetShortcut else None


def test_no_key_has_two_owners(window: MainWindow) -> None:
    for page in (Page.HOME, Page.SETTINGS, Page.TAGS, Page.FRIENDS, Page.SEGMENTS, Page.MESSAGES):
        window.go(Place(page))
        owned = [
            (owner(action), key.toString()) for action in window.findChildren(QAction) for key in action.shortcuts()
        ]
        assert len(owned) == len(set(owned)), page
        of_window = {key for of, key in owned if of is None}
        assert not of_window & {key for of, key in owned if of is not None}, page


def test_a_page_keeps_the_key_it_has_and_the_menu_still_shows_it(window: MainWindow) -> None:
    new_tag = window.menus.action("go:tag_new")
    assert new_tag.shortcut().toString() == "Ctrl+Shift+T"
    window.go(Place(Page.TAGS))
    assert new_tag.shortcut().isEmpty()
    assert new_tag.text().endswith("\tCtrl+Shift+T")


def test_undo_names_what_it_takes_back(window: MainWindow, make: Maker, qtbot: QtBot) -> None:
    desk = desk_of(window)
    assert not window.menus.action("undo").isEnabled()
    desk.undo.beginMacro("add tag “VIP”")
    desk.undo.endMacro()
    assert window.menus.action("undo").text() == "Undo add tag “VIP”"
    window.menus.action("undo").trigger()
    assert window.menus.action("redo").text() == "Redo add tag “VIP”"


def test_a_toast_says_what_was_done_and_takes_it_back(window: MainWindow) -> None:
    taken: list[str] = []
    desk_of(window).toast("Added “VIP” to 612 friends.", lambda: taken.append("back"))
    assert window.toast.isVisible()
    assert window.toast.words.text() == "Added “VIP” to 612 friends."
    window.toast.undo.click()
    assert taken == ["back"]
    assert not window.toast.isVisible()


def test_a_toast_without_a_way_back_offers_none(window: MainWindow) -> None:
    desk_of(window).toast("LINE is connected.", None)
    assert window.toast.undo.isHidden()


def test_find_goes_to_the_search_of_the_page(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitActive(window):
        window.activateWindow()
    window.menus.action("find").trigger()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.objectName() == "settingsSearch"


@pytest.mark.parametrize(
    ("action", "dialog"),
    [("show_about", "aboutDialog"), ("show_keys", "keysDialog"), ("connect", "connectDialog")],
)
def test_the_menus_open_their_dialogs(window: MainWindow, action: str, dialog: str) -> None:
    window.menus.action(action).trigger()
    found = window.findChild(QDialog, dialog)
    assert found is not None
    assert found.isVisible()
    found.close()


def test_the_list_of_keys_names_every_bound_key(window: MainWindow) -> None:
    window.menus.action("show_keys").trigger()
    dialog = window.findChild(QDialog, "keysDialog")
    assert dialog is not None
    model: QAbstractItemModel = dialog.table.model()  # pyright: ignore[reportAttributeAccessIssue]
    listed = {model.index(row, 1).data() for row in range(model.rowCount())}
    assert {"Ctrl+4", "Ctrl+B", "F1", "Ctrl+Shift+O"} <= listed
    dialog.close()


def test_what_concerns_the_program_is_asked_of_it(window: MainWindow, qtbot: QtBot) -> None:
    for name in ("new_shop", "open_shop", "quit"):
        with qtbot.waitSignal(window.asked, check_params_cb=lambda said, _what, name=name: said == name):
            window.menus.action(name).trigger()


def test_a_file_dropped_anywhere_starts_an_import(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "customers.csv"
    path.write_text("Member number,Name\n1,Mei\n", encoding="utf-8")
    window.go(Place(Page.TAGS))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entered = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    window.dragEnterEvent(entered)
    assert entered.isAccepted()
    window.dropEvent(QDropEvent(QPoint(5, 5), copy, data, left, none))
    assert window.place.page is Page.IMPORTS
    qtbot.waitUntil(lambda: _label(window, "fileName") == "customers.csv", timeout=WAIT)


def _label(window: MainWindow, name: str) -> str:
    found = window.findChild(QLabel, name)
    return found.text() if isinstance(found, QLabel) else ""
