"""The guide opens beside the shop in every language, is searched, and says nothing that is no longer so."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from linecrm_desktop.cli.main import parser
from linecrm_desktop.resources import resource
from linecrm_desktop.text import LANGUAGES, _, set_language
from linecrm_desktop.tour.play import walk
from linecrm_desktop.views.desk import Page
from linecrm_desktop.views.guide import book
from linecrm_desktop.views.guide.window import GuideWindow

_NAME = re.compile(r"(?<!\*)\*([^*\n]+)\*(?!\*)")
"""A word that stands on the screen is written between single stars."""
_KEY = re.compile(r"\(&.\)|&")


def text_of(language: str) -> str:
    return "\n".join(chapter.text for chapter in book.chapters(language))


def messages() -> list[str]:
    """Return the texts of the program as the code has them."""
    with resource("locales", "ja", "LC_MESSAGES", "tagwell.po").open("rb") as file:
        return [message.id if isinstance(message.id, str) else message.id[0] for message in read_po(file) if message.id]


def names_in(language: str) -> list[str]:
    return _NAME.findall(text_of(language).replace("\n", " "))


@pytest.fixture
def guide(qtbot: QtBot) -> GuideWindow:
    made = GuideWindow()
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_a_chapter(language: str) -> None:
    assert set(book.CHAPTER_OF) == set(Page)
    assert max(book.CHAPTER_OF.values()) < len(book.chapters(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_of_the_guide_is_there(language: str) -> None:
    names = book.picture_names(text_of(language))
    assert names == book.picture_names(text_of("en"))
    assert all(QImage(str(book.picture(language, name))).width() > 1000 for name in names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_in_the_guide_stands_on_the_screen(language: str) -> None:
    shown = {_KEY.sub("", text): text for text in messages()}
    unknown = [name for name in names_in("en") if name not in shown]
    assert not unknown, f"no longer on any screen: {unknown}"
    set_language(language)
    expected = Counter(_KEY.sub("", _(shown[name])) for name in names_in("en"))
    assert Counter(names_in(language)) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_in_the_guide_is_understood(language: str) -> None:
    written = re.findall(r"^tagwell (.+)$", text_of(language), re.MULTILINE)
    assert len(written) >= 4
    for line in written:
        parser().parse_args(line.split())


def test_no_picture_of_the_guide_is_old(tmp_path: Path, qtbot: QtBot) -> None:
    """Every word in a picture still stands on its screen. Who changed one runs scripts/guide_pictures.py."""
    kept: dict[str, list[str]] = json.loads(resource(book.FOLDER, "pictures", "words.json").read_text("utf-8"))
    now = walk(tmp_path, every_look=False).words
    gone = {name: sorted(set(words) - set(now.get(name, []))) for name, words in kept.items()}
    assert {name: words for name, words in gone.items() if words} == {}


def test_the_guide_opens_at_the_chapter_of_the_page(guide: GuideWindow) -> None:
    guide.open_at(book.CHAPTER_OF[Page.CONSENT])
    assert guide.text.toPlainText().startswith("Consent, and what people may ask of you")
    assert guide.text.hasFocus() or guide.isActiveWindow() is False


def test_the_guide_is_searched(guide: GuideWindow) -> None:
    guide.open_at(0)
    QTest.keyClicks(guide.search, "laptop password")
    titles = [
        guide.contents.item(row).text() for row in range(guide.contents.count()) if not guide.contents.isRowHidden(row)
    ]
    assert titles == ["The first five minutes", "Keep the shop safe"]
    assert guide.text.toPlainText().startswith("The first five minutes")
    assert guide.text.extraSelections()

    QTest.keyClick(guide.search, Qt.Key.Key_Escape)
    QTest.keyClicks(guide.search, "dragon")
    assert guide.nothing.text() == "The guide says nothing of “dragon”."


def test_the_guide_leads_on_to_its_end(guide: GuideWindow) -> None:
    guide.open_at(0)
    while guide.next.isEnabled():
        QTest.mouseClick(guide.next, Qt.MouseButton.LeftButton)
    assert guide.text.toPlainText().startswith("Without the window")


def test_the_guide_changes_its_language(guide: GuideWindow) -> None:
    guide.open_at(2)
    set_language("zh_TW")
    guide.retranslate()
    assert guide.contents.currentItem().text().startswith("第 1 週")
    assert guide.text.toPlainText().startswith("第 1 週")
