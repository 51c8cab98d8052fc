"""The phone beside the bubbles, and whose phone it is."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.messages.blocks import Bubble, to_line
from linecrm_desktop.text import _
from linecrm_desktop.views.messages.chat.reading import chat
from linecrm_desktop.views.messages.facts import Facts
from linecrm_desktop.views.messages.phone_preview import PhonePreview
from linecrm_desktop.views.messages.scrolled import scrolled
from linecrm_desktop.views.widgets.basics import label


class PreviewColumn(QFrame):
    """Shows the bubbles as one friend would get them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("panel", "true")
        self._facts = Facts()
        self._bubbles: tuple[Bubble, ...] = ()
        self._time = ""
        self._pictures: Mapping[str, QPixmap] = {}
        self._title = label("", "section")
        self.friend = QComboBox()
        self.friend.setObjectName("previewAs")
        self.phone = PhonePreview()
        self.phone.setObjectName("phone")
        self._note = label("", "caption")
        self._note.setWordWrap(True)
        self._lay_out()
        self.friend.currentIndexChanged.connect(self._draw)
        self.retranslate()

    def show_bubbles(self, bubbles: tuple[Bubble, ...]) -> None:
        """Draw the bubbles anew."""
        self._bubbles = bubbles
        self._draw()

    def show_pictures(self, pictures: Mapping[str, QPixmap]) -> None:
        """Draw with the pictures that are there."""
        self._pictures = pictures
        self._draw()

    def show_facts(self, facts: Facts, time: str) -> None:
        """Offer these friends to look as; the chosen one stays when it is still there."""
        chosen = self.friend.currentData() if self._facts.samples else None
        self._facts, self._time = facts, time
        with QSignalBlocker(self.friend):
            self.friend.clear()
            for sample in facts.samples:
                self.friend.addItem(_("As {name}").format(name=sample.values["name"]), sample.id)
            self.friend.addItem(_("As someone without a name"), 0)
            self.friend.setCurrentIndex(max(0, self.friend.findData(chosen)))
        self._draw()

    def retranslate(self) -> None:
        self._title.setText(_("Preview"))
        self.friend.setAccessibleName(_("Whose phone to show"))
        self._note.setText(_("LINE may look slightly different on each phone."))
        self.show_facts(self._facts, self._time)

    def _lay_out(self) -> None:
        head, column = QHBoxLayout(), QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(10)
        head.addWidget(self._title)
        head.addStretch()
        self.friend.setFixedWidth(196)
        head.addWidget(self.friend)
        column.addLayout(head)
        inside = QWidget()
        centred = QHBoxLayout(inside)
        centred.setContentsMargins(0, 0, 0, 0)
        centred.addWidget(self.phone)
        column.addWidget(scrolled(inside), 1)
        column.addWidget(self._note)

    def _draw(self) -> None:
        chosen = self.friend.currentData()
        values = next((sample.values for sample in self._facts.samples if sample.id == chosen), {})
        self.phone.show_chat(self._facts.account, chat(to_line(self._bubbles, values)), self._time, self._pictures)
