"""The list of segments driven as a person does: health, names, the shelf, files, numbers over time, comparing."""

import csv
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot
from sqlalchemy import delete, select

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.message import Message
from linecrm_desktop.models.segment import Recount, Segment, SegmentCount
from linecrm_desktop.models.tag import Tag
from linecrm_desktop.segments import codec, counts, library, shelf
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag, InSegment, LastOrder, Rule
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.segments.compare_dialog import CompareDialog
from linecrm_desktop.views.segments.table_model import Column
from linecrm_desktop.views.segments.view import SegmentsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.settling import settle

Toasts = list[tuple[str, Callable[[], None] | None]]
FRIENDS = 60


@pytest.fixture
def saved(database: Database, make: Maker) -> dict[str, int]:
    """Sixty friends: all carry Wide, most carry Alike, few carry Few; a segment for each tag."""
    with database.write() as session:
        tags = {name: make.tag(session, name) for name in ("Wide", "Alike", "Few")}
        for number in range(FRIENDS):
            friend = make.friend(session, name=f"=Friend {number}")
            for name, most in (("Wide", FRIENDS), ("Alike", 55), ("Few", 5)):
                if number < most:
                    make.give(session, tags[name], friend)
        old = make.now - timedelta(days=40)
        return {
            name: library.save(session, SegmentDraft(name, "Whom to tell", AllOf((HasTag((tag,)),))), old)
            for name, tag in tags.items()
        }


@pytest.fixture
def view(desk: Desk, qtbot: QtBot, saved: dict[str, int]) -> SegmentsView:
    made = SegmentsView(desk)
    made.resize(1300, 800)
    qtbot.addWidget(made)
    desk.jobs.changed.connect(made.reload)
    made.show()
    made.show_place(Place(Page.SEGMENTS))
    settle(desk, qtbot)
    return made


def cell(view: SegmentsView, name: str, column: Column, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return index(view, name).siblingAtColumn(column).data(role)


def index(view: SegmentsView, name: str) -> Any:
    table = view.list.table
    rows = [table.shown.index(row, 0) for row in range(table.shown.rowCount())]
    return next(found for found in rows if found.data() == name)


def names(view: SegmentsView) -> list[str]:
    shown = view.list.table.shown
    return [shown.index(row, 0).data() for row in range(shown.rowCount())]


def choose(view: SegmentsView, qtbot: QtBot, *wanted: str) -> None:
    """Click on rows, the second and later ones with Ctrl."""
    keys = Qt.KeyboardModifier.NoModifier
    for name in wanted:
        place = view.list.table.visualRect(index(view, name)).center()
        qtbot.mouseClick(view.list.table.viewport(), Qt.MouseButton.LeftButton, keys, place)
        keys = Qt.KeyboardModifier.ControlModifier
    view.list.table.setFocus()


def press(view: SegmentsView, qtbot: QtBot, key: Qt.Key, *keys: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for each in keys:
        held |= each
    qtbot.keyClick(view.list.table, key, held)
    settle(view._desk, qtbot)


def act(view: SegmentsView, name: str) -> QAction:
    return view.list.actions_.all[name]


CTRL = Qt.KeyboardModifier.ControlModifier


def test_health_says_what_is_wrong_and_with_which_other(view: SegmentsView) -> None:
    assert cell(view, "Few", Column.HEALTH) == "Too small"
    assert cell(view, "Wide", Column.HEALTH) == "Nearly a duplicate"
    assert "“Alike”" in cell(view, "Wide", Column.HEALTH, Qt.ItemDataRole.ToolTipRole)
    assert [cell(view, "Alike", column) for column in (Column.MATCH, Column.REACH)] == ["55", "55"]


def test_a_retired_tag_and_a_missing_decision_are_said(
    view: SegmentsView, database: Database, saved: dict[str, int], make: Maker, desk: Desk, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.scalars(select(Tag).where(Tag.name == "Few")).one().retired_at = make.now
        session.get_one(Segment, saved["Few"]).helps_decide = ""
    view._read()
    settle(desk, qtbot)
    assert cell(view, "Few", Column.HEALTH) == "Uses a retired tag, No decision, Too small"
    assert cell(view, "Few", Column.DECIDES) == "nothing yet"


def test_a_name_is_written_in_place(
    view: SegmentsView, qtbot: QtBot, database: Database, saved: dict[str, int], toasts: Toasts, desk: Desk
) -> None:
    choose(view, qtbot, "Few")
    qtbot.keyClick(view.list.table, Qt.Key.Key_F2)
    field = view.list.table.findChild(QLineEdit)
    assert field is not None and field.text() == "Few"
    field.selectAll()
    qtbot.keyClicks(field, "A few")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert names(view) == ["A few", "Alike", "Wide"]
    assert toasts[-1][0] == "“Few” is now called “A few”."
    desk.undo.undo()
    settle(desk, qtbot)
    assert names(view) == ["Alike", "Few", "Wide"]


def test_a_taken_name_is_refused_and_the_old_one_stays(
    view: SegmentsView, qtbot: QtBot, dialogs: RecordingDialogs, desk: Desk
) -> None:
    view.list.table.records.setData(view.list.table.shown.mapToSource(index(view, "Few")), "Wide")
    settle(desk, qtbot)
    assert "already" in str(dialogs.errors[0])
    assert names(view) == ["Alike", "Few", "Wide"]


def test_a_segment_is_duplicated_with_a_key(view: SegmentsView, qtbot: QtBot, desk: Desk) -> None:
    choose(view, qtbot, "Few")
    press(view, qtbot, Qt.Key.Key_D, CTRL)
    assert names(view) == ["Alike", "Copy of Few", "Few", "Wide"]
    assert [one.row.name for one in view.list.chosen()] == ["Few"]
    desk.undo.undo()
    settle(desk, qtbot)
    assert "Copy of Few" not in names(view)


def test_what_is_put_away_is_on_the_shelf_and_comes_back(
    view: SegmentsView, qtbot: QtBot, toasts: Toasts, desk: Desk
) -> None:
    assert not view.list.shelf.isVisibleTo(view)
    choose(view, qtbot, "Few", "Wide")
    press(view, qtbot, Qt.Key.Key_Delete)
    assert names(view) == ["Alike"]
    said, back = toasts[-1]
    assert said == "Put away 2 segments." and back is not None
    qtbot.mouseClick(view.list.shelf.findChild(QToolButton, "option1"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert names(view) == ["Few", "Wide"]
    assert not act(view, "archive").isVisible() and act(view, "restore").isVisible()
    choose(view, qtbot, "Few")
    act(view, "restore").trigger()
    settle(desk, qtbot)
    assert names(view) == ["Wide"]
    back()
    settle(desk, qtbot)
    assert names(view) == ["Few", "Wide"]
    back()
    settle(desk, qtbot)


def test_only_from_the_shelf_a_segment_is_deleted_and_it_is_asked(
    view: SegmentsView, qtbot: QtBot, database: Database, saved: dict[str, int], dialogs: RecordingDialogs, desk: Desk
) -> None:
    with database.write() as session:
        shelf.archive(session, saved["Few"], desk.now())
    view.list.shelf.choose(1)
    view._read()
    settle(desk, qtbot)
    choose(view, qtbot, "Few")
    dialogs.yes = False
    act(view, "delete").trigger()
    settle(desk, qtbot)
    assert dialogs.asked[-1][0] == "Delete “Few”?" and names(view) == ["Few"]
    dialogs.yes = True
    act(view, "delete").trigger()
    settle(desk, qtbot)
    assert names(view) == []
    with database.read() as session:
        assert saved["Few"] not in library.rules(session)


def test_the_members_go_into_a_file_that_no_spreadsheet_runs(
    view: SegmentsView, qtbot: QtBot, dialogs: RecordingDialogs, tmp_path: Path, toasts: Toasts, desk: Desk
) -> None:
    choose(view, qtbot, "Few")
    dialogs.path = tmp_path / "few.csv"
    act(view, "export").trigger()
    settle(desk, qtbot)
    with dialogs.path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[0] for row in rows[1:]] == [f"'=Friend {number}" for number in range(5)]
    assert toasts[-1][0] == "Wrote 5 friends to “few.csv”."
    assert dialogs.offered[-1].startswith("Few_")
    assert act(view, "export") in view.menu_actions()["file"]


def test_looking_at_the_list_keeps_its_numbers(
    view: SegmentsView, database: Database, saved: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    with database.read() as session:
        kept = {row.segment_id: (row.matching, row.reachable) for row in session.scalars(select(SegmentCount))}
    assert kept == {saved["Wide"]: (60, 60), saved["Alike"]: (55, 55), saved["Few"]: (5, 5)}
    writes = database.writes
    view._read()
    settle(desk, qtbot)
    assert database.writes == writes


def test_a_line_over_time_is_told_in_words_too(
    view: SegmentsView, database: Database, saved: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    assert cell(view, "Few", Column.TREND) == ""
    with database.write() as session:
        for days, number in ((9, 2), (3, 4)):
            at = desk.now() - timedelta(days=days)
            counts.record(session, {saved["Few"]: (number + 1, number)}, desk.day(), at)
    view._read()
    settle(desk, qtbot)
    assert cell(view, "Few", Column.TREND) == "+3"
    words = cell(view, "Few", Column.TREND, Qt.ItemDataRole.AccessibleTextRole).splitlines()
    assert [line.partition(": ")[2] for line in words] == [
        "5 of 5 can be reached",
        "4 of 5 can be reached",
        "2 of 3 can be reached",
    ]


def test_all_that_uses_a_segment_is_a_link(
    view: SegmentsView, database: Database, saved: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    with database.write() as session:
        message = Message(name="A & B", segment_id=saved["Few"], created_at=desk.now(), changed_at=desk.now())
        session.add(message)
        session.flush()
        number = message.id
        other = library.save(session, SegmentDraft("Inner", "x", AllOf((InSegment(saved["Few"]),))), desk.now())
    view._read()
    settle(desk, qtbot)
    assert cell(view, "Few", Column.USED) == "2"
    choose(view, qtbot, "Few")
    users = view.findChild(QLabel, "segmentUsers")
    assert users is not None and "message A &amp; B" in users.text() and "segment Inner" in users.text()
    with qtbot.waitSignal(view.asked_for) as asked:
        users.linkActivated.emit(f"message:{number}")
    assert asked.args == [Place(Page.MESSAGES, number)]
    users.linkActivated.emit(f"segment:{other}")
    settle(desk, qtbot)
    assert view.builder.segment_id == other


def test_two_segments_are_compared_and_a_part_becomes_a_segment(
    view: SegmentsView, qtbot: QtBot, saved: dict[str, int], desk: Desk
) -> None:
    choose(view, qtbot, "Few", "Wide")
    act(view, "compare").trigger()
    dialog = view.findChild(CompareDialog)
    assert dialog is not None and dialog.pair() == (saved["Few"], saved["Wide"])
    settle(desk, qtbot)
    assert [part.text() for part in dialog.parts] == ["5", "0", "55"]
    assert [part.isEnabled() for part in dialog.parts] == [True, False, True]
    qtbot.mouseClick(dialog.parts[2], Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialog.sample_title.text() == "55 only in “Wide”"
    assert (dialog.sample.count(), dialog.sample.item(0).text()) == (50, "=Friend 5")
    qtbot.mouseClick(dialog.make, Qt.MouseButton.LeftButton)
    assert view.builder.draft.rule == AllOf((InSegment(saved["Wide"]), InSegment(saved["Few"], inside=False)))


def test_the_same_actions_are_on_right_click_and_one_segment_is_counted_by_the_hour(
    view: SegmentsView, qtbot: QtBot, database: Database, saved: dict[str, int], toasts: Toasts, desk: Desk
) -> None:
    choose(view, qtbot, "Few")
    view.list.table.customContextMenuRequested.emit(QPoint(40, 40))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert set(menu.actions()) >= {action for action in view.list.actions_.all.values() if action.isVisible()}
    menu.close()
    view.list.actions_.recounts[Recount.HOUR].trigger()
    settle(desk, qtbot)
    assert toasts[-1][0] == "“Few” is counted again: each hour."
    with database.read() as session:
        assert session.get_one(Segment, saved["Few"]).recount is Recount.HOUR
    assert view.list.actions_.recounts[Recount.HOUR].isChecked()


def test_a_core_segment_has_its_menu_on_the_card(view: SegmentsView, qtbot: QtBot, desk: Desk) -> None:
    qtbot.mouseClick(view.findChild(QPushButton, "openCore1"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    choose(view, qtbot, "Few")
    qtbot.mouseClick(view.findChild(QPushButton, "moreCore1"), Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu) and not act(view, "archive").isEnabled()
    act(view, "duplicate").trigger()
    menu.close()
    settle(desk, qtbot)
    assert "Copy of New friends, no first purchase" in names(view)
    qtbot.waitUntil(lambda: [one.row.name for one in view.list.chosen()] == ["Few"])
    assert act(view, "archive").isEnabled()


def test_rules_that_cannot_be_counted_say_so(
    view: SegmentsView, database: Database, desk: Desk, qtbot: QtBot, saved: dict[str, int]
) -> None:
    broken: Rule = AllOf((InSegment(999),))
    with database.write() as session:
        session.get_one(Segment, saved["Few"]).rule = codec.to_json(broken)
    view._read()
    settle(desk, qtbot)
    assert cell(view, "Few", Column.HEALTH) == "Rules not complete"
    assert cell(view, "Few", Column.MATCH) == "—"


def test_a_template_is_counted_before_it_is_chosen_and_begins_a_segment(
    view: SegmentsView, qtbot: QtBot, database: Database, make: Maker, desk: Desk
) -> None:
    cards = {card.objectName(): card for card in view.list.gallery.cards}
    assert cards["template_dormant"].who.text() == "No orders yet. Import orders first."
    assert not cards["template_dormant"].isEnabled()
    assert cards["template_no_source"].reach.text() == "60"
    with database.write() as session:
        friends = [make.friend(session, is_blocked=number == 0) for number in range(3)]
        for friend in friends:
            make.order(session, friend, days_ago=200)
        library.save(session, SegmentDraft("Dormant, worth one try", "x", AllOf((LastOrder(1),))), make.now)
    view.reload(changes(Word.FRIENDS, Word.SEGMENTS))
    settle(desk, qtbot)
    card = next(card for card in view.list.gallery.cards if card.objectName() == "template_dormant")
    assert card.reach.text() == "2"
    assert card.accessibleDescription() == "Bought before, quiet for 180 days. 2 of 3 can be reached"
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert view.builder.draft == SegmentDraft(
        "Dormant, worth one try 2", "Who gets one last good reason to come back", AllOf((LastOrder(180),))
    )
    assert not any(action.isEnabled() for action in view.menu_actions()["file"])


def test_the_first_row_of_templates_is_enough_until_all_are_asked_for(view: SegmentsView, qtbot: QtBot) -> None:
    gallery = view.list.gallery
    assert sum(card.isVisibleTo(view) for card in gallery.cards) == 5
    qtbot.mouseClick(gallery.all_button, Qt.MouseButton.LeftButton)
    assert all(card.isVisibleTo(view) for card in gallery.cards) and len(gallery.cards) >= 12


def test_without_time_the_last_numbers_stay_with_their_moment(
    view: SegmentsView, database: Database, saved: dict[str, int], desk: Desk, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.execute(delete(SegmentCount))
        counts.record(session, {saved["Few"]: (9, 8)}, desk.day(), desk.now() - timedelta(days=8))
    view._read(0)
    settle(desk, qtbot)
    assert (cell(view, "Few", Column.MATCH), cell(view, "Few", Column.REACH)) == ("9", "8")
    assert cell(view, "Few", Column.HEALTH) == "Not counted for 7 days, Too small"
    assert cell(view, "Wide", Column.HEALTH) == "Not counted for 7 days"
    view.list.table.setFocus()
    press(view, qtbot, Qt.Key.Key_F5)
    assert (cell(view, "Few", Column.MATCH), cell(view, "Few", Column.HEALTH)) == ("5", "Too small")
