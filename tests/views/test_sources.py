"""The page of sources: links made in bulk, copied, saved, stopped and undone, and where friends come from."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QTableWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop import app
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.models.source import Arrival, LinkKind
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.sources import links
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import linking
from linecrm_desktop.tagging.linking import LinksDraft
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.sources.make_dialog import MakeLinksDialog
from linecrm_desktop.views.tags.sources.view import SourcesView
from linecrm_desktop.views.tags.view import TagsView
from linecrm_desktop.views.widgets.charts.bars import HBars
from linecrm_desktop.views.widgets.parts import Banner, EmptyState
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.tag_screen import Toasts, field, find, part, press

DRAFT = LinksDraft(
    ("Poster 1", "Poster 2"), helps_decide="Where to print more", account="@123abcde", text="My code: {code}"
)


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> Iterator[SourcesView]:
    made = SourcesView(desk)
    desk.jobs.changed.connect(made.reload)
    qtbot.addWidget(made)
    made.resize(1240, 814)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_place(Place(Page.SOURCES))
    settle(desk, qtbot)
    yield made
    settle(desk, qtbot)


@pytest.fixture
def posters(database: Database, now: datetime) -> list[int]:
    """Two links that are there before the page is opened."""
    with database.write() as session:
        return list(linking.make(session, DRAFT, now).links)


def dialog_of(view: SourcesView, desk: Desk, qtbot: QtBot) -> MakeLinksDialog:
    press(view, "makeLinks", qtbot)
    settle(desk, qtbot)
    return find(view, MakeLinksDialog, "makeLinksDialog")


def name_places(dialog: MakeLinksDialog, text: str, desk: Desk, qtbot: QtBot) -> None:
    find(dialog, QPlainTextEdit, "linkPlaces").setPlainText(text)
    settle(desk, qtbot)


def foreseen(dialog: MakeLinksDialog) -> str:
    return find(find(dialog, Banner, "linkForeseen"), QLabel, "bannerText").text()


def kept(database: Database) -> list[LinkRow]:
    with database.read() as session:
        return links.all_links(session)


def shown(view: SourcesView) -> list[str]:
    model = view.list.table.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def do(view: SourcesView, name: str, desk: Desk, qtbot: QtBot) -> None:
    find(view, QAction, f"link_{name}").trigger()
    settle(desk, qtbot)


def test_an_empty_page_leads_to_links_and_to_the_account_that_is_missing(
    view: SourcesView, desk: Desk, database: Database, qtbot: QtBot, toasts: Toasts
) -> None:
    empty = find(view, EmptyState, "noLinks")
    assert empty.isVisible()
    assert "a QR code of its own" in empty.sentence.text()
    assert not part(view, "saveAllCodes").isEnabled()
    qtbot.mouseClick(empty.action, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    dialog = find(view, MakeLinksDialog, "makeLinksDialog")
    assert find(dialog, Banner, "linkNotConnected").isVisible()
    assert find(dialog, Banner, "linkPractice").isVisible()
    name_places(dialog, "Poster 1..3\nShop counter", desk, qtbot)
    assert "is not the ID of a LINE Official Account" in foreseen(dialog)
    assert not part(dialog, "makeLinksYes").isEnabled()
    field(dialog, "linkAccount").setText("123ABCDE")
    settle(desk, qtbot)
    assert foreseen(dialog) == "4 entry links. 4 new tags."
    assert part(dialog, "makeLinksYes").text() == "Make 4 links"
    press(dialog, "makeLinksYes", qtbot)
    settle(desk, qtbot)
    assert shown(view) == ["Poster 1", "Poster 2", "Poster 3", "Shop counter"]
    assert {row.url.partition("/?")[0] for row in kept(database)} == {"https://line.me/R/oaMessage/%40123abcde"}
    assert toasts[-1][0] == "Made 4 entry links."


def test_making_links_is_undone_and_done_again_with_the_codes_that_may_be_printed(
    view: SourcesView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    dialog = dialog_of(view, desk, qtbot)
    field(dialog, "linkAccount").setText("@123abcde")
    name_places(dialog, "Poster 1..3", desk, qtbot)
    press(dialog, "makeLinksYes", qtbot)
    settle(desk, qtbot)
    before = [(row.place, row.code) for row in kept(database)]
    assert desk.undo.undoText() == "make 3 entry links"
    desk.undo.undo()
    settle(desk, qtbot)
    assert (kept(database), shown(view)) == ([], [])
    desk.undo.redo()
    settle(desk, qtbot)
    assert [(row.place, row.code) for row in kept(database)] == before


def test_the_account_of_a_connected_shop_stands_ready(
    desk: Desk, database: Database, view: SourcesView, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).line_account = {"name": "Morning Mist", "basic_id": "@morning"}
    view.show_place(Place(Page.SOURCES))
    settle(desk, qtbot)
    dialog = dialog_of(view, desk, qtbot)
    assert field(dialog, "linkAccount").text() == "@morning"
    assert not find(dialog, Banner, "linkNotConnected").isVisible()


def test_an_account_that_is_connected_meanwhile_fills_the_dialog_and_loses_nothing(
    desk: Desk, database: Database, view: SourcesView, qtbot: QtBot
) -> None:
    dialog = dialog_of(view, desk, qtbot)
    name_places(dialog, "Counter", desk, qtbot)
    with database.write() as session:
        session.get_one(Shop, 1).line_account = {"name": "Morning Mist", "basic_id": "@morning"}
    view.show_place(Place(Page.SOURCES))
    settle(desk, qtbot)
    assert field(dialog, "linkAccount").text() == "@morning"
    assert foreseen(dialog) == "1 entry link. 1 new tag."


@pytest.mark.parametrize(
    ("kind", "sentence", "fields"),
    [
        (LinkKind.MESSAGE, "Only who presses send can be traced", {"linkAccount", "linkPrepared"}),
        (LinkKind.ADD, "cannot tell who used it", {"linkAccount"}),
        (LinkKind.OWN, "What it counts is seen there", {"linkOwn"}),
    ],
)
def test_each_kind_of_link_says_what_it_can_tell_and_asks_what_it_needs(
    view: SourcesView, desk: Desk, qtbot: QtBot, kind: LinkKind, sentence: str, fields: set[str]
) -> None:
    dialog = dialog_of(view, desk, qtbot)
    kinds = find(dialog, QComboBox, "linkKind")
    kinds.setCurrentIndex(kinds.findData(str(kind)))
    settle(desk, qtbot)
    assert sentence in find(dialog, QLabel, "linkHonest").text()
    all_fields = ("linkAccount", "linkPrepared", "linkOwn")
    assert {name for name in all_fields if field(dialog, name).isVisible()} == fields


def test_the_dialog_says_beforehand_what_is_used_and_what_is_wrong(
    view: SourcesView, desk: Desk, database: Database, make: Maker, now: datetime, qtbot: QtBot
) -> None:
    with database.write() as session:
        make.tag(session, "Posters", TagType.SOURCE, helps_decide="Where to print more")
        make.tag(session, "VIP", TagType.VALUE)
        linking.make(session, replace(DRAFT, places=("Ad",)), now)
    view.show_place(Place(Page.SOURCES))
    settle(desk, qtbot)
    dialog = dialog_of(view, desk, qtbot)
    name_places(dialog, "VIP", desk, qtbot)
    assert "of the type Customer value already" in foreseen(dialog)
    name_places(dialog, "A place with far too long a name", desk, qtbot)
    assert "has 32 characters" in foreseen(dialog)
    name_places(dialog, "Ad\nPoster 1..2", desk, qtbot)
    part(dialog, "linkOneTag").click()
    field(dialog, "linkTag").setText("posters")
    settle(desk, qtbot)
    assert foreseen(dialog) == (
        "2 entry links. 1 tag is there already and is used: Posters. 1 place has a link already and keeps it: Ad."
    )
    name_places(dialog, "Ad", desk, qtbot)
    assert foreseen(dialog) == "1 place has a link already and keeps it: Ad."
    assert not part(dialog, "makeLinksYes").isEnabled()


def test_the_chosen_link_shows_its_code_and_is_copied_by_key(
    posters: list[int], view: SourcesView, desk: Desk, database: Database, qtbot: QtBot, toasts: Toasts
) -> None:
    first = kept(database)[0]
    assert find(view, QLabel, "linkPlace").text() == "Poster 1"
    assert not find(view, QLabel, "linkCode").pixmap().isNull()
    assert find(view, QLabel, "linkText").text() == f"My code: {first.code}"
    assert find(view, QLineEdit, "linkUrl").text() == first.url
    view.list.table.setFocus()
    qtbot.keyClick(view.list.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == first.url
    assert toasts[-1][0] == "Copied the link of “Poster 1”."


def test_friends_who_came_are_counted_and_one_press_away(
    posters: list[int], view: SourcesView, desk: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.add(Arrival(link_id=posters[0], friend_id=make.friend(session), at=make.ago(0.1)))
    view.show_place(Place(Page.SOURCES))
    settle(desk, qtbot)
    assert find(view, QPushButton, "linkFriends").text() == "1 friend came by it"
    with qtbot.waitSignal(view.asked_for) as asked:
        press(view, "linkFriends", qtbot)
    assert asked.args == [Place(Page.FRIENDS, kept(database)[0].tag.id, "tag")]


def test_a_link_is_stopped_by_key_and_undone(
    posters: list[int], view: SourcesView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    view.list.table.setFocus()
    qtbot.keyClick(view.list.table, Qt.Key.Key_Delete)
    settle(desk, qtbot)
    assert [(row.place, row.is_stopped) for row in kept(database)] == [("Poster 2", False), ("Poster 1", True)]
    assert "not used any more" in find(view, QLabel, "linkNote").text()
    assert not part(view, "stopLink").isEnabled()
    desk.undo.undo()
    settle(desk, qtbot)
    assert not any(row.is_stopped for row in kept(database))


def test_all_codes_in_use_are_saved_into_a_folder(
    posters: list[int],
    view: SourcesView,
    desk: Desk,
    database: Database,
    dialogs: RecordingDialogs,
    toasts: Toasts,
    tmp_path: Path,
    now: datetime,
    qtbot: QtBot,
) -> None:
    with database.write() as session:
        linking.stop(session, posters[:1], now)
    view.show_place(Place(Page.SOURCES))
    settle(desk, qtbot)
    dialogs.path = tmp_path / "codes"
    press(view, "saveAllCodes", qtbot)
    qtbot.waitUntil(lambda: bool(toasts))
    code = kept(database)[0].code
    assert {path.name for path in dialogs.path.iterdir()} == {
        f"poster-2_{code}.png",
        f"poster-2_{code}.svg",
        "links.csv",
    }
    assert toasts[-1][0] == "Wrote 3 files into “codes”."
    dialogs.path = None
    do(view, "save", desk, qtbot)
    assert len(toasts) == 1


def test_a_folder_that_cannot_be_written_is_said(
    posters: list[int], view: SourcesView, desk: Desk, dialogs: RecordingDialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").write_text("")
    dialogs.path = tmp_path / "file"
    find(view, QAction, "link_save").trigger()
    qtbot.waitUntil(lambda: bool(dialogs.errors))
    assert "cannot be written" in str(dialogs.errors[0])


def test_where_friends_come_from_is_said_drawn_and_listed(
    view: SourcesView, desk: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        poster = make.tag(session, "Poster", TagType.SOURCE)
        for number in range(4):
            friend = make.friend(session, joined_at=make.ago(2), collected_through="Checkout" if number == 3 else None)
            if number < 2:
                make.give(session, poster, friend)
        make.friend(session, joined_at=None)
    view.show_place(Place(Page.SOURCES, None, "coverage"))
    settle(desk, qtbot)
    said = find(view, QLabel, "coverageSaid").text()
    assert said == "Of 4 friends who joined in the last 12 months, the source of 3 is known (75%)."
    (chart,) = view.coverage.findChildren(HBars)
    assert chart.accessibleDescription().endswith("Oct 2026: nobody joined; Nov 2026: 3 of 4 · 75%")
    assert rows(find(view, QTableWidget, "coverageSources")) == [
        ["Poster", "Source tag", "2", "50%"],
        ["Checkout", "Import", "1", "25%"],
        ["Not known", "", "1", "25%"],
    ]
    months = find(view, QTableWidget, "coverageMonths")
    assert rows(months)[:2] == [["Nov 2026", "4", "3", "75%", "2", "1"], ["Oct 2026", "0", "0", "—", "0", "0"]]


def rows(table: QTableWidget) -> list[list[str]]:
    cells = [[table.item(row, column) for column in range(table.columnCount())] for row in range(table.rowCount())]
    return [[cell.text() if cell is not None else "" for cell in row] for row in cells]


def test_the_page_is_reached_from_the_tags_and_leads_back(view: SourcesView, desk: Desk, qtbot: QtBot) -> None:
    tags = TagsView(desk)
    qtbot.addWidget(tags)
    with qtbot.waitSignal(tags.asked_for) as asked:
        part(tags, "tagSources").click()
    assert asked.args == [Place(Page.SOURCES)]
    with qtbot.waitSignal(view.asked_for) as back:
        part(view, "breadcrumb").click()
    assert back.args == [Place(Page.TAGS)]


def test_retiring_a_tag_asks_first_where_links_give_it(
    posters: list[int], desk: Desk, dialogs: RecordingDialogs, database: Database, qtbot: QtBot
) -> None:
    tags = TagsView(desk)
    qtbot.addWidget(tags)
    tags.show_place(Place(Page.TAGS, kept(database)[0].tag.id))
    settle(desk, qtbot)
    find(tags.panel.actions_, QAction, "tag_retire").trigger()
    settle(desk, qtbot)
    assert dialogs.asked == [
        (
            "Retire “Poster 1”?",
            "The links of these places give it to nobody any more:\nPoster 1",
            "Retire “Poster 1”",
        )
    ]
    assert kept(database)[0].is_tag_retired


def test_the_menu_leads_to_the_sources_and_the_rail_stays_at_the_tags(
    database: Database, choices: Choices, now: datetime
) -> None:
    window = app.build_shop_window(
        database, choices, clock=lambda: now, dialogs=RecordingDialogs(), tokens=SessionTokens()
    )
    window.go(Place(Page.TAGS))
    action = window.menus.action("go:tag_sources")
    assert action.shortcut().toString() == "Ctrl+Shift+L"
    action.trigger()
    assert isinstance(window.current_view(), SourcesView)
    assert window.rail.top.shown is Page.TAGS
    window.let_go()
    window.close()


def test_the_table_keeps_the_rules_of_item_models(
    posters: list[int], view: SourcesView, qtmodeltester: ModelTester
) -> None:
    qtmodeltester.check(view.list.model)
