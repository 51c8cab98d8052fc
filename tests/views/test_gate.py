from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QFrame, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice import PracticeWorld
from linecrm_desktop.messages import library
from linecrm_desktop.models.campaign import Campaign, Delivery, DeliveryState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.gate_page import GatePage
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT, settle


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def page(desk: Desk, shop: SerumShop, qtbot: QtBot) -> Iterator[GatePage]:
    shown = GatePage(desk)
    qtbot.addWidget(shown)
    shown.resize(1240, 800)
    shown.show()
    yield shown
    settle(desk, qtbot)


def check(page: GatePage, shop: SerumShop, qtbot: QtBot) -> None:
    page.open(shop.message)
    qtbot.waitUntil(lambda: bool(label(page, "counts")), timeout=WAIT)


def label(page: GatePage, name: str) -> str:
    found = page.findChild(QLabel, name)
    assert found is not None
    return found.text()


def button(page: GatePage, name: str) -> QPushButton:
    found = page.findChild(QPushButton, name)
    assert found is not None
    return found


def campaigns(database: Database) -> int:
    with database.read() as session:
        return session.scalars(select(func.count()).select_from(Campaign)).one()


def test_the_button_is_off_with_its_reason_until_the_number_is_right(
    page: GatePage, shop: SerumShop, qtbot: QtBot
) -> None:
    check(page, shop, qtbot)
    send = button(page, "send")
    assert send.text() == "Send to 55 now"
    qtbot.keyClicks(page.confirm.typed, "5")
    assert not send.isEnabled()
    assert label(page, "reason") == "The button works when the number is right. Commas do not matter."
    qtbot.keyClicks(page.confirm.typed, "5")
    assert send.isEnabled()


@pytest.mark.parametrize("typed", ["５５", " 5,5 ", "๕๕"])
def test_digits_of_any_width_are_taken(typed: str, page: GatePage, shop: SerumShop, qtbot: QtBot) -> None:
    check(page, shop, qtbot)
    page.confirm.typed.setText(typed)
    assert button(page, "send").isEnabled()


def test_enter_in_the_field_sends_nothing(
    page: GatePage, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    check(page, shop, qtbot)
    page.confirm.typed.setText("55")
    qtbot.keyClick(page.confirm.typed, Qt.Key.Key_Return)
    desk.jobs.finish()
    assert campaigns(database) == 0


def test_control_enter_sends(page: GatePage, shop: SerumShop, database: Database, qtbot: QtBot) -> None:
    check(page, shop, qtbot)
    page.confirm.typed.setText("55")
    with qtbot.waitSignal(page.frozen):
        qtbot.keyClick(page.confirm.typed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert campaigns(database) == 1


def test_two_clicks_are_one_send(page: GatePage, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot) -> None:
    check(page, shop, qtbot)
    page.confirm.typed.setText("55")
    with qtbot.waitSignal(page.frozen):
        qtbot.mouseDClick(button(page, "send"), Qt.MouseButton.LeftButton)
        qtbot.mouseClick(button(page, "send"), Qt.MouseButton.LeftButton)
        qtbot.keyClick(page.confirm.typed, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.jobs.finish()
    assert campaigns(database) == 1


def test_what_was_confirmed_is_what_is_frozen(
    page: GatePage, shop: SerumShop, database: Database, qtbot: QtBot
) -> None:
    check(page, shop, qtbot)
    page.confirm.typed.setText("55")
    with qtbot.waitSignal(page.frozen) as said:
        qtbot.mouseClick(button(page, "send"), Qt.MouseButton.LeftButton)
    with database.read() as session:
        states = session.execute(select(Delivery.state, func.count()).group_by(Delivery.state)).all()
    assert dict(states) == {DeliveryState.WAITING: 55, DeliveryState.KEPT_BACK: 6, DeliveryState.LEFT_OUT: 2}
    assert said.args == [1, "Serum refill"]


def test_an_amber_line_must_be_ticked(
    page: GatePage, shop: SerumShop, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.get_one(Friend, shop.friends[0]).informed = "unknown"  # pyright: ignore[reportAttributeAccessIssue]
        draft = library.load(session, shop.message)
        library.save(session, draft.with_brief(keep_back=0), make.now, shop.message)
    check(page, shop, qtbot)
    assert label(page, "counts") == "8 passed · 2 to read"
    assert not page.confirm.typed.isEnabled()
    assert label(page, "reason") == "Sending stays off until each warning is ticked as read."
    for key in ("informed", "kept_back"):
        tick = page.findChild(QCheckBox, f"read_{key}")
        assert tick is not None
        tick.click()
    assert page.confirm.typed.isEnabled()
    assert page.banner.words.text() == "Ready to send: 8 passed · 2 read."


def test_a_red_line_stops_everything_and_leads_back(
    page: GatePage, shop: SerumShop, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        draft = library.load(session, shop.message)
        library.save(session, draft.with_brief(why_now=""), make.now, shop.message)
    check(page, shop, qtbot)
    assert page.confirm.typed.placeholderText() == "Fix 1 thing first"
    assert not button(page, "send").isEnabled()
    with qtbot.waitSignal(page.back_asked) as said:
        qtbot.mouseClick(button(page, "fix_brief"), Qt.MouseButton.LeftButton)
    assert said.args == [shop.message]


def test_a_list_that_changed_meanwhile_is_not_sent(
    page: GatePage, shop: SerumShop, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    check(page, shop, qtbot)
    page.confirm.typed.setText("55")
    with database.write() as session:
        session.get_one(Friend, shop.friends[0]).is_blocked = True
    qtbot.mouseClick(button(page, "send"), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: button(page, "send").text() == "Send to 54 now")
    assert [str(error) for error in dialogs.errors] == ["The list has changed: it has 54 recipients now, not 55."]
    assert page.confirm.typed.text() == ""
    assert campaigns(database) == 0


def test_the_month_and_a_broadcast_stand_beside_the_cost(page: GatePage, shop: SerumShop, qtbot: QtBot) -> None:
    check(page, shop, qtbot)
    assert label(page, "used") == "3,412 used  +55"
    assert label(page, "left") == "2,533 left of 6,000"


def test_a_practice_shop_says_so(page: GatePage, shop: SerumShop, qtbot: QtBot) -> None:
    check(page, shop, qtbot)
    mark = page.mark
    assert mark.isVisible()
    assert mark.words.text().startswith("Practice: nothing is sent.")


def test_the_checks_follow_the_language(page: GatePage, shop: SerumShop, desk: Desk, qtbot: QtBot) -> None:
    check(page, shop, qtbot)
    settle(desk, qtbot)
    desk.choices.choose(language="ja")
    page.retranslate()
    settle(desk, qtbot)
    brief = page.rows.findChild(QFrame, "check_brief")
    assert brief is not None
    assert "All four questions" not in " ".join(one.text() for one in brief.findChildren(QLabel))
    assert not page.mark.words.text().startswith("Practice")


def test_a_refused_token_is_said_and_the_draft_stays(
    page: GatePage, shop: SerumShop, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    desk.line = LineDoor(None, PracticeWorld(token="another-token"))
    check(page, shop, qtbot)
    banner = page.banner
    assert banner.action.text() == "Try again"
    assert "token" in banner.words.text()
    with database.read() as session:
        assert library.load(session, shop.message).name == "Serum refill"
