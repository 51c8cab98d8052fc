"""Rows of rules edited as people do: fields one after the other, undo, keys, dragging. Screen and rule never differ."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDateEdit,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments import library, rules, unsaved
from linecrm_desktop.segments.draft import Cap
from linecrm_desktop.segments.rules import AllOf, AnyOf, Bought, Did, HasTag, InSegment, LastOrder, NoneOf
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import library as tag_library
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.rules import rule_drag
from linecrm_desktop.views.rules.check_combo import CheckCombo
from linecrm_desktop.views.rules.rule_menu import _KINDS
from linecrm_desktop.views.rules.rule_row import RuleRow
from linecrm_desktop.views.segments.builder import SegmentBuilder
from tests.maker import Maker
from tests.views.rules_shop import focus, open_builder, part, press, row, rules_shop, until
from tests.views.settling import settle

LEAVES = [leaf for _title, kinds in _KINDS for _text, leaf in kinds]


@pytest.fixture
def tags(database: Database, make: Maker) -> dict[str, int]:
    return rules_shop(database, make)


@pytest.fixture
def builder(desk: Desk, qtbot: QtBot, tags: dict[str, int]) -> Iterator[SegmentBuilder]:
    yield open_builder(desk, qtbot)
    settle(desk, qtbot)


def _shown(row: RuleRow) -> dict[str, object]:
    """Return what each editor of a row shows."""
    return {stop.objectName(): _value(stop) for stop in row.stops() if not isinstance(stop, QPushButton)}


def _value(editor: QWidget) -> object:
    match editor:
        case CheckCombo():
            return editor.chosen()
        case QComboBox():
            return editor.currentText()
        case QDateEdit():
            return editor.date()
        case QSpinBox() | QDoubleSpinBox():
            return editor.value()
        case QLineEdit():
            return editor.text()
        case _:
            raise AssertionError(editor)


def _use(editor: QWidget) -> None:
    """Change what an editor says as a person would."""
    match editor:
        case CheckCombo():
            at = next(
                n for n in range(editor.count()) if editor.itemData(n, Qt.ItemDataRole.CheckStateRole) is not None
            )
            editor._toggle(editor.model().index(at, 0))
        case QComboBox() if editor.count():
            editor.setCurrentIndex((editor.currentIndex() + 1) % editor.count())
            editor.activated.emit(editor.currentIndex())
        case QComboBox():
            return
        case QDateEdit():
            editor.setDate(editor.date().addDays(1))
        case QAbstractSpinBox():
            editor.stepUp()
        case QLineEdit():
            editor.setText(editor.text() + "x")
        case _:
            raise AssertionError(editor)


def _says_what_is_asked(builder: SegmentBuilder) -> None:
    """Assert that a row shows what a new row of the same rule would show."""
    leaf: Any = builder.draft.at((0,))
    shown = row(builder, 0)
    fresh = RuleRow((0,), leaf, builder._offers, "TWD")
    fresh._is_whole = shown._is_whole
    fresh._fill()
    assert _shown(shown) == _shown(fresh), leaf
    fresh.deleteLater()


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: type(leaf).__name__)
def test_every_field_after_every_other_stays_as_it_was_set(builder: SegmentBuilder, leaf: Any) -> None:
    builder.rules.put(leaf)
    row(builder, 0)._show_whole()
    for name in list(_shown(row(builder, 0))):
        for other in list(_shown(row(builder, 0))):
            for one in (name, other):
                editor = row(builder, 0).findChild(QWidget, one)
                if editor is not None:
                    _use(editor)
        _says_what_is_asked(builder)
    steps = builder.undo_stack.index()
    while builder.undo_stack.canUndo():
        builder.undo_stack.undo()
        if builder.draft.rule.rules:
            _says_what_is_asked(builder)
    for _step in range(steps):
        builder.undo_stack.redo()
    _says_what_is_asked(builder)


def test_a_number_that_is_typed_is_one_step_to_undo(builder: SegmentBuilder, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    spin = part(builder, "ruleDays", 0)
    spin.selectAll()
    qtbot.keyClicks(spin, "120")
    assert builder.draft.at((0,)) == LastOrder(120)
    builder.undo_stack.undo()
    assert builder.draft.at((0,)) == LastOrder(60)
    assert part(builder, "ruleDays", 0).value() == 60


def test_esc_puts_back_what_was_there_before(builder: SegmentBuilder, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    spin = part(builder, "ruleDays", 0)
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "7")
    qtbot.keyClick(spin, Qt.Key.Key_Escape)
    assert builder.draft.at((0,)) == LastOrder(60)
    assert spin.value() == 60


def test_the_wheel_changes_only_what_has_the_cursor(builder: SegmentBuilder) -> None:
    builder.rules.put(LastOrder(60))
    builder.frame.name.setFocus()
    for editor in (part(builder, "ruleDays", 0), part(builder, "rulePeriod", 0), builder.rules._root_kind):
        middle = QPointF(editor.rect().center())
        turned = QWheelEvent(
            middle,
            QPointF(editor.mapToGlobal(editor.rect().center())),
            QPoint(0, 0),
            QPoint(0, 120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(editor, turned)
    assert builder.draft.rule == AllOf((LastOrder(60),))


def test_a_group_keeps_what_was_changed_in_it_when_it_asks_for_any_or_none(builder: SegmentBuilder) -> None:
    builder.rules.put(AnyOf((LastOrder(60),)))
    _use(part(builder, "ruleDays", 0, 0))
    _use(part(builder, "groupKind", 0))
    assert builder.draft.at((0,)) == NoneOf((LastOrder(61),))


def test_alt_and_arrows_move_a_row_and_the_cursor_stays_in_it(builder: SegmentBuilder, qtbot: QtBot) -> None:
    for rule in (LastOrder(60), HasTag((1,)), AnyOf((Did(EventKind.CLICK),))):
        builder.rules.put(rule)
    spin = part(builder, "ruleDays", 0)
    spin.setFocus()
    qtbot.keyClick(spin, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert builder.draft.rule.rules[:2] == (HasTag((1,)), LastOrder(60))
    assert builder.rules.focused() == (1,)
    qtbot.keyClick(focus(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert builder.draft.rule == AllOf((HasTag((1,)), AnyOf((LastOrder(60), Did(EventKind.CLICK)))))
    assert builder.rules.focused() == (1, 0)
    assert focus().objectName() == "ruleDays"


def test_del_removes_the_row_with_the_cursor_and_undo_brings_it_back(builder: SegmentBuilder, qtbot: QtBot) -> None:
    for rule in (LastOrder(60), HasTag((1,)), Bought("Serum")):
        builder.rules.put(rule)
    combo = part(builder, "ruleMatch", 1)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Delete)
    assert builder.draft.rule == AllOf((LastOrder(60), Bought("Serum")))
    assert builder.rules.focused() == (1,)
    builder.undo_stack.undo()
    assert builder.draft.rule == AllOf((LastOrder(60), HasTag((1,)), Bought("Serum")))


def test_a_new_rule_comes_after_the_row_with_the_cursor(builder: SegmentBuilder) -> None:
    builder.rules.put(LastOrder(60))
    builder.rules.put(Bought("Serum"))
    row(builder, 0).take_focus()
    builder.rules.put_group()
    assert builder.draft.rule == AllOf((LastOrder(60), AnyOf((HasTag(()),)), Bought("Serum")))
    assert builder.rules.focused() == (1,)
    row(builder, 1, 0).take_focus()
    builder.rules.put_group(NoneOf)
    assert builder.draft.at((1,)) == AnyOf((HasTag(()), NoneOf((HasTag(()),))))
    row(builder, 1, 1, 0).take_focus()
    builder.rules.put_group()  # a fourth group inside: it goes beside the third
    assert builder.draft.at((1,)) == AnyOf((HasTag(()), NoneOf((HasTag(()),)), AnyOf((HasTag(()),))))


def test_a_rule_is_dragged_into_a_group(builder: SegmentBuilder) -> None:
    for rule in (LastOrder(60), AnyOf((Did(EventKind.CLICK),))):
        builder.rules.put(rule)
    QApplication.processEvents()
    below, data = row(builder, 1, 0), rule_drag.mime((0,))
    drop = QDropEvent(
        QPointF(40, below.y() + below.height() - 2),
        Qt.DropAction.MoveAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    builder.rules.dropEvent(drop)
    assert builder.draft.rule == AllOf((AnyOf((Did(EventKind.CLICK), LastOrder(60))),))
    QApplication.processEvents()
    assert builder.rules.focused() == (0, 1)


def test_counts_stay_when_rows_are_built_anew(builder: SegmentBuilder, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    until(qtbot, lambda: row(builder, 0).count.text() == "6")
    builder.rules.retranslate()
    assert row(builder, 0).count.text() == "6"


def test_tab_walks_through_name_decision_rules_and_foot(builder: SegmentBuilder, desk: Desk, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    until(qtbot, lambda: row(builder, 0).count.text() == "6")
    settle(desk, qtbot)  # a row that is made anew, and not shown yet, would be skipped
    builder.frame.name.setFocus()
    seen: list[str] = []
    while "addRule" not in seen and len(seen) < 20:
        press(qtbot, Qt.Key.Key_Tab)
        seen.append(focus().objectName())
    in_row = ["moveRule", "rulePeriod", "ruleDays", "whoIsLeftOut", "duplicateRule", "removeRule"]
    assert seen == ["helpsDecide", "capOfSegment", "recountSegment", "groupKind", *in_row, "addRule"]


def test_a_second_press_on_save_does_not_save_twice(builder: SegmentBuilder, qtbot: QtBot, database: Database) -> None:
    builder.rules.put(LastOrder(60))
    qtbot.keyClicks(builder.frame.name, "Quiet")
    qtbot.keyClicks(builder.frame.decides, "Who gets a reason to come back")
    builder.save()
    builder.save()
    until(qtbot, lambda: builder.segment_id is not None)
    assert not builder.banner.isVisible()
    with database.read() as session:
        assert [row.name for row in library.all_segments(session)].count("Quiet") == 1


def test_a_retired_tag_is_marked_and_replaced(
    builder: SegmentBuilder, qtbot: QtBot, tags: dict[str, int], database: Database, make: Maker
) -> None:
    with database.write() as session:
        tag_library.retire(session, tags["Anti-ageing"], make.now)
    builder.read_offers()
    until(qtbot, lambda: tags["Anti-ageing"] not in {tag for tag, _name, _kind in builder._offers.tags})
    builder.rules.put(HasTag((tags["Anti-ageing"],)))
    assert row(builder, 0).trouble.text() == "The tag “Anti-ageing” is retired. Replace it."
    assert part(builder, "ruleTags", 0).words() == "Anti-ageing"
    builder.save()
    assert builder.banner.words.text() != ""
    choice = next(act for act in part(builder, "replaceTag", 0).menu().actions() if act.text() == "Often returns")
    choice.trigger()
    assert builder.draft.at((0,)) == HasTag((tags["Often returns"],))
    assert row(builder, 0).trouble.text() == ""
    assert row(builder, 0).findChild(QPushButton, "replaceTag") is None


def test_its_cap_and_when_it_is_counted_again_are_part_of_the_draft(
    builder: SegmentBuilder, qtbot: QtBot, database: Database, make: Maker
) -> None:
    builder.rules.put(LastOrder(60))
    qtbot.keyClicks(builder.frame.name, "Quiet")
    qtbot.keyClicks(builder.frame.decides, "Who gets a reason to come back")
    qtbot.keyClick(builder.frame.recount, Qt.Key.Key_Up)
    qtbot.keyClick(builder.frame.recount, Qt.Key.Key_Up)
    qtbot.keyClick(builder.frame.cap, Qt.Key.Key_Down)
    builder.save()
    until(qtbot, lambda: builder.segment_id is not None)
    with database.read() as session:
        kept = library.load(session, builder.segment_id or 0)
    assert (kept.recount, kept.cap) == (Recount.MORNING, Cap(1, 7))
    with database.write() as session:
        unsaved.keep(session, kept, None, make.now)
    with database.read() as session:
        found = unsaved.newest(session)
    assert found is not None and found.draft == kept


def test_a_rule_that_names_a_segment_keeps_it_when_it_is_turned_round(builder: SegmentBuilder) -> None:
    builder.rules.put(InSegment(0))
    box = part(builder, "ruleSegment", 0)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    chosen: Any = builder.draft.at((0,))
    assert isinstance(chosen, rules.InSegment) and chosen.segment
    _use(part(builder, "ruleInside", 0))
    assert builder.draft.at((0,)) == InSegment(chosen.segment, False)


def test_four_friends_at_a_time_are_shown_with_what_they_did_last(builder: SegmentBuilder, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    sample = builder.sample
    until(qtbot, lambda: sample.title.text() == "Some of the 6")
    until(qtbot, lambda: all(facts.text() for facts in sample._facts.values()))
    assert [name for _friend, name in sample.shown()] == [f"Friend {n}" for n in range(4)]
    first = next(iter(sample._facts.values())).text()
    assert first.startswith("Cleanser ")
    assert " · " in first
    qtbot.mouseClick(sample.others, Qt.MouseButton.LeftButton)
    assert [name for _friend, name in sample.shown()] == ["Friend 4", "Friend 5"]
    qtbot.mouseClick(sample.others, Qt.MouseButton.LeftButton)
    assert sample.shown()[0][1] == "Friend 0"
