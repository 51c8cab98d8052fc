"""Several LINE accounts in the window: add one, give it a plan, write through it, take it away."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.line.gateway import Account, Quota
from linecrm_desktop.line.practice import PracticeServer
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.segments import library as segments
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.segments.rules import HasTag, NoneOf
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.connect_dialog import ConnectDialog
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.messages.composer import Composer
from linecrm_desktop.views.settings.view import SettingsView
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs

Part = TypeVar("Part", bound=QWidget)
WAIT = 15_000
FIRST, SECOND, TOKEN = "U" + "a" * 32, "U" + "b" * 32, "token-of-the-second"


@pytest.fixture
def server() -> Iterator[PracticeServer]:
    world = PracticeWorld(token=TOKEN, account_name="Outlet", limit=200, used=40)
    world.account_id, world.basic_id = SECOND, "@outlet"
    server = PracticeServer(world)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def real(database: Database, desk: Desk) -> Desk:
    """A shop with your own data that is connected to its first account."""
    verified = connecting.Verified(Account(FIRST, "@mist", "Morning Mist"), Quota(6000, 3412), True, None)
    with database.write() as session:
        session.get_one(Shop, 1).is_practice = False
        connecting.remember(session, verified, None, desk.now())
    desk.shop = replace(desk.shop, is_practice=False)
    desk.tokens = SessionTokens()
    desk.tokens.set(desk.shop.key, FIRST, "token-of-the-first")
    return desk


@pytest.fixture
def second(real: Desk, database: Database) -> int:
    """A further account's number."""
    verified = connecting.Verified(Account(SECOND, "@outlet", "Outlet"), Quota(200, 40), True, None)
    with database.write() as session:
        number = connecting.add(session, verified, None, real.now(), shares_ids=False)
    real.tokens.set(real.shop.key, SECOND, TOKEN)
    return number


@pytest.fixture
def settings(real: Desk, qtbot: QtBot) -> SettingsView:
    made = SettingsView(real)
    qtbot.addWidget(made)
    made.resize(1200, 800)
    made.show()
    qtbot.waitUntil(lambda: made.line.lines != {}, timeout=WAIT)
    return made


def found(view: QWidget, kind: type[Part], name: str) -> Part:
    part = view.findChild(kind, name)
    assert part is not None, name
    return part


def verified(real: Desk, server: PracticeServer, qtbot: QtBot) -> ConnectDialog:
    """Return the dialog for one more account, which LINE has spoken for."""
    dialog = ConnectDialog(real, is_new=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.host.setText(server.host)
    dialog.token.setText(TOKEN)
    dialog.verify()
    qtbot.waitUntil(lambda: dialog.keep.isEnabled(), timeout=WAIT)
    return dialog


def rows(database: Database) -> list[accounts.AccountRow]:
    with database.read() as session:
        return accounts.rows(session)


def test_another_account_is_added_with_its_own_token_and_the_first_stays(
    real: Desk, database: Database, server: PracticeServer, qtbot: QtBot
) -> None:
    dialog = verified(real, server, qtbot)
    assert dialog.shares_ids.isVisible()
    dialog.shares_ids.click()
    with qtbot.waitSignal(dialog.accepted, timeout=WAIT):
        dialog.keep.click()
    first, other = rows(database)
    assert (first.name, other.name, other.limit, other.shares_ids) == ("Morning Mist", "Outlet", 200, True)
    assert real.tokens.get(real.shop.key, SECOND) == TOKEN
    assert real.tokens.get(real.shop.key, FIRST) == "token-of-the-first"


def test_an_account_that_the_shop_has_is_refused_before_its_token_is_touched(
    real: Desk, database: Database, second: int, server: PracticeServer, qtbot: QtBot, dialogs: RecordingDialogs
) -> None:
    real.tokens.set(real.shop.key, SECOND, "the-old-one")
    dialog = verified(real, server, qtbot)
    dialog.keep.click()
    qtbot.waitUntil(lambda: "connected to this shop already" in dialog.banner.words.text(), timeout=WAIT)
    assert real.tokens.get(real.shop.key, SECOND) == "the-old-one"
    assert len(rows(database)) == 2


def test_each_account_has_its_line_and_its_plan(
    second: int, settings: SettingsView, database: Database, real: Desk, qtbot: QtBot
) -> None:
    names = [found(settings, QLabel, name).text() for name in ("channelName", f"channelName{second}")]
    assert names == ["Morning Mist", "Outlet"]
    account = found(settings, QComboBox, "planAccount")
    assert account.isVisible()
    account.setCurrentIndex(1)
    account.activated.emit(1)
    plan = found(settings, QComboBox, "shopPlan")
    plan.setCurrentIndex(1)
    plan.activated.emit(1)
    qtbot.waitUntil(lambda: [row.plan for row in rows(database)] == [None, "light"], timeout=WAIT)
    qtbot.waitUntil(real.undo.canUndo, timeout=WAIT)
    real.undo.undo()
    qtbot.waitUntil(lambda: [row.plan for row in rows(database)] == [None, None], timeout=WAIT)


def test_whose_ids_an_account_shares_can_be_said_later_and_taken_back(
    second: int, settings: SettingsView, database: Database, real: Desk, qtbot: QtBot
) -> None:
    found(settings, QCheckBox, f"sharesIds{second}").click()
    qtbot.waitUntil(lambda: rows(database)[1].shares_ids, timeout=WAIT)
    qtbot.waitUntil(real.undo.canUndo, timeout=WAIT)
    real.undo.undo()
    qtbot.waitUntil(lambda: not rows(database)[1].shares_ids, timeout=WAIT)


def test_an_account_is_removed_only_after_a_question(
    second: int, settings: SettingsView, database: Database, real: Desk, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    dialogs.yes = False
    found(settings, QPushButton, f"removeAccount{second}").click()
    assert len(rows(database)) == 2
    dialogs.yes = True
    found(settings, QPushButton, f"removeAccount{second}").click()
    qtbot.waitUntil(lambda: len(rows(database)) == 1, timeout=WAIT)
    qtbot.waitUntil(lambda: real.tokens.get(real.shop.key, SECOND) is None, timeout=WAIT)


def test_a_shop_with_one_account_is_asked_nothing_about_accounts(
    settings: SettingsView, real: Desk, qtbot: QtBot
) -> None:
    assert not found(settings, QComboBox, "planAccount").isVisible()
    assert not found(settings, QComboBox, "testerAccount").isVisible()
    composer = Composer(real)
    qtbot.addWidget(composer)
    composer.show()
    composer.open(MessageDraft(), None)
    qtbot.wait(100)
    assert not composer.brief.account.isVisible()


def test_a_message_says_which_account_writes_and_counts_whom_it_reaches(
    second: int, real: Desk, database: Database, make: Maker, qtbot: QtBot
) -> None:
    with database.write() as session:
        for number in range(3):
            friend = make.friend(session)
            if number:
                ids.keep(session, second, friend, f"U{number:032x}", real.now())
        draft = SegmentDraft("Everybody", "Whom to tell", NoneOf((HasTag((make.tag(session, "Nobody has it"),)),)))
        segment = segments.save(session, draft, real.now())
        message = library.save(session, MessageDraft("News").with_brief(segment_id=segment), real.now())
        draft = library.load(session, message)
    composer = Composer(real)
    qtbot.addWidget(composer)
    composer.show()
    composer.open(draft, message)
    reach = found(composer, QLabel, "reach")
    qtbot.waitUntil(lambda: reach.text() == "3 can be reached", timeout=WAIT)
    choice = composer.brief.account
    assert choice.isVisible()
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: reach.text() == "2 can be reached", timeout=WAIT)
    assert composer.draft.brief.channel_id == second
    composer.leave()

    def kept() -> bool:
        with database.read() as session:
            return accounts.of_message(session, message) == second

    qtbot.waitUntil(kept, timeout=WAIT)
    composer.undo.undo()
    qtbot.waitUntil(lambda: reach.text() == "3 can be reached", timeout=WAIT)
