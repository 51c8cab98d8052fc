"""The chosen beginning beside the list: its answers in a few lines, and the phone with its bubbles."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.messages.blocks import to_line
from linecrm_desktop.messages.draft import MessageDraft
from linecrm_desktop.text import _
from linecrm_desktop.views.messages.chat.nodes import Chat
from linecrm_desktop.views.messages.chat.reading import chat
from linecrm_desktop.views.messages.phone_preview import PhonePreview
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.scrolled import scrolled


class ShownStart(QFrame):
    """Shows one draft without letting anybody change it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = label("", "subtitle", wrap=True)
        self.name.setObjectName("startName")
        self.why, self.what = label("", "second", wrap=True), label("", "second", wrap=True)
        self.why.setObjectName("startWhy")
        self.what.setObjectName("startWhat")
        self.phone = PhonePreview()
        self.phone.setObjectName("startPhone")
        inside = QWidget()
        centred = QHBoxLayout(inside)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addStretch()
        centred.addWidget(self.phone)
        centred.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.name, self.why, self.what):
            column.addWidget(part)
        column.addSpacing(4)
        column.addWidget(scrolled(inside), 1)

    def show_draft(self, name: str, draft: MessageDraft, account: str, time: str) -> None:
        """Show what a message that begins so says, to a friend of whom nothing is known."""
        self.name.setText(name)
        brief = draft.brief
        for shown, words, answer in (
            (self.why, _("Why now: {answer}"), brief.why_now),
            (self.what, _("What: {answer}"), brief.what),
        ):
            shown.setText(words.format(answer=answer))
            shown.setVisible(bool(answer))
        self.phone.show_chat(account, chat(to_line(draft.bubbles, {})) if not draft.is_blank else Chat(), time, {})
