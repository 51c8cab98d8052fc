"""Every kind of bubble is written in the composer, by its form; what is written is the draft, and undo undoes it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from linecrm_desktop.messages import bubbles as b
from linecrm_desktop.messages.actions import CopyText, OpenLink, SendWords
from linecrm_desktop.messages.bubbles import Bubble
from linecrm_desktop.store.database import Database
from linecrm_desktop.views.desk import Desk, Page, Place
from linecrm_desktop.views.messages.bubbles.specs import FORMS, ICONS
from linecrm_desktop.views.messages.composer import Composer
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.messages.view import MessagesView
from tests.maker import Maker
from tests.views.serum_shop import TEXT, serum_shop
from tests.views.settling import settle


@pytest.fixture
def composer(desk: Desk, database: Database, make: Maker, qtbot: QtBot) -> Iterator[Composer]:
    shop = serum_shop(database, make)
    view = MessagesView(desk)
    qtbot.addWidget(view)
    view.resize(1240, 800)
    view.show()
    view.show_place(Place(Page.MESSAGES, shop.message))
    qtbot.waitUntil(lambda: view.composer.preview.friend.count() > 6)
    yield view.composer
    settle(desk, qtbot)


def add(composer: Composer, kind: type[Bubble]) -> QWidget:
    """Choose a kind from the menu and return its card."""
    menu = composer.bubbles.offer()
    (action,) = (action for action in menu.actions() if action.data() is kind)
    assert action.isEnabled()
    action.trigger()
    return next(card for card in composer.bubbles.cards if type(card.bubble()) is kind)


def field(card: QWidget, name: str) -> QWidget:
    """Return the field in which a value is written, the one that is seen."""
    QApplication.processEvents()  # what was just made is seen only then
    found = [one for one in card.findChildren(QWidget, name) if one.isVisible()]
    assert len(found) == 1, (name, found)
    return found[0]


def write(card: QWidget, name: str, text: str, qtbot: QtBot) -> None:
    shown = field(card, name)
    assert isinstance(shown, (QLineEdit, VariableEdit, QPlainTextEdit))
    qtbot.keyClicks(shown, text)


def press(card: QWidget, name: str, qtbot: QtBot) -> None:
    shown = field(card, name)
    assert isinstance(shown, (QPushButton, QToolButton))
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton)


def choose(card: QWidget, name: str, kind: type | None) -> None:
    combo = field(card, name)
    assert isinstance(combo, QComboBox)
    combo.setCurrentIndex(combo.findData(kind))
    combo.activated.emit(combo.currentIndex())


def words(card: QWidget, name: str) -> str:
    found = card.findChild(QLabel, name)
    assert found is not None
    return found.text()


@pytest.mark.parametrize("kind", ICONS, ids=lambda kind: kind.__name__)
def test_every_kind_can_be_added_and_opens_with_nothing_to_complain_about(
    composer: Composer, kind: type[Bubble]
) -> None:
    card = add(composer, kind)
    assert any(type(bubble) is kind for bubble in composer.draft.bubbles)
    assert words(card, "problem") == ""


@pytest.mark.parametrize("kind", [kind for kind in FORMS if kind in ICONS], ids=lambda kind: kind.__name__)
def test_a_form_asks_for_everything_that_its_kind_holds(kind: type[Bubble]) -> None:
    assert {spec.name for spec in FORMS[kind]} == set(kind.__dataclass_fields__)


def test_a_card_is_written_with_a_variable_and_its_button(composer: Composer, qtbot: QtBot) -> None:
    card = add(composer, b.CarouselBubble)
    write(card, "title", "Night cream", qtbot)
    write(card, "text", "NT$1,480", qtbot)
    write(card, "label", "See it", qtbot)
    write(card, "address", "https://shop.example/cream", qtbot)
    title = field(card, "title")
    assert isinstance(title, VariableEdit)
    title.show_written("For {name|you}")
    title.edited.emit()
    made = composer.draft.bubbles[1]
    button = OpenLink("See it", "https://shop.example/cream")
    assert made == b.CarouselBubble((b.Card("", "For {name|you}", "NT$1,480", (button,)),))
    assert composer.preview.phone.texts[1] == "For Friend 0\nNT$1,480\nSee it"


def test_parts_are_added_copied_moved_and_deleted(composer: Composer, qtbot: QtBot) -> None:
    card = add(composer, b.CarouselBubble)
    write(card, "title", "One", qtbot)
    press(card, "cardsAdd", qtbot)
    write(card, "title", "Two", qtbot)
    press(card, "cardsCopy", qtbot)
    assert titles(composer) == ["One", "Two", "Two"]
    press(card, "cards0", qtbot)
    press(card, "cardsLater", qtbot)
    assert titles(composer) == ["Two", "One", "Two"]
    press(card, "cardsRemove", qtbot)
    assert titles(composer) == ["Two", "Two"]
    composer.undo.undo()
    composer.undo.undo()
    assert titles(composer) == ["One", "Two", "Two"]
    assert words(card, "cardsRoom") == "3 of 10"


def test_a_tap_that_does_something_else_keeps_its_label(composer: Composer, qtbot: QtBot) -> None:
    card = add(composer, b.TipsBubble)
    choose(card, "actionKind", OpenLink)
    write(card, "label", "Copy", qtbot)
    choose(card, "actionKind", CopyText)
    assert tips(composer).action == CopyText("Copy", "")
    choose(card, "actionKind", None)
    assert tips(composer).action is None


def test_ctrl_z_in_a_field_of_a_form_undoes_in_the_draft(composer: Composer, qtbot: QtBot) -> None:
    card = add(composer, b.ImageBubble)
    write(card, "address", "https://x.example/a.jpg", qtbot)
    qtbot.keyClick(field(card, "address"), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert composer.draft.bubbles[1] == b.ImageBubble()
    assert field(card, "address").property("text") == ""


def test_what_line_would_not_take_is_said_at_the_bubble(composer: Composer, qtbot: QtBot) -> None:
    card = add(composer, b.ImageBubble)
    write(card, "address", "http://x.example/a.jpg", qtbot)
    assert "https://" in words(card, "problem")


def test_json_is_kept_to_the_character(composer: Composer) -> None:
    card = add(composer, b.FlexBubble)
    source = field(card, "source")
    assert isinstance(source, QPlainTextEdit)
    source.setPlainText('{"type": "bubble",\n  "body": {}}')
    assert composer.draft.bubbles[1] == b.FlexBubble('{"type": "bubble",\n  "body": {}}')


@pytest.mark.parametrize("kind", [b.OptOutBubble, b.QuickReplies], ids=lambda kind: kind.__name__)
def test_what_stands_last_comes_once_and_stays_last(composer: Composer, kind: type[Bubble]) -> None:
    add(composer, kind)
    add(composer, b.TextBubble)
    assert [type(bubble) for bubble in composer.draft.bubbles] == [b.TextBubble, b.TextBubble, kind]
    (action,) = (action for action in composer.bubbles.offer().actions() if action.data() is kind)
    assert not action.isEnabled()


def test_quick_replies_are_no_bubble_to_line_and_stand_at_the_foot_of_the_phone(
    composer: Composer, qtbot: QtBot
) -> None:
    card = add(composer, b.QuickReplies)
    press(card, "repliesAdd", qtbot)
    write(card, "label", "Not now", qtbot)
    write(card, "words", "Not now", qtbot)
    assert composer.draft.bubbles[1] == b.QuickReplies((SendWords("Not now", "Not now"),))
    assert words(composer, "room") == "1 of 5 bubbles. It counts as one message per friend."
    assert composer.preview.phone.accessibleDescription().endswith("\nNot now")


def test_five_bubbles_leave_only_quick_replies_to_add(composer: Composer) -> None:
    for _more in range(4):
        add(composer, b.TextBubble)
    assert [one.data() for one in composer.bubbles.offer().actions() if one.isEnabled()] == [b.QuickReplies]


def test_a_bubble_is_dragged_above_another(composer: Composer) -> None:
    add(composer, b.StickerBubble)
    data = QMimeData()
    data.setData("application/x-tagwell-bubble", b"1")
    top = composer.bubbles.cards[0].mapTo(composer.bubbles, QPoint(20, 2))
    none, move = Qt.KeyboardModifier.NoModifier, Qt.DropAction.MoveAction
    composer.bubbles.dropEvent(QDropEvent(QPointF(top), move, data, Qt.MouseButton.LeftButton, none))
    assert [type(bubble) for bubble in composer.draft.bubbles] == [b.StickerBubble, b.TextBubble]


def test_a_second_variant_begins_as_a_copy_and_is_written_alone(composer: Composer, qtbot: QtBot) -> None:
    press(composer, "addVariant", qtbot)
    text = composer.bubbles.cards[0].findChild(VariableEdit, "text")
    assert text is not None
    text.show_written("Something else")
    text.edited.emit()
    assert composer.draft.variants == ((b.TextBubble(TEXT),), (b.TextBubble("Something else"),))
    assert words(composer, "split") == "A 28 · B 27 · kept back 6"
    press(composer, "option0", qtbot)
    assert composer.bubbles.cards[0].bubble() == b.TextBubble(TEXT)
    press(composer, "removeVariant", qtbot)
    assert composer.draft.variants == ((b.TextBubble("Something else"),),)
    composer.undo.undo()
    assert len(composer.draft.variants) == 2


def titles(composer: Composer) -> list[str]:
    made = composer.draft.bubbles[1]
    assert isinstance(made, b.CarouselBubble)
    return [card.title for card in made.cards]


def tips(composer: Composer) -> b.TipsBubble:
    made = composer.draft.bubbles[1]
    assert isinstance(made, b.TipsBubble)
    return made
