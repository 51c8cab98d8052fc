"""Every action that changes the shop is taken back by Ctrl+Z in the window, to the last row, and done again.

One line of the table is one action: its name, its page, what a person does there, and the tables that keep a trace of
it by intent, such as the list of changes. What cannot be taken back is in test_asked_before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPushButton, QSpinBox, QTableWidget, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.journeys import templates
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library, unsaved
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.carrying import contents
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.main_window import MainWindow
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import settle

Part = TypeVar("Part", bound=QWidget)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
TRACES = frozenset({"change", "tag_operation", "access_line", "segment_count", "import_batch", "review", "reading"})
"""What keeps a trace of what was done and taken back: the lists of changes, who looked, and numbers over time."""


@dataclass
class Person:
    """Somebody at the window of a shop."""

    window: MainWindow
    database: Database
    dialogs: RecordingDialogs
    shop: SerumShop
    make: Maker
    qtbot: QtBot
    view: Any = field(default=None)

    def go(self, place: Place) -> None:
        self.window.go(place)
        self.view = self.window.current_view()
        self.wait()

    def wait(self) -> None:
        for _round in range(2):
            settle(self.window.desk, self.qtbot)

    def part(self, kind: type[Part], name: str, inside: QWidget | None = None) -> Part:
        found = (inside or self.view).findChild(kind, name)
        assert isinstance(found, kind), name
        return found

    def press(self, name: str, inside: QWidget | None = None) -> None:
        found = self.part(QPushButton, name, inside)
        assert found.isEnabled(), name
        found.click()
        self.wait()

    def choose(self, name: str) -> None:
        """Choose what a menu of the page offers, by the name of its action."""
        found = self.view.findChild(QAction, name)
        assert found is not None and found.isEnabled(), name
        found.trigger()
        self.wait()

    def keys(self, key: Qt.Key, with_: Qt.KeyboardModifier = CTRL) -> None:
        """Press a key where the focus is, as the window gets it."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, with_)
        self.wait()

    def holds(self) -> dict[str, str]:
        """What the shop holds, table by table."""
        self.wait()
        with self.database.read() as session:
            return {one.table: one.hash for one in contents(session.connection()) if one.table not in TRACES}


def cap(person: Person) -> None:
    person.part(QSpinBox, "capMessages").setValue(3)
    person.qtbot.waitUntil(person.window.desk.undo.canUndo)


def wait_after_purchase(person: Person) -> None:
    person.part(QSpinBox, "capWait").setValue(3)
    person.qtbot.waitUntil(person.window.desk.undo.canUndo)


def warn_under(person: Person) -> None:
    person.part(QSpinBox, "warnUnder").setValue(200)
    person.qtbot.waitUntil(person.window.desk.undo.canUndo)


def size(person: Person) -> None:
    found = person.part(QSpinBox, "size_share")
    found.setValue(150)
    found.editingFinished.emit()


def budget(person: Person) -> None:
    person.part(QSpinBox, "extraMost").setValue(500)
    person.qtbot.waitUntil(person.window.desk.undo.canUndo)


def plan(person: Person) -> None:
    person.part(QComboBox, "shopPlan").activated.emit(3)


def price(person: Person) -> None:
    table = person.part(QTableWidget, "prices")
    table.setCurrentCell(2, 3)
    cell = table.item(2, 3)
    assert cell is not None
    table.editItem(cell)
    line = table.findChild(QLineEdit)
    assert line is not None
    line.selectAll()
    QTest.keyClicks(line, "0.35")
    QTest.keyClick(line, Qt.Key.Key_Return)


def add_person(person: Person) -> None:
    line = person.part(QLineEdit, "personName")
    line.setFocus()
    person.qtbot.keyClicks(line, "Amy")
    person.qtbot.keyClick(line, Qt.Key.Key_Return)


def add_tester(person: Person) -> None:
    person.part(QLineEdit, "testerName").setText("Mei")
    person.part(QLineEdit, "testerId").setText("U" + "b" * 32)
    person.press("addTester")


def remove_tester(person: Person) -> None:
    person.press("removeTester1")


def current_tag(person: Person) -> None:
    tree, model = person.view.tree, person.view.model
    tree.setFocus()
    tree.setCurrentIndex(model.index(0, 0, model.index(0, 0)))
    person.wait()


def retire_tag(person: Person) -> None:
    current_tag(person)
    person.choose("tag_retire")


def type_tag(person: Person) -> None:
    current_tag(person)
    person.choose("tag_type_stage")


def make_tag(person: Person) -> None:
    person.go(Place(Page.TAGS, part="new"))
    line = person.part(QLineEdit, "tagName")
    person.qtbot.keyClicks(line, "Linen")
    person.press("tagSave")


def tag_named(person: Person, name: str) -> int:
    with person.database.read() as session:
        return next(tag for tag, called in library.names(session).tags.items() if called == name)


def tag_friends(person: Person) -> None:
    person.view.actions_.add_tag(tag_named(person, "VIP"), "VIP", person.shop.friends[:3])


def new_tag_for_friends(person: Person) -> None:
    person.view.actions_.make_and_add_tag("Market", TagType.SOURCE, person.shop.friends[:3])


def untag_friends(person: Person) -> None:
    person.view.actions_.remove_tag(tag_named(person, "Serum"), "Serum", person.shop.friends[:3])


def add_friend(person: Person) -> None:
    person.press("addFriend")
    dialog = person.view.findChild(QWidget, "addFriendDialog")
    person.qtbot.keyClicks(person.part(QLineEdit, "newName", dialog), "Hana")
    person.press("addFriendYes", dialog)


def a_tester_of_a_friend(person: Person) -> None:
    person.view.actions_.make_tester(person.shop.friends[5])


def segment_row(person: Person, name: str) -> None:
    table = person.view.list.table
    table.setFocus()
    rows = [table.shown.index(row, 0).data() for row in range(table.shown.rowCount())]
    person.qtbot.waitUntil(lambda: all(one.reach is not None for one in person.view.list.rows))
    place = table.visualRect(table.shown.index(rows.index(name), 0)).center()
    person.qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert [one.row.name for one in person.view.list.chosen()] == [name]


def on_segment(act: str) -> Callable[[Person], None]:
    def do(person: Person) -> None:
        segment_row(person, "Linen buyers")
        person.view.list.actions_.all[act].trigger()

    return do


def core_segments(person: Person) -> None:
    person.press("openCore1")


def throw_draft_away(person: Person) -> None:
    person.view.list.unsaved.throw_away_asked.emit()


def save_segment(person: Person) -> None:
    person.view.show_place(Place(Page.SEGMENTS, None, "new"))
    person.view.builder.put(SegmentDraft("New ones", "Whom to greet", AllOf((HasTag((1,)),))))
    person.view.builder.save()
    person.wait()
    person.view.pages.setCurrentWidget(person.view.list)


def change_segment(person: Person) -> None:
    with person.database.read() as session:
        linen = next(row.id for row in library.all_segments(session) if row.name == "Linen buyers")
    person.view.open(linen)
    person.qtbot.waitUntil(lambda: person.view.builder.segment_id == linen)
    person.view.builder.put(SegmentDraft("Linen buyers", "Whom to tell", AllOf((HasTag((2,)),))))
    person.view.builder.save()
    person.wait()
    person.view.pages.setCurrentWidget(person.view.list)


def message_row(person: Person) -> None:
    person.view.list.table.setFocus()
    found = next(at for at, row in enumerate(person.view.list.model.records) if row.is_draft)
    person.view.list.table.selectRow(found)
    person.wait()


def delete_message(person: Person) -> None:
    message_row(person)
    person.qtbot.keyClick(person.view.list.table, Qt.Key.Key_Delete)


def copy_message(person: Person) -> None:
    message_row(person)
    person.view.list._copy()
    person.wait()
    person.view._leave_composer()
    person.view.pages.setCurrentWidget(person.view.list)


def keep_template(person: Person) -> None:
    person.dialogs.written = "Refill"
    person.view.show_place(Place(Page.MESSAGES, person.shop.message))
    person.wait()
    person.press("saveAsTemplate")
    person.view._leave_composer()
    person.view.pages.setCurrentWidget(person.view.list)


def another_time(person: Person) -> None:
    with person.database.read() as session:
        planned, due = session.execute(select(Campaign.id, Campaign.due_at)).one()
    dialog = person.view.list.plans.ask_time(planned, due)
    dialog.chosen.emit(person.make.now + timedelta(days=3))
    dialog.reject()


def use_path(person: Person) -> None:
    if not person.view.templates.isVisible():
        person.view.show_templates.click()
    person.press("use_warm_no_order")


def start_path(person: Person) -> None:
    person.view.list.list.setCurrentRow(0)
    person.wait()
    person.view.card.state_asked.emit("start")


def half_done(session: Session, person: Person) -> None:
    unsaved.keep(session, SegmentDraft("Half done", "", AllOf((HasTag((1,)),))), None, person.make.now)


def a_path(session: Session, person: Person) -> None:
    templates.make(session, "ready_again", "en", person.window.desk.day(), person.make.now)


@dataclass(frozen=True)
class Act:
    """One line of the table."""

    name: str
    page: Page
    do: Callable[[Person], None]
    leaves: frozenset[str] = frozenset()
    """Tables that keep a trace of this one by intent."""
    given: Callable[[Session, Person], object] = lambda _session, _person: None
    """What has to be there first."""


ACTS = (
    Act("add a person who works here", Page.SETTINGS, add_person),
    Act("frequency cap", Page.SETTINGS, cap),
    Act("wait after a purchase", Page.SETTINGS, wait_after_purchase),
    Act("warn under so many messages", Page.SETTINGS, warn_under),
    Act("extra messages at most", Page.SETTINGS, budget),
    Act("sizes and limits", Page.SETTINGS, size),
    Act("message plan", Page.SETTINGS, plan),
    Act("price of a plan", Page.SETTINGS, price),
    Act("add a tester", Page.SETTINGS, add_tester),
    Act("remove a tester", Page.SETTINGS, remove_tester),
    Act("make a tag", Page.TAGS, make_tag),
    Act("retire a tag", Page.TAGS, retire_tag),
    Act("change the type of a tag", Page.TAGS, type_tag),
    Act("tag several friends", Page.FRIENDS, tag_friends),
    Act("a new tag for several friends", Page.FRIENDS, new_tag_for_friends),
    Act("take a tag from several friends", Page.FRIENDS, untag_friends),
    Act("add a friend", Page.FRIENDS, add_friend, frozenset({"consent_entry", "consent_head"})),
    Act("make a tester of a friend", Page.FRIENDS, a_tester_of_a_friend),
    Act("core segments", Page.SEGMENTS, core_segments),
    Act("save a new segment", Page.SEGMENTS, save_segment),
    Act("save over a segment", Page.SEGMENTS, change_segment),
    Act("duplicate a segment", Page.SEGMENTS, on_segment("duplicate")),
    Act("put a segment away", Page.SEGMENTS, on_segment("archive")),
    Act("throw an unsaved draft away", Page.SEGMENTS, throw_draft_away, given=half_done),
    Act("delete a draft of a message", Page.MESSAGES, delete_message),
    Act("copy a message", Page.MESSAGES, copy_message),
    Act("keep a template of the shop", Page.MESSAGES, keep_template),
    Act("another time for a send", Page.MESSAGES, another_time),
    Act("a path of a template", Page.JOURNEYS, use_path),
    Act("start a path", Page.JOURNEYS, start_path, frozenset({"journey", "journey_entry"}), a_path),
)


@pytest.fixture
def person(
    build: Callable[[], MainWindow], database: Database, dialogs: RecordingDialogs, make: Maker, qtbot: QtBot
) -> Iterator[Person]:
    """A person before a shop with friends, tags, segments, a message, and a path that has not begun."""
    shop = serum_shop(database, make)
    with database.write() as session:
        make.tag(session, "VIP", TagType.VALUE)
        library.save(session, SegmentDraft("Linen buyers", "Whom to tell", AllOf((HasTag((1,)),))), make.now)
        due = make.now + timedelta(days=1)
        make.campaign(session, state=CampaignState.SCHEDULED, due_at=due, confirmed_at=make.now, ended_at=None)
    window = build()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    made = Person(window, database, dialogs, shop, make, qtbot)
    yield made
    made.wait()


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_it_is_taken_back_to_the_last_row_and_done_again(act: Act, person: Person) -> None:
    with person.database.write() as session:
        act.given(session, person)
    person.go(Place(act.page))
    before = person.holds()
    act.do(person)
    after = person.holds()
    assert person.dialogs.errors == []
    assert _differ(before, after), "nothing was done"
    person.keys(Qt.Key.Key_Z)
    assert person.dialogs.errors == []
    undone = person.holds()
    assert _differ(before, undone) <= act.leaves
    person.keys(Qt.Key.Key_Z, CTRL | SHIFT)
    assert _differ(undone, person.holds()), "it was not done again"
    person.keys(Qt.Key.Key_Z)
    assert _differ(before, person.holds()) <= act.leaves
    assert person.dialogs.errors == []


def _differ(one: dict[str, str], other: dict[str, str]) -> set[str]:
    return {table for table, told in one.items() if other[table] != told}
