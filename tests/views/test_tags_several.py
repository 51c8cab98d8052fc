"""Several tags at once: chosen by mouse and keys, changed in one step with one toast, taken back in one step."""

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit
from pytestqt.qtbot import QtBot

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.tag_screen import Toasts, act, choose, field, find, go_to, kept, listed, part, press, shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    with database.write() as session:
        a, b, c = (make.tag(session, name, TagType.NONE) for name in ("A", "B", "C"))
        rule = AllOf((HasTag((c,)),))
        segments.save(session, SegmentDraft("Asks for C", "x", rule, None), make.now)
    return SimpleNamespace(a=a, b=b, c=c)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def test_the_bar_comes_with_the_second_tag_and_goes_with_escape(
    view: TagsView, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    go_to(view, ids.a, Column.TAG, qtbot)
    assert not view.panel.bulk.isVisible()
    go_to(view, ids.b, Column.TAG, qtbot, Qt.KeyboardModifier.ControlModifier)
    assert view.panel.bulk.isVisible()
    assert find(view, QLabel, "tagsSelected").text() == "2 tags selected"
    assert part(view, "selectAllTags").text() == "Select all 3 tags"
    qtbot.keyClick(view.tree, Qt.Key.Key_Escape)
    assert [line.tag.id for line in view.tree.chosen()] == [ids.b]
    assert not view.panel.bulk.isVisible()


def test_shift_and_ctrl_a_choose_several(view: TagsView, ids: SimpleNamespace, qtbot: QtBot) -> None:
    go_to(view, ids.a, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [line.tag.name for line in view.tree.chosen()] == ["A", "B"]
    qtbot.keyClick(view.tree, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert len(view.tree.chosen()) == 3


def test_choosing_all_reaches_tags_that_long_groups_do_not_show(
    view: TagsView, desk: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        for number in range(6):
            make.tag(session, f"More {number}", TagType.NONE)
    view.show_place(Place(Page.TAGS))
    settle(desk, qtbot)
    view.tree.selectAll()
    assert len(view.tree.chosen()) == 5
    press(view, "selectAllTags", qtbot)
    assert len(view.tree.chosen()) == 9


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("tag_type_stage", TagDraft("A", TagType.STAGE)),
        ("tag_sensitive_True", TagDraft("A", TagType.NONE, is_sensitive=True)),
        ("tag_runs_out_90", TagDraft("A", TagType.NONE, runs_out_days=90)),
    ],
)
def test_all_chosen_tags_are_changed_in_one_step(
    view: TagsView,
    desk: Desk,
    ids: SimpleNamespace,
    database: Database,
    toasts: Toasts,
    qtbot: QtBot,
    action: str,
    expected: TagDraft,
) -> None:
    before = kept(database)
    choose(view, [ids.a, ids.b], qtbot)
    act(view, action, desk, qtbot)
    after = kept(database)
    assert after["A"] == expected
    assert after["C"] == before["C"]
    assert [text for text, _undo in toasts] == ["Changed 2 tags."]
    assert desk.undo.count() == 1
    desk.undo.undo()
    settle(desk, qtbot)
    assert kept(database) == before
    desk.undo.redo()
    settle(desk, qtbot)
    assert kept(database) == after


def test_an_owner_and_a_decision_are_asked_for_once(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    choose(view, [ids.a, ids.b], qtbot)
    dialogs.written = "Amy"
    act(view, "tag_owner", desk, qtbot)
    dialogs.written = "Which path"
    act(view, "tag_decide", desk, qtbot)
    assert [question[1] for question in dialogs.asked] == [
        "Who looks after these tags?",
        "What do these tags help decide?",
    ]
    assert kept(database)["B"] == TagDraft("B", TagType.NONE, "Which path", "Amy")
    assert [line.tag.id for line in view.tree.chosen()] == [ids.a, ids.b]


def test_nothing_is_said_to_be_changed_when_it_was_so_before(
    view: TagsView, desk: Desk, ids: SimpleNamespace, toasts: Toasts, qtbot: QtBot
) -> None:
    choose(view, [ids.a, ids.b], qtbot)
    act(view, "tag_runs_out_None", desk, qtbot)
    assert toasts[-1][0] == "It is so already. Nothing was changed."
    assert desk.undo.count() == 0


def test_several_are_retired_together_and_come_back_together(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, toasts: Toasts, qtbot: QtBot
) -> None:
    choose(view, [ids.a, ids.c], qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_Delete)
    settle(desk, qtbot)
    [(title, text, button)] = dialogs.asked
    assert (title, button) == ("Retire 2 tags?", "Retire 2 tags")
    assert "Segment: “Asks for C”" in text
    assert listed(view) == {"Not sorted yet": ["B"]}
    assert toasts[-1][0] == "Retired 2 tags. They stay in the history of their friends."
    desk.undo.undo()
    settle(desk, qtbot)
    assert listed(view) == {"Not sorted yet": ["A", "B", "C"]}


def test_letters_and_del_in_a_text_field_do_nothing_to_tags(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    go_to(view, ids.a, Column.TAG, qtbot)
    for name in ("tagName", "tagFind"):
        text = field(view, name)
        text.setFocus()
        type_into(text, "Mm")
        qtbot.keyClick(text, Qt.Key.Key_Home)
        qtbot.keyClick(text, Qt.Key.Key_Delete)
        settle(desk, qtbot)
    view.editor.revert()
    view.panel.search.clear()
    go_to(view, ids.a, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_F2)
    type_into(field(view, "decisionEditor"), "Mm")
    assert field(view, "decisionEditor").text() == "Mm"
    qtbot.keyClick(field(view, "decisionEditor"), Qt.Key.Key_Escape)
    assert dialogs.asked == []
    assert desk.undo.count() == 0
    assert view.findChild(QDialog) is None


def test_a_place_leads_to_its_tag_also_while_several_are_chosen(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    choose(view, [ids.a, ids.b], qtbot)
    view.show_place(Place(Page.TAGS, ids.c))
    settle(desk, qtbot)
    assert [line.tag.name for line in view.tree.chosen()] == ["C"]
    assert field(view, "tagName").text() == "C"


def begin_words(view: TagsView, tag: int, words: str, qtbot: QtBot) -> None:
    """Write about a tag without saving it."""
    go_to(view, tag, Column.TAG, qtbot)
    type_into(find(view, QPlainTextEdit, "tagDecides"), words)
    assert view.editor.is_changed


def test_a_change_of_several_tags_saves_unsaved_words_first_when_a_person_says_so(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    begin_words(view, ids.a, "Who comes first", qtbot)
    go_to(view, ids.b, Column.TAG, qtbot, Qt.KeyboardModifier.ControlModifier)
    dialogs.saves = True
    act(view, "tag_type_stage", desk, qtbot)
    settle(desk, qtbot)
    assert dialogs.asked[-1][:2] == ("Save the changes first?", "What you wrote about “A” is not saved.")
    after = kept(database)
    assert (after["A"].helps_decide, after["A"].type, after["B"].type) == (
        "Who comes first",
        TagType.STAGE,
        TagType.STAGE,
    )
    assert not view.editor.is_changed


def test_a_change_of_several_tags_is_not_made_when_a_person_stays_with_unsaved_words(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    before = kept(database)
    begin_words(view, ids.a, "Who comes first", qtbot)
    go_to(view, ids.b, Column.TAG, qtbot, Qt.KeyboardModifier.ControlModifier)
    dialogs.saves = None
    act(view, "tag_type_stage", desk, qtbot)
    assert kept(database) == before
    assert view.editor.contract().draft.helps_decide == "Who comes first"
    dialogs.saves = False
    act(view, "tag_type_stage", desk, qtbot)
    after = kept(database)
    assert (after["A"].helps_decide, after["A"].type) == (before["A"].helps_decide, TagType.STAGE)
    assert not view.editor.is_changed


def test_retiring_the_tag_that_is_written_about_asks_first(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    begin_words(view, ids.a, "Who comes first", qtbot)
    dialogs.saves = None
    press(view, "tagRetire", qtbot)
    settle(desk, qtbot)
    assert "A" in kept(database)
    dialogs.saves = True
    press(view, "tagRetire", qtbot)
    settle(desk, qtbot)
    assert kept(database, retired=True)["A"].helps_decide == "Who comes first" and "A" not in kept(database)
