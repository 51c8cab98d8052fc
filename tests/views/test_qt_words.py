"""Qt's own texts: ours where Qt has no translation, and Qt's own where we have none either."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from linecrm_desktop.text import set_language
from linecrm_desktop.views.qt_words import QtWords


@pytest.fixture
def words(qapp: QApplication) -> Iterator[QtWords]:
    made = QtWords()
    yield made
    made.speak(qapp, "en")


def test_a_language_that_qt_does_not_know_gets_our_words(words: QtWords, qapp: QApplication) -> None:
    set_language("th")
    words.speak(qapp, "th")
    assert QCoreApplication.translate("QPlatformTheme", "&Yes") == "ใช่"


def test_what_nobody_translated_stays_readable(words: QtWords, qapp: QApplication) -> None:
    set_language("th")
    words.speak(qapp, "th")
    assert QCoreApplication.translate("QErrorMessage", "Page %1 of %2") == "Page %1 of %2"


def test_a_language_that_qt_knows_speaks_for_itself(words: QtWords, qapp: QApplication) -> None:
    words.speak(qapp, "ja")
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "キャンセル"
