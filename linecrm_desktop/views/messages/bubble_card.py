"""One text bubble while it is written: its text with chips, the variables to put in, and the count that LINE makes.

A bubble of another kind is shown as it reads and kept as it is.
"""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from linecrm_desktop.messages import summary
from linecrm_desktop.messages.blocks import Bubble, TextBubble
from linecrm_desktop.messages.limits import TEXT_MAX, longest
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.messages.variables import Variable, parts
from linecrm_desktop.messages.variables import label as variable_label
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.views.messages.facts import NOBODY
from linecrm_desktop.views.messages.variable_edit import VariableEdit
from linecrm_desktop.views.widgets.basics import Card, button, icon_button, label, restyle
from linecrm_desktop.views.widgets.parts import PictureLabel

_ICONS = {"name": "user", "last_product": "bag"}
_USUAL = {
    "name": N_("there"),
    "last_product": N_("your last order"),
    "tier": N_("our customer"),
    "points": N_("your points"),
}


class BubbleCard(Card):
    """Shows one bubble. It knows its position, which the column sets."""

    edited = Signal(int)
    duplicated = Signal(int)
    removed = Signal(int)
    moved = Signal(int, int)
    """The position, and one up (-1) or down (1)."""
    fallback_asked = Signal(int, int)
    """The position, and where in the text the chip stands."""

    def __init__(self, position: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, margins=(14, 10, 12, 12))
        self.setObjectName(f"bubble{position}")
        self.position = position
        self._filling = NOBODY
        self._other: Bubble | None = None
        """The bubble, where it is none of text."""
        self._build_head()
        self._build_text()
        self._build_foot()
        self._lay_out()
        self._connect()
        self.retranslate()

    def bubble(self) -> Bubble:
        """Return the bubble as it is written now."""
        return TextBubble(self.text.written()) if self._other is None else self._other

    def show_bubble(self, bubble: Bubble) -> None:
        """Show a bubble; only a text can be written in."""
        self._other = None if isinstance(bubble, TextBubble) else bubble
        self.text.setReadOnly(self._other is not None)
        written = bubble.text if isinstance(bubble, TextBubble) else "\n".join(summary.lines(bubble))
        self.text.show_written(written)
        for part in (*self._variables.values(), self._fallbacks, self._count):
            part.setVisible(self._other is None)
        self._title.setText(summary.kind_name(bubble))
        self._show_count()

    def show_filling(self, filling: Filling) -> None:
        """Count with the longest values of these friends, and say how many of them get a fallback."""
        self._filling = filling
        self._show_count()

    def retranslate(self) -> None:
        n = self.position + 1
        self._title.setText(summary.kind_name(self.bubble()))
        self.text.setAccessibleName(_("Text of bubble {n}").format(n=n))
        self.text.setPlaceholderText(_("Hi {variable}, …").format(variable="{"))
        for name, put in self._variables.items():
            put.setText(variable_label(name))
            put.setAccessibleName(_("Put in “{variable}”").format(variable=variable_label(name)))
        self._name_button(self.duplicate, _("Duplicate bubble {n}").format(n=n))
        self._name_button(self.delete, _("Delete bubble {n}").format(n=n))
        self._grip.setToolTip(_("Alt+Up and Alt+Down move this bubble"))
        self.text.viewport().update()
        self._show_count()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.moved.emit(self.position, step)
                return True
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.choose(event.type() == QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _build_head(self) -> None:
        self._grip = PictureLabel("dots-six-vertical", "text3")
        self._kind = PictureLabel("text-aa")
        self._title = label("", "strong")
        self.duplicate = icon_button("copy", "", "duplicate")
        self.delete = icon_button("trash", "", "delete")

    def _build_text(self) -> None:
        self.text = VariableEdit()
        self.text.setObjectName("text")
        self.text.installEventFilter(self)

    def _build_foot(self) -> None:
        self._variables = {name: button("", "default", picture, f"put_{name}") for name, picture in _ICONS.items()}
        for made in self._variables.values():
            made.setProperty("small", True)
        self._fallbacks = label("", "caption", wrap=True)
        self._fallbacks.setObjectName("fallbacks")
        self._count = label("", "caption")
        self._count.setObjectName("count")

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        for part in (self._grip, self._kind, self._title):
            head.addWidget(part)
        head.addStretch()
        for part in (self.duplicate, self.delete):
            head.addWidget(part)
        foot.setSpacing(6)
        for part in self._variables.values():
            foot.addWidget(part)
        foot.addWidget(self._fallbacks, 1)
        foot.addWidget(self._count)
        self.body.addLayout(head)
        self.body.addWidget(self.text)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.text.edited.connect(self._edited)
        self.text.variable_asked.connect(self._put)
        self.text.chip_opened.connect(lambda chip: self.fallback_asked.emit(self.position, chip))
        self.duplicate.clicked.connect(lambda: self.duplicated.emit(self.position))
        self.delete.clicked.connect(lambda: self.removed.emit(self.position))
        for name, put in self._variables.items():
            put.clicked.connect(lambda _checked=False, name=name: self._put(name))

    def _put(self, name: str) -> None:
        self.text.insert_variable(Variable(name, _(_USUAL[name])))

    def _edited(self) -> None:
        self._show_count()
        self.edited.emit(self.position)

    def _show_count(self) -> None:
        text = self.text.written()
        count = longest(text, self._filling.longest)
        self._count.setText(_("{n} / {most}").format(n=number(count), most=number(TEXT_MAX)))
        restyle(self._count, "role", "error" if count > TEXT_MAX else "caption")
        self._count.setToolTip(_("As LINE counts, with the longest values in this segment"))
        self._fallbacks.setText(_fallback_words(text, self._filling.lacking))

    def _name_button(self, shown: QPushButton, name: str) -> None:
        shown.setAccessibleName(name)
        shown.setToolTip(name)


def _fallback_words(text: str, lacking: Mapping[str, int]) -> str:
    """Say for the variable that most friends lack how many read the fallback."""
    used = {part.name: part.fallback for part in parts(text) if isinstance(part, Variable)}
    counted = [(lacking.get(name, 0), name) for name in used]
    if not counted or max(counted)[0] == 0:
        return ""
    n, name = max(counted)
    if not used[name].strip():
        sentence = ngettext("{n} friend would read nothing there.", "{n} friends would read nothing there.", n)
        return sentence.format(n=number(n))
    sentence = ngettext("{n} friend reads “{fallback}”.", "{n} friends read “{fallback}”.", n)
    return sentence.format(n=number(n), fallback=used[name])
