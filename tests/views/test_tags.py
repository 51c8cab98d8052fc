from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPlainTextEdit
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tags import health
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tour.hands import type_into
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.tags import reading
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.tree_model import TagTreeModel
from linecrm_desktop.views.tags.used_by import PlaceLink
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.painting import settle
from tests.views.tag_screen import Toasts, field, go_to, kept, listed, part, said, shown


@pytest.fixture
def ids(database: Database, make: Maker) -> SimpleNamespace:
    with database.write() as session:
        serum = make.tag(session, "Serum", helps_decide="When to remind", owner="Amy", created_at=make.ago(400))
        essence = make.tag(session, "精華液", created_at=make.ago(400))
        store = make.tag(session, "Store QR code", TagType.SOURCE, helps_decide="Which welcome", owner="Amy")
        for number in range(20):
            friend = make.friend(session)
            make.give(session, serum, friend, since=make.ago(1))
            if number < 3:
                make.give(session, essence, friend, since=make.ago(200))
        rule = AllOf((HasTag((serum,)),))
        segments.save(session, SegmentDraft("Serum buyers", "When to remind", rule, None), make.now)
    return SimpleNamespace(serum=serum, essence=essence, store=store)


@pytest.fixture
def view(desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> Iterator[TagsView]:
    yield from shown(desk, qtbot)


def test_the_tree_keeps_qts_rules(
    desk: Desk, ids: SimpleNamespace, database: Database, qtmodeltester: ModelTester
) -> None:
    model = TagTreeModel(desk.day)
    qtmodeltester.check(model)
    with database.read() as session:
        model.show_lines(reading.read(session, desk.day()).lines)
    qtmodeltester.check(model)
    assert model.parent(model.index_of(ids.serum)).data() == "Product interest"
    assert model.index_of(99) == QModelIndex()


def test_tags_stand_under_their_types_with_most_friends_first(view: TagsView) -> None:
    assert listed(view) == {"Source": ["Store QR code"], "Product interest": ["Serum", "精華液"]}
    assert view.head.note.text() == "3 tags · 2 help a decision"


def test_a_row_says_who_uses_it_and_how_it_is_doing(view: TagsView, ids: SimpleNamespace) -> None:
    assert said(view, ids.serum) == [
        "Serum",
        "When to remind",
        "1 segment",
        "20",
        "11 Nov",
        "Amy",
        "Looks like “精華液”",
    ]
    assert said(view, ids.essence)[1:] == ["What does it help decide?", "—", "3", "26 Apr", "—", "Unused 200 days"]
    heard = view.model.index_of(ids.essence, Column.HEALTH).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heard == "Unused 200 days; Looks like “Serum”; No decision; Too small; No owner"
    assert said(view, ids.store)[Column.LAST_USED :] == ["never", "Amy", "Too small"]


def test_a_decision_is_written_in_the_row_and_can_be_taken_back(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_F2)
    editor = field(view, "decisionEditor")
    type_into(editor, "Which texture to show")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert said(view, ids.essence)[Column.DECIDES] == "Which texture to show"
    with database.read() as session:
        assert health.count_undecided(session) == 0
    desk.undo.undo()
    settle(desk, qtbot)
    assert said(view, ids.essence)[Column.DECIDES] == "What does it help decide?"


def test_escape_in_the_row_keeps_what_was_there(view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> None:
    go_to(view, ids.serum, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_F2)
    type_into(field(view, "decisionEditor"), "x")
    qtbot.keyClick(field(view, "decisionEditor"), Qt.Key.Key_Escape)
    settle(desk, qtbot)
    assert said(view, ids.serum)[Column.DECIDES] == "When to remind"
    assert not desk.undo.canUndo()


@pytest.mark.parametrize(("option", "expected"), [(1, ["精華液"]), (2, ["精華液"]), (0, ["Serum", "精華液"])])
def test_the_filter_leaves_what_needs_attention(view: TagsView, qtbot: QtBot, option: int, expected: list[str]) -> None:
    qtbot.mouseClick(part(view.panel.filter, f"option{option}"), Qt.MouseButton.LeftButton)
    assert listed(view)["Product interest"] == expected
    texts = [part(view.panel.filter, f"option{place}").text() for place in range(3)]
    assert texts == ["All 3", "No decision 1", "Unused 1"]


def test_search_finds_names_and_decisions(view: TagsView, qtbot: QtBot) -> None:
    type_into(view.panel.search, "華")
    assert listed(view) == {"Product interest": ["精華液"]}
    view.panel.search.clear()
    type_into(view.panel.search, "WELCOME")
    assert listed(view) == {"Source": ["Store QR code"]}
    view.panel.search.clear()
    type_into(view.panel.search, "nothing")
    assert view.panel.empty.sentence.text() == "No tag matches."
    qtbot.mouseClick(view.panel.empty.action, Qt.MouseButton.LeftButton)
    assert len(listed(view)) == 2


def test_the_editor_saves_all_that_is_written(
    view: TagsView, desk: Desk, ids: SimpleNamespace, database: Database, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_Return)
    name = field(view, "tagName")
    assert view.focusWidget() is name
    name.selectAll()
    type_into(name, "Essence")
    decides = view.findChild(QPlainTextEdit, "tagDecides")
    kind, sensitive = view.findChild(QComboBox, "tagType"), view.findChild(QCheckBox, "tagSensitive")
    assert decides is not None
    assert kind is not None
    assert sensitive is not None
    assert part(view, "tagSave").text() == "Save without a decision"
    type_into(decides, "Which texture")
    kind.setCurrentIndex(list(TagType).index(TagType.STAGE))
    type_into(field(view, "tagOwner"), "Amy")
    sensitive.click()
    assert part(view, "tagSave").text() == "Save"
    qtbot.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert kept(database)["Essence"] == TagDraft("Essence", TagType.STAGE, "Which texture", "Amy", True)
    assert listed(view)["Buying stage"] == ["Essence"]
    assert not part(view, "tagSave").isEnabled()
    desk.undo.undo()
    settle(desk, qtbot)
    assert kept(database)["精華液"] == TagDraft("精華液", TagType.INTEREST)


def test_a_name_in_use_is_said_beside_the_fields_and_nothing_typed_is_lost(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    field(view, "tagName").selectAll()
    type_into(field(view, "tagName"), "SERUM")
    qtbot.mouseClick(part(view, "tagSave"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert view.editor.trouble.isVisible()
    assert view.editor.trouble.words.text().startswith("There is already a tag “Serum”.")
    assert field(view, "tagName").text() == "SERUM"
    qtbot.mouseClick(part(view, "tagRevert"), Qt.MouseButton.LeftButton)
    assert field(view, "tagName").text() == "精華液"
    assert not view.editor.trouble.isVisible()
    assert dialogs.errors == []


def test_unsaved_words_are_asked_about_before_another_tag_is_shown(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    type_into(field(view, "tagOwner"), "Amy")
    dialogs.yes = False
    go_to(view, ids.serum, Column.TAG, qtbot)
    assert field(view, "tagName").text() == "精華液"
    assert view.can_leave() is False
    line = view.tree.current_line()
    assert line is not None
    assert line.tag.id == ids.essence
    dialogs.yes = True
    go_to(view, ids.serum, Column.TAG, qtbot)
    assert field(view, "tagName").text() == "Serum"
    assert view.can_leave() is True


def test_a_change_elsewhere_does_not_wipe_out_what_is_being_written(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    type_into(field(view, "tagOwner"), "Amy")
    view.reload(changes(Word.TAGS))
    settle(desk, qtbot)
    assert field(view, "tagOwner").text() == "Amy"


def test_a_new_tag_is_made_by_keys_alone(view: TagsView, desk: Desk, database: Database, qtbot: QtBot) -> None:
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(view, Qt.Key.Key_T, modifiers)
    assert not part(view, "tagSave").isEnabled()
    type_into(field(view, "tagName"), "Market stall")
    qtbot.keyClick(view, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settle(desk, qtbot)
    assert "Market stall" in kept(database)
    line = view.tree.current_line()
    assert line is not None
    assert line.tag.name == "Market stall"
    desk.undo.undo()
    settle(desk, qtbot)
    assert "Market stall" not in kept(database)


def test_del_retires_and_undo_brings_the_tag_back_with_its_friends(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, toasts: Toasts, qtbot: QtBot
) -> None:
    go_to(view, ids.essence, Column.TAG, qtbot)
    qtbot.keyClick(view.tree, Qt.Key.Key_Delete)
    settle(desk, qtbot)
    assert dialogs.asked == []
    assert listed(view)["Product interest"] == ["Serum"]
    assert toasts[-1][0] == "Retired “精華液”. It stays in the history of its friends."
    desk.undo.undo()
    settle(desk, qtbot)
    assert said(view, ids.essence)[Column.FRIENDS] == "3"


def test_a_tag_that_segments_use_is_retired_only_after_a_question(
    view: TagsView, desk: Desk, ids: SimpleNamespace, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    dialogs.yes = False
    go_to(view, ids.serum, Column.TAG, qtbot)
    qtbot.mouseClick(part(view, "tagRetire"), Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    [(title, text, button)] = dialogs.asked
    assert (title, button) == ("Retire “Serum”?", "Retire “Serum”")
    assert text == "These go on with the friends who have it now:\nSegment: “Serum buyers”"
    assert "Serum" in listed(view)["Product interest"]


def test_ctrl_enter_shows_the_friends_of_a_tag(view: TagsView, ids: SimpleNamespace, qtbot: QtBot) -> None:
    go_to(view, ids.serum, Column.TAG, qtbot)
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.keyClick(view.tree, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.args == [Place(Page.FRIENDS, ids.serum, "tag")]
    with qtbot.waitSignal(view.asked_for):
        qtbot.mouseClick(part(view, "tagFriends"), Qt.MouseButton.LeftButton)
    assert part(view, "tagFriends").text() == "Show 20 friends"


def test_the_editor_links_to_the_segments_that_use_the_tag(
    view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot
) -> None:
    go_to(view, ids.serum, Column.TAG, qtbot)
    settle(desk, qtbot)
    [link] = view.editor.used.findChildren(PlaceLink)
    assert link.text() == "Serum buyers"
    assert link.accessibleName() == "Serum buyers, 20 reachable"
    with qtbot.waitSignal(view.asked_for) as asked:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == [Place(Page.SEGMENTS, 1)]


def test_groups_that_were_folded_stay_folded(view: TagsView, desk: Desk, qtbot: QtBot) -> None:
    view.tree.collapse(view.model.index(1, 0))
    view.reload(changes(Word.TAGS))
    settle(desk, qtbot)
    assert view.tree.isExpanded(view.model.index(0, 0))
    assert not view.tree.isExpanded(view.model.index(1, 0))


def test_a_place_opens_one_tag_or_one_filter(view: TagsView, desk: Desk, ids: SimpleNamespace, qtbot: QtBot) -> None:
    view.show_place(Place(Page.TAGS, ids.store))
    settle(desk, qtbot)
    assert field(view, "tagName").text() == "Store QR code"
    view.show_place(Place(Page.TAGS, None, "no_decision"))
    settle(desk, qtbot)
    assert listed(view) == {"Product interest": ["精華液"]}
