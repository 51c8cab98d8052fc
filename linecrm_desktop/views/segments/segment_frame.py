"""The frame of a segment that is being built: its name, the decision it helps with, when it is counted again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments.draft import Cap, SegmentDraft
from linecrm_desktop.text import N_, _, number
from linecrm_desktop.views.rules.snug_combo import SnugCombo
from linecrm_desktop.views.widgets.basics import Card, label

RECOUNTS = {
    Recount.MORNING: N_("each morning"),
    Recount.HOUR: N_("each hour"),
    Recount.HAND: N_("only by hand"),
}
CAPS = (None, Cap(1, 7), Cap(2, 7), Cap(1, 14), Cap(1, 30))
"""Frequency caps of its own that are offered; the shop's is applied all the same."""


class SegmentFrame(QWidget):
    """Shows these fields of a draft, and says what a person makes of them."""

    name_edited = Signal(str)
    decides_edited = Signal(str)
    recount_chosen = Signal(object)
    cap_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.name_label, self.decides_label = label("", "caption"), label("", "caption")
        self.cap_label, self.recount_label = label("", "caption"), label("", "caption")
        self.name, self.decides = QLineEdit(), QLineEdit()
        self.cap, self.recount = SnugCombo(), SnugCombo()
        self._caps: tuple[Cap | None, ...] = CAPS
        self.name.setObjectName("segmentName")
        self.decides.setObjectName("helpsDecide")
        self.cap.setObjectName("capOfSegment")
        self.recount.setObjectName("recountSegment")
        words, again = Card(), Card()
        for part in (self.name_label, self.name, self.decides_label, self.decides):
            words.body.addWidget(part)
        for part in (self.cap_label, self.cap, self.recount_label, self.recount):
            again.body.addWidget(part)
        again.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(words, 1)
        row.addWidget(again)
        self.name.textEdited.connect(self.name_edited)
        self.decides.textEdited.connect(self.decides_edited)
        self.cap.activated.connect(lambda at: self.cap_chosen.emit(self._caps[at]))
        self.recount.activated.connect(lambda at: self.recount_chosen.emit(list(RECOUNTS)[at]))

    def show_draft(self, draft: SegmentDraft) -> None:
        """Show a draft; a field that already says it keeps its cursor."""
        for field, text in ((self.name, draft.name), (self.decides, draft.helps_decide)):
            if field.text() != text:
                field.setText(text)
        if draft.cap not in self._caps:
            self._caps = (*CAPS, draft.cap)
            self._list_caps()
        self.cap.setCurrentIndex(self._caps.index(draft.cap))
        self.recount.setCurrentIndex(list(RECOUNTS).index(draft.recount))

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.name_label.setText(_("Name of the segment"))
        self.decides_label.setText(_("What does this segment help decide?"))
        self.cap_label.setText(_("Cap per friend"))
        self.cap.setAccessibleName(_("Cap per friend"))
        self.recount_label.setText(_("Count again"))
        self.name.setPlaceholderText(_("Serum buyers ready to repurchase"))
        self.decides.setPlaceholderText(_("Who gets the missing routine step instead of a discount"))
        self.name.setAccessibleName(_("Name of the segment"))
        self.decides.setAccessibleName(_("What does this segment help decide?"))
        self.recount.setAccessibleName(_("Count again"))
        self._list_caps()
        at = max(0, self.recount.currentIndex())
        self.recount.clear()
        self.recount.addItems([_(text) for text in RECOUNTS.values()])
        self.recount.setCurrentIndex(at)

    def _list_caps(self) -> None:
        at = max(0, self.cap.currentIndex())
        self.cap.clear()
        for cap in self._caps:
            said = _("{n} in {days} days").format(n=number(cap.messages), days=number(cap.days)) if cap else ""
            self.cap.addItem(said or _("as in the shop"))
        self.cap.setCurrentIndex(at)
