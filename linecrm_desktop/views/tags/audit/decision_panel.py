"""What to do with two tags that look alike: merge, keep both, say that one lies inside the other, retire, or later."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout

from linecrm_desktop.audit import applying
from linecrm_desktop.audit.changes import Change, KeepBoth, Later, Merge, Nest, Retire, changes_tags, tags_of
from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.text import _
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tagwork.planned import Foreseen
from linecrm_desktop.views.widgets.basics import Card, button, label

MERGE, KEEP, NEST, RETIRE, LATER = range(5)


class DecisionPanel(Card):
    """Makes a Change of what is chosen, and says what it would do."""

    taken = Signal(object)
    skipped = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._tags: tuple[TagRow, TagRow] | None = None
        self.title = label("", "section")
        self.ways = [QRadioButton() for _way in range(5)]
        for name, way in zip(("wayMerge", "wayKeep", "wayNest", "wayRetire", "wayLater"), self.ways, strict=True):
            way.setObjectName(name)
        self.name, self.decides, self.word = QComboBox(), QComboBox(), QCheckBox()
        self.name_title, self.decides_title = label("", "caption"), label("", "caption")
        self.reason, self.why = QComboBox(), QLineEdit()
        self.reason.setLineEdit(self.why)
        self.planned = Foreseen(desk)
        self.skip, self.take = button("", name="skipPair"), button("", "primary", name="takePair")
        self._build()
        self._connect()

    def show_pair(self, one: TagRow, other: TagRow, change: Change | None) -> None:
        """Ask about two tags; what was decided before is chosen again."""
        self._tags = None
        self.name.clear()
        self.name.addItems([one.name, other.name])
        self.decides.clear()
        self.decides.addItems([text for text in dict.fromkeys((one.helps_decide, other.helps_decide)) if text])
        self.word.setChecked(True)
        match change:
            case Merge(name=name, helps_decide=said, keeps_search_word=word):
                self.ways[MERGE].setChecked(True)
                self.name.setCurrentText(name)
                self.decides.setCurrentText(said)
                self.word.setChecked(word)
            case KeepBoth(why=why):
                self.ways[KEEP].setChecked(True)
                self.reason.setCurrentText(why)
            case Nest():
                self.ways[NEST].setChecked(True)
            case Retire():
                self.ways[RETIRE].setChecked(True)
            case Later():
                self.ways[LATER].setChecked(True)
            case _:
                self.ways[MERGE].setChecked(True)
        self._tags = (one, other)
        for field in (self.name, self.decides):
            field.setToolTip(field.currentText())
            edit = field.lineEdit()
            if edit is not None:
                edit.setCursorPosition(0)
        self.retranslate()
        self._changed()

    def change(self) -> Change | None:
        """Return what is chosen."""
        if self._tags is None:
            return None
        one, other = self._tags
        if self.ways[KEEP].isChecked():
            return KeepBoth(one.id, other.id, self.reason.currentText().strip())
        if self.ways[NEST].isChecked():
            return Nest(other.id, one.id)
        if self.ways[RETIRE].isChecked():
            return Retire(other.id)
        if self.ways[LATER].isChecked():
            return Later((one.id, other.id))
        keep, drop = (other, one) if self.name.currentText() == other.name else (one, other)
        name = " ".join(self.name.currentText().split()) or keep.name
        return Merge(keep.id, drop.id, name, self.decides.currentText().strip(), self.word.isChecked())

    def take_way(self, way: int) -> None:
        """Choose a way and take it, as its key does."""
        self.ways[way].setChecked(True)
        self.take.click()

    def retranslate(self) -> None:
        """Say everything anew."""
        one, other = (tag.name for tag in self._tags) if self._tags else ("", "")
        self.title.setText(_("Your decision"))
        names = (_("Merge into one tag"), _("Keep both, they differ"), _("“{tag}” is a part of “{other}”"))
        for way, text in zip(self.ways, (*names, _("Retire “{tag}” without merging"), _("Decide later")), strict=True):
            way.setText(text.format(tag=other, other=one))
        self.name_title.setText(_("Keep the name"))
        self.decides_title.setText(_("Helps decide"))
        self.name.setAccessibleName(_("Keep the name"))
        self.decides.setAccessibleName(_("Helps decide"))
        self.word.setText(_("Keep the other name as a search word"))
        self.why.setPlaceholderText(_("How do they differ?"))
        self.reason.setAccessibleName(_("How do they differ?"))
        self.skip.setText(_("Skip"))
        self._show_button()

    def _build(self) -> None:
        for field, name in ((self.name, "keepName"), (self.decides, "keepDecision"), (self.reason, "keepReason")):
            field.setObjectName(name)
            field.setEditable(True)
            field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            field.setMinimumContentsLength(12)
        self._group = QButtonGroup(self)
        for way in self.ways:
            self._group.addButton(way)
        merge = QVBoxLayout()
        merge.setContentsMargins(24, 0, 0, 0)
        for part in (self.name_title, self.name, self.decides_title, self.decides, self.word):
            merge.addWidget(part)
        keep = QVBoxLayout()
        keep.setContentsMargins(24, 0, 0, 0)
        keep.addWidget(self.reason)
        self.body.addWidget(self.title)
        self.body.addWidget(self.ways[MERGE])
        self.body.addLayout(merge)
        self.body.addWidget(self.ways[KEEP])
        self.body.addLayout(keep)
        for way in (NEST, RETIRE, LATER):
            self.body.addWidget(self.ways[way])
        self.body.addWidget(self.planned)
        self.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self.skip)
        foot.addWidget(self.take, 1)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self._group.buttonToggled.connect(lambda _way, _on: self._changed())
        self.name.editTextChanged.connect(lambda _text: self._changed())
        self.decides.editTextChanged.connect(lambda _text: self._changed())
        self.word.toggled.connect(lambda _on: self._changed())
        self.take.clicked.connect(lambda: self.taken.emit(self.change()))
        self.skip.clicked.connect(self.skipped)

    def _changed(self) -> None:
        """Show what belongs to the way that is chosen, and count again after a moment."""
        merging, keeping = self.ways[MERGE].isChecked(), self.ways[KEEP].isChecked()
        for part in (self.name_title, self.name, self.decides_title, self.decides, self.word):
            part.setVisible(merging)
        self.reason.setVisible(keeping)
        self._show_button()
        change, day, now = self.change(), self._desk.day(), self._desk.now()
        changing = change if change is not None and changes_tags(change) else None
        work = (
            (set(tags_of(changing)), lambda session: applying.foreseen(session, [changing], day, now))
            if changing is not None
            else None
        )
        self.planned.count(work, _("Nothing changes."))

    def _show_button(self) -> None:
        way = next((at for at, way in enumerate(self.ways) if way.isChecked()), LATER)
        texts = (
            _("Merge and next"),
            _("Keep both and next"),
            _("Nest and next"),
            _("Retire and next"),
            _("Later, next"),
        )
        self.take.setText(texts[way])
