"""The Segments screen driven as a person does: cards, a new segment rule by rule, undo, save, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QSpinBox
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.friend import Marketing
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, AnyOf, Did, HasTag, LastOrder
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.rules.check_combo import CheckCombo
from linecrm_desktop.views.segments.table_model import SegmentTableModel
from linecrm_desktop.views.segments.view import SegmentsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs


@pytest.fixture
def tag(database: Database, make: Maker) -> int:
    """Ten friends with a tag: one refused, one blocked, four ordered long ago."""
    with database.write() as session:
        found = make.tag(session, "Anti-ageing", TagType.INTEREST)
        for number in range(10):
            refused = Marketing.REFUSED if number == 0 else Marketing.UNKNOWN
            friend = make.friend(session, marketing=refused, is_blocked=number == 1)
            make.give(session, found, friend)
            if number < 4:
                make.order(session, friend, days_ago=90, lines=[("Serum", "serum", 1)])
            make.event(session, friend, EventKind.CLICK, days_ago=number)
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


def _reach(view: SegmentsView) -> str:
    return _child(view, QLabel, "reachable").text()


def test_the_core_segments_are_made_with_one_click(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    view._desk.jobs.changed.connect(view.reload)
    view.show_place(Place(Page.SEGMENTS))
    qtbot.mouseClick(_child(view, QPushButton, "openCore1"), Qt.MouseButton.LeftButton)
    _until(qtbot, lambda: view.list.cards[0].listed is not None)
    assert view.list.cards[0].open_button.text() == "Open"


def test_a_segment_is_built_rule_by_rule_and_saved(
    view: SegmentsView, qtbot: QtBot, tag: int, database: Database
) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    qtbot.keyClicks(_child(view, QLineEdit, "segmentName"), "Lapsed")
    qtbot.keyClicks(_child(view, QLineEdit, "helpsDecide"), "Who gets the refill reminder")
    view.builder.rules.put(HasTag((tag,)))
    view.builder.rules.put(LastOrder(60))
    _until(qtbot, lambda: _reach(view) == "2 can be reached")
    assert _child(view, QLabel, "ruleCount_0").text() == "10"
    assert _child(view, QLabel, "ruleCount_1").text() == "4"
    assert "have not ordered for more than" in _child(view, QLabel, "sentence").text()

    qtbot.mouseClick(_child(view, QPushButton, "saveSegment"), Qt.MouseButton.LeftButton)

    _until(qtbot, lambda: view.builder.segment_id is not None)
    with database.read() as session:
        assert library.all_segments(session)[0].rule == AllOf((HasTag((tag,)), LastOrder(60)))


def test_an_edited_number_is_counted_again_and_keeps_the_cursor(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    view.builder.rules.put(LastOrder(60))
    _until(qtbot, lambda: _reach(view) == "2 can be reached")
    spin = _child(view, QSpinBox, "ruleDays")
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "120")
    _until(qtbot, lambda: _reach(view) == "0 can be reached")
    assert _child(view, QSpinBox, "ruleDays") is spin


def test_undo_takes_back_one_edit_after_the_other(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    view.builder.rules.put(HasTag((tag,)))
    view.builder.rules.put_group()
    assert len(view.builder.draft.rule.rules) == 2
    qtbot.mouseClick(_child(view, QPushButton, "undoRule"), Qt.MouseButton.LeftButton)
    assert view.builder.draft.rule == AllOf((HasTag((tag,)),))
    qtbot.mouseClick(_child(view, QPushButton, "redoRule"), Qt.MouseButton.LeftButton)
    assert isinstance(view.builder.draft.rule.rules[1], AnyOf)


def test_tags_are_ticked_in_the_list(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    view.builder.rules.put(HasTag(()))
    _until(qtbot, lambda: bool(view.builder._offers.tags))
    combo = _child(view, CheckCombo, "ruleTags")
    assert combo.words() == "Choose tags"
    combo._toggle(combo.model().index(1, 0))
    _until(qtbot, lambda: view.builder.draft.rule == AllOf((HasTag((tag,)),)))
    assert combo.words() == "Anti-ageing"


def test_a_comparison_between_two_numbers_asks_for_both(view: SegmentsView, qtbot: QtBot, tag: int) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    view.builder.rules.put(Did(EventKind.CLICK))
    qtbot.mouseClick(_child(view, QPushButton, "moreChoices"), Qt.MouseButton.LeftButton)
    combo = _child(view, QComboBox, "ruleCompare")
    assert [combo.itemText(row) for row in range(combo.count())] == ["at least", "at most", "exactly", "between"]
    combo.setCurrentIndex(3)
    combo.activated.emit(3)
    assert (_child(view, QSpinBox, "ruleCount").value(), _child(view, QSpinBox, "ruleHigh").value()) == (1, 1)


def test_what_is_missing_is_said_and_nothing_is_saved(view: SegmentsView, qtbot: QtBot, database: Database) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    view.builder.rules.put(HasTag(()))
    qtbot.mouseClick(_child(view, QPushButton, "saveSegment"), Qt.MouseButton.LeftButton)
    assert view.builder.banner.words.text() == "Give the segment a name."
    assert view.builder.rules._rows[(0,)].trouble.text() == "Choose a tag."
    with database.read() as session:
        assert library.all_segments(session) == []


def test_leaving_unsaved_changes_asks(view: SegmentsView, dialogs: RecordingDialogs, tag: int) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    assert view.can_leave()
    assert dialogs.asked == []
    view.builder.rules.put(HasTag((tag,)))
    assert not view.can_leave()
    assert view.builder.draft.rule == AllOf((HasTag((tag,)),))
    dialogs.saves = True
    assert not view.can_leave()  # it has no name yet
    assert view.builder.banner.words.text() == "Give the segment a name."
    dialogs.saves = False
    assert view.can_leave()
    assert view.pages.currentWidget() is view.list


def test_leaving_can_save_first(
    view: SegmentsView, qtbot: QtBot, dialogs: RecordingDialogs, tag: int, database: Database
) -> None:
    view.show_place(Place(Page.SEGMENTS, None, "new"))
    qtbot.keyClicks(_child(view, QLineEdit, "segmentName"), "Interested")
    qtbot.keyClicks(_child(view, QLineEdit, "helpsDecide"), "Who hears of the new serum")
    view.builder.rules.put(HasTag((tag,)))
    dialogs.saves = True
    assert view.can_leave()
    _until(qtbot, lambda: view.builder.segment_id is not None)
    with database.read() as session:
        assert [row.name for row in library.all_segments(session)] == ["Interested"]


def test_a_saved_segment_leads_to_a_message(
    view: SegmentsView, qtbot: QtBot, tag: int, database: Database, make: Maker
) -> None:
    with database.write() as session:
        saved = library.save(session, SegmentDraft("A", "b", AllOf((HasTag((tag,)),))), make.now)
    view.open(saved)
    _until(qtbot, lambda: view.builder.segment_id == saved)
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.mouseClick(_child(view, QPushButton, "writeMessage"), Qt.MouseButton.LeftButton)
    assert asked.args == [Place(Page.MESSAGES, saved, "new")]


def test_the_table_is_a_sound_model(qtmodeltester: ModelTester, desk: Desk) -> None:
    qtmodeltester.check(SegmentTableModel(desk.day))
