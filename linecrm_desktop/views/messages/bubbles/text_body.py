"""The body of a bubble of text: the text with chips, variables and emoji to put in, and the count that LINE makes."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from linecrm_desktop.messages.bubbles import OptOutBubble, TextBubble
from linecrm_desktop.messages.people import Filling
from linecrm_desktop.messages.variables import Variable, parts
from linecrm_desktop.messages.variables import label as variable_label
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.messages.bubbles.bench import Bench, Counts
from linecrm_desktop.views.messages.bubbles.emoji import EmojiMenu
from linecrm_desktop.views.messages.variable_edit import VariableEdit, usual_fallback
from linecrm_desktop.views.widgets.basics import button, label, restyle

_FIRST = {"name": "user", "last_product": "bag"}
"""Variables with a button of their own, and its icon; the others are in the menu behind “More”."""


class TextBody(QWidget):
    """Edits a bubble that is one text."""

    edited = Signal()

    def __init__(self, bubble: TextBubble | OptOutBubble, bench: Bench) -> None:
        super().__init__()
        self._kind = type(bubble)
        self._bench = bench
        self.text = VariableEdit()
        self.text.setObjectName("text")
        self.text.edited.connect(self.edited)
        bench.adopt(self.text)
        self._build_foot()
        self._lay_out()
        self.retranslate()
        self.show_value(bubble)

    def value(self) -> TextBubble | OptOutBubble:
        return self._kind(self.text.written())

    def show_value(self, value: TextBubble | OptOutBubble) -> None:
        self.text.show_written(value.text)

    def show_counts(self, counts: Counts, path: str = "") -> None:
        """Show the count that LINE makes."""
        words, count = counts.get("text", (None, 0))
        most = (words.most if words else None) or 0
        self._count.setText(_("{n} / {most}").format(n=number(count), most=number(most)))
        self._count.setToolTip(_("As LINE counts, with the longest values in this segment"))
        restyle(self._count, "role", "error" if count > most else "caption")

    def show_filling(self, filling: Filling) -> None:
        """Say how many friends read a fallback."""
        self._fallbacks.setText(_fallback_words(self.text.written(), filling.lacking))
        self._fallbacks.setVisible(bool(self._fallbacks.text()))

    def begin(self) -> None:
        """Put the cursor into the text."""
        self.text.setFocus()

    def retranslate(self) -> None:
        self.text.setAccessibleName(_("Text"))
        self.text.setPlaceholderText(_("Hi {variable}, …").format(variable="{"))
        for name, put in self._variables.items():
            put.setText(variable_label(name))
            put.setAccessibleName(_("Put in “{variable}”").format(variable=variable_label(name)))
        self._more.setText(_("More"))
        self._more.setAccessibleName(_("More variables"))
        self._emoji.setText(_("Emoji"))
        self.text.viewport().update()

    def _build_foot(self) -> None:
        self._variables = {name: button("", "default", picture, f"put_{name}") for name, picture in _FIRST.items()}
        self._more = button("", "default", "brackets-curly", "moreVariables")
        self._emoji = button("", "default", "smiley", "emoji")
        for made in (*self._variables.values(), self._more, self._emoji):
            made.setProperty("small", True)
        for name, put in self._variables.items():
            put.clicked.connect(lambda _checked=False, name=name: self._put(name))
        self._more.clicked.connect(self._offer_more)
        self._emoji.clicked.connect(self._offer_emoji)
        self._fallbacks = label("", "caption", wrap=True)
        self._fallbacks.setObjectName("fallbacks")
        self._count = label("", "caption")
        self._count.setObjectName("count")

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(6)
        for part in (*self._variables.values(), self._more, self._emoji):
            foot.addWidget(part)
        foot.addStretch()
        foot.addWidget(self._count)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addLayout(foot)
        column.addWidget(self._fallbacks)

    def _put(self, name: str) -> None:
        self.text.insert_variable(Variable(name, usual_fallback(name)))

    def _offer_more(self) -> None:
        menu = QMenu(self)
        for name in (name for name in self._bench.offered if name not in _FIRST):
            menu.addAction(variable_label(name)).setData(name)
        menu.triggered.connect(lambda action: self._put(action.data()))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _offer_emoji(self) -> None:
        menu = EmojiMenu(self)
        menu.chosen.connect(self.text.insertPlainText)
        menu.chosen.connect(lambda _sign: self.text.setFocus())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._emoji.mapToGlobal(self._emoji.rect().bottomLeft()))


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
