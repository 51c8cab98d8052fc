"""The fields of a form, each of which shows one value and says when a person changed it."""

from datetime import date
from typing import Any, Protocol

from PySide6.QtCore import QDate, QSignalBlocker, Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.text import _, number
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.specs import Ask, Spec
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.widgets.basics import label, restyle
from linecrm_desktop.views.widgets.day_field import DayField
from linecrm_desktop.views.widgets.number_field import NumberField

_SOURCE_HEIGHT = 180


class Input(Protocol):
    """What a form wants of each of its fields."""

    @property
    def edited(self) -> SignalInstance: ...

    def value(self) -> Any: ...

    def show_value(self, value: Any) -> None: ...

    def show_counts(self, counts: Counts, path: str) -> None:
        """Show how much room is left; `path` leads to this field."""
        ...


class WordsInput(QWidget):
    """Words that a friend reads, with variables as chips, and how many of LINE's characters they take."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self.edit = VariableEdit(is_line=spec.ask is Ask.WORDS)
        self.edit.setObjectName(spec.name)
        self.edit.setAccessibleName(_(spec.label))
        self.edit.edited.connect(self.edited)
        bench.adopt(self.edit)
        self.setFocusProxy(self.edit)
        self._count = label("", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.edit, 1)
        row.addWidget(self._count)

    def value(self) -> str:
        return self.edit.written()

    def show_value(self, value: str) -> None:
        self.edit.show_written(value)

    def show_counts(self, counts: Counts, path: str) -> None:
        words, count = counts.get(path, (None, 0))
        most = words.most if words else None
        self._count.setVisible(most is not None)
        if most is not None:
            self._count.setText(_("{n} / {most}").format(n=number(count), most=number(most)))
            self._count.setToolTip(_("As LINE counts, with the longest values in this segment"))
            restyle(self._count, "role", "error" if count > most else "caption")


class LineInput(QLineEdit):
    """One line for an address or an id."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self.setObjectName(spec.name)
        self.setAccessibleName(_(spec.label))
        self.setPlaceholderText("https://" if spec.ask in (Ask.ADDRESS, Ask.PICTURE) else "")
        self.textEdited.connect(lambda _text: self.edited.emit())
        bench.adopt(self)

    def value(self) -> str:
        return self.text().strip()

    def show_value(self, value: str) -> None:
        if value != self.value():
            self.setText(value)

    def show_counts(self, counts: Counts, path: str) -> None:
        """Addresses are not counted while they are typed."""


class SourceInput(QPlainTextEdit):
    """JSON for those who know it."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self.setObjectName(spec.name)
        self.setAccessibleName(_(spec.label))
        self.setProperty("code", True)
        self.setFixedHeight(_SOURCE_HEIGHT)
        self.setTabChangesFocus(True)
        self.setPlaceholderText('{"type": "bubble", "body": …}')
        self.textChanged.connect(self.edited)
        bench.adopt(self)

    def value(self) -> str:
        return self.toPlainText()

    def show_value(self, value: str) -> None:
        if value != self.value():
            with QSignalBlocker(self):
                self.setPlainText(value)

    def show_counts(self, counts: Counts, path: str) -> None:
        """Only the whole card has a limit."""


class NumberInput(NumberField):
    """A whole number."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__(0, spec.most, spec.name)
        self.setAccessibleName(_(spec.label))
        self.valueChanged.connect(lambda _value: self.edited.emit())
        bench.adopt(self.lineEdit())

    def show_value(self, value: int) -> None:
        with QSignalBlocker(self):
            self.setValue(value)

    def show_counts(self, counts: Counts, path: str) -> None:
        """A number has no length."""


class TickInput(QCheckBox):
    """Yes or no."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__(_(spec.label))
        self.setObjectName(spec.name)
        self.clicked.connect(lambda _on: self.edited.emit())
        bench.adopt(self)

    def value(self) -> bool:
        return self.isChecked()

    def show_value(self, value: bool) -> None:
        self.setChecked(value)

    def show_counts(self, counts: Counts, path: str) -> None:
        """A tick has no length."""


class ChoiceInput(QComboBox):
    """One of a few values."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self.setObjectName(spec.name)
        self.setAccessibleName(_(spec.label))
        for value, words in spec.choices:
            self.addItem(_(words), value)
        self.activated.connect(lambda _row: self.edited.emit())
        bench.adopt(self)

    def value(self) -> str:
        return str(self.currentData())

    def show_value(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    def show_counts(self, counts: Counts, path: str) -> None:
        """A choice has no length."""


class DayInput(QWidget):
    """A day, or none."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self.has_one = QCheckBox()
        self.has_one.setObjectName(f"has_{spec.name}")
        self.has_one.setAccessibleName(_(spec.label))
        self.day = DayField(name=spec.name)
        self.day.setAccessibleName(_(spec.label))
        self.day.setDate(QDate.currentDate())
        self.has_one.clicked.connect(self._change)
        self.day.userDateChanged.connect(lambda _day: self.edited.emit())
        for part in (self.has_one, self.day):
            bench.adopt(part)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.has_one)
        row.addWidget(self.day)
        row.addStretch()

    def value(self) -> date | None:
        return self.day.day if self.has_one.isChecked() else None

    def show_value(self, value: date | None) -> None:
        with QSignalBlocker(self.day):
            self.has_one.setChecked(value is not None)
            self.day.setEnabled(value is not None)
            if value is not None:
                self.day.show_day(value)

    def show_counts(self, counts: Counts, path: str) -> None:
        """A day has no length."""

    def _change(self) -> None:
        self.day.setEnabled(self.has_one.isChecked())
        self.edited.emit()


def labelled(spec: Spec, field: QWidget) -> QWidget:
    """Return a field with its name above it and, where there is one, a note below."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(3)
    if spec.ask is not Ask.TICK:
        column.addWidget(label(_(spec.label), "caption", wrap=True))
    column.addWidget(field)
    if spec.note:
        column.addWidget(label(_(spec.note), "caption", wrap=True))
    column.addStretch()
    return whole


def plain_input(spec: Spec, bench: Bench) -> QWidget:
    """Make the field for a value that is not made of others."""
    match spec.ask:
        case Ask.WORDS | Ask.LONG_WORDS:
            return WordsInput(spec, bench)
        case Ask.SOURCE:
            return SourceInput(spec, bench)
        case Ask.NUMBER:
            return NumberInput(spec, bench)
        case Ask.TICK:
            return TickInput(spec, bench)
        case Ask.CHOICE:
            return ChoiceInput(spec, bench)
        case Ask.DAY:
            return DayInput(spec, bench)
        case _:
            return LineInput(spec, bench)
