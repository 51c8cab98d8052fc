"""Rows of rules edited as people do: fields one after the other, undo, keys, dragging. Screen and rule never differ."""

from collections.abc import Callable, Iterator
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
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.models.field import Field, FieldKind
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library, rules
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, AnyOf, Bought, Did, HasTag, InSegment, LastOrder, NoneOf
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments import rule_drag
from linecrm_desktop.views.segments.builder import SegmentBuilder
from linecrm_desktop.views.segments.check_combo import CheckCombo
from linecrm_desktop.views.segments.rule_menu import _KINDS
from linecrm_desktop.views.segments.rule_row import RuleRow
from linecrm_desktop.views.segments.view import SegmentsView
from tests.maker import Maker
from tests.views.settling import settle

LEAVES = [leaf for _title, kinds in _KINDS for _text, leaf in kinds]


@pytest.fixture
def tags(database: Database, make: Maker) -> dict[str, int]:
    """A shop that has something of everything that rules can name."""
    with database.write() as session:
        names = {
            "Anti-ageing": TagType.INTEREST,
            "Often returns": TagType.VALUE,
            "Fair": TagType.SOURCE,
            "Shop": TagType.SOURCE,
        }
        found = {name: make.tag(session, name, kind) for name, kind in names.items()}
        for number in range(6):
            friend = make.friend(session, name=f"Friend {number}")
            for tag in found.values():
                make.give(session, tag, friend)
            make.order(session, friend, days_ago=90, lines=[("Night serum", "Serum", 1), ("Cleanser", "Basics", 1)])
            for kind in (EventKind.CLICK, EventKind.MENU):
                make.event(session, friend, kind, days_ago=number, category="anti-ageing")
        for name, kind in (("Skin", FieldKind.TEXT), ("Size", FieldKind.NUMBER), ("Birthday", FieldKind.DATE)):
            session.add(Field(name=name, name_key=name.casefold(), kind=kind, created_at=make.now))
        for name in ("Lapsed", "New"):
            library.save(session, SegmentDraft(name, "who", AllOf((LastOrder(60),))), make.now)
        return found


@pytest.fixture
def builder(desk: Desk, qtbot: QtBot, tags: dict[str, int]) -> Iterator[SegmentBuilder]:
    made = SegmentsView(desk)
    made.resize(1240, 900)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_place(Place(Page.SEGMENTS, None, "new"))
    _until(qtbot, lambda: bool(made.builder._offers.tags))
    yield made.builder
    settle(desk, qtbot)


def _until(qtbot: QtBot, true: Callable[[], bool]) -> None:
    qtbot.waitUntil(true, timeout=10_000)


def _focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def _row(builder: SegmentBuilder, *path: int) -> Any:
    return builder.rules._rows[path]


def _part(builder: SegmentBuilder, name: str, *path: int) -> Any:
    return next(stop for stop in _row(builder, *path).stops() if stop.objectName() == name)


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
    row = _row(builder, 0)
    fresh = RuleRow((0,), leaf, builder._offers, "TWD")
    fresh._is_whole = row._is_whole
    fresh._fill()
    assert _shown(row) == _shown(fresh), leaf
    fresh.deleteLater()


@pytest.mark.parametrize("leaf", LEAVES, ids=lambda leaf: type(leaf).__name__)
def test_every_field_after_every_other_stays_as_it_was_set(builder: SegmentBuilder, leaf: Any) -> None:
    builder.rules.put(leaf)
    _row(builder, 0)._show_whole()
    for name in list(_shown(_row(builder, 0))):
        for other in list(_shown(_row(builder, 0))):
            for one in (name, other):
                editor = _row(builder, 0).findChild(QWidget, one)
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
    spin = _part(builder, "ruleDays", 0)
    spin.selectAll()
    qtbot.keyClicks(spin, "120")
    assert builder.draft.at((0,)) == LastOrder(120)
    builder.undo_stack.undo()
    assert builder.draft.at((0,)) == LastOrder(60)
    assert _part(builder, "ruleDays", 0).value() == 60


def test_esc_puts_back_what_was_there_before(builder: SegmentBuilder, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    spin = _part(builder, "ruleDays", 0)
    spin.setFocus()
    spin.selectAll()
    qtbot.keyClicks(spin, "7")
    qtbot.keyClick(spin, Qt.Key.Key_Escape)
    assert builder.draft.at((0,)) == LastOrder(60)
    assert spin.value() == 60


def test_the_wheel_changes_only_what_has_the_cursor(builder: SegmentBuilder) -> None:
    builder.rules.put(LastOrder(60))
    builder.name.setFocus()
    for editor in (_part(builder, "ruleDays", 0), _part(builder, "rulePeriod", 0), builder.rules._root_kind):
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
    _use(_part(builder, "ruleDays", 0, 0))
    _use(_part(builder, "groupKind", 0))
    assert builder.draft.at((0,)) == NoneOf((LastOrder(61),))


def test_alt_and_arrows_move_a_row_and_the_cursor_stays_in_it(builder: SegmentBuilder, qtbot: QtBot) -> None:
    for rule in (LastOrder(60), HasTag((1,)), AnyOf((Did(EventKind.CLICK),))):
        builder.rules.put(rule)
    spin = _part(builder, "ruleDays", 0)
    spin.setFocus()
    qtbot.keyClick(spin, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert builder.draft.rule.rules[:2] == (HasTag((1,)), LastOrder(60))
    assert builder.rules.focused() == (1,)
    qtbot.keyClick(_focus(), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert builder.draft.rule == AllOf((HasTag((1,)), AnyOf((LastOrder(60), Did(EventKind.CLICK)))))
    assert builder.rules.focused() == (1, 0)
    assert _focus().objectName() == "ruleDays"


def test_del_removes_the_row_with_the_cursor_and_undo_brings_it_back(builder: SegmentBuilder, qtbot: QtBot) -> None:
    for rule in (LastOrder(60), HasTag((1,)), Bought("Serum")):
        builder.rules.put(rule)
    combo = _part(builder, "ruleMatch", 1)
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Delete)
    assert builder.draft.rule == AllOf((LastOrder(60), Bought("Serum")))
    assert builder.rules.focused() == (1,)
    qtbot.keyClick(_focus(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert builder.draft.rule == AllOf((LastOrder(60), HasTag((1,)), Bought("Serum")))


def test_a_new_rule_comes_after_the_row_with_the_cursor(builder: SegmentBuilder) -> None:
    builder.rules.put(LastOrder(60))
    builder.rules.put(Bought("Serum"))
    _row(builder, 0).take_focus()
    builder.rules.put_group()
    assert builder.draft.rule == AllOf((LastOrder(60), AnyOf((HasTag(()),)), Bought("Serum")))
    assert builder.rules.focused() == (1,)
    _row(builder, 1, 0).take_focus()
    builder.rules.put_group(NoneOf)
    assert builder.draft.at((1,)) == AnyOf((HasTag(()), NoneOf((HasTag(()),))))
    _row(builder, 1, 1, 0).take_focus()
    builder.rules.put_group()  # a fourth group inside: it goes beside the third
    assert builder.draft.at((1,)) == AnyOf((HasTag(()), NoneOf((HasTag(()),)), AnyOf((HasTag(()),))))


def test_a_rule_is_dragged_into_a_group(builder: SegmentBuilder) -> None:
    for rule in (LastOrder(60), AnyOf((Did(EventKind.CLICK),))):
        builder.rules.put(rule)
    QApplication.processEvents()
    below, data = _row(builder, 1, 0), rule_drag.mime((0,))
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
    _until(qtbot, lambda: _row(builder, 0).count.text() == "6")
    builder.rules.retranslate()
    assert _row(builder, 0).count.text() == "6"


def test_tab_walks_through_name_decision_rules_and_foot(builder: SegmentBuilder, qtbot: QtBot) -> None:
    builder.rules.put(LastOrder(60))
    _until(qtbot, lambda: _row(builder, 0).count.text() == "6")
    builder.name.setFocus()
    seen: list[str] = []
    while "addRule" not in seen and len(seen) < 20:
        _press(qtbot, Qt.Key.Key_Tab)
        seen.append(_focus().objectName())
    row = ["moveRule", "rulePeriod", "ruleDays", "whoIsLeftOut", "duplicateRule", "removeRule"]
    assert seen == ["helpsDecide", "groupKind", *row, "addRule"]


def test_a_second_press_on_save_does_not_save_twice(builder: SegmentBuilder, qtbot: QtBot, database: Database) -> None:
    builder.rules.put(LastOrder(60))
    qtbot.keyClicks(builder.name, "Quiet")
    qtbot.keyClicks(builder.decides, "Who gets a reason to come back")
    builder.save()
    builder.save()
    _until(qtbot, lambda: builder.segment_id is not None)
    assert not builder.banner.isVisible()
    with database.read() as session:
        assert [row.name for row in library.all_segments(session)].count("Quiet") == 1


def _menu(builder: SegmentBuilder) -> QMenu:
    return next(menu for menu in reversed(builder.rules.findChildren(QMenu)) if menu.isVisible())


PICTURE = AllOf(
    (
        HasTag((1,)),
        Bought("Serum"),
        LastOrder(60),
        AnyOf((Did(EventKind.CLICK, days=30), Did(EventKind.MENU, days=30))),
        NoneOf((HasTag((2,)),)),
    )
)
"""The segment of the design: interested in anti-ageing, bought a serum, no order for 60 days, and so on."""


def _pick(builder: SegmentBuilder, qtbot: QtBot, text: str) -> None:
    """Choose a kind of rule in the open menu with the keyboard."""
    menu = _menu(builder)
    for _step in range(60):
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        if menu.activeAction() is not None and menu.activeAction().text() == text:
            break
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    QApplication.processEvents()


def _tick(qtbot: QtBot, name: str) -> None:
    """Tick an entry of the list that has the cursor with the keyboard."""
    combo = _focus()
    assert isinstance(combo, CheckCombo)
    combo.showPopup()
    view = combo.view()
    for row in range(combo.count()):
        if combo.itemText(row) == name:
            view.setCurrentIndex(combo.model().index(row, 0))
    qtbot.keyClick(view, Qt.Key.Key_Space)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert not combo.is_open
    combo.window().activateWindow()  # without a window manager nobody gives the window its focus back
    qtbot.waitUntil(combo.window().isActiveWindow)


def _press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(_focus(), key, modifier)
    QApplication.processEvents()  # new rows are shown, and get the cursor, when the event is over


def _go(qtbot: QtBot, name: str) -> None:
    """Press Tab until the cursor is in the editor of a name."""
    for _step in range(60):
        if _focus().objectName() == name:
            return
        _press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(name)


def _back_to(builder: SegmentBuilder, qtbot: QtBot, *path: int) -> None:
    """Press Shift and Tab until the cursor is in the row at a path."""
    for _step in range(40):
        if builder.rules.focused() == path:
            return
        _press(qtbot, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    raise AssertionError(path)


def _choose(qtbot: QtBot, text: str) -> None:
    """Choose an entry of the closed list that has the cursor with the arrow keys."""
    combo = _focus()
    assert isinstance(combo, QComboBox)
    while combo.currentText() != text:
        before = combo.currentIndex()
        qtbot.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() != before, text
    QApplication.processEvents()


def test_the_segment_of_the_design_is_built_by_keyboard_alone(
    builder: SegmentBuilder, qtbot: QtBot, tags: dict[str, int], database: Database
) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    assert (tags["Anti-ageing"], tags["Often returns"]) == (1, 2)
    qtbot.keyClicks(_focus(), "Serum buyers ready to repurchase")
    _press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(_focus(), "Who gets the missing routine step")
    for kind in ("Has a tag", "Bought", "Last order"):
        _press(qtbot, Qt.Key.Key_R, control)
        _pick(builder, qtbot, kind)
        if kind == "Has a tag":
            _go(qtbot, "ruleTags")
            _tick(qtbot, "Anti-ageing")
        elif kind == "Bought":
            _go(qtbot, "ruleWhat")
            _tick(qtbot, "Serum")
    _press(qtbot, Qt.Key.Key_R, control | shift)  # any of: a rule to fill in, which is not wanted
    _press(qtbot, Qt.Key.Key_R, control)
    _pick(builder, qtbot, "Did something")
    _go(qtbot, "rulePeriod")
    _choose(qtbot, "in the last")
    _press(qtbot, Qt.Key.Key_D, control)
    _go(qtbot, "ruleAction")
    _choose(qtbot, "tapped the rich menu")
    _go(qtbot, "rulePeriod")
    _back_to(builder, qtbot, 3, 0)
    _press(qtbot, Qt.Key.Key_Delete)
    _back_to(builder, qtbot, 3)
    _press(qtbot, Qt.Key.Key_R, control | shift)
    _press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)  # out of the group that it was put into
    _choose(qtbot, "none")
    _go(qtbot, "ruleTags")
    _tick(qtbot, "Often returns")
    assert builder.draft.rule == PICTURE
    _press(qtbot, Qt.Key.Key_S, control)
    _until(qtbot, lambda: builder.segment_id is not None)
    with database.read() as session:
        assert PICTURE in [row.rule for row in library.all_segments(session)]


def test_the_segment_of_the_design_is_built_by_mouse(builder: SegmentBuilder, qtbot: QtBot) -> None:
    def click(widget: Any, at: QPoint | None = None) -> None:
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at or widget.rect().center())

    def add(kind: str, button: QPushButton) -> None:
        click(button)
        QApplication.processEvents()
        menu = _menu(builder)
        action = next(one for one in menu.actions() if one.text() == kind)
        click(menu, menu.actionGeometry(action).center())
        QApplication.processEvents()

    def tick(combo: CheckCombo, name: str) -> None:
        combo.showPopup()
        row = next(n for n in range(combo.count()) if combo.itemText(n) == name)
        index = combo.model().index(row, 0)
        combo.view().pressed.emit(index)
        combo._keeps_open = False
        combo.hidePopup()
        QApplication.processEvents()

    def choose(combo: QComboBox, text: str) -> None:
        combo.setCurrentText(text)
        combo.activated.emit(combo.currentIndex())

    foot = builder.rules.foot
    add("Has a tag", foot.add_rule)
    tick(_part(builder, "ruleTags", 0), "Anti-ageing")
    add("Bought", foot.add_rule)
    tick(_part(builder, "ruleWhat", 1), "Serum")
    add("Last order", foot.add_rule)
    foot.kinds.actions()[0].trigger()
    add("Did something", _part(builder, "addToGroup", 3))
    choose(_part(builder, "rulePeriod", 3, 1), "in the last")
    click(_part(builder, "duplicateRule", 3, 1))
    choose(_part(builder, "ruleAction", 3, 2), "tapped the rich menu")
    click(_part(builder, "removeRule", 3, 0))
    builder.name.setFocus()
    foot.kinds.actions()[2].trigger()
    tick(_part(builder, "ruleTags", 4, 0), "Often returns")
    assert builder.draft.rule == PICTURE
    sentence: Any = builder.findChild(QLabel, "sentence")
    assert "tapped the rich menu" in sentence.text()


def test_a_rule_that_names_a_segment_keeps_it_when_it_is_turned_round(builder: SegmentBuilder) -> None:
    builder.rules.put(InSegment(0))
    box = _part(builder, "ruleSegment", 0)
    box.setCurrentIndex(1)
    box.activated.emit(1)
    chosen: Any = builder.draft.at((0,))
    assert isinstance(chosen, rules.InSegment) and chosen.segment
    _use(_part(builder, "ruleInside", 0))
    assert builder.draft.at((0,)) == InSegment(chosen.segment, False)
