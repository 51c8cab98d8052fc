from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.errors import OutsideError
from linecrm_desktop.line.practice import PracticeServer, PracticeWorld
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.connect_dialog import ConnectDialog
from linecrm_desktop.views.desk import Desk

WAIT = 30_000
"""The real SDK is loaded by the first question, which takes long on a busy computer."""
TOKEN = "the-token"


class NoPlace(SessionTokens):
    """A computer without a password store."""

    def place_name(self) -> str:
        raise OutsideError("This computer has no password store that Tagwell can use.", "Use it for this session.")


@pytest.fixture
def world() -> PracticeWorld:
    return PracticeWorld(limit=6000, used=3412, account_name="晨霧選物", verified=True, token=TOKEN)


@pytest.fixture
def server(world: PracticeWorld) -> Iterator[PracticeServer]:
    made = PracticeServer(world)
    made.start()
    yield made
    made.stop()


@pytest.fixture
def dialog(desk: Desk, server: PracticeServer, qtbot: QtBot) -> ConnectDialog:
    facts = desk.shop
    desk.shop = replace(facts, is_practice=False)
    made = ConnectDialog(desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.host.setText(server.host)
    return made


def verify(dialog: ConnectDialog, qtbot: QtBot, token: str = TOKEN) -> None:
    dialog.token.setText(token)
    pressed(dialog, "verifyToken")
    qtbot.waitUntil(lambda: dialog.waiting.isHidden(), timeout=WAIT)


def pressed(dialog: ConnectDialog, name: str) -> None:
    found = dialog.findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled(), name
    found.click()


def shop(database: Database) -> Shop:
    with database.read() as session:
        found = session.get_one(Shop, 1)
        session.expunge(found)
        return found


def said(dialog: ConnectDialog, name: str) -> str:
    found = dialog.findChild(QLabel, name)
    assert found is not None
    return found.text()


def test_a_token_that_works_shows_whose_it_is_and_is_kept_when_confirmed(
    dialog: ConnectDialog, desk: Desk, database: Database, server: PracticeServer, qtbot: QtBot
) -> None:
    verify(dialog, qtbot)
    assert said(dialog, "accountName") == "晨霧選物"
    assert said(dialog, "quotaWords") == "6,000 · used 3,412 · left 2,588"
    assert "then NT$0.20 each" in dialog.card.plan.currentText()
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        pressed(dialog, "saveToken")
    kept = shop(database)
    assert kept.line_account is not None
    assert (kept.line_host, kept.line_limit, kept.plan) == (server.host, 6000, "high")
    assert desk.tokens.get(desk.shop.key, kept.line_account["user_id"]) == TOKEN
    assert desk.line.host == server.host


def test_the_plans_have_the_prices_that_the_shop_wrote_down(
    desk: Desk, database: Database, server: PracticeServer, world: PracticeWorld, qtbot: QtBot
) -> None:
    today = desk.day().today
    with database.write() as session:
        high = next(plan for plan in own_prices.plans_of(session.get_one(Shop, 1), today) if plan.key == "high")
        mine = replace(high, fee_minor=123_400, included=7_000, steps=own_prices.steps([("", "0.15")]))
        own_prices.set_plan_price(session, mine, today)
    desk.shop = replace(desk.shop, is_practice=False)
    made = ConnectDialog(desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    made.host.setText(server.host)
    world.limit = 7_000
    verify(made, qtbot)
    assert made.card.plan.currentText().endswith("NT$1,234 a month, then NT$0.15 each")
    assert made.card.plan_key() == "high"


def test_nothing_is_kept_before_it_is_confirmed(dialog: ConnectDialog, database: Database, qtbot: QtBot) -> None:
    verify(dialog, qtbot)
    dialog.reject()
    assert shop(database).line_account is None


def test_a_token_that_line_refuses_says_what_to_do_and_can_be_tried_again(
    dialog: ConnectDialog, database: Database, qtbot: QtBot
) -> None:
    verify(dialog, qtbot, "cut-off")
    assert dialog.banner.words.text().startswith("LINE did not accept this token.")
    assert not dialog.keep.isEnabled()
    verify(dialog, qtbot)
    assert dialog.keep.isEnabled()


def test_without_a_connection_nothing_is_saved(
    dialog: ConnectDialog, server: PracticeServer, database: Database, qtbot: QtBot
) -> None:
    server.stop()
    verify(dialog, qtbot)
    assert "LINE cannot be reached." in dialog.banner.words.text()
    assert shop(database).line_account is None


def test_without_a_password_store_the_token_is_used_for_this_session(
    dialog: ConnectDialog, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    desk.tokens = NoPlace()
    verify(dialog, qtbot)
    assert dialog.keep.text() == "Use for this session"
    assert dialog.banner.words.text().startswith("This computer has no password store")
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        pressed(dialog, "saveToken")
    account = shop(database).line_account or {}
    assert desk.tokens.get(desk.shop.key, account["user_id"]) == TOKEN
    assert not isinstance(desk.tokens, NoPlace)


def test_without_a_quota_the_plan_is_chosen_by_hand(dialog: ConnectDialog, world: PracticeWorld, qtbot: QtBot) -> None:
    world.limit = None
    verify(dialog, qtbot)
    assert said(dialog, "quotaWords").startswith("Unlimited by LINE’s answer")
    assert not dialog.keep.isEnabled()
    dialog.card.plan.setCurrentIndex(1)
    assert dialog.keep.isEnabled()


def test_another_token_has_to_be_verified_anew(dialog: ConnectDialog, qtbot: QtBot) -> None:
    verify(dialog, qtbot)
    dialog.token.setText("another")
    assert not dialog.keep.isEnabled()
    assert dialog.card.isHidden()


def test_the_token_goes_to_no_address_without_https(dialog: ConnectDialog, world: PracticeWorld, desk: Desk) -> None:
    dialog.token.setText(TOKEN)
    dialog.host.setText("http://line.example.com")
    pressed(dialog, "verifyToken")
    assert "is not safe for the token" in dialog.banner.words.text()
    assert not desk.jobs.is_busy


def test_pasting_trims_the_token_and_empties_the_clipboard(dialog: ConnectDialog) -> None:
    QGuiApplication.clipboard().setText("  the-\ntoken \n")
    pressed(dialog, "pasteToken")
    assert dialog.token.token() == TOKEN
    assert QGuiApplication.clipboard().text() == ""
    assert TOKEN not in dialog.token.displayText()


def test_closing_wipes_the_field(dialog: ConnectDialog) -> None:
    dialog.token.setText(TOKEN)
    dialog.reject()
    assert dialog.token.text() == ""


def test_a_practice_shop_needs_no_token(desk: Desk, database: Database, qtbot: QtBot) -> None:
    made = ConnectDialog(desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    assert not made.token.isVisible()
    pressed(made, "saveToken")
    qtbot.waitUntil(lambda: not made.card.isHidden(), timeout=WAIT)
    with qtbot.waitSignal(made.accepted, timeout=WAIT):
        pressed(made, "saveToken")
    account = shop(database).line_account or {}
    assert account["name"] == "Morning Mist"
    assert shop(database).line_host is None
