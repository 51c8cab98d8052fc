"""The widgets that editors inside a rule's sentence are made of: combos, numbers, days, words.

In all of them the wheel scrolls the page unless the cursor is in the editor, and Esc puts back what was there before.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from linecrm_desktop.text import CURRENCY_DIGITS, money
from linecrm_desktop.views.rules.snug_combo import SnugCombo
from linecrm_desktop.views.widgets.day_field import DayField

MOST = 1_000_000_000


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
    _Calm(made, made.value, made.setValue)
    named(made, name, accessible)
    return made


def currency_amount(
    name: str, accessible: str, minor: int, currency: str, chosen: Callable[[int], None]
) -> QDoubleSpinBox:
    """Return an amount of money, given and chosen in smallest units of the currency."""
    digits = CURRENCY_DIGITS.get(currency, 2)
    made = _Amount()
    made.setRange(0, MOST)
    made.setDecimals(digits)
    made.setGroupSeparatorShown(True)
    made.setPrefix(money(0, currency).rstrip("0."))
    made.setValue(minor / 10**digits)
    made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    made.setFixedWidth(120)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    made.valueChanged.connect(lambda value: chosen(round(value * 10**digits)))
    _Calm(made, made.value, made.setValue)
    named(made, name, accessible)
    return made


class _Amount(QDoubleSpinBox):
    """Shows decimals only where there are any, as amounts are written everywhere."""

    def textFromValue(self, val: float) -> str:
        text = super().textFromValue(val)
        whole = self.locale().toString(float(int(val)), "f", 0) if val == int(val) else ""
        return whole or text


class _Decimal(QDoubleSpinBox):
    """Shows only the decimals that there are."""

    def textFromValue(self, val: float) -> str:
        text, point = super().textFromValue(val), self.locale().decimalPoint()
        return text.rstrip("0").removesuffix(point) if point in text else text


def decimal(name: str, accessible: str, value: float, chosen: Callable[[float], None]) -> QDoubleSpinBox:
    """Return a number with up to four decimals."""
    made = _Decimal()
    made.setRange(-MOST, MOST)
    made.setDecimals(4)
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    made.setValue(value)
    made.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    made.setFixedWidth(110)
    made.valueChanged.connect(chosen)
    _Calm(made, made.value, made.setValue)
    named(made, name, accessible)
    return made


def day(name: str, accessible: str, value: date, chosen: Callable[[date], None]) -> DayField:
    """Return a day with a calendar."""
    made = DayField(value)
    made.dateChanged.connect(lambda _day: chosen(made.day))
    _Calm(made, made.date, made.setDate)
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
    _Calm(made, made.text, made.setText)
    named(made, name, accessible)
    return made


def named(widget: QWidget, name: str, accessible: str) -> QWidget:
    """Give an editor the names that tests and screen readers use."""
    widget.setObjectName(name)
    widget.setAccessibleName(accessible)
    widget.setProperty("small", True)
    return widget


class _Calm(QObject):
    """Keeps an editor from changing by accident, and lets a person change their mind."""

    def __init__(self, editor: QWidget, value: Callable[[], Any], restore: Callable[[Any], None]) -> None:
        super().__init__(editor)
        self._editor, self._value, self._restore = editor, value, restore
        self._before = value()
        editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # else the wheel would take the cursor along
        editor.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Wheel and not self._editor.hasFocus():
            event.ignore()
            return True
        if event.type() == QEvent.Type.FocusIn:
            self._before = self._value()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self._restore(self._before)
            return True
        return super().eventFilter(watched, event)
