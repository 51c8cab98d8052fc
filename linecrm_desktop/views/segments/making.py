"""The widgets that editors inside a rule's sentence are made of: combos, numbers, days, words."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDateEdit, QDoubleSpinBox, QLineEdit, QSpinBox

from linecrm_desktop.views.segments.check_combo import named
from linecrm_desktop.views.segments.snug_combo import SnugCombo

MOST = 1_000_000_000
_DATE_FORM = "yyyy-MM-dd"


def combo(
    name: str, accessible: str, options: Sequence[tuple[Any, str]], now: Any, chosen: Callable[[Any], None]
) -> QComboBox:
    """Return a choice among (value, text); none is chosen where the value is not among them."""
    box = SnugCombo()
    for value, text in options:
        box.addItem(text, value)
    values = [value for value, _text in options]
    box.setCurrentIndex(values.index(now) if now in values else -1)
    box.activated.connect(lambda row: chosen(values[row]))
    named(box, name, accessible)
    return box


def spin(
    name: str, accessible: str, low: int, value: int, chosen: Callable[[int], None], width: int = 60, suffix: str = ""
) -> QSpinBox:
    """Return a whole number."""
    made = QSpinBox()
    made.setRange(low, MOST)
    made.setGroupSeparatorShown(True)
    made.setSuffix(suffix)
    made.setValue(value)
    made.setKeyboardTracking(True)
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    wide = made.fontMetrics().horizontalAdvance(suffix) if suffix else 0
    made.setFixedWidth(width + wide)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    made.valueChanged.connect(chosen)
    named(made, name, accessible)
    return made


def decimal(name: str, accessible: str, value: float, chosen: Callable[[float], None]) -> QDoubleSpinBox:
    """Return a number with decimals."""
    made = QDoubleSpinBox()
    made.setRange(-MOST, MOST)
    made.setDecimals(4)
    made.setValue(value)
    made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    made.setFixedWidth(110)
    made.valueChanged.connect(chosen)
    named(made, name, accessible)
    return made


def day(name: str, accessible: str, value: date, chosen: Callable[[date], None]) -> QDateEdit:
    """Return a day with a calendar."""
    made = QDateEdit(QDate(value.year, value.month, value.day))
    made.setCalendarPopup(True)
    made.setDisplayFormat(_DATE_FORM)
    made.dateChanged.connect(lambda found: chosen(date(found.year(), found.month(), found.day())))
    named(made, name, accessible)
    return made


def words(
    name: str, accessible: str, value: str, known: Sequence[str], chosen: Callable[[str], None], width: int = 160
) -> QLineEdit:
    """Return a text; what the shop has already is offered while typing."""
    made = QLineEdit(value)
    made.setFixedWidth(width)
    made.setPlaceholderText(accessible)
    if known:
        completer = QCompleter(list(known), made)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        made.setCompleter(completer)
    made.textChanged.connect(lambda text: chosen(text.strip()))
    named(made, name, accessible)
    return made
