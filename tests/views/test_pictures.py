"""Pictures in the composer: looked at on the web, shown in the form and on the phone, and never waited for."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QBuffer, QByteArray, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from linecrm_desktop.jobs import Task
from linecrm_desktop.line.pictures import OfflineError, Picture, Web, look
from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import OpenLink
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.bubbles.card import BubbleCard
from linecrm_desktop.views.messages.composer import Composer
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.picture_server import Handler, serving
from tests.views.serum_shop import serum_shop
from tests.views.settling import settle

pytest.importorskip("cryptography", reason="makes the server's certificate")
RED = "#d03010"


def drawn(width: int, height: int, extra: int = 0) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(RED)
    held = QBuffer()
    QImageWriter(held, QByteArray(b"PNG")).write(image)
    return bytes(held.data().data()) + b"\0" * extra


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Web]:
    pages = {
        "/cream.png": drawn(800, 400),
        "/wide.png": drawn(1200, 600),
        "/heavy.png": drawn(300, 300, extra=1_000_000),
        "/page.html": b"<html></html>",
        "/rich/1040": drawn(1040, 520),
    }
    with serving(tmp_path, pages) as made:
        yield made


@pytest.fixture
def composer(desk: Desk, web: Web, database: Database, make: Maker, qtbot: QtBot) -> Iterator[Composer]:
    desk.look = lambda address, task: look(address, web, task)
    shop = serum_shop(database, make)
    view = MessagesView(desk)
    qtbot.addWidget(view)
    view.resize(1240, 800)
    view.show()
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(lambda: view.composer.preview.friend.count() > 6)
    yield view.composer
    settle(desk, qtbot)


def add(composer: Composer, kind: type[Bubble]) -> BubbleCard:
    menu = composer.bubbles.offer()
    (action,) = (action for action in menu.actions() if action.data() is kind)
    action.trigger()
    return next(card for card in composer.bubbles.cards if type(card.bubble()) is kind)


def paste(card: BubbleCard, name: str, address: str, qtbot: QtBot) -> None:
    line = card.findChildren(QLineEdit, name)[0]
    line.clear()
    qtbot.keyClicks(line, address)


def said(card: BubbleCard, name: str) -> str:
    (shown,) = card.findChildren(QLabel, f"{name}Said")
    return shown.text() if shown.isVisible() else ""


def pause(composer: Composer, desk: Desk, qtbot: QtBot) -> None:
    """Let the pause in typing be over, and all looks end."""
    composer.looks.begin()
    settle(desk, qtbot)


def test_a_good_picture_is_shown_in_the_form_and_on_the_phone(composer: Composer, desk: Desk, qtbot: QtBot) -> None:
    card = add(composer, b.ImageBubble)
    paste(card, "address", "https://shop.example/cream.png", qtbot)
    assert said(card, "address") == "", "nobody looks while somebody types"
    pause(composer, desk, qtbot)
    assert said(card, "address").startswith("PNG · 800 × 400 · ")
    (thumbnail,) = card.findChildren(QLabel, "addressThumbnail")
    assert thumbnail.pixmap().toImage().pixelColor(10, 5).name() == RED
    phone = composer.preview.phone.grab().toImage()
    assert any(phone.pixelColor(60, y).name() == RED for y in range(phone.height()))


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("https://shop.example/page.html", "This is neither a JPEG nor a PNG."),
        ("https://shop.example/heavy.png", "The file is larger than 1 MB, which is the most that LINE takes."),
        ("https://shop.example/none.png", "There is no picture at this address."),
        ("https://other.example/cream.png", "has no valid certificate"),
        ("http://shop.example/cream.png", "A picture needs a public address that begins with https://."),
    ],
)
def test_what_line_would_not_show_is_said_at_the_field(
    address: str, sentence: str, *, composer: Composer, desk: Desk, qtbot: QtBot
) -> None:
    card = add(composer, b.ImageBubble)
    paste(card, "address", address, qtbot)
    pause(composer, desk, qtbot)
    assert sentence in said(card, "address")


def test_a_smaller_picture_lets_the_large_one_be_heavier(composer: Composer, desk: Desk, qtbot: QtBot) -> None:
    card = add(composer, b.ImageBubble)
    paste(card, "address", "https://shop.example/heavy.png", qtbot)
    paste(card, "preview", "https://shop.example/cream.png", qtbot)
    pause(composer, desk, qtbot)
    assert "larger" not in said(card, "address") and "larger" not in said(card, "preview")


def test_a_picture_on_a_card_may_not_be_too_wide(composer: Composer, desk: Desk, qtbot: QtBot) -> None:
    card = add(composer, b.CarouselBubble)
    paste(card, "image", "https://shop.example/wide.png", qtbot)
    pause(composer, desk, qtbot)
    assert "wider than 1024" in said(card, "image")
    (tile,) = card.findChildren(QPushButton, "cards0")
    assert not tile.icon().isNull()


def test_a_closed_bubble_shows_its_pictures_in_small_and_what_is_wrong_with_one(
    composer: Composer, desk: Desk, qtbot: QtBot
) -> None:
    button = (OpenLink("See it", "https://shop.example/"),)
    names = ("cream", "none")
    cards = tuple(b.Card(f"https://shop.example/{name}.png", name, "NT$480", button) for name in names)
    composer.open(composer.draft.with_added(b.CarouselBubble(cards)), None)
    pause(composer, desk, qtbot)
    card = next(one for one in composer.bubbles.cards if isinstance(one.bubble(), b.CarouselBubble))
    (problem,) = card.findChildren(QLabel, "problem")
    assert card.thumbnails.isVisible() and card.thumbnails.count == 1
    assert problem.isVisible() and problem.text().startswith("There is no picture at this address.")
    card.begin()
    assert not card.thumbnails.isVisible() and not problem.isVisible()


def test_a_rich_message_is_looked_at_where_line_looks(composer: Composer, desk: Desk, qtbot: QtBot) -> None:
    card = add(composer, b.RichImageBubble)
    paste(card, "address", "https://shop.example/rich", qtbot)
    pause(composer, desk, qtbot)
    assert said(card, "address").startswith("PNG · 1,040 × 520")


def test_without_a_connection_it_is_not_checked_and_tried_again_later(
    composer: Composer, desk: Desk, qtbot: QtBot
) -> None:
    online: Callable[..., Picture] = desk.look

    def offline(_address: str, task: Task) -> Picture:
        raise OfflineError("no connection")

    desk.look = offline
    card = add(composer, b.ImageBubble)
    paste(card, "address", "https://shop.example/cream.png", qtbot)
    pause(composer, desk, qtbot)
    assert said(card, "address") == "Not checked: this computer has no connection to the internet."
    desk.look = online
    composer.open(composer.draft, None)
    pause(composer, desk, qtbot)
    (card,) = (one for one in composer.bubbles.cards if isinstance(one.bubble(), b.ImageBubble))
    card.begin()
    assert said(card, "address").startswith("PNG")


def test_a_picture_is_asked_for_once_and_again_when_a_person_says_so(
    composer: Composer, desk: Desk, qtbot: QtBot
) -> None:
    card = add(composer, b.ImageBubble)
    paste(card, "address", "https://shop.example/cream.png", qtbot)
    pause(composer, desk, qtbot)
    composer.open(composer.draft, None)
    pause(composer, desk, qtbot)
    assert len(Handler.asked) == 1
    (card,) = (one for one in composer.bubbles.cards if isinstance(one.bubble(), b.ImageBubble))
    card.begin()
    (again,) = card.findChildren(QPushButton, "addressAgain")
    qtbot.mouseClick(again, Qt.MouseButton.LeftButton)
    settle(desk, qtbot)
    assert len(Handler.asked) == 2


def test_a_server_that_keeps_one_waiting_keeps_nobody_from_writing(
    composer: Composer, desk: Desk, qtbot: QtBot
) -> None:
    let_go = Event()

    def slow(_address: str, task: Task) -> Picture:
        let_go.wait(30)
        raise OfflineError("no connection")

    desk.look = slow
    card = add(composer, b.ImageBubble)
    paste(card, "address", "https://shop.example/cream.png", qtbot)
    composer.looks.begin()
    QApplication.processEvents()
    assert said(card, "address") == "Looking at the picture…"
    assert not desk.jobs.is_busy, "closing the window would ask"
    paste(card, "preview", "https://shop.example/small.png", qtbot)
    bubble = card.bubble()
    assert isinstance(bubble, b.ImageBubble) and bubble.preview == "https://shop.example/small.png"
    let_go.set()
