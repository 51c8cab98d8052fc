"""The builder beside its numbers: why a friend is in, who a row leaves out, overlaps, and drafts that survive."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListWidget, QPushButton, QTreeWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import unsaved
from linecrm_desktop.segments.rules import AnyOf, HasTag, Joined, LastOrder
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.view import SegmentsView
from linecrm_desktop.views.segments.why_dialog import WhyDialog
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs


@pytest.fixture
def tag(database: Database, make: Maker) -> int:
    """Six friends with a tag, of whom four ordered long ago; of one nobody knows since when they are a friend."""
    with database.write() as session:
        found = make.tag(session, "Anti-ageing", TagType.INTEREST)
        for number in range(6):
            joined = None if number == 5 else make.ago(200)
            friend = make.friend(session, name=f"Friend {number}", joined_at=joined)
            make.give(session, found, friend)
            if number < 4:
                make.order(session, friend, days_ago=90, lines=[("Serum", "serum", 1)])
        return found


@pytest.fixture
def view(desk: Desk, qtbot: QtBot) -> SegmentsView:
    made = SegmentsView(desk)
    made.resize(1240, 800)
    qtbot.addWidget(made)
    made.show()
    return made


def _child(view: Any, kind: Any, name: str) -> Any:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def _until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=10_000)


def _build(view: SegmentsView, qtbot: QtBot, *rules: Any, reached: int) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    for rule in rules:
        view.builder.rules.put(rule)
    _until(qtbot, lambda: _child(view, QLabel, "reachable").text() == f"{reached} can be reached")


def _dialog(view: SegmentsView, qtbot: QtBot) -> WhyDialog:
    _until(qtbot, lambda: view.findChild(WhyDialog) is not None)
    dialog = _child(view, WhyDialog, "whyDialog")
    _until(qtbot, lambda: _child(dialog, QTreeWidget, "whyTree").topLevelItemCount() == 1)
    return dialog


def test_why_a_friend_is_in_is_told_rule_by_rule_with_its_proof(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    _build(view, qtbot, HasTag((tag,)), LastOrder(60), reached=4)
    qtbot.mouseClick(_child(view, QPushButton, "whyIsSheIn"), Qt.MouseButton.LeftButton)
    dialog = _dialog(view, qtbot)
    people, tree = _child(dialog, QListWidget, "whyPeople"), _child(dialog, QTreeWidget, "whyTree")
    assert [people.item(row).text() for row in range(people.count())] == [f"Friend {n}" for n in range(4)]
    assert _child(dialog, QLabel, "whyAnswer").text().startswith("Friend 0 is in")
    top = tree.topLevelItem(0)
    assert top.childCount() == 2
    assert top.child(0).text(1).startswith("Anti-ageing since ")
    assert "1 order, the last on" in top.child(1).text(1)
    people.setFocus()
    qtbot.keyClick(people, Qt.Key.Key_Down)
    _until(qtbot, lambda: _child(dialog, QLabel, "whyAnswer").text().startswith("Friend 1 is in"))


def test_a_row_tells_whom_it_alone_leaves_out(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    _build(view, qtbot, HasTag((tag,)), LastOrder(60), reached=4)
    row = view.builder.rules._rows[(1,)]
    qtbot.mouseClick(_child(row, QPushButton, "whoIsLeftOut"), Qt.MouseButton.LeftButton)
    dialog = _dialog(view, qtbot)
    assert dialog.windowTitle() == "2 friends are left out by this row"
    assert _child(dialog, QListWidget, "whyPeople").count() == 2
    assert _child(dialog, QLabel, "whyAnswer").text() == "Friend 4 is not in."


def test_a_row_in_a_group_that_leaves_nobody_out_says_so(
    view: SegmentsView, qtbot: QtBot, tag: int, toasts: list[tuple[str, Any]]
) -> None:
    _build(view, qtbot, HasTag((tag,)), AnyOf((HasTag((tag,)),)), reached=6)
    row = view.builder.rules._rows[(1, 0)]
    qtbot.mouseClick(_child(row, QPushButton, "whoIsLeftOut"), Qt.MouseButton.LeftButton)
    _until(qtbot, lambda: [text for text, _undo in toasts] == ["Nobody is left out by this row alone."])


def test_a_row_says_its_days_and_of_how_many_it_is_not_known(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    _build(view, qtbot, HasTag((tag,)), Joined(days=400, older=False), reached=5)
    note = _child(view, QLabel, "ruleNote1").text()
    assert " to " in note and note.endswith("not known of 1 friend")


def test_a_draft_that_was_not_saved_is_offered_again(
    view: SegmentsView, qtbot: QtBot, tag: int, database: Database, desk: Desk
) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    qtbot.keyClicks(view.builder.name, "Half done")
    view.builder.rules.put(HasTag(()))

    def kept() -> bool:
        with database.read() as session:
            found = unsaved.newest(session)
            return found is not None and found.draft == view.builder.draft

    _until(qtbot, kept)
    again = SegmentsView(desk)
    qtbot.addWidget(again)
    again.show()
    again.show_place(Place(Page.SEGMENTS))
    _until(qtbot, again.list.unsaved.isVisible)
    assert again.list.unsaved.words.text() == "“Half done” was being built and is not saved."
    qtbot.mouseClick(again.list.unsaved.action, Qt.MouseButton.LeftButton)
    assert again.builder.draft == view.builder.draft
    assert again.builder.is_changed


def test_a_saved_or_discarded_draft_is_not_offered(
    view: SegmentsView, qtbot: QtBot, tag: int, database: Database, desk: Desk, dialogs: RecordingDialogs
) -> None:
    def kept() -> unsaved.Unsaved | None:
        with database.read() as session:
            return unsaved.newest(session)

    _build(view, qtbot, HasTag((tag,)), reached=6)
    _until(qtbot, lambda: kept() is not None)
    qtbot.keyClicks(view.builder.name, "Whole")
    qtbot.keyClicks(view.builder.decides, "Who hears of it")
    qtbot.mouseClick(_child(view, QPushButton, "saveSegment"), Qt.MouseButton.LeftButton)
    _until(qtbot, lambda: view.builder.segment_id is not None)
    assert kept() is None

    view.builder.rules.put(LastOrder(60))
    _until(qtbot, lambda: kept() is not None)
    dialogs.saves = False
    assert view.can_leave()
    _until(qtbot, lambda: kept() is None)
