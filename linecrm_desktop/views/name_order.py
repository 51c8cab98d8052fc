"""In which order names stand: as the language on the screen has them, the same in lists of ours and in tables of Qt."""

from PySide6.QtCore import QCollator, QLocale, Qt

from linecrm_desktop.text import set_name_order

_LOCALES = {"zh_TW": "zh_TW", "ja": "ja_JP", "th": "th_TH", "en": "en_GB"}


def order_names(language: str) -> None:
    """Sort names by strokes, kana, Thai order or the alphabet, and numbers in them by their value."""
    locale = QLocale(_LOCALES[language])
    QLocale.setDefault(locale)  # tables that sort by words of a language ask for this one
    collator = QCollator(locale)
    collator.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    collator.setNumericMode(True)
    collator.compare("", "a")  # made ready here: readings on other threads only ask
    set_name_order(collator.compare)
