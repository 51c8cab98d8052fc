"""The segment of the design, built as a person builds it: by keyboard alone, and by mouse."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.event import EventKind
from linecrm_desktop.segments import library
from linecrm_desktop.segments.rules import AllOf, AnyOf, Bought, Did, HasTag, LastOrder, NoneOf
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.rules.check_combo import CheckCombo
from linecrm_desktop.views.segments.builder import SegmentBuilder
from tests.maker import Maker
from tests.views.rules_shop import focus, open_builder, part, press, rules_shop, until
from tests.views.settling import settle


@pytest.fixture
def tags(database: Database, make: Maker) -> dict[str, int]:
    return rules_shop(database, make)


@pytest.fixture
def builder(desk: Desk, qtbot: QtBot, tags: dict[str, int]) -> Iterator[SegmentBuilder]:
    yield open_builder(desk, qtbot)
    settle(desk, qtbot)


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
    combo = focus()
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


def _go(qtbot: QtBot, name: str) -> None:
    """Press Tab until the cursor is in the editor of a name."""
    for _step in range(60):
        if focus().objectName() == name:
            return
        press(qtbot, Qt.Key.Key_Tab)
    raise AssertionError(name)


def _back_to(builder: SegmentBuilder, qtbot: QtBot, *path: int) -> None:
    """Press Shift and Tab until the cursor is in the row at a path."""
    for _step in range(40):
        if builder.rules.focused() == path:
            return
        press(qtbot, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    raise AssertionError(path)


def _choose(qtbot: QtBot, text: str) -> None:
    """Choose an entry of the closed list that has the cursor with the arrow keys."""
    combo = focus()
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
    qtbot.keyClicks(focus(), "Serum buyers ready to repurchase")
    press(qtbot, Qt.Key.Key_Tab)
    qtbot.keyClicks(focus(), "Who gets the missing routine step")
    for kind in ("Has a tag", "Bought", "Last order"):
        press(qtbot, Qt.Key.Key_R, control)
        _pick(builder, qtbot, kind)
        if kind == "Has a tag":
            _go(qtbot, "ruleTags")
            _tick(qtbot, "Anti-ageing")
        elif kind == "Bought":
            _go(qtbot, "ruleWhat")
            _tick(qtbot, "Serum")
    press(qtbot, Qt.Key.Key_R, control | shift)  # any of: a rule to fill in, which is not wanted
    press(qtbot, Qt.Key.Key_R, control)
    _pick(builder, qtbot, "Did something")
    _go(qtbot, "rulePeriod")
    _choose(qtbot, "in the last")
    press(qtbot, Qt.Key.Key_D, control)
    _go(qtbot, "ruleAction")
    _choose(qtbot, "tapped the rich menu")
    _go(qtbot, "rulePeriod")
    _back_to(builder, qtbot, 3, 0)
    press(qtbot, Qt.Key.Key_Delete)
    _back_to(builder, qtbot, 3)
    press(qtbot, Qt.Key.Key_R, control | shift)
    press(qtbot, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)  # out of the group that it was put into
    _choose(qtbot, "none")
    _go(qtbot, "ruleTags")
    _tick(qtbot, "Often returns")
    assert builder.draft.rule == PICTURE
    press(qtbot, Qt.Key.Key_S, control)
    until(qtbot, lambda: builder.segment_id is not None)
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
    tick(part(builder, "ruleTags", 0), "Anti-ageing")
    add("Bought", foot.add_rule)
    tick(part(builder, "ruleWhat", 1), "Serum")
    add("Last order", foot.add_rule)
    foot.kinds.actions()[0].trigger()
    add("Did something", part(builder, "addToGroup", 3))
    choose(part(builder, "rulePeriod", 3, 1), "in the last")
    click(part(builder, "duplicateRule", 3, 1))
    choose(part(builder, "ruleAction", 3, 2), "tapped the rich menu")
    click(part(builder, "removeRule", 3, 0))
    builder.frame.name.setFocus()
    foot.kinds.actions()[2].trigger()
    tick(part(builder, "ruleTags", 4, 0), "Often returns")
    assert builder.draft.rule == PICTURE
    sentence: Any = builder.findChild(QLabel, "sentence")
    assert "tapped the rich menu" in sentence.text()
