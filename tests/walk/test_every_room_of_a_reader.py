"""Who may only read a shared shop goes through every room: what writes is grey, and all the rest can be used."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtWidgets import QAbstractItemView, QApplication, QDialog, QMenu, QWidget

from linecrm_desktop import app
from linecrm_desktop.jobs import Task
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.store import moving, roles
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import open_shop
from linecrm_desktop.store.parts import Part
from linecrm_desktop.text import set_language
from linecrm_desktop.tour.play import NOW
from linecrm_desktop.tour.room_list import AUDIT_STEPS, rooms
from linecrm_desktop.tour.rooms import Room, Walk
from linecrm_desktop.views import looking_only
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.widgets.writing import writes
from tests import postgres
from tests.recording_dialogs import RecordingDialogs
from tests.walk.pressing import MOST, Thing, close_popups, menu_things, open_menu, things
from tests.walk.walking import walking

WRITERS_ROOMS = {
    *("friends-add", "friends-tag", "friends-untag", "friends-edit", "friends-erase"),
    *("imports-fetch", "import-file", "import-columns", "import-check"),
    *("tags-merge", "tags-split", "tags-run", "tags-start", "tags-new", *AUDIT_STEPS),
    *("sources-make", "messages-new", "messages-test", "messages-gate", "journeys-steps", "journeys-time"),
    *("consent-refusal", "consent-many", "consent-request", "settings-password", "window-connect"),
}
"""Rooms whose door is grey for a reader: whoever comes in writes."""
ENOUGH = 1
"""So many of things that differ by a number only, such as the buttons of a list, are tried."""


@pytest.fixture(scope="module")
def theirs(server: postgres.Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """The sample shop on a server, as somebody sees it who may only read it."""
    set_language("en")
    shop = app.make_sample(tmp_path_factory.mktemp("sample") / "Morning Mist", NOW, Task())
    where = server.address(server.new())
    key = Key.of_server(postgres.PASSWORD, where.salt)
    moving.to_server(shop, None, where, key, Task())
    roles.give(where, key, "looker", Part.READER, postgres.PASSWORD)
    yield server.address(where.database, "looker")
    server.drop(where.database)
    server.run("DROP ROLE looker")


@pytest.fixture
def dialogs(tmp_path: Path) -> RecordingDialogs:
    return RecordingDialogs(saves=True, path=tmp_path / "saved.csv", written="Words")


@pytest.fixture
def walk(theirs: Address, qapp: QApplication, home: Path, tmp_path: Path, dialogs: RecordingDialogs) -> Iterator[Walk]:
    home.mkdir(exist_ok=True)
    path = tmp_path / "Morning Mist.tagwell"
    theirs.write(path)
    choices = Choices(qapp, Preferences(language="en", theme="light"))
    database = open_shop(path, Key.of_server(postgres.PASSWORD, theirs.salt))
    with walking(database, choices, dialogs, tmp_path) as walk:
        yield walk
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # pyright: ignore[reportArgumentType]


def readers_rooms() -> Iterator[Room]:
    return (room for room in rooms() if room.name not in WRITERS_ROOMS)


def usable(part: QObject) -> bool:
    """Whether a part that writes can be used."""
    if isinstance(part, QAbstractItemView):
        return part.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers
    if isinstance(part, QWidget):
        return part.isVisible() and part.isEnabled()
    return isinstance(part, QAction | QShortcut) and part.isEnabled()


def test_nothing_that_writes_can_be_used(walk: Walk) -> None:
    found: list[str] = []
    for room in readers_rooms():
        shown = walk.enter(room)
        parts = [part for part in shown.findChildren(QObject) if writes(part)]
        found += [f"{room.name}: {part.objectName() or part}" for part in parts if usable(part)]
        silent = [part for part in parts if isinstance(part, QWidget) and part.isVisible() and not tells_why(part)]
        found += [f"{room.name}: {part.objectName()} does not say why" for part in silent]
        walk.leave(shown)
    assert found == []


def tells_why(part: QWidget) -> bool:
    return isinstance(part, QAbstractItemView) or part.toolTip() == looking_only.reason()


def test_all_that_can_be_used_is_let_be_by_the_server(
    walk: Walk, server: postgres.Server, dialogs: RecordingDialogs
) -> None:
    reader = Reader(walk, server)
    way: list[Room] = []
    for room in readers_rooms():
        way = [*([] if "-" not in room.name else [one for one in way if not one.is_dialog]), room]
        reader.use_all(way)
    assert reader.refused == []
    assert dialogs.errors == []
    assert reader.tried.total() > 300


def menus_of(window: MainWindow) -> Iterator[Thing]:
    """Return what the bar of menus offers."""
    for title in window.menuBar().actions():
        menu = title.menu()
        if isinstance(menu, QMenu):
            yield from menu_things(title.text(), menu)


class Reader:
    """Uses all that can be used, room by room, and remembers what was refused."""

    def __init__(self, walk: Walk, server: postgres.Server) -> None:
        self.walk, self.server = walk, server
        self.window: MainWindow = walk.hands.window
        self.tried = Counter[str]()
        self.refused: list[str] = []
        self.seen = len(server.refusals())

    def use_all(self, way: list[Room]) -> None:
        """Use everything in a room, going the way into it for as long as there is something new."""
        found, name = True, way[-1].name
        while found:
            shown = [self.walk.enter(room) for room in way][-1]
            self.note(f"{name}: entering it")
            found = self.use_shown(shown, name)
            self.leave_dialogs()

    def use_shown(self, shown: QWidget, where: str) -> bool:
        """Use what is new there until something else is shown; return whether anything was new."""
        is_new = False
        place = self.window.place
        while (thing := self.next_of(shown, where)) is not None:
            is_new = True
            self.use(thing, where)
            if isinstance(shown, QDialog) or self.window.place != place:
                break
        return is_new

    def next_of(self, shown: QWidget, where: str) -> Thing | None:
        if not isinstance(shown, QDialog):
            where = str(self.window.place.page)  # what two rooms of a page have in common is tried once
            shown = self.window.current_view()
        for thing in things(shown):
            key = f"{where}: {re.sub(r'[0-9]+', '#', thing.name)}"
            if self.tried[key] < ENOUGH and self.tried[f"{where}: = {thing.name}"] == 0:
                self.tried.update((key, f"{where}: = {thing.name}"))
                return thing
        for thing in menus_of(self.window):
            if self.tried[thing.name] == 0:
                self.tried.update((thing.name,))
                return thing
        return None

    def use(self, thing: Thing, where: str) -> None:
        thing.use()
        self.walk.settle()
        self.note(f"{where}: {thing.name}")
        self.use_menu(thing, where)
        dialog = self.dialog()
        if dialog is not None and not self.tried[f"dialog {dialog.objectName()}"] and not where.startswith("dialog"):
            self.tried[f"dialog {dialog.objectName()}"] += 1
            self.use_shown(dialog, f"dialog {dialog.objectName()}")
        self.leave_dialogs()

    def use_menu(self, opener: Thing, where: str) -> None:
        """Use what the menu offers that has come up; each time it is opened anew, as it goes when it is closed."""
        menu = open_menu()
        for name in [one.name for one in menu_things(opener.name, menu)][:MOST] if menu is not None else []:
            if self.tried[name] or not opener.is_there:
                continue
            self.tried[name] += 1
            if open_menu() is None:
                opener.use()
            menu = open_menu()
            found = [one for one in menu_things(opener.name, menu) if one.name == name] if menu is not None else []
            for one in found[:1]:
                one.use()
                self.walk.settle()
                self.note(f"{where}: {name}")
            self.leave_dialogs()
        close_popups()

    def note(self, what: str) -> None:
        """Remember it when the server refused it, or the window did."""
        refusals = self.server.refusals()
        said = self.window.status.jobs.words.text()
        if len(refusals) > self.seen or said == looking_only.reason():
            self.refused.append(f"{what} ({' | '.join(refusals[self.seen :]) or said})")
        self.seen = len(refusals)
        self.window.status.say("")

    def dialog(self) -> QDialog | None:
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return shown[0] if shown else None

    def leave_dialogs(self) -> None:
        close_popups()
        while (dialog := self.dialog()) is not None:
            dialog.reject()
            dialog.hide()
            self.walk.settle()
