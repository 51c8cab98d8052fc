"""The frame of a segment that is being built: its name, the decision it helps with, when it is counted again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from linecrm_desktop.models.segment import Recount
from linecrm_desktop.segments.draft import SegmentDraft
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.segments.snug_combo import SnugCombo
from linecrm_desktop.views.widgets.basics import Card, label

RECOUNTS = {
    Recount.MORNING: N_("each morning"),
    Recount.HOUR: N_("each hour"),
    Recount.HAND: N_("only by hand"),
}


class SegmentFrame(QWidget):
    """Shows these fields of a draft, and says what a person makes of them."""

    name_edited = Signal(str)
    decides_edited = Signal(str)
    recount_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.name_label, self.decides_label, self.recount_label = (label("", "caption") for _part in range(3))
        self.name, self.decides = QLineEdit(), QLineEdit()
        self.recount = SnugCombo()
        self.name.setObjectName("segmentName")
        self.decides.setObjectName("helpsDecide")
        self.recount.setObjectName("recountSegment")
        words, again = Card(), Card()
        for part in (self.name_label, self.name, self.decides_label, self.decides):
            words.body.addWidget(part)
        for part in (self.recount_label, self.recount):
            again.body.addWidget(part)
        again.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(words, 1)
        row.addWidget(again)
        self.name.textEdited.connect(self.name_edited)
        self.decides.textEdited.connect(self.decides_edited)
        self.recount.activated.connect(lambda at: self.recount_chosen.emit(list(RECOUNTS)[at]))

    def show_draft(self, draft: SegmentDraft) -> None:
        """Show a draft; a field that already says it keeps its cursor."""
        for field, text in ((self.name, draft.name), (self.decides, draft.helps_decide)):
            if field.text() != text:
                field.setText(text)
        self.recount.setCurrentIndex(list(RECOUNTS).index(draft.recount))

    def retranslate(self) -> None:
        """Say everything in the person's language."""
        self.name_label.setText(_("Name of the segment"))
        self.decides_label.setText(_("What does this segment help decide?"))
        self.recount_label.setText(_("Count again"))
        self.name.setPlaceholderText(_("Serum buyers ready to repurchase"))
        self.decides.setPlaceholderText(_("Who gets the missing routine step instead of a discount"))
        self.name.setAccessibleName(_("Name of the segment"))
        self.decides.setAccessibleName(_("What does this segment help decide?"))
        self.recount.setAccessibleName(_("Count again"))
        at = max(0, self.recount.currentIndex())
        self.recount.clear()
        self.recount.addItems([_(text) for text in RECOUNTS.values()])
        self.recount.setCurrentIndex(at)
