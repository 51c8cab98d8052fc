"""Ctrl+K finds everything by the keyboard alone; F6 goes from area to area."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QTreeWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.finding.dialog import FindDialog
from linecrm_desktop.views.finding.offers import PARTS, Kind, Offer, found, rank
from linecrm_desktop.views.friends.view import FriendsView
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.settings.view import SECTIONS, SettingsView
from tests.maker import Maker
from tests.views.settling import settle


@pytest.fixture
def window(desk: Desk, database: Database, make: Maker, now: datetime, qtbot: QtBot) -> Iterator[MainWindow]:
    with database.write() as session:
        make.friend(session, name="王小明", phone="+886912345678")
        make.friend(session, name="陳大文")
        library.find_or_make(session, "小樣", TagType.INTEREST, now)
    made = MainWindow(desk)
    qtbot.addWidget(made)
    made.start(Place(Page.HOME))
    made.show()
    made.activateWindow()
    settle(desk, qtbot)
    yield made
    settle(desk, qtbot)
    made.let_go()


def opened(window: MainWindow, desk: Desk, qtbot: QtBot) -> FindDialog:
    window.menus.action("find_everything").trigger()
    dialog = window.findChild(FindDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.search.hasFocus())
    return dialog


def typed(dialog: FindDialog, words: str, desk: Desk, qtbot: QtBot) -> list[tuple[str, Kind]]:
    dialog.search.setText(words)
    qtbot.waitUntil(lambda: desk.jobs.is_quiet)
    settle(desk, qtbot)
    return [(one.name, one.kind) for one in dialog.shown()]


def test_a_name_that_begins_so_comes_before_one_that_only_has_it_inside() -> None:
    names = ["Who tagged", "Tags", "New tag…", "Tag"]
    offers = [Offer(Kind.COMMAND, name, name) for name in names]
    assert [one.name for one in found("tag", offers, ())] == ["Tag", "Tags", "New tag…", "Who tagged"]


def test_of_equally_good_ones_those_chosen_lately_come_first() -> None:
    one, other = Offer(Kind.PAGE, "Tags", "a"), Offer(Kind.COMMAND, "Tables", "b")
    assert found("ta", [one, other], [other]) == [other, one]
    assert found("", [one, other], [other])[0] == other


@pytest.mark.parametrize(("words", "name"), [("ＴＡＧ", "Tags"), ("明", "王小明"), ("new tag", "Tag, new")])
def test_width_case_and_order_of_words_do_not_matter(words: str, name: str) -> None:
    assert rank(words, name) is not None


@pytest.mark.parametrize(
    ("words", "names"), [("小", {"小樣", "王小明"}), ("小明", {"王小明"}), ("0912345678", {"王小明"})]
)
def test_one_or_two_chinese_characters_or_a_phone_find_tags_and_friends(
    window: MainWindow, desk: Desk, qtbot: QtBot, words: str, names: set[str]
) -> None:
    dialog = opened(window, desk, qtbot)
    assert {name for name, _kind in typed(dialog, words, desk, qtbot)} == names


def test_enter_goes_to_the_friend_that_the_arrow_keys_chose(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(window, desk, qtbot)
    assert typed(dialog, "小", desk, qtbot) == [("小樣", Kind.TAG), ("王小明", Kind.FRIEND)]
    qtbot.keyClick(dialog.search, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    settle(desk, qtbot)
    view = window.current_view()
    assert isinstance(view, FriendsView)
    shown = view.findChild(QLabel, "detailName")
    qtbot.waitUntil(lambda: shown is not None and shown.text() == "王小明")
    assert window.finder.recent[0].name == "王小明"


def test_a_command_is_done_and_comes_first_the_next_time(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(window, desk, qtbot)
    name, kind = typed(dialog, "compact", desk, qtbot)[0]
    assert (name, kind) == ("Compact rail", Kind.COMMAND)
    qtbot.keyClick(dialog.search, Qt.Key.Key_Return)
    assert desk.choices.kept.compact_rail
    qtbot.waitUntil(lambda: window.findChild(FindDialog) is None)
    assert opened(window, desk, qtbot).shown()[0].name == "Compact rail"


def test_a_page_that_a_menu_names_is_offered_once(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    found = typed(opened(window, desk, qtbot), "reachable friends", desk, qtbot)
    assert found == [("Reachable friends", Kind.PAGE)]


def test_when_nothing_is_found_it_says_where_it_looked(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    dialog = opened(window, desk, qtbot)
    assert typed(dialog, "zzz", desk, qtbot) == []
    assert dialog.said.text().startswith("Nothing is called “zzz”. Pages, commands, settings")
    assert dialog.findChild(QTreeWidget, "foundEverything") is not None


def test_every_section_of_the_settings_can_be_found(desk: Desk, qtbot: QtBot) -> None:
    view = SettingsView(desk)
    qtbot.addWidget(view)
    offered = {target.part: name for name, kind, target in PARTS if kind is Kind.SETTING}
    assert offered.keys() == view.cards.keys()
    sections = {name: view.sections.item(row).text() for row, name in enumerate(SECTIONS)}
    assert {name: offered[name] for name in SECTIONS} == sections
    settle(desk, qtbot)


def test_f6_goes_through_the_areas_of_the_page_and_comes_back_to_where_it_was(
    window: MainWindow, desk: Desk, qtbot: QtBot
) -> None:
    window.go(Place(Page.FRIENDS))
    settle(desk, qtbot)
    view = window.current_view()
    assert isinstance(view, FriendsView)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    view.panel.search.setFocus()
    lap = []
    for _press in range(8):
        window.menus.action("step_area:next").trigger()
        lap.append(QApplication.focusWidget())
    assert window.rail.top in lap
    assert view.panel.search in lap, "the area remembers where the focus was"
    assert len({*lap}) >= 4
    window.menus.action("step_area:back").trigger()
    assert QApplication.focusWidget() is lap[-2]
