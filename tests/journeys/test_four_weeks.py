"""A person walks the four-week plan from an empty shop to its last task, through the window, with days going by.

No task is skipped, and nothing is written into the shop but through its window. Only who buys is the world's doing.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QWidget,
)
from sqlalchemy import select

from linecrm_desktop import app
from linecrm_desktop.home.plan import State, TaskKey
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.messages.bubbles import OptOutBubble, TextBubble
from linecrm_desktop.models.campaign import Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.settings.preferences import Preferences
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.tour.hands import Hands
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page, Place
from linecrm_desktop.views.home.view import HomeView
from linecrm_desktop.views.imports.view import ImportsView
from linecrm_desktop.views.journeys.view import JourneysView
from linecrm_desktop.views.messages.beginning.new_dialog import NewMessageDialog
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.results.view import ResultsView
from linecrm_desktop.views.tags.audit.wizard import AuditView
from linecrm_desktop.views.tags.view import TagsView
from linecrm_desktop.views.widgets.number_field import NumberField
from tests.recording_dialogs import RecordingDialogs

FRIENDS = 400
KEPT_BACK = FRIENDS // 10
NEW_FRIENDS = "New friends, no first purchase"


class Walk:
    """The window of one shop, its clock, and what a person looks at again and again."""

    def __init__(self, hands: Hands, dialogs: RecordingDialogs, at: datetime) -> None:
        self.hands, self.dialogs, self.at = hands, dialogs, at

    def days_later(self, days: int) -> None:
        self.at += timedelta(days=days)

    def home(self) -> HomeView:
        """Go to Home by its key in the rail, and wait until it was counted."""
        window = self.hands.window
        window.menus.action(f"go:{Page.HOME}").trigger()
        view = window.current_view()
        assert isinstance(view, HomeView)
        before = view.home
        view.reload(frozenset())
        self.hands.until(lambda: view.home is not None and view.home is not before, "Home")
        self.hands.calm()
        return view

    def states(self) -> dict[TaskKey, State]:
        return {row.task.key: row.task.state for row in self.home().plan.rows()}

    def done(self) -> str:
        return self.label(self.home(), "planDone")

    def label(self, view: QWidget, name: str) -> str:
        found = view.findChild(QLabel, name)
        assert found is not None, name
        return found.text()


@pytest.fixture
def walk(qapp: QApplication, database: Database, now: datetime, tmp_path: Path) -> Iterator[Walk]:
    dialogs = RecordingDialogs()
    walk: Walk | None = None

    def clock() -> datetime:
        return now if walk is None else walk.at

    window = app.build_shop_window(
        database,
        Choices(qapp, Preferences(language="en", theme="light")),
        clock=clock,
        dialogs=dialogs,
        tokens=SessionTokens(),
        line=LineDoor(None, PracticeWorld(limit=6_000, clock=clock)),
    )
    walk = Walk(Hands(window, tmp_path), dialogs, now)
    window.resize(1440, 900)
    window.show()
    yield walk
    window.let_go()
    window.hide()
    window.deleteLater()


def file_of_friends(folder: Path) -> Path:
    """Four hundred friends who joined lately, with two names for one tag."""
    path = folder / "friends.csv"
    lines = ["Member number,Name,LINE user ID,Joined,Tags"]
    lines += [f"{1000 + n},Friend {n},U{n:032x},2026-11-10,Serum;精華液" for n in range(FRIENDS)]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def bring_in(walk: Walk, file: Path) -> None:
    """Import a file from what Home says there is to do."""
    home = walk.home()
    assert walk.label(home, "planDone") == "0 of 15 done"
    assert walk.label(home, "todaySentence0") == "Bring in your friends and tags"
    import_file(walk, "todayAct0", file)


def import_file(walk: Walk, way: str, file: Path) -> None:
    """Import a file from a button of Home."""
    hands = walk.hands
    walk.dialogs.path = file
    hands.press(way)
    view = hands.window.current_view()
    assert isinstance(view, ImportsView)
    hands.until(lambda: hands.find(QLabel, "fileName").text() == file.name, file.name)
    hands.find(QComboBox, "through").setEditText("Shop checkout")
    hands.find(QComboBox, "purpose").setEditText("Orders and news")
    hands.find(QRadioButton, "informed_yes").click()
    for _step in range(2):
        hands.press("importNext")
    hands.until(lambda: view.wizard.steps.isVisible() and view.wizard.pages.currentIndex() == 2, "check rows")
    hands.press("importNext")
    hands.until(lambda: hands.find(QLabel, "importedTitle").text() and not view.wizard.is_at_work, "import")


def audit_tags(walk: Walk) -> None:
    """Merge two tags that are one, from the link of week 1; in between, Home says that it is not decided yet."""
    hands = walk.hands
    walk.home()
    hands.press(f"taskLink_{TaskKey.MERGE}")
    view = hands.window.current_view()
    assert isinstance(view, AuditView)
    hands.until(lambda: view.note.text(), "audit")
    hands.press("auditNext")
    hands.press("auditNext")
    hands.until(view.pairs.list.count, "pairs")
    assert walk.states()[TaskKey.MERGE] is State.OPEN
    hands.window.menus.action("go:tag_audit").trigger()
    hands.until(lambda: view.pairs.list.count() and view.pairs.isVisible(), "the audit again")
    hands.press("takePair")
    for _step in range(3):
        hands.press("auditNext")
    hands.until(lambda: view.next.text().startswith("Apply"), "review")
    hands.press("auditNext")
    hands.until(lambda: hands.window.current_view() is not view, "applied")


def decide_tag(walk: Walk) -> None:
    """Write down what the tag that is left helps decide, from the tile that counts those without."""
    hands, home = walk.hands, walk.home()
    assert walk.label(home, "home_undecided_number") == "1"
    QTest.mouseClick(home.tiles.tiles["undecided"], Qt.MouseButton.LeftButton)
    view = hands.window.current_view()
    assert isinstance(view, TagsView)
    hands.until(lambda: view.tree.model().rowCount(), "tags")
    hands.window.go(Place(Page.TAGS, 1))
    hands.until(lambda: hands.find(QLineEdit, "tagName").text() == "Serum", "tag")
    hands.write(hands.find(QPlainTextEdit, "tagDecides"), "Who gets usage tips")
    hands.press("tagSave")


def make_segments(walk: Walk) -> None:
    """Make the three core segments, from the link of week 2."""
    hands = walk.hands
    walk.home()
    hands.press(f"taskLink_{TaskKey.NEW_FRIENDS}")
    hands.press("openCore1")
    hands.until(lambda: all(hands.find(QLabel, f"coreReach{place}").isVisible() for place in (1, 2, 3)), "segments")


def make_paths(walk: Walk) -> None:
    """Make the three paths from their templates and let them run, from the link of week 3."""
    hands = walk.hands
    walk.home()
    hands.press(f"taskLink_{TaskKey.PATH_NEW_FRIENDS}")
    view = hands.window.current_view()
    assert isinstance(view, JourneysView)
    for place, core in enumerate(("new_friends", "ready_again", "warm_no_order"), start=1):
        if place > 1:
            hands.press("pathTemplates")
        hands.press(f"use_{core}")
        hands.until(lambda place=place: view.list.list.count() == place and view.card.isVisible(), core)
        hands.press("togglePath")
        hands.calm()


def begin_empty(walk: Walk) -> None:
    """Begin with an empty message, where the window asks what to begin with."""

    def dialog() -> NewMessageDialog | None:
        found = walk.hands.window.window().findChildren(NewMessageDialog)
        return next((one for one in found if one.isVisible() and one.list.current is not None), None)

    walk.hands.until(lambda: dialog() is not None, "new message")
    asked = dialog()
    assert asked is not None
    QTest.keyClick(asked.list.search, Qt.Key.Key_Return)
    walk.hands.until(lambda: dialog() is None, "composer")


def write(walk: Walk, name: str) -> MessagesView:
    """Write a message with its four answers, from Home's main button."""
    hands = walk.hands
    walk.home()
    hands.press("homeMessage")
    view = hands.window.current_view()
    assert isinstance(view, MessagesView)
    begin_empty(walk)
    segment = hands.find(QComboBox, "segment")
    hands.until(lambda: segment.findText(NEW_FRIENDS) >= 0, "segments")
    segment.setCurrentIndex(segment.findText(NEW_FRIENDS))
    segment.activated.emit(segment.currentIndex())
    hands.write(hands.find(QLineEdit, "messageName"), name)
    hands.write(hands.find(QPlainTextEdit, "whyNow"), "They joined this month")
    hands.write(hands.find(QPlainTextEdit, "what"), "How to use the serum")
    for kind in (TextBubble, OptOutBubble):
        if not any(isinstance(bubble, kind) for bubble in view.composer.draft.bubbles):
            next(one for one in view.composer.bubbles.offer().actions() if one.data() is kind).trigger()
    text = view.composer.bubbles.cards[0].findChild(VariableEdit, "text")
    assert text is not None
    hands.write(text, "Two drops are enough.")
    hands.until(lambda: hands.find(QLabel, "answered").text() == "4 of 4 answered", "brief")
    return view


def send(walk: Walk) -> None:
    """Send a message through the gate by typing the number."""
    hands, view = walk.hands, write(walk, "How to use it")
    hands.press("checkAndSend")
    hands.until(lambda: view.gate.findChild(QWidget, "check_brief"), "checks")
    for tick in view.gate.findChildren(QCheckBox):
        tick.setChecked(True)
    hands.until(lambda: view.gate.confirm.typed.isEnabled(), "confirm")
    hands.write(hands.find(QLineEdit, "typed"), str(FRIENDS - KEPT_BACK))
    hands.press("send")
    hands.until(lambda: view.pages.currentWidget() is view.sending, "sending")
    hands.until(lambda: hands.find(QLabel, "sendState").text() == "Sent", "sent")


def file_of_orders(walk: Walk, database: Database, folder: Path) -> Path:
    """Two days after the send, a third of those who got it bought, and one in ten of those who did not."""
    with database.read() as session:
        copies = session.execute(
            select(Friend.member_number, Delivery.state)
            .join(Friend, Friend.id == Delivery.friend_id)
            .order_by(Delivery.friend_id)
        ).all()
    got = [member for member, state in copies if state is DeliveryState.ACCEPTED]
    kept_back = [member for member, state in copies if state is DeliveryState.KEPT_BACK]
    assert (len(got), len(kept_back)) == (FRIENDS - KEPT_BACK, KEPT_BACK)
    on = (walk.at - timedelta(days=6)).date()
    path = folder / "orders.csv"
    lines = ["Order number,Date,Member number,Product,Quantity,Line amount,Total,Status"]
    lines += [
        f"A{n},{on.isoformat()},{member},Serum,1,900,900,paid" for n, member in enumerate(got[::3] + kept_back[::10])
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def decide_proposals(walk: Walk) -> None:
    """Open the review from the link of week 4 and answer every proposal with its button."""
    hands = walk.hands
    walk.home()
    hands.press(f"taskLink_{TaskKey.PROPOSALS}")
    view = hands.window.current_view()
    assert isinstance(view, ResultsView)
    hands.until(lambda: view.review.isVisible() and view.review.pages.currentIndex() == 1, "review")
    count = view.review.model.rowCount()
    assert count
    assert walk.states()[TaskKey.PROPOSALS] is State.OPEN
    hands.press(f"taskLink_{TaskKey.PROPOSALS}")
    for row in range(count):
        hands.until(view.review.table.isVisible, "table")
        view.review.table.selectRow(row)
        hands.press("reviewAccept")
        told = f"{row + 1} of {count} decided"
        hands.until(lambda told=told: hands.find(QLabel, "reviewProgress").text() == told, told)


def change_path(walk: Walk) -> None:
    """Let a path end sooner, from the link of week 4."""
    hands = walk.hands
    walk.home()
    hands.press(f"taskLink_{TaskKey.CHANGE_PATH}")
    view = hands.window.current_view()
    assert isinstance(view, JourneysView)
    hands.until(lambda: view.card.isVisible(), "path")
    hands.press("editSteps")
    hands.until(lambda: view.findChild(NumberField, "pathEnd") is not None, "steps")
    days = hands.find(NumberField, "pathEnd")
    days.selectAll()
    hands.write(days, "20")
    hands.press("keepPath")
    hands.calm()


def plan_next_month(walk: Walk) -> None:
    """Write a message that is meant for a moment of next month."""
    hands, view = walk.hands, write(walk, "January")
    when = view.composer.brief.when
    when.choice.setCurrentIndex(1)
    when.choice.activated.emit(1)
    later = walk.at + timedelta(days=31)
    when.moment.setDateTime(QDateTime.fromSecsSinceEpoch(int(later.timestamp())))
    hands.until(lambda: view.composer.draft.brief.send_at is not None, "moment")
    hands.calm()


def only(states: dict[TaskKey, State], state: State, *keys: TaskKey) -> bool:
    return {states[key] for key in keys} == {state}


def test_the_plan_is_walked_from_an_empty_shop_to_its_last_task(walk: Walk, database: Database, tmp_path: Path) -> None:
    bring_in(walk, file_of_friends(tmp_path))
    assert walk.done() == "1 of 15 done"

    audit_tags(walk)
    decide_tag(walk)
    states = walk.states()
    assert only(states, State.DONE, TaskKey.IMPORT, TaskKey.MERGE, TaskKey.RETIRE, TaskKey.DECIDE)

    walk.days_later(7)
    assert walk.home().plan.weeks[1].state.text() == "0 of 3"
    make_segments(walk)
    assert only(walk.states(), State.DONE, TaskKey.NEW_FRIENDS, TaskKey.READY_AGAIN, TaskKey.WARM_NO_ORDER)

    walk.days_later(6)
    make_paths(walk)
    assert only(
        walk.states(), State.DONE, TaskKey.PATH_NEW_FRIENDS, TaskKey.PATH_READY_AGAIN, TaskKey.PATH_WARM_NO_ORDER
    )
    send(walk)
    states = walk.states()
    assert (states[TaskKey.HOLD_BACK], states[TaskKey.RESULTS]) == (State.DONE, State.OPEN)
    assert walk.label(walk.home(), "home_notWasted_number") == str(KEPT_BACK)

    walk.days_later(8)
    assert walk.states()[TaskKey.RESULTS] is State.DONE
    plan_next_month(walk)
    assert walk.states()[TaskKey.NEXT_MONTH] is State.DONE
    walk.home()
    import_file(walk, "homeImport", file_of_orders(walk, database, tmp_path))
    decide_proposals(walk)
    states = walk.states()
    assert (states[TaskKey.PROPOSALS], states[TaskKey.CHANGE_PATH]) == (State.DONE, State.OPEN)

    walk.days_later(6)
    change_path(walk)
    assert walk.states()[TaskKey.CHANGE_PATH] is State.DONE
    assert walk.done() == "15 of 15 done"

    walk.days_later(2)
    home = walk.home()
    assert home.plan.title.text() == "This month"
    assert len(home.plan.rows()) == 14
