"""No path yet: three templates, one for each core segment, with their texts to read before anything is made."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.journeys import templates
from linecrm_desktop.messages import variables
from linecrm_desktop.messages.bubbles import TextBubble
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.text import _, language, ngettext, number
from linecrm_desktop.views.widgets.basics import Card, button, clear, label
from linecrm_desktop.views.widgets.parts import PictureLabel

_ICONS = {"new_friends": "hand-waving", "ready_again": "drop", "warm_no_order": "scales"}


class Templates(QWidget):
    """The three templates side by side."""

    used = Signal(str)
    """The key of a core segment."""

    def __init__(self) -> None:
        super().__init__()
        self._says = label("", "section", wrap=True)
        self._note = label("", "second", wrap=True)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(self._says)
        column.addWidget(self._note)
        column.addLayout(self._row)
        column.addStretch()

    def retranslate(self) -> None:
        self._says.setText(_("A path for each core segment. Read what it says, then make it yours."))
        self._note.setText(
            _("A template becomes a draft, and its messages become messages of the shop. Nothing is sent.")
        )
        clear(self._row)
        for one in templates.TEMPLATES:
            self._row.addWidget(self._card(one))

    def _card(self, one: templates.PathTemplate) -> Card:
        card, steps = Card(), templates.steps_of(one.core, language())
        card.setObjectName(f"template_{one.core}")
        head = QHBoxLayout()
        head.addWidget(PictureLabel(_ICONS[one.core], "accent", 20))
        head.addWidget(label(_(one.name), "section", wrap=True), 1)
        card.body.addLayout(head)
        card.body.addWidget(label(_(one.purpose), "second", wrap=True))
        for place, step in enumerate(steps, start=1):
            days = ngettext("day {n}", "day {n}", step.days).format(n=number(step.days))
            card.body.addWidget(
                label(
                    _("{n} · {message} ({day})").format(n=place, message=step.draft.name, day=days), "strong", wrap=True
                )
            )
            card.body.addWidget(label(_opening(step.draft), "caption", wrap=True))
        card.body.addStretch()
        use = button(_("Use this template"), "primary", name=f"use_{one.core}")
        use.clicked.connect(lambda: self.used.emit(one.core))
        card.body.addWidget(use)
        return card


def _opening(draft: MessageDraft) -> str:
    """Return what a message says first, as to a friend of whom nothing is known, else what it is for."""
    for bubble in draft.bubbles:
        if isinstance(bubble, TextBubble):
            return variables.fill(bubble.text, {})
    return draft.brief.what
