"""The answer to a proposal in its row: two buttons, or what was answered with the way back.

They are there for the mouse; on the keyboard Enter, N and U in the table do the same, and the card below has buttons.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.results.review import words
from linecrm_desktop.results.review.decisions import Item
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import PictureLabel
from linecrm_desktop.views.widgets.writing import writing


class AnswerCell(QWidget):
    """Shows one proposal's answer."""

    accepted = Signal()
    put_off = Signal()
    taken_back = Signal()

    def __init__(self, item: Item) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 4, 1)
        row.setSpacing(6)
        key = item.proposed.key
        if item.decided is None:
            self._add(row, accept_words(item), "default", f"accept_{key}", self.accepted)
            self._add(row, _("Not now"), "default", f"later_{key}", self.put_off)
        else:
            row.addWidget(PictureLabel("check-circle" if item.is_accepted else "clock", "good", 16))
            row.addWidget(label(words.state(item)))
            if not item.decided.is_made:
                self._add(row, _("Undo"), "link", f"back_{key}", self.taken_back)
        row.addStretch(1)

    def _add(self, row: QHBoxLayout, text: str, kind: str, name: str, signal: object) -> None:
        made = writing(button(text, kind, name=name))
        made.setProperty("small", True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.clicked.connect(signal)
        row.addWidget(made)


def accept_words(item: Item) -> str:
    """Return what the button says that accepts a proposal."""
    kind = _(words.KINDS[item.proposed.kind])
    return _("{verb}…").format(verb=kind) if item.proposed.parts is not None else kind
