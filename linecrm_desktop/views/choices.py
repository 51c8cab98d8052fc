"""What a person chose on this computer, applied at once to the whole program: language, look, text size, shops opened.

One object for all windows; the settings screen, the menus and the welcome window only call `choose`.
"""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QLocale, QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from linecrm_desktop.settings import preferences
from linecrm_desktop.settings.preferences import TEXT_SIZES, Preferences
from linecrm_desktop.text import LANGUAGES, language, set_formats, set_language
from linecrm_desktop.views import theme
from linecrm_desktop.views.name_order import order_names
from linecrm_desktop.views.qt_words import QtWords
from linecrm_desktop.views.reading_order import keep_order
from linecrm_desktop.views.widgets.calendar import begin_weeks_on


class Choices(QObject):
    """Keeps the preferences, writes them down and gives the program its language and look."""

    language_changed = Signal()
    """Every text has to be set again."""
    changed = Signal()
    """Any choice; for the controls that show the choices."""

    def __init__(self, app: QApplication, kept: Preferences | None = None) -> None:
        super().__init__(app)
        self._app = app
        self._words = QtWords(self)
        keep_order(app)
        self.kept = preferences.load() if kept is None else kept
        begin_weeks_on(self.kept.first_weekday)
        app.styleHints().colorSchemeChanged.connect(self._system_look_changed)
        self._speak()
        self._dress()

    def choose(self, **chosen: Any) -> None:
        """Change some of the preferences, keep them, and apply what is new."""
        before, self.kept = self.kept, replace(self.kept, **chosen)
        if self.kept == before:
            return
        preferences.save(self.kept)
        new_language = self.kept.language != before.language
        begin_weeks_on(self.kept.first_weekday)
        new_words = new_language or self.kept.formats != before.formats
        if new_words:
            self._speak()
        if new_language or (self.kept.theme, self.kept.text_size) != (before.theme, before.text_size):
            self._dress()
        if new_words:
            self.language_changed.emit()
        self.changed.emit()

    def step_text_size(self, step: int) -> None:
        """Make the text one step larger or smaller; 0 makes it normal."""
        at = TEXT_SIZES.index(self.kept.text_size) + step
        self.choose(text_size=100 if step == 0 else TEXT_SIZES[max(0, min(at, len(TEXT_SIZES) - 1))])

    def remember_shop(self, *recent: str) -> None:
        """Keep which shops were opened, the last one first."""
        self.choose(recent=recent)

    def _speak(self) -> None:
        set_language(self.kept.language or language_of_computer())
        set_formats(self.kept.formats)
        self._words.speak(self._app, language())
        order_names(language())

    def _dress(self) -> None:
        theme.apply(self._app, self.kept.theme, self.kept.text_size, language())

    def _system_look_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self.kept.theme == "system":
            self._dress()


def language_of_computer() -> str:
    """Return the language of this computer, English when Tagwell does not speak it."""
    code = QLocale.system().name()
    if code.startswith("zh"):
        return "zh_TW"
    return next((known for known in LANGUAGES if code.split("_")[0] == known), "en")


def country_of_computer() -> str:
    """Return the country that a new shop most likely is in."""
    code = QLocale.system().name()
    by_language = {"ja": "JP", "th": "TH"}
    territory = code.partition("_")[2]
    return territory if territory in ("TW", "JP", "TH") else by_language.get(code.partition("_")[0], "TW")
