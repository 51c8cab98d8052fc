"""Several parts of one kind, such as the cards of a carousel: a strip to choose from, and the chosen one's form."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.specs import Spec
from linecrm_desktop.views.widgets.basics import button, clear, icon_button, label
from linecrm_desktop.views.widgets.flow import FlowLayout

_SHOWN = 16
"""Letters of a part's own words that its tile shows."""


class PartsInput(QWidget):
    """Holds a tuple of frozen values."""

    edited = Signal()

    def __init__(self, spec: Spec, bench: Bench, form_of: Callable[[Any], Any]) -> None:
        super().__init__()
        self._spec, self._bench, self._form_of = spec, bench, form_of
        self._parts: tuple[Any, ...] = ()
        self._chosen = 0
        self._form: Any = None
        self._counts: tuple[Counts, str] = ({}, "")
        self._build()

    def value(self) -> tuple[Any, ...]:
        return self._parts

    def show_value(self, value: tuple[Any, ...]) -> None:
        """Show these parts; the chosen place stays chosen while it is there."""
        self._parts = value
        self._chosen = max(0, min(self._chosen, len(value) - 1))
        self._show()

    def show_counts(self, counts: Counts, path: str) -> None:
        self._counts = (counts, path)
        if self._form is not None:
            self._form.show_counts(counts, f"{path}.{self._chosen}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move(step)
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        name = self._spec.name
        self._tiles = QWidget()
        self._strip = FlowLayout(self._tiles, 6, 6)
        self._group = QButtonGroup(self)
        self._room = label("", "caption")
        self._room.setObjectName(f"{name}Room")
        self.earlier = icon_button("arrow-left", _("Move to the left"), f"{name}Earlier")
        self.later = icon_button("arrow-right", _("Move to the right"), f"{name}Later")
        self.copy = icon_button("copy", _("Duplicate"), f"{name}Copy")
        self.remove = icon_button("trash", _("Delete"), f"{name}Remove")
        self._place = QVBoxLayout()
        tools = QHBoxLayout()
        tools.setSpacing(4)
        tools.addWidget(self._room)
        tools.addStretch()
        for tool in (self.earlier, self.later, self.copy, self.remove):
            tools.addWidget(tool)
            self._bench.adopt(tool)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._tiles)
        column.addLayout(tools)
        column.addLayout(self._place)
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.copy.clicked.connect(self._duplicate)
        self.remove.clicked.connect(self._delete)
        self._bench.looks.changed.connect(self._show_pictures)

    def _show(self) -> None:
        self._show_tiles()
        self._show_form()

    def _show_tiles(self) -> None:
        clear(self._strip)
        for place, part in enumerate(self._parts):
            tile = button(self._title(place, part), "default", name=f"{self._spec.name}{place}")
            tile.setCheckable(True)
            tile.setProperty("small", True)
            tile.setProperty("tile", True)
            tile.setChecked(place == self._chosen)
            self._picture(tile, part)
            tile.clicked.connect(lambda _on, place=place: self._choose(place))
            self._group.addButton(tile)
            self._bench.adopt(tile)
            self._strip.addWidget(tile)
        self._strip.addWidget(self._adder())
        n, most = len(self._parts), self._spec.most
        self._room.setText(_("{n} of {most}").format(n=number(n), most=number(most)))
        self.copy.setEnabled(0 < n < most)
        self.remove.setEnabled(n > 0)
        self.earlier.setEnabled(self._chosen > 0)
        self.later.setEnabled(self._chosen < n - 1)

    def _picture(self, tile: QPushButton, part: Any) -> None:
        """Show a part's own picture on its tile, when it is there."""
        shown = self._bench.looks.shown.get(getattr(part, "image", ""))
        tile.setIcon(QIcon(shown) if shown is not None else QIcon())

    def _show_pictures(self) -> None:
        for place, part in enumerate(self._parts):
            item = self._strip.itemAt(place)
            tile = item.widget() if item is not None else None
            if isinstance(tile, QPushButton):
                self._picture(tile, part)

    def _adder(self) -> QPushButton:
        adder = icon_button("plus", _("Add one"), f"{self._spec.name}Add")
        most = self._spec.most
        adder.setEnabled(len(self._parts) < most)
        if len(self._parts) >= most:
            sentence = ngettext("LINE takes at most {n}.", "LINE takes at most {n}.", most)
            adder.setToolTip(sentence.format(n=number(most)))
        adder.clicked.connect(self._add)
        self._bench.adopt(adder)
        return adder

    def _show_form(self) -> None:
        part = self._parts[self._chosen] if self._parts else None
        if self._form is not None and part is not None and type(self._form.value()) is type(part):
            self._form.show_value(part)
        else:
            clear(self._place)
            self._form = self._form_of(part) if part is not None else None
            if self._form is not None:
                self._form.edited.connect(self._take)
                self._place.addWidget(self._form)
        self.show_counts(*self._counts)

    def _title(self, place: int, part: Any) -> str:
        own = next(
            (
                words
                for one in fields(part)
                if one.name in ("label", "title", "name") and (words := getattr(part, one.name))
            ),
            "",
        )
        shown = own if len(own) <= _SHOWN else f"{own[:_SHOWN]}…"
        return shown or _(self._spec.one).format(n=number(place + 1))

    def _choose(self, place: int) -> None:
        self._chosen = place
        self._show()

    def _take(self) -> None:
        self._put([*self._parts[: self._chosen], self._form.value(), *self._parts[self._chosen + 1 :]])
        tile = self._strip.itemAt(self._chosen)
        shown = tile.widget() if tile is not None else None
        if isinstance(shown, QPushButton):
            shown.setText(self._title(self._chosen, self._parts[self._chosen]))

    def _add(self) -> None:
        made = self._spec.make() if self._spec.make is not None else None
        self._change([*self._parts, made], len(self._parts))

    def _duplicate(self) -> None:
        self._change([*self._parts[: self._chosen + 1], *self._parts[self._chosen :]], self._chosen + 1)

    def _delete(self) -> None:
        self._change([*self._parts[: self._chosen], *self._parts[self._chosen + 1 :]], self._chosen)

    def _move(self, step: int) -> None:
        to = self._chosen + step
        if 0 <= to < len(self._parts):
            rest = [*self._parts[: self._chosen], *self._parts[self._chosen + 1 :]]
            self._change([*rest[:to], self._parts[self._chosen], *rest[to:]], to)

    def _change(self, parts: list[Any], chosen: int) -> None:
        self._parts = tuple(parts)
        self._chosen = max(0, min(chosen, len(parts) - 1))
        self._show()
        self.edited.emit()

    def _put(self, parts: list[Any]) -> None:
        self._parts = tuple(parts)
        self.edited.emit()
