"""Coupons made at LINE are listed from the account; without a connection an ID can still be written."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.app import line_door
from linecrm_desktop.line.door import PRACTICE_TOKEN, LineDoor
from linecrm_desktop.line.gateway import Coupon
from linecrm_desktop.line.practice_world import PracticeWorld
from linecrm_desktop.messages import line_coupons
from linecrm_desktop.messages.bubbles import LineCouponBubble
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.bubbles.card import BubbleCard
from linecrm_desktop.views.messages.composer import Composer
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.views.serum_shop import SerumShop, serum_shop
from tests.views.settling import settle


@pytest.fixture
def world(desk: Desk, now: datetime) -> PracticeWorld:
    made = PracticeWorld(clock=lambda: now)
    made.coupons = [
        {"couponId": "c1", "title": "10 % off", "status": "RUNNING"},
        {"couponId": "c2", "title": "A gift", "status": "RUNNING"},
        {"couponId": "c0", "title": "Over", "status": "CLOSED"},
    ]
    desk.line = LineDoor(None, made)
    return made


@pytest.fixture
def shop(database: Database, make: Maker) -> SerumShop:
    return serum_shop(database, make)


@pytest.fixture
def composer(desk: Desk, shop: SerumShop, world: PracticeWorld, qtbot: QtBot) -> Iterator[Composer]:
    view = MessagesView(desk)
    qtbot.addWidget(view)
    view.resize(1240, 800)
    view.show()
    view.show_place(Place(Page.MESSAGES, shop.message))
    settle(desk, qtbot)
    yield view.composer
    settle(desk, qtbot)
    desk.line.close()


def add(composer: Composer, desk: Desk, qtbot: QtBot) -> BubbleCard:
    menu = composer.bubbles.offer()
    (action,) = (action for action in menu.actions() if action.data() is LineCouponBubble)
    action.trigger()
    settle(desk, qtbot)
    return card_of(composer)


def card_of(composer: Composer) -> BubbleCard:
    return next(card for card in composer.bubbles.cards if isinstance(card.bubble(), LineCouponBubble))


def said(card: BubbleCard) -> str:
    (shown,) = card.findChildren(QLabel, "couponsSaid")
    return shown.text()


def choice(card: BubbleCard) -> QComboBox:
    (combo,) = card.findChildren(QComboBox, "couponChoice")
    return combo


def test_the_running_coupons_of_the_account_are_listed_and_kept(
    composer: Composer, desk: Desk, database: Database, qtbot: QtBot
) -> None:
    card = add(composer, desk, qtbot)
    assert said(card) == "LINE lists 2 coupons. Read: Today 10:31."
    assert [choice(card).itemText(row) for row in range(choice(card).count())] == ["10 % off", "A gift"]
    with database.read() as session:
        assert line_coupons.known(session).titles == {"c1": "10 % off", "c2": "A gift"}


def test_a_chosen_coupon_stands_on_the_phone_by_its_name(composer: Composer, desk: Desk, qtbot: QtBot) -> None:
    card = add(composer, desk, qtbot)
    choice(card).setCurrentIndex(1)
    choice(card).activated.emit(1)
    assert composer.draft.bubbles[1] == LineCouponBubble("c2")
    assert composer.preview.phone.texts[1] == "A gift\nc2"
    card.open(False)
    (line,) = card.findChildren(QLabel, "summary")
    assert line.text() == "A gift"


def test_an_id_can_be_written_and_one_that_line_does_not_list_is_told(
    composer: Composer, desk: Desk, qtbot: QtBot
) -> None:
    card = add(composer, desk, qtbot)
    (line,) = card.findChildren(QLineEdit, "coupon_id")
    qtbot.keyClicks(line, "c1")
    assert choice(card).currentText() == "10 % off" and "not among" not in said(card)
    qtbot.keyClicks(line, "9")
    assert composer.draft.bubbles[1] == LineCouponBubble("c19")
    assert "This ID is not among them" in said(card)


def test_the_list_is_read_again_when_a_person_says_so(
    composer: Composer, desk: Desk, world: PracticeWorld, qtbot: QtBot
) -> None:
    card = add(composer, desk, qtbot)
    world.coupons = world.coupons[1:]
    (again,) = card.findChildren(QPushButton, "couponsAgain")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert said(card) == "LINE lists 1 coupon. Read: Today 10:31."


def test_a_list_that_was_just_read_is_not_asked_for_again(
    desk: Desk, shop: SerumShop, database: Database, world: PracticeWorld, now: datetime, qtbot: QtBot
) -> None:
    with database.write() as session:
        line_coupons.remember(session, [Coupon("old", "From the file")], now)
    view = MessagesView(desk)
    qtbot.addWidget(view)
    view.show()
    view.show_place(Place(Page.MESSAGES, shop.message))
    settle(desk, qtbot)
    card = add(view.composer, desk, qtbot)
    assert [choice(card).itemText(row) for row in range(choice(card).count())] == ["From the file"]


def test_without_an_account_it_says_so_and_an_id_can_still_be_written(
    composer: Composer, desk: Desk, database: Database, shop: SerumShop, qtbot: QtBot
) -> None:
    with database.write() as session:
        session.get_one(Shop, 1).is_practice = False
    composer.coupons.load()
    settle(desk, qtbot)
    card = add(composer, desk, qtbot)
    assert said(card).startswith("This shop is not connected to LINE")
    assert not choice(card).isVisible()
    (line,) = card.findChildren(QLineEdit, "coupon_id")
    qtbot.keyClicks(line, "abc")
    assert composer.draft.bubbles[1] == LineCouponBubble("abc")


def test_when_line_does_not_answer_the_reason_stands_there_and_what_was_known_stays(
    composer: Composer, desk: Desk, world: PracticeWorld, qtbot: QtBot
) -> None:
    card = add(composer, desk, qtbot)
    world.token = "another"
    (again,) = card.findChildren(QPushButton, "couponsAgain")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert "token" in said(card)
    assert choice(card).count() == 2


def test_a_practice_shop_has_a_coupon_to_rehearse_with(database: Database) -> None:
    door = line_door(database)
    line = door.client(PRACTICE_TOKEN)
    assert line.coupons() == [Coupon("practice", "Practice coupon")]
    line.close()
    door.close()
