"""A form made from what a kind of bubble holds; its value is a frozen one, and every change makes a new one.

Parts of parts (the buttons of the cards of a carousel) are forms again, so one form knows all kinds.
"""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from linecrm_desktop.messages.actions import Action, CopyText, OpenLink, SendWords
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.coupon_input import CouponInput
from linecrm_desktop.views.messages.bubbles.inputs import labelled, plain_input
from linecrm_desktop.views.messages.bubbles.parts_input import PartsInput
from linecrm_desktop.views.messages.bubbles.picture_input import PictureInput
from linecrm_desktop.views.messages.bubbles.specs import FORMS, Ask, Spec

_TAPS: dict[type[Any], str] = {
    OpenLink: N_("Open a page"),
    SendWords: N_("Send words into the chat"),
    CopyText: N_("Copy a text"),
}


class Form(QWidget):
    """Shows one frozen value and lets a person change it."""

    edited = Signal()

    def __init__(self, value: Any, bench: Bench) -> None:
        super().__init__()
        self._value = value
        self._inputs: dict[str, Any] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        place = 0
        for spec in FORMS.get(type(value), ()):
            field = _input(spec, bench)
            self._inputs[spec.name] = field
            field.show_value(getattr(value, spec.name))
            field.edited.connect(lambda name=spec.name: self._take(name))
            place += 0 if spec.is_half else place % 2
            grid.addWidget(labelled(spec, field), place // 2, place % 2, 1, 1 if spec.is_half else 2)
            place += 1 if spec.is_half else 2
        self._mind()

    def value(self) -> Any:
        return self._value

    def show_value(self, value: Any) -> None:
        """Show another value of the same kind; what is the same stays untouched, and so does the cursor."""
        self._value = value
        for name, field in self._inputs.items():
            if field.value() != getattr(value, name):
                field.show_value(getattr(value, name))
        self._mind()

    def show_counts(self, counts: Counts, path: str = "") -> None:
        """Show beside each text how much room is left."""
        for name, field in self._inputs.items():
            field.show_counts(counts, f"{path}.{name}" if path else name)

    def begin(self) -> None:
        """Put the cursor into the first field."""
        for field in self._inputs.values():
            field.setFocus()
            return

    def _take(self, name: str) -> None:
        self._value = replace(self._value, **{name: self._inputs[name].value()})
        self._mind()
        self.edited.emit()

    def _mind(self) -> None:
        """Let pictures know the whole: what LINE takes of one depends on its neighbours."""
        for field in self._inputs.values():
            if isinstance(field, PictureInput):
                field.mind(self._value)


class ActionInput(QWidget):
    """What a tap does: its kind, and the form of that kind."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._form: Form | None = None
        self.kind = QComboBox()
        self.kind.setObjectName(f"{spec.name}Kind")
        self.kind.setAccessibleName(_(spec.label))
        if spec.can_lack:
            self.kind.addItem(_("Nothing"), None)
        for made, words in _TAPS.items():
            self.kind.addItem(_(words), made)
        self.kind.activated.connect(self._choose)
        bench.adopt(self.kind)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(self.kind)
        self.setFocusProxy(self.kind)

    def value(self) -> Action | None:
        return self._form.value() if self._form is not None else None

    def show_value(self, value: Action | None) -> None:
        self.kind.setCurrentIndex(max(0, self.kind.findData(type(value) if value is not None else None)))
        if self._form is not None and type(value) is type(self._form.value()):
            self._form.show_value(value)
            return
        if self._form is not None:
            self._form.hide()
            self._column.removeWidget(self._form)
            self._form.deleteLater()
        self._form = Form(value, self._bench) if value is not None else None
        if self._form is not None:
            self._form.edited.connect(self.edited)
            self._column.addWidget(self._form)

    def show_counts(self, counts: Counts, path: str) -> None:
        if self._form is not None:
            self._form.show_counts(counts, path)

    def _choose(self) -> None:
        made, before = self.kind.currentData(), self.value()
        if made is type(before):
            return
        label = before.label if before is not None else ""
        self.show_value(made(label=label) if made is not None else None)
        self.edited.emit()


def _input(spec: Spec, bench: Bench) -> Any:
    match spec.ask:
        case Ask.ACTION:
            return ActionInput(spec, bench)
        case Ask.PARTS:
            return PartsInput(spec, bench, lambda value: part_form(value, bench))
        case Ask.PICTURE:
            return PictureInput(spec, bench)
        case Ask.COUPON:
            return CouponInput(spec, bench)
        case _:
            return plain_input(spec, bench)


def part_form(value: Any, bench: Bench) -> Any:
    """Return the form of one part; an action may also change its kind."""
    if isinstance(value, (OpenLink, SendWords, CopyText)):
        made = ActionInput(Spec("action", N_("When it is tapped"), Ask.ACTION), bench)
        made.show_value(value)
        return made
    return Form(value, bench)
