"""The texts that Qt itself writes: buttons of its dialogs, menus of its fields. Qt brings them in two of our languages.

Thai is not among Qt's translations, so its few words come from our own catalogue.
"""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QObject, QTranslator

from linecrm_desktop.text import N_, _

_OURS = (
    N_("OK"),
    N_("Cancel"),
    N_("Save"),
    N_("Open"),
    N_("Close"),
    N_("Yes"),
    N_("No"),
    N_("Undo"),
    N_("Redo"),
    N_("Cut"),
    N_("Copy"),
    N_("Paste"),
    N_("Delete"),
    N_("Select All"),
    N_("Show Details..."),
    N_("Hide Details..."),
)
"""Texts as Qt writes them, without the marks of their keys."""


class QtWords(QTranslator):
    """Stands in for Qt's own translation where Qt has none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._qt = QTranslator(self)

    def speak(self, app: QCoreApplication, code: str) -> None:
        """Give Qt's own texts in this language from now on."""
        app.removeTranslator(self._qt)
        app.removeTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt.load(f"qtbase_{code}", folder):
            app.installTranslator(self._qt)
        elif code != "en":
            app.installTranslator(self)

    def translate(  # pyright: ignore[reportIncompatibleMethodOverride] - None is Qt's null: an empty text would be shown
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        plain = source.replace("&", "")
        return _(plain) if plain in _OURS else None

    def isEmpty(self) -> bool:
        return False
