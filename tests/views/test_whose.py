"""Two people edit the same thing: saving asks whose words stay, and nothing is lost before that is answered."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from linecrm_desktop.friends import correcting
from linecrm_desktop.friends.correcting import Edit
from linecrm_desktop.messages import library as messages
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.segment import Recount
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import AllOf, HasTag
from linecrm_desktop.store.database import Database
from linecrm_desktop.tagging import contracts
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.edit_dialog import EditFriendDialog
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.segments.view import SegmentsView
from linecrm_desktop.views.tags.view import TagsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views import tag_screen
from tests.views.painting import settle

ASKED = "Changed by somebody else"
THEIRS = "Decide what to send in spring"


@pytest.fixture
def tag(database: Database, make: Maker) -> int:
    with database.write() as session:
        return make.tag(session, "Serum", TagType.INTEREST)


@pytest.fixture
def segment(database: Database, make: Maker, tag: int) -> int:
    with database.write() as session:
        draft = SegmentDraft("Serum friends", "Whom to tell of serum", AllOf((HasTag((tag,)),)), None, Recount.HAND)
        return segments.save(session, draft, make.now)


def segment_there(database: Database, segment: int) -> SegmentDraft:
    with database.read() as session:
        return segments.load(session, segment)


def edit_segment_elsewhere(database: Database, segment: int, make: Maker) -> None:
    with database.write() as session:
        segments.save(session, replace(segments.load(session, segment), helps_decide=THEIRS), make.now, segment)


@pytest.fixture
def builder(desk: Desk, segment: int, qtbot: QtBot) -> Iterator[SegmentsView]:
    view = SegmentsView(desk)
    qtbot.addWidget(view)
    view.show()
    view.show_place(Place(Page.SEGMENTS, segment))
    qtbot.waitUntil(lambda: view.builder.segment_id == segment)
    settle(desk, qtbot)
    yield view
    settle(desk, qtbot)


def rename(view: SegmentsView, desk: Desk, qtbot: QtBot) -> None:
    view.builder.put(replace(view.builder.draft, name="My name"))
    qtbot.mouseClick(view.builder.save_button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


@pytest.mark.parametrize(
    ("mine", "name", "decision"), [(True, "My name", "Whom to tell of serum"), (False, "", THEIRS)]
)
def test_a_segment_that_another_changed_is_saved_or_read_anew(
    builder: SegmentsView,
    desk: Desk,
    database: Database,
    segment: int,
    make: Maker,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
    mine: bool,
    name: str,
    decision: str,
) -> None:
    edit_segment_elsewhere(database, segment, make)
    dialogs.mine = mine
    rename(builder, desk, qtbot)
    assert dialogs.asked == [(ASKED, dialogs.asked[0][1], "")]
    there = segment_there(database, segment)
    assert (there.name, there.helps_decide) == (name or "Serum friends", decision)
    assert builder.builder.draft == there
    assert not builder.builder.is_changed


def test_who_cancels_keeps_both_and_is_asked_again(
    builder: SegmentsView,
    desk: Desk,
    database: Database,
    segment: int,
    make: Maker,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
) -> None:
    edit_segment_elsewhere(database, segment, make)
    rename(builder, desk, qtbot)
    assert segment_there(database, segment).helps_decide == THEIRS
    assert builder.builder.draft.name == "My name"
    rename(builder, desk, qtbot)
    assert [title for title, _text, _button in dialogs.asked] == [ASKED, ASKED]


def test_a_segment_that_nobody_else_changed_is_saved_twice_without_asking(
    builder: SegmentsView, desk: Desk, database: Database, segment: int, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    rename(builder, desk, qtbot)
    builder.builder.put(replace(builder.builder.draft, helps_decide="  And more  "))
    qtbot.mouseClick(builder.builder.save_button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    builder.builder.put(replace(builder.builder.draft, name="Third"))
    qtbot.mouseClick(builder.builder.save_button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert dialogs.asked == []
    assert segment_there(database, segment).name == "Third"


@pytest.mark.parametrize(("mine", "name", "what"), [(True, "Mine", ""), (False, "Spring", "Theirs")])
def test_a_message_that_another_changed_is_kept_or_read_anew(
    desk: Desk,
    database: Database,
    make: Maker,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
    mine: bool,
    name: str,
    what: str,
) -> None:
    with database.write() as session:
        message = messages.save(session, MessageDraft("Spring"), make.now)
    view = MessagesView(desk)
    qtbot.addWidget(view)
    view.show()
    view.show_place(Place(Page.MESSAGES, message))
    qtbot.waitUntil(lambda: view.composer.saver.message_id == message)
    settle(desk, qtbot)
    with database.write() as session:
        messages.save(session, messages.load(session, message).with_brief(what="Theirs"), make.now, message)
    dialogs.mine = mine
    view.composer.name.clear()
    qtbot.keyClicks(view.composer.name, "Mine")
    view.composer.saver.flush()
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: view.composer.saver.is_kept)
    assert [title for title, _text, _button in dialogs.asked] == [ASKED]
    with database.read() as session:
        there = messages.load(session, message)
    assert (there.name, there.brief.what) == (name, what)
    assert view.composer.draft.name == name


@pytest.fixture
def tags(desk: Desk, tag: int, qtbot: QtBot) -> Iterator[TagsView]:
    yield from tag_screen.shown(desk, qtbot)


@pytest.mark.parametrize("mine", [True, False])
def test_a_tag_that_another_changed_is_saved_or_read_anew(
    tags: TagsView,
    desk: Desk,
    database: Database,
    tag: int,
    make: Maker,
    dialogs: RecordingDialogs,
    qtbot: QtBot,
    mine: bool,
) -> None:
    tags.show_place(Place(Page.TAGS, tag))
    settle(desk, qtbot)
    assert tags.editor.tag_id == tag
    with database.write() as session:
        draft = TagDraft("Serum", TagType.INTEREST, THEIRS)
        contracts.write(session, tag, replace(contracts.of(session, tag), draft=draft), make.now)
    dialogs.mine = mine
    tags.editor.fields.name.setText("Mine")
    qtbot.mouseClick(tags.editor.save, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert [title for title, _text, _button in dialogs.asked] == [ASKED]
    with database.read() as session:
        there = contracts.of(session, tag)
    assert there.draft.name == ("Mine" if mine else "Serum")
    assert there.draft.helps_decide == ("" if mine else THEIRS)
    assert tags.editor.contract().draft == there.draft


@pytest.mark.parametrize("mine", [True, False])
def test_a_friend_whom_another_corrected_is_saved_or_read_anew(
    desk: Desk, database: Database, make: Maker, dialogs: RecordingDialogs, qtbot: QtBot, mine: bool
) -> None:
    with database.write() as session:
        friend = make.friend(session, name="Mei")
    dialog = EditFriendDialog(desk, friend)
    dialog.show()
    qtbot.waitUntil(dialog.yes.isEnabled)
    with database.write() as session:
        correcting.correct(session, friend, Edit(name="Mei Lin"), make.now)
    dialogs.mine = mine
    dialog.email.setText("mei@shop.example")
    qtbot.mouseClick(dialog.yes, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert [title for title, _text, _button in dialogs.asked] == [ASKED]
    with database.read() as session:
        there = correcting.known(session, friend)
    assert (there.name, there.email) == (("Mei", "mei@shop.example") if mine else ("Mei Lin", ""))
    if not mine:
        assert dialog.name.text() == "Mei Lin"
        dialog.reject()
