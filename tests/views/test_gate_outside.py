"""What the gate shows of the world's answers: the account, LINE's word on a bubble, links, tests of variants, times."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.campaigns import freezing, gate, testing
from linecrm_desktop.messages import library
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.friends.actions import FriendActions
from linecrm_desktop.views.messages import tester_dialog
from linecrm_desktop.views.messages.delivery_table import Column
from linecrm_desktop.views.messages.taken_out_dialog import TakenOutDialog
from linecrm_desktop.views.messages.time_dialog import TimeDialog
from linecrm_desktop.views.messages.view import SENDING, MessagesView
from linecrm_desktop.views.report.blocks import Words
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.messages_view import messages_shown
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT, settle

EVENING = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
LINK = "https://shop.example/serum"


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def view(desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    with messages_shown(desk, qtbot) as shown:
        yield shown


def check(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    view.show_place(Place(Page.MESSAGES, shop.message, "check"))
    qtbot.waitUntil(lambda: view.gate.rows.findChild(QLabel, "sentence") is not None, timeout=WAIT)


def sentence(view: MessagesView, key: str) -> str:
    row = view.gate.rows.findChild(QFrame, f"check_{key}")
    found = row.findChild(QLabel, "sentence") if row is not None else None
    assert found is not None
    return found.text()


def press(view: MessagesView, name: str, qtbot: QtBot) -> None:
    found = view.gate.findChild(QPushButton, name)
    assert found is not None and found.isEnabled(), name
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def write(database: Database, shop: SerumShop, now: datetime, *texts: str) -> None:
    """Write variants over the message."""
    with database.write() as session:
        draft = library.load(session, shop.message)
        for variant, text in enumerate(texts):
            draft = draft if variant < len(draft.variants) else draft.with_variant()
            draft = draft.with_bubble(0, TextBubble(text), variant)
        library.save(session, draft, now, shop.message)


def test_the_account_stands_where_the_number_is_typed(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    check(view, shop, qtbot)
    row = view.gate.confirm.account
    assert (row.name.text(), row.told.text()) == ("Practice LINE on this computer", "It reaches nobody.")
    assert row.practice.isVisible() and not row.avatar.has_picture
    with database.write() as session:
        found = session.get_one(Shop, 1)
        found.is_practice, found.line_account = False, {"name": "Morning Mist", "basic_id": "@mist", "user_id": ""}
    drawn, data = QPixmap(40, 40), QByteArray()
    drawn.fill(QColor("green"))
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")
    view.gate.confirm.show_picture(bytes(data.data()))
    check(view, shop, qtbot)
    settle(desk, qtbot)
    assert row.name.text() == "Morning Mist"
    assert not row.practice.isVisible()


def test_a_link_that_could_not_be_tried_is_grey_and_stops_nothing(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot, now: datetime, make: Maker
) -> None:
    write(database, shop, now, f"See {LINK}")
    with database.write() as session:
        make.was_tested(session, shop.message)
    check(view, shop, qtbot)
    settle(desk, qtbot)
    assert sentence(view, "content") == "Nothing wrong was found. Not checked: whether its 1 link answers."
    assert view.gate.findChild(QLabel, "counts").text() == "9 passed · 1 not checked"  # pyright: ignore[reportOptionalMemberAccess]
    assert view.gate.confirm.typed.isEnabled()


def test_a_message_changed_under_an_open_gate_is_asked_about_again(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot, now: datetime
) -> None:
    check(view, shop, qtbot)
    settle(desk, qtbot)
    passed = "Every variable has a fallback, every link answers, and LINE itself would take the message."
    assert sentence(view, "content") == passed
    write(database, shop, now, "Other words for {name|you}")
    view.gate.reload(frozenset({"messages"}))  # pyright: ignore[reportArgumentType]
    settle(desk, qtbot)
    qtbot.waitUntil(lambda: sentence(view, "content") == passed, timeout=WAIT)


def test_a_problem_opens_its_bubble(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot, now: datetime
) -> None:
    write(database, shop, now, "Fine", "Hi {name}")
    check(view, shop, qtbot)
    settle(desk, qtbot)
    assert sentence(view, "content").startswith("Variant B: “Name” in bubble 1 has nothing to stand in")
    press(view, "fix_content", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.composer, timeout=WAIT)
    settle(desk, qtbot)
    assert view.composer.variants.current == 1


def test_the_variant_without_a_test_is_named_and_its_test_is_sent(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot, now: datetime
) -> None:
    with database.read() as session:
        first = library.load(session, shop.message).bubbles[0]
    assert isinstance(first, TextBubble)
    write(database, shop, now, first.text, "The other way")
    check(view, shop, qtbot)
    settle(desk, qtbot)
    assert sentence(view, "tested") == "Variant B has never been sent as a test."
    fix = view.gate.findChild(QPushButton, "fix_tested")
    assert fix is not None and fix.text() == "Send a test of B"
    qtbot.mouseClick(fix, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    (dialog,) = view.window().findChildren(tester_dialog.TesterDialog)
    assert dialog.variants.isVisible() and dialog.variants.current() == 1
    qtbot.mouseClick(dialog.send, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: sentence(view, "tested").startswith("1 tester got every variant"), timeout=WAIT)
    write(database, shop, now, first.text, "Changed since")
    view.gate.reload(frozenset({"messages"}))  # pyright: ignore[reportArgumentType]
    qtbot.waitUntil(lambda: sentence(view, "tested") == "Variant B was changed after its test.", timeout=WAIT)


def test_times_in_quiet_hours_cannot_be_picked(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot, now: datetime
) -> None:
    with database.write() as session:
        library.answer(session, shop.message, now, send_at=EVENING)
    check(view, shop, qtbot)
    settle(desk, qtbot)
    when = view.gate.confirm.when
    assert [minute for minute, time in when.times.times.items() if not time.isEnabled()] == [
        *range(0, 480, 30),
        *range(1260, 1440, 30),
    ]
    assert when.times.times[1260].accessibleName() == "21:00: quiet hours"
    when.times.times[19 * 60].click()
    assert when.moment.moment == EVENING - timedelta(hours=1)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == "Schedule for 19:00", timeout=WAIT)


def test_another_time_in_quiet_hours_says_why_it_cannot_be_planned(desk: Desk, shop: SerumShop, qtbot: QtBot) -> None:
    dialog = TimeDialog(desk, EVENING)
    qtbot.addWidget(dialog)
    dialog.show()
    settle(desk, qtbot)
    assert dialog.keep.isEnabled() and not dialog.said.isVisible()
    dialog.moment.show_minute(23 * 60)
    assert dialog.said.text() == "This time lies in the quiet hours. Choose one from 13 Nov 08:00 on."
    assert not dialog.keep.isEnabled()
    dialog.moment.show_minute(0)
    assert dialog.said.text() == "This time has passed."


def test_those_who_were_taken_out_can_be_seen(view: MessagesView, shop: SerumShop, desk: Desk, qtbot: QtBot) -> None:
    check(view, shop, qtbot)
    settle(desk, qtbot)
    press(view, "fix_consent", qtbot)
    settle(desk, qtbot)
    (dialog,) = view.window().findChildren(TakenOutDialog)
    assert dialog.names.count() == 1
    assert not dialog.said.isVisible()
    assert view.gate.findChild(QPushButton, "fix_cap") is None


def test_a_friend_becomes_a_tester_with_undo(
    desk: Desk,
    shop: SerumShop,
    database: Database,
    dialogs: RecordingDialogs,
    toasts: list[tuple[str, object]],
    qtbot: QtBot,
) -> None:
    FriendActions(desk).make_tester(shop.friends[0])
    qtbot.waitUntil(lambda: bool(toasts), timeout=WAIT)
    assert toasts[-1][0] == "Friend 0 gets tests now."
    assert "Friend 0" in names_of_testers(database)
    desk.undo.undo()
    qtbot.waitUntil(lambda: "Friend 0" not in names_of_testers(database), timeout=WAIT)
    with database.write() as session:
        session.get_one(Friend, shop.friends[1]).line_user_id = None
    FriendActions(desk).make_tester(shop.friends[1])
    qtbot.waitUntil(lambda: bool(dialogs.errors), timeout=WAIT)
    assert str(dialogs.errors[0]) == "The shop has no LINE ID of Friend 1."


def names_of_testers(database: Database) -> list[str]:
    with database.read() as session:
        return [one.name for one in testing.testers(session)]


def test_two_variants_are_told_apart_under_the_phone_and_while_sending(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot, now: datetime
) -> None:
    with database.read() as session:
        first = library.load(session, shop.message).bubbles[0]
    assert isinstance(first, TextBubble)
    write(database, shop, now, first.text, "The other way")
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(lambda: view.composer.saver.message_id == shop.message, timeout=WAIT)
    settle(desk, qtbot)
    under = [view.composer.findChild(QLabel, f"testedWords{letter}") for letter in "ABC"]
    assert [one.text() for one in under if one is not None and one.isVisible()] == [
        "Variant A: 1 tester got it, Today 10:31.",
        "Variant B has never been sent as a test.",
    ]
    write(database, shop, now, first.text, first.text)
    with database.read() as session:
        report = gate.inspect(session, shop.message, desk.day(), now, None)
    read = {one.key for one in report.checks}
    with database.write() as session:
        freezing.freeze(session, shop.message, report.recipients, desk.day(), now, read, None)
    view.show_place(Place(Page.MESSAGES, 1, SENDING))
    settle(desk, qtbot)
    counts = [view.sending.findChild(QLabel, f"variant{letter}") for letter in "ABC"]
    assert [one.text() for one in counts if one is not None and one.isVisible()] == ["0 of 27", "0 of 28"]
    assert not view.sending.table.isColumnHidden(Column.VARIANT)


def test_the_check_list_is_printed_as_it_stands(view: MessagesView, shop: SerumShop, desk: Desk, qtbot: QtBot) -> None:
    actions = view.menu_actions()
    (paper,), (keep,) = actions["file"], actions["messages"]
    assert not paper.isEnabled()
    check(view, shop, qtbot)
    settle(desk, qtbot)
    assert paper.isEnabled() and not keep.isEnabled()
    report = view.gate.paper()
    assert report is not None
    said = [block.text for block in report.blocks if isinstance(block, Words)]
    assert said[0] == "Serum refill"
    assert "Brief: Passed" in said
    assert "All four questions are answered." in said
    assert report.date == "Checked on Thu 12 Nov 2026, 10:31"
    paper.trigger()
    (dialog,) = view.window().findChildren(QPrintPreviewDialog)
    assert dialog.windowTitle() == "Print: Check and send"
    dialog.close()


def test_the_menu_keeps_a_draft_as_a_template_only_while_it_is_written(
    view: MessagesView,
    shop: SerumShop,
    desk: Desk,
    qtbot: QtBot,
    dialogs: RecordingDialogs,
    toasts: list[tuple[str, object]],
) -> None:
    (keep,) = view.menu_actions()["messages"]
    assert not keep.isEnabled()
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(keep.isEnabled, timeout=WAIT)
    settle(desk, qtbot)
    dialogs.written = "Refill"
    keep.trigger()
    settle(desk, qtbot)
    assert toasts[-1][0] == "Kept as the template “Refill”"
