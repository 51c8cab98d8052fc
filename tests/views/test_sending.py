"""The whole way in the window: draft, gate, number, send through the real SDK to the practice LINE, results."""

from collections import deque
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from linecrm_desktop.campaigns import progress
from linecrm_desktop.line.door import LineDoor
from linecrm_desktop.line.practice import PracticeWorld
from linecrm_desktop.line.practice_script import Fault
from linecrm_desktop.models.campaign import Campaign, CampaignState
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.delivery_table import Column as DeliveryColumn
from linecrm_desktop.views.messages.delivery_table import DeliveryTableModel
from linecrm_desktop.views.messages.view import MessagesView
from linecrm_desktop.views.results.view import ResultsView
from linecrm_desktop.views.widgets.parts import Segmented
from tests.maker import Maker
from tests.recording_dialogs import RecordingDialogs
from tests.views.messages_view import messages_shown
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import WAIT


@pytest.fixture
def world() -> PracticeWorld:
    return PracticeWorld(limit=6000, used=3412)


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def view(desk: Desk, world: PracticeWorld, shop: SerumShop, qtbot: QtBot) -> Iterator[MessagesView]:
    desk.line = LineDoor(None, world)
    with messages_shown(desk, qtbot) as shown:
        yield shown
        world.hurry.set()


def page(view: MessagesView) -> QWidget:
    shown = view.pages.currentWidget()
    assert shown is not None
    return shown


def label(view: MessagesView, name: str) -> str:
    found = page(view).findChild(QLabel, name)
    assert found is not None
    return found.text()


def press(view: MessagesView, name: str, qtbot: QtBot) -> None:
    found = page(view).findChild(QPushButton, name)
    assert found is not None
    assert found.isEnabled()
    qtbot.mouseClick(found, Qt.MouseButton.LeftButton)


def to_the_gate(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(lambda: view.composer.saver.message_id == shop.message)
    press(view, "checkAndSend", qtbot)
    qtbot.waitUntil(lambda: view.gate.confirm.typed.isEnabled(), timeout=WAIT)


def send(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    to_the_gate(view, shop, qtbot)
    qtbot.keyClicks(view.gate.confirm.typed, "55")
    press(view, "send", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sending)


def waits_for(view: MessagesView, state: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: label(view, "sendState") == state, timeout=WAIT)


def test_each_recipient_gets_one_copy_with_her_own_name(
    view: MessagesView, shop: SerumShop, world: PracticeWorld, database: Database, qtbot: QtBot
) -> None:
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    assert (label(view, "accepted"), label(view, "notSent"), label(view, "waiting")) == ("55", "0", "0")
    assert (label(view, "keptBack"), label(view, "leftOut")) == ("6", "2")
    assert sorted(world.copies.values()) == [1] * 55
    with database.read() as session:
        names = dict(session.execute(select(Friend.line_user_id, Friend.name)).all())
    for heard in world.heard:
        (user,) = heard.to
        expected = f"Hi {names[user] or 'there'}, your serum is nearly empty. 🍎"
        assert heard.body["messages"] == [{"type": "text", "text": expected}]


def test_a_finished_send_leads_to_its_results(
    view: MessagesView, desk: Desk, shop: SerumShop, make: Maker, database: Database, qtbot: QtBot
) -> None:
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    with qtbot.waitSignal(view.asked_for) as said:
        press(view, "openResults", qtbot)
    assert said.args is not None
    (place,) = said.args
    assert place.page is Page.RESULTS
    results = ResultsView(desk)
    qtbot.addWidget(results)
    results.show_place(place)
    comparison = results.findChild(QLabel, "comparison")
    assert comparison is not None
    qtbot.waitUntil(lambda: comparison.text() == "0 of 55 ordered against 0 of 6 kept back.")


def test_a_friend_line_does_not_know_is_named(
    view: MessagesView, shop: SerumShop, database: Database, qtbot: QtBot
) -> None:
    with database.write() as session:
        for friend in shop.friends[:12]:
            row = session.get_one(Friend, friend)
            row.line_user_id = f"nobody{friend}"
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    unknown = int(label(view, "notSent"))
    assert 6 <= unknown <= 12
    view.sending.shown.choose(1)
    view.sending.shown.chosen.emit(1)
    qtbot.waitUntil(lambda: view.sending.model.rowCount() == unknown)
    assert view.sending.model.records[0].why == "LINE does not know this user ID. Check the last import."


def test_a_token_that_is_taken_back_pauses_and_go_on_sends_the_rest_once(
    view: MessagesView, shop: SerumShop, world: PracticeWorld, qtbot: QtBot
) -> None:
    to_the_gate(view, shop, qtbot)
    qtbot.keyClicks(view.gate.confirm.typed, "55")
    kept, world.token = world.token, "another-token"
    press(view, "send", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sending)
    waits_for(view, "Paused", qtbot)
    said = "LINE no longer accepts the token. Replace it in Settings, then press Go on."
    assert view.sending.banner.words.text() == said
    world.token = kept
    press(view, "goOn", qtbot)
    waits_for(view, "Sent", qtbot)
    assert sorted(world.copies.values()) == [1] * 55


def test_the_months_limit_pauses_and_says_how_many_wait(
    view: MessagesView, shop: SerumShop, world: PracticeWorld, qtbot: QtBot
) -> None:
    to_the_gate(view, shop, qtbot)
    qtbot.keyClicks(view.gate.confirm.typed, "55")
    world.used = 5990
    press(view, "send", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sending)
    waits_for(view, "Paused", qtbot)
    assert view.sending.banner.words.text() == "The month’s messages are used up. 45 friends are waiting."
    assert len(world.delivered) == 10


def test_stop_asks_and_ends_it_for_good(
    view: MessagesView,
    dialogs: RecordingDialogs,
    shop: SerumShop,
    world: PracticeWorld,
    database: Database,
    qtbot: QtBot,
) -> None:
    to_the_gate(view, shop, qtbot)
    qtbot.keyClicks(view.gate.confirm.typed, "55")
    world.used = 5990
    press(view, "send", qtbot)
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sending)
    waits_for(view, "Paused", qtbot)
    press(view, "stop", qtbot)
    waits_for(view, "Stopped", qtbot)
    assert [text for _title, text, _yes in dialogs.asked] == ["45 friends have not got it. Stop for good?"]
    with database.read() as session:
        assert session.scalars(select(Campaign.state)).one() is CampaignState.STOPPED


def test_space_pauses_and_the_send_waits_in_the_list(
    view: MessagesView, desk: Desk, shop: SerumShop, world: PracticeWorld, qtbot: QtBot
) -> None:
    world.faults = deque([Fault.SLOW])
    send(view, shop, qtbot)
    qtbot.waitUntil(lambda: view.sending.card.pause.isVisible(), timeout=WAIT)
    qtbot.keyClick(view.sending, Qt.Key.Key_Space)
    world.hurry.set()
    waits_for(view, "Paused", qtbot)
    qtbot.waitUntil(lambda: not desk.jobs.is_busy, timeout=WAIT)
    assert len(world.delivered) < 55
    press(view, "breadcrumb", qtbot)
    qtbot.waitUntil(lambda: view.list.model.rowCount() == 2)
    view.list.table.setCurrentIndex(view.list.table.model().index(0, 0))
    view.list.table.activated.emit(view.list.table.currentIndex())
    qtbot.waitUntil(lambda: view.pages.currentWidget() is view.sending)
    qtbot.waitUntil(lambda: view.sending.card.go_on.isVisible())
    press(view, "goOn", qtbot)
    waits_for(view, "Sent", qtbot)
    assert sorted(world.copies.values()) == [1] * 55


def test_the_saved_list_has_every_friend_of_the_send(
    view: MessagesView,
    dialogs: RecordingDialogs,
    toasts: list[tuple[str, object]],
    shop: SerumShop,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    dialogs.path = tmp_path / "list.csv"
    press(view, "saveList", qtbot)
    qtbot.waitUntil(lambda: toasts == [("Wrote 63 friends to “list.csv”.", None)])
    lines = (tmp_path / "list.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "Time,Friend,Result,Why"
    assert len(lines) == 64


def test_the_delivery_model_keeps_qts_rules(
    view: MessagesView, desk: Desk, shop: SerumShop, database: Database, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    model = DeliveryTableModel(desk.day())
    with database.read() as session:
        model.show_rows(progress.lines(session, 1, 10))
    qtmodeltester.check(model)


def test_who_was_kept_back_is_listed_by_name(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    choices = page(view).findChild(Segmented, "shown")
    assert choices is not None
    kept = next(one for one in choices.findChildren(QAbstractButton) if one.text() == "Kept back 6")
    qtbot.mouseClick(kept, Qt.MouseButton.LeftButton)
    model = view.sending.model
    qtbot.waitUntil(lambda: model.rowCount() == 6, timeout=WAIT)
    assert {model.index(row, DeliveryColumn.RESULT).data() for row in range(6)} == {"Kept back"}
    assert view.sending.table.isColumnHidden(DeliveryColumn.VARIANT)


def test_a_line_leads_to_its_friend(view: MessagesView, shop: SerumShop, qtbot: QtBot) -> None:
    send(view, shop, qtbot)
    waits_for(view, "Sent", qtbot)
    asked: list[Place] = []
    view.asked_for.connect(asked.append)
    view.sending.table.activated.emit(view.sending.model.index(0, 0))
    assert asked[0].page is Page.FRIENDS
    assert asked[0].object_id in shop.friends
