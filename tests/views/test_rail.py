"""The rail: for who cannot see it, and in other languages than English."""

from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from linecrm_desktop.views.choices import Choices
from linecrm_desktop.views.desk import Page
from linecrm_desktop.views.rail import ITEMS, Rail, RailModel


def test_a_screen_reader_opens_a_page_by_its_line_and_hears_which_one_is_open(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    asked: list[Page] = []
    rail.opened.connect(asked.append)
    rail.mark(Page.HOME)
    row = next(row for row, item in enumerate(ITEMS) if item.page is Page.TAGS)
    tags = QAccessible.queryAccessibleInterface(rail.top).child(row)
    assert tags.text(QAccessible.Text.Name) == "Tags"
    assert not tags.state().selected
    tags.actionInterface().doAction("Toggle")
    assert asked == [Page.TAGS]
    rail.mark(Page.TAGS)
    assert tags.state().selected
    rail.mark(Page.AUDIT)  # a part of the tags: their line leads back
    assert not tags.state().selected
    tags.actionInterface().doAction("Toggle")
    assert asked == [Page.TAGS, Page.TAGS]


def test_marking_the_open_page_asks_for_none(qtbot: QtBot) -> None:
    rail = Rail()
    qtbot.addWidget(rail)
    with qtbot.assertNotEmitted(rail.opened):
        for page in Page:
            rail.mark(page)


def test_a_letter_of_the_method_has_its_english_word_beside_it_in_every_language(choices: Choices) -> None:
    model = RailModel(ITEMS)
    captions = [row for row, item in enumerate(ITEMS) if item.letter]
    assert [model.index(row).data() for row in captions] == ["Trace", "Attribute", "Group", "Send", "Protect"]
    choices.choose(language="zh_TW")
    assert [model.index(row).data() for row in captions] == [
        *("溯源 Trace", "屬性 Attribute", "分群 Group", "發送 Send", "保護")
    ]
