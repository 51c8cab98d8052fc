"""Planning a send in the window: the time is chosen in the gate, the button says it, and the window sends it then."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.app import build_shop_window
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.messages import library
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.friend import Answer, Friend
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings.secrets import SessionTokens
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.main_window import MainWindow
from linecrm_desktop.views.messages.time_dialog import TimeDialog
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.widgets.time_field import MomentField
from tests.clock import Clock
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.messages_view import messages_shown
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT

EVENING = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)
"""20:00 in Taipei."""


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def clock(desk: Desk, now: datetime) -> Clock:
    desk.clock = Clock(now)
    return desk.clock


@pytest.fixture
def view(desk: Desk, clock: Clock, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    with messages_shown(desk, qtbot) as shown:
        yield shown


def find(view: QWidget, kind: type, name: str) -> object:
    found = view.findChild(kind, name)
    assert found is not None, name
    return found


def text(view: QWidget, name: str) -> str:
    found = find(view, QLabel, name)
    assert isinstance(found, QLabel)
    return found.text()


def press(view: QWidget, name: str, qtbot: QtBot) -> None:
    found = find(view, QPushButton, name)
    assert isinstance(found, QPushButton) and found.isEnabled(), name
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def check(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    view.show_place(Place(Page.MESSAGES, shop.message, "check"))
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == "Send to 55 now", timeout=WAIT)


def choose(view: MessagesView, moment: datetime, words: str, qtbot: QtBot) -> None:
    """Choose a time in the gate's last card, and wait for the checks."""
    when = view.gate.confirm.when
    when.choice.setCurrentIndex(1)
    when.choice.activated.emit(1)
    when.moment.show_moment(moment)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == words, timeout=WAIT)


def sent(database: Database) -> Campaign:
    with database.read() as session:
        found = session.scalars(select(Campaign)).one()
        session.expunge(found)
        return found


def plan(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    check(view, shop, qtbot)
    choose(view, EVENING, "Schedule for 20:00", qtbot)
    qtbot.waitUntil(view.gate.confirm.typed.isEnabled, timeout=WAIT)
    view.gate.confirm.typed.setText("55")
    press(view.gate, "send", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.list, timeout=WAIT)


def test_a_time_is_chosen_and_nothing_leaves_before_it(
    view: MessagesView, shop: SerumShop, database: Database, qtbot: QtBot, toasts: list[tuple[str, object]]
) -> None:
    plan(view, shop, qtbot)
    campaign = sent(database)
    assert (campaign.state, campaign.due_at) == (CampaignState.SCHEDULED, EVENING)
    assert toasts[-1][0] == "Planned for Today 20:00"
    assert campaign.started_at is None


def test_the_gate_says_that_checks_run_again(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    check(view, shop, qtbot)
    assert view.gate.again.isHidden()
    choose(view, EVENING, "Schedule for 20:00", qtbot)
    qtbot.waitUntil(view.gate.again.isVisible, timeout=WAIT)
    assert view.gate.again.words.text().startswith("These checks run again at Today 20:00")


def test_a_time_in_quiet_hours_is_red_and_its_fix_leads_to_the_time(
    view: MessagesView, shop: SerumShop, qtbot: QtBot
) -> None:
    check(view, shop, qtbot)
    choose(view, EVENING + timedelta(hours=2), "Schedule for 22:00", qtbot)
    qtbot.waitUntil(lambda: not view.gate.confirm.typed.isEnabled(), timeout=WAIT)
    view.activateWindow()
    press(view.gate, "fix_quiet", qtbot)
    assert view.gate.confirm.when.moment.hasFocus() or view.gate.focusWidget() is view.gate.confirm.when.moment


def test_the_composer_follows_a_time_that_was_chosen_in_the_gate(
    view: MessagesView, shop: SerumShop, database: Database, desk: Desk, qtbot: QtBot
) -> None:
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(lambda: view.composer.saver.message_id == shop.message, timeout=WAIT)
    press(view.composer, "checkAndSend", qtbot)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == "Send to 55 now", timeout=WAIT)
    choose(view, EVENING, "Schedule for 20:00", qtbot)
    press(view.gate, "backToMessage", qtbot)
    field = view.composer.brief.when.moment
    assert isinstance(field, MomentField) and field.moment == EVENING
    view.composer.name.setText("Serum refill, evening")
    view.composer.name.textEdited.emit("Serum refill, evening")
    view.composer.leave()
    qtbot.waitUntil(lambda: kept(database, shop).name == "Serum refill, evening", timeout=WAIT)
    assert kept(database, shop).brief.send_at == EVENING


def kept(database: Database, shop: SerumShop) -> library.MessageDraft:
    with database.read() as session:
        return library.load(session, shop.message)


def test_leaving_out_the_uninformed_changes_the_number_that_is_typed(
    view: MessagesView, shop: SerumShop, database: Database, qtbot: QtBot
) -> None:
    with database.write() as session:
        for friend in shop.friends[:10]:
            session.get_one(Friend, friend).informed = Answer.UNKNOWN
    check(view, shop, qtbot)
    press(view.gate, "fix_informed", qtbot)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == "Send to 46 now", timeout=WAIT)
    press(view.gate, "fix_informed", qtbot)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == "Send to 55 now", timeout=WAIT)


def test_a_planned_send_gets_another_time_or_is_stopped(
    view: MessagesView, shop: SerumShop, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    plan(view, shop, qtbot)
    view.show_place(Place(Page.MESSAGES, 1, "sending"))
    qtbot.waitUntil(lambda: text(view.sending, "sendState") == "Scheduled", timeout=WAIT)
    assert text(view.sending, "sendNote") == "planned for Today 20:00"
    press(view.sending, "otherTimeAsked", qtbot)
    (dialog,) = view.findChildren(TimeDialog)
    dialog.moment.show_moment(EVENING - timedelta(hours=1))
    press(dialog, "planIt", qtbot)
    qtbot.waitUntil(lambda: text(view.sending, "sendNote") == "planned for Today 19:00", timeout=WAIT)
    press(view.sending, "stop", qtbot)
    qtbot.waitUntil(lambda: sent(database).state is CampaignState.STOPPED, timeout=WAIT)


def test_a_planned_send_can_leave_at_once(
    view: MessagesView, shop: SerumShop, database: Database, dialogs: RecordingDialogs, qtbot: QtBot
) -> None:
    plan(view, shop, qtbot)
    view.show_place(Place(Page.MESSAGES, 1, "sending"))
    qtbot.waitUntil(lambda: text(view.sending, "sendState") == "Scheduled", timeout=WAIT)
    press(view.sending, "goOn", qtbot)
    qtbot.waitUntil(lambda: sent(database).state is CampaignState.DONE, timeout=WAIT)


@pytest.fixture
def window(
    database: Database, choices: Choices, dialogs: RecordingDialogs, shop: SerumShop, now: datetime, qtbot: QtBot
) -> Iterator[Callable[[Clock], MainWindow]]:
    """Open the whole window on the shop with a clock, as at the next start of the program."""
    opened: list[MainWindow] = []

    def build(clock: Clock) -> MainWindow:
        world = PracticeWorld(limit=6000, used=0, clock=clock)
        line = LineDoor(None, world)
        made = build_shop_window(database, choices, clock=clock, dialogs=dialogs, tokens=SessionTokens(), line=line)
        qtbot.addWidget(made)
        made.start(Place(Page.SEGMENTS))
        opened.append(made)
        return made

    yield build
    for made in opened:
        made.let_go()


def freeze(database: Database, shop: SerumShop, now: datetime) -> None:
    from linecrm_desktop.campaigns import freezing
    from linecrm_desktop.days import ShopDay
    from tests.campaigns.shopkeeper import AMBER

    with database.write() as session:
        library.answer(session, shop.message, now, send_at=EVENING)
        freezing.freeze(session, shop.message, 55, ShopDay.of(now, "Asia/Taipei"), now, AMBER, None)


def test_an_open_window_sends_what_is_due_without_being_asked(
    window: Callable[[Clock], MainWindow], shop: SerumShop, database: Database, now: datetime, qtbot: QtBot
) -> None:
    freeze(database, shop, now)
    clock = Clock(EVENING - timedelta(seconds=1))
    shown = window(clock)
    shown.due.look()
    qtbot.wait(200)
    assert sent(database).state is CampaignState.SCHEDULED
    clock.forward(seconds=1)
    shown.due.look()
    shown.due.look()
    qtbot.waitUntil(lambda: sent(database).state is CampaignState.DONE, timeout=WAIT)


def test_a_window_that_is_opened_too_late_asks_a_person(
    window: Callable[[Clock], MainWindow], shop: SerumShop, database: Database, now: datetime, qtbot: QtBot
) -> None:
    freeze(database, shop, now)
    shown = window(Clock(EVENING + timedelta(minutes=31)))
    shown.due.look()
    qtbot.waitUntil(lambda: sent(database).state is CampaignState.HELD, timeout=WAIT)
    qtbot.waitUntil(lambda: not shown.unfinished.isHidden(), timeout=WAIT)


def test_quiet_hours_of_the_shop_are_kept_out_of_a_first_proposal(
    view: MessagesView, shop: SerumShop, database: Database, clock: Clock, qtbot: QtBot
) -> None:
    with database.read() as session:
        assert session.get_one(Shop, 1).quiet_from == 21 * 60
    clock.forward(hours=9, minutes=50)  # 20:21
    check(view, shop, qtbot)
    choice = find(view.gate, QComboBox, "sendWhen")
    assert isinstance(choice, QComboBox)
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    qtbot.waitUntil(lambda: view.gate.confirm.send.text() == "Schedule for 13 Nov 08:00", timeout=WAIT)
