"""New message begins with nothing, a step of a path, a template of the shop's own, or a copy of an earlier message."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.messages import library, own_templates
from linecrm_desktop.messages.bubbles import OptOutBubble, TextBubble
from linecrm_desktop.models.segment import Segment
from linecrm_desktop.segments.library import make_core
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.beginning.new_dialog import NewMessageDialog
from linecrm_desktop.views.messages.beginning.pick_list import Pick
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.messages_view import messages_shown
from tests.views.serum_shop import TEXT, SerumShop, serum_shop
from tests.views.settling import settle

Toasts = list[tuple[str, Callable[[], None] | None]]


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    made = serum_shop(database, make)
    with database.write() as session:
        make_core(session, make.now)
        own_templates.save(session, library.load(session, made.message), "Night step", make.now)
    return made


@pytest.fixture
def view(desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    with messages_shown(desk, qtbot) as shown:
        yield shown


def ask(view: MessagesView, desk: Desk, qtbot: QtBot, segment: int | None = None) -> NewMessageDialog:
    view.show_place(Place(Page.MESSAGES, segment, "new"))
    (dialog,) = [one for one in view.findChildren(NewMessageDialog) if one.isVisible()]
    settle(desk, qtbot)
    return dialog


def lines(dialog: NewMessageDialog) -> list[str]:
    rows = dialog.list.rows
    return [rows.item(row).text() for row in range(rows.count())]


def type_and_look(dialog: NewMessageDialog, text: str, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(dialog.list.search, text)
    settle(desk, qtbot)


def press(dialog: NewMessageDialog, name: str, desk: Desk, qtbot: QtBot) -> None:
    button = dialog.findChild(QPushButton, name)
    assert button is not None and button.isVisible()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


def test_the_dialog_offers_paths_own_templates_and_earlier_messages(
    view: MessagesView, desk: Desk, qtbot: QtBot
) -> None:
    found = lines(ask(view, desk, qtbot))
    assert found[:3] == ["Empty message", "New friends, no first purchase", "Welcome"]
    assert found[-4:] == ["Your templates", "Night step", "A copy of an earlier message", "Serum refill"]


def test_ready_made_texts_speak_as_the_friends_of_a_real_shop_do(view: MessagesView, desk: Desk, qtbot: QtBot) -> None:
    desk.shop = replace(desk.shop, is_practice=False)
    assert "歡迎新好友" in lines(ask(view, desk, qtbot))


def test_a_step_of_a_path_is_meant_for_its_core_segment(
    view: MessagesView, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    dialog = ask(view, desk, qtbot)
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    settle(desk, qtbot)
    type_and_look(dialog, "welc", desk, qtbot)
    assert dialog.shown.phone.texts[0] == "Hi there, nice to meet you. We make a few things, and make them well."
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Return)
    settle(desk, qtbot)
    draft = view.composer.draft
    assert view.pages.currentWidget() is view.composer and draft.name == "Welcome"
    assert isinstance(draft.bubbles[-1], OptOutBubble) and draft.brief.missing() == []
    with database.read() as session:
        assert session.get_one(Segment, draft.brief.segment_id).core == "new_friends"


def test_the_arrow_keys_move_over_the_names_of_groups(view: MessagesView, desk: Desk, qtbot: QtBot) -> None:
    dialog = ask(view, desk, qtbot)
    for _step in range(2):
        qtbot.keyClick(dialog.list.search, Qt.Key.Key_Down)
    assert cast(Pick, dialog.list.current).name == "How it is made"
    for _step in range(5):
        qtbot.keyClick(dialog.list.search, Qt.Key.Key_Up)
    assert cast(Pick, dialog.list.current).name == "Empty message"


def test_a_line_that_a_screen_reader_selects_is_the_one_that_is_shown_and_used(
    view: MessagesView, desk: Desk, qtbot: QtBot
) -> None:
    dialog = ask(view, desk, qtbot)
    row = lines(dialog).index("Night step")
    QAccessible.queryAccessibleInterface(dialog.list.rows).child(row).actionInterface().doAction("Toggle")
    qtbot.waitUntil(lambda: cast(Pick, dialog.list.current).name == "Night step")
    settle(desk, qtbot)
    press(dialog, "useStart", desk, qtbot)
    assert view.composer.draft.name == "Night step"


def test_a_search_that_finds_nothing_says_so_and_begins_nothing(view: MessagesView, desk: Desk, qtbot: QtBot) -> None:
    dialog = ask(view, desk, qtbot)
    type_and_look(dialog, "xyz", desk, qtbot)
    assert dialog.list.nothing.isVisible() and not dialog.use.isEnabled()
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_a_copy_is_a_draft_of_its_own(
    view: MessagesView, desk: Desk, shop: SerumShop, database: Database, qtbot: QtBot
) -> None:
    dialog = ask(view, desk, qtbot)
    type_and_look(dialog, "serum refill", desk, qtbot)
    press(dialog, "useStart", desk, qtbot)
    assert view.composer.draft.name == "Copy of Serum refill"
    assert view.composer.saver.message_id is None
    view.composer.brief.what.setPlainText("Something quite different.")
    view.composer.leave()
    settle(desk, qtbot)
    with database.read() as session:
        assert [row.name for row in library.all_messages(session)] == ["Copy of Serum refill", "Serum refill"]
        assert library.load(session, shop.message).brief.what == "Show the missing night step."


def test_a_segment_that_asked_for_the_message_is_the_one_it_is_for(
    view: MessagesView, desk: Desk, shop: SerumShop, qtbot: QtBot
) -> None:
    dialog = ask(view, desk, qtbot, shop.segment)
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Down)
    press(dialog, "useStart", desk, qtbot)
    assert view.composer.draft.brief.segment_id == shop.segment


def test_escape_empties_the_search_first_and_begins_nothing(view: MessagesView, desk: Desk, qtbot: QtBot) -> None:
    dialog = ask(view, desk, qtbot)
    type_and_look(dialog, "night", desk, qtbot)
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.list.search.text() == ""
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible() and view.pages.currentWidget() is view.list


def test_an_own_template_is_renamed_by_f2(
    view: MessagesView, desk: Desk, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    dialogs.written = "Every evening"
    dialog = ask(view, desk, qtbot)
    type_and_look(dialog, "night step", desk, qtbot)
    assert dialog.list.current is not None and dialog.list.current.name == "Night step"
    qtbot.keyClick(dialog.list.search, Qt.Key.Key_F2)
    settle(desk, qtbot)
    dialog.list.search.clear()
    assert "Every evening" in lines(dialog) and "Night step" not in lines(dialog)


def test_an_own_template_is_deleted_when_a_person_says_so(
    view: MessagesView, desk: Desk, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    dialog = ask(view, desk, qtbot)
    type_and_look(dialog, "night step", desk, qtbot)
    dialogs.yes = False
    press(dialog, "deleteTemplate", desk, qtbot)
    assert lines(dialog)[:2] == ["Your templates", "Night step"]
    dialogs.yes = True
    press(dialog, "deleteTemplate", desk, qtbot)
    dialog.list.search.clear()
    assert "Night step" not in lines(dialog) and "Your templates" not in lines(dialog)


def test_only_own_templates_can_be_renamed_or_deleted(view: MessagesView, desk: Desk, qtbot: QtBot) -> None:
    dialog = ask(view, desk, qtbot)
    assert not dialog.rename.isVisible() and not dialog.delete.isVisible()
    type_and_look(dialog, "night step", desk, qtbot)
    assert dialog.rename.isVisible() and dialog.delete.isVisible()


def keep(view: MessagesView, desk: Desk, shop: SerumShop, qtbot: QtBot) -> None:
    if view.pages.currentWidget() is not view.composer:
        view.show_place(Place(Page.MESSAGES, shop.message))
        settle(desk, qtbot)
    qtbot.mouseClick(view.composer.keep, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)


def test_save_as_template_keeps_what_stands_in_the_composer(
    *,
    view: MessagesView,
    desk: Desk,
    shop: SerumShop,
    dialogs: RecordingDialogs,
    toasts: Toasts,
    database: Database,
    qtbot: QtBot,
) -> None:
    dialogs.written = "Refill"
    keep(view, desk, shop, qtbot)
    with database.read() as session:
        kept = own_templates.named(session, "Refill")
        assert kept is not None and own_templates.load(session, kept).bubbles == (TextBubble(TEXT),)
    ((said, undo),) = toasts
    assert said == "Kept as the template “Refill”" and undo is not None
    undo()
    settle(desk, qtbot)
    with database.read() as session:
        assert own_templates.named(session, "Refill") is None


def test_a_template_is_written_over_only_when_a_person_says_so(
    *,
    view: MessagesView,
    desk: Desk,
    shop: SerumShop,
    dialogs: RecordingDialogs,
    toasts: Toasts,
    database: Database,
    qtbot: QtBot,
) -> None:
    dialogs.written, dialogs.yes = "night step", False
    keep(view, desk, shop, qtbot)
    view.composer.brief.what.setPlainText("Something quite different.")

    def what() -> str:
        with database.read() as session:
            return own_templates.load(session, own_templates.named(session, "Night step") or 0).brief.what

    assert what() == "Show the missing night step." and toasts == []
    dialogs.yes = True
    keep(view, desk, shop, qtbot)
    assert what() == "Something quite different."
    ((_said, undo),) = toasts
    assert undo is not None
    undo()
    settle(desk, qtbot)
    assert what() == "Show the missing night step."
