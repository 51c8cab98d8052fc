import json
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from linecrm_desktop.messages import library
from linecrm_desktop.messages.blocks import to_line
from linecrm_desktop.messages.bubbles import Bubble, ButtonsBubble, TextBubble
from linecrm_desktop.messages.variables import Variable
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.beginning.new_dialog import NewMessageDialog
from linecrm_desktop.views.messages.friend_dialog import FriendDialog
from linecrm_desktop.views.messages.json_dialog import JsonDialog
from linecrm_desktop.views.messages.list_rows import read
from linecrm_desktop.views.messages.list_table import ListTableModel
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import TEXT, SerumShop, serum_shop
from tests.views.settling import settle

Toasts = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def view(desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    shown = MessagesView(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    desk.jobs.changed.connect(shown.reload)
    qtbot.waitUntil(lambda: shown.list.model.rowCount() == 1)
    yield shown
    settle(desk, qtbot)


def compose(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(lambda: view.composer.preview.friend.count() > 6)


def page(view: MessagesView) -> QWidget:
    shown = view.pages.currentWidget()
    assert shown is not None
    return shown


def label(view: MessagesView, name: str) -> str:
    found = page(view).findChild(QLabel, name)
    assert found is not None
    return found.text()


def add(view: MessagesView, kind: type[Bubble]) -> None:
    """Choose a kind of bubble from the menu."""
    menu = view.composer.bubbles.offer()
    (action,) = (action for action in menu.actions() if action.data() is kind)
    action.trigger()


def text_of(view: MessagesView, position: int) -> VariableEdit:
    found = view.composer.bubbles.cards[position].findChild(VariableEdit, "text")
    assert found is not None
    return found


def written(view: MessagesView) -> list[str]:
    return [bubble.text for bubble in view.composer.draft.bubbles if isinstance(bubble, TextBubble)]


def press(view: MessagesView, name: str, qtbot: QtBot) -> None:
    found = page(view).findChild(QPushButton, name)
    assert found is not None
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def begin_empty(view: MessagesView, qtbot: QtBot, button: str = "newMessage") -> None:
    """Ask for a new message and take the first beginning, which is none, with Enter."""
    press(view, button, qtbot)
    qtbot.waitUntil(lambda: any(dialog.list.current is not None for dialog in dialogs_of(view)))
    (dialog,) = dialogs_of(view)
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.composer and not dialogs_of(view))


def dialogs_of(view: MessagesView) -> list[NewMessageDialog]:
    return [dialog for dialog in view.window().findChildren(NewMessageDialog) if dialog.isVisible()]


def look_as(view: MessagesView, whose: str) -> None:
    """Choose whose phone is shown."""
    friends = view.composer.preview.friend
    friends.setCurrentIndex(friends.findText(whose))
    friends.activated.emit(friends.currentIndex())


def test_a_draft_opens_with_its_brief_and_its_reach(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    assert label(view, "answered") == "4 of 4 answered"
    assert label(view, "reach") == "61 can be reached"
    assert label(view, "kept") == "6 friends get nothing, so you can see what the message changed."
    assert label(view, "fallbacks") == "1 friend reads “there”."


def test_the_count_is_made_with_the_longest_name(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    assert label(view, "count") == f"{len(TEXT) - len('{name|there}') + len('Friend 10') + 1} / 5,000"


def test_typing_is_seen_on_the_phone_at_once(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    text = text_of(view, 0)
    text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(text, " Bye")
    (shown,) = view.composer.preview.phone.texts
    assert shown.startswith("Hi Friend ")
    assert shown.endswith("🍎 Bye")


def test_someone_without_a_name_reads_the_fallback(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    look_as(view, "As someone without a name")
    assert view.composer.preview.phone.texts[0].startswith("Hi there, ")


def test_the_longest_values_are_seen_on_the_phone(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    look_as(view, "With the longest values")
    assert view.composer.preview.phone.texts[0].startswith("Hi Friend 10, ")


def test_the_phone_can_be_that_of_any_friend_of_the_segment(
    view: MessagesView, shop: SerumShop, desk: Desk, qtbot: QtBot
) -> None:
    compose(view, shop, qtbot)
    look_as(view, "As another friend…")
    settle(desk, qtbot)
    (dialog,) = view.findChildren(FriendDialog)
    qtbot.keyClicks(dialog.list.search, "friend 42")
    settle(desk, qtbot)
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Return)
    settle(desk, qtbot)
    assert view.composer.preview.friend.currentText() == "As Friend 42"
    assert view.composer.preview.phone.texts[0].startswith("Hi Friend 42, ")


def test_nobody_who_cannot_be_reached_is_found(view: MessagesView, shop: SerumShop, desk: Desk, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    look_as(view, "As another friend…")
    settle(desk, qtbot)
    (dialog,) = view.findChildren(FriendDialog)
    assert dialog.list.rows.count() == 60, "neither who refused, nor who blocked, nor who has no name"


def test_how_many_get_a_fallback_is_said_for_every_kind_of_bubble(
    view: MessagesView, shop: SerumShop, qtbot: QtBot
) -> None:
    compose(view, shop, qtbot)
    assert label(view, "allFallbacks") == "“Name”: 1 friend gets the fallback."
    view.composer.open(
        view.composer.draft.with_bubble(0, ButtonsBubble("For {name|you}", "{last_product|A gift}")), shop.message
    )
    qtbot.waitUntil(lambda: "61" in label(view, "allFallbacks"))
    assert label(view, "allFallbacks").splitlines() == [
        "“Last product”: 61 friends get the fallback.",
        "“Name”: 1 friend gets the fallback.",
    ]


def test_below_the_phone_stands_whether_this_version_was_tested(
    view: MessagesView, shop: SerumShop, desk: Desk, qtbot: QtBot
) -> None:
    compose(view, shop, qtbot)
    settle(desk, qtbot)
    assert label(view, "testedWordsA").startswith("1 tester got this version: ")
    qtbot.keyClicks(text_of(view, 0), "!")
    settle(desk, qtbot)
    assert label(view, "testedWordsA") == "It was changed after the test."
    view.composer.undo.undo()
    settle(desk, qtbot)
    assert label(view, "testedWordsA").startswith("1 tester got this version: ")


def test_the_json_that_leaves_can_be_read(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    press(view, "showJson", qtbot)
    (dialog,) = view.findChildren(JsonDialog)
    shown = json.loads(dialog.shown.toPlainText())
    assert shown == to_line(view.composer.draft.bubbles, {"name": "Friend 0"})
    assert not dialog.shown.toPlainText().isascii(), "emoji and Chinese stand there as they are"


def test_a_variable_button_puts_in_a_chip_with_a_fallback(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    add(view, TextBubble)
    card = view.composer.bubbles.cards[1]
    put = card.findChild(QPushButton, "put_last_product")
    assert put is not None
    qtbot.mouseClick(put, Qt.MouseButton.LeftButton)
    assert written(view)[1] == "{last_product|your last order}"


def test_backspace_takes_a_whole_chip(qtbot: QtBot, desk: Desk) -> None:
    edit = VariableEdit()
    qtbot.addWidget(edit)
    edit.show_written("Hi {name|there}")
    edit.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.written() == "Hi "


@pytest.mark.parametrize(
    "text",
    ["", "a\nb\n\n c ", "{name|there}{name|there}", "{{name}} {x} \u00a0 🍎\t{last_product|a|b}", "\n{name}\n"],
)
def test_a_text_comes_out_as_it_went_in(text: str, qtbot: QtBot, desk: Desk) -> None:
    edit = VariableEdit()
    qtbot.addWidget(edit)
    edit.show_written(text)
    assert edit.written() == text


def test_pasting_a_text_makes_chips_of_its_variables(qtbot: QtBot, desk: Desk) -> None:
    edit = VariableEdit()
    qtbot.addWidget(edit)
    pasted = QMimeData()
    pasted.setText("Hi {name|you}\r\nthere\ufffc")
    edit.insertFromMimeData(pasted)
    assert edit.written() == "Hi {name|you}\nthere"
    assert edit.variable_at(3) == Variable("name", "you")


def test_copying_a_chip_copies_its_written_form(qtbot: QtBot, desk: Desk) -> None:
    edit = VariableEdit()
    qtbot.addWidget(edit)
    edit.show_written("Hi {name|you}\nthere")
    edit.selectAll()
    assert edit.createMimeDataFromSelection().text() == "Hi {name|you}\nthere"


def test_a_fallback_is_changed_in_its_dialog(
    view: MessagesView, shop: SerumShop, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    compose(view, shop, qtbot)
    dialogs.written = "friend"
    text = text_of(view, 0)
    text.moveCursor(QTextCursor.MoveOperation.Start)
    for _step in range(4):
        text.moveCursor(QTextCursor.MoveOperation.NextCharacter)
    qtbot.keyClick(text, Qt.Key.Key_F2)
    assert [value for _title, _label, value in dialogs.asked] == ["there"]
    assert written(view)[0] == TEXT.replace("there", "friend")


def test_alt_down_moves_a_bubble(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    add(view, TextBubble)
    qtbot.keyClick(text_of(view, 0), Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert written(view) == ["", TEXT]


def test_five_bubbles_are_all(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    for _more in range(5):
        add(view, TextBubble)
    assert len(view.composer.draft.bubbles) == 5
    assert label(view, "room") == "5 of 5 bubbles. They count as one message per friend."


def test_undo_takes_back_a_word_at_a_time(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    text = text_of(view, 0)
    text.moveCursor(QTextCursor.MoveOperation.End)
    qtbot.keyClicks(text, " one two")
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert text.written() == TEXT + " one "
    qtbot.keyClick(text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert written(view)[0] == TEXT + " one two"


def test_a_deleted_bubble_comes_back_with_undo(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    press(view, "delete", qtbot)
    assert view.composer.bubbles.cards == []
    view.composer.undo.undo()
    assert text_of(view, 0).written() == TEXT


def test_leaving_keeps_what_was_written(view: MessagesView, shop: SerumShop, database: Database, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    view.composer.brief.what.setPlainText("Something quite different.")
    press(view, "breadcrumb", qtbot)
    qtbot.waitUntil(lambda: view.composer.saver.is_kept)
    with database.read() as session:
        assert library.load(session, shop.message).brief.what == "Something quite different."


def test_a_save_says_when_it_was(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    compose(view, shop, qtbot)
    view.composer.brief.what.setPlainText("Something quite different.")
    view.composer.saver.flush()
    qtbot.waitUntil(lambda: label(view, "savedAt") == "Draft saved 10:31")


def test_a_new_message_is_kept_once_and_a_blank_one_never(view: MessagesView, database: Database, qtbot: QtBot) -> None:
    begin_empty(view, qtbot)
    press(view, "breadcrumb", qtbot)
    begin_empty(view, qtbot)
    qtbot.keyClicks(view.composer.name, "Linen")
    for _again in range(3):
        view.composer.saver.flush()
        view.composer.brief.what.insertPlainText("Say this. ")
    press(view, "breadcrumb", qtbot)
    qtbot.waitUntil(lambda: view.composer.saver.is_kept and view.list.model.rowCount() == 2)
    with database.read() as session:
        rows = library.all_messages(session)
        assert [row.name for row in rows] == ["Linen", "Serum refill"]
        assert library.load(session, rows[0].id).brief.what == "Say this. " * 3


def test_choosing_another_segment_counts_again(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    begin_empty(view, qtbot)
    combo = view.composer.findChild(QComboBox, "segment")
    assert combo is not None
    qtbot.waitUntil(lambda: combo.count() == 1)
    combo.setCurrentIndex(0)
    combo.activated.emit(0)
    qtbot.waitUntil(lambda: label(view, "reach") == "61 can be reached")
    assert label(view, "answered") == "2 of 4 answered"


def test_a_deleted_draft_can_be_brought_back(view: MessagesView, toasts: Toasts, qtbot: QtBot) -> None:
    view.list.table.setCurrentIndex(view.list.table.model().index(0, 0))
    view.list.table.setFocus()
    qtbot.keyClick(view.list.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: view.list.model.rowCount() == 0 and bool(toasts))
    ((_text, take_back),) = toasts
    assert take_back is not None
    take_back()
    qtbot.waitUntil(lambda: view.list.model.rowCount() == 1)
    assert toasts[0][0] == "Deleted “Serum refill”"


def test_the_list_model_keeps_qts_rules(
    desk: Desk, database: Database, shop: SerumShop, qtmodeltester: ModelTester
) -> None:
    model = ListTableModel(desk.day())
    with database.read() as session:
        model.show_rows(read(session, desk.day()))
    qtmodeltester.check(model)


def test_an_empty_shop_offers_a_first_message(desk: Desk, qtbot: QtBot) -> None:
    view = MessagesView(desk)
    qtbot.addWidget(view)
    view.show()
    assert label(view, "emptySentence").startswith("No message yet.")
    begin_empty(view, qtbot, "emptyAction")
    assert view.pages.currentWidget() is view.composer
