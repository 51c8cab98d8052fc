"""Merging tags: which one stays, its name and sentence, and, counted by a dry run, all that will happen."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.tags.merging import Merge, merge_of
from linecrm_desktop.views.tags.reading import Library, TagLine
from linecrm_desktop.views.tagwork.planned import Foreseen
from linecrm_desktop.views.tagwork.tag_set import fill_tags, tag_choice
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.growing import grow
from linecrm_desktop.views.widgets.writing import writing

_WIDTH = 600


class MergeDialog(QDialog):
    """Says which merge is wanted; it changes nothing itself."""

    asked = Signal(object)
    """The Merge."""

    def __init__(
        self,
        desk: Desk,
        library: Library,
        lines: Sequence[TagLine],
        parent: QWidget | None = None,
        *,
        keep: int | None = None,
    ) -> None:
        """`lines` are the tags to merge, or the one that goes into another; `keep` is the one that stays, if known."""
        super().__init__(parent)
        writing(self)
        self.setObjectName("mergeDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(_WIDTH)
        self._desk = desk
        self._going = [line.tag for line in lines]
        self._tags = {line.tag.id: line.tag for line in library.lines if not line.tag.is_retired}
        self._build_choice(keep)
        self._build_wording()
        self._build_page()
        self._connect()
        self._show_kept()

    def merge(self) -> Merge | None:
        """Return what is wanted, or None while no tag is chosen to stay."""
        keep, name = self.keep.currentData(), " ".join(self.name.currentText().split())
        if keep is None or not name:
            return None
        decision = self.decides.currentText().strip()
        return merge_of(self._merged(), keep, name, decision, as_words=self.words.isChecked())

    def show_trouble(self, error: Exception) -> None:
        """Say why it could not be done."""
        self.planned.refuse(error)

    def _merged(self) -> list[TagRow]:
        """Return the tags that become one."""
        keep = self._tags.get(self.keep.currentData())
        return [*self._going, *([keep] if keep is not None and keep not in self._going else [])]

    def _build_choice(self, keep: int | None) -> None:
        several = len(self._going) > 1
        if several:
            names = ngettext("Merge {n} tag", "Merge {n} tags", len(self._going)).format(n=number(len(self._going)))
        else:
            names = _("Merge “{tag}” into another tag").format(tag=self._going[0].name)
        self.setWindowTitle(names)
        self.keep = tag_choice("mergeKeep")
        self.keep.setAccessibleName(_("Tag that stays"))
        gone = self._going[0]
        others = [tag for tag in self._tags.values() if tag.id != gone.id]
        offered = self._going if several else sorted(others, key=lambda tag: tag.type is not gone.type)
        fill_tags(self.keep, offered, "" if several else _("Choose a tag…"))
        largest = max(self._going, key=lambda tag: tag.friends).id if several else None
        wanted = largest if keep is None else keep
        self.keep.setCurrentIndex(max(0, self.keep.findData(wanted)))

    def _build_wording(self) -> None:
        self.name, self.decides = QComboBox(), QComboBox()
        for field, name, accessible in (
            (self.name, "mergeName", _("Name to keep")),
            (self.decides, "mergeDecides", _("What it helps decide")),
        ):
            field.setObjectName(name)
            field.setAccessibleName(accessible)
            field.setEditable(True)
            field.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            field.setMinimumContentsLength(20)
        self.words = QCheckBox(_("Keep the other name as a search word, also for imports"))
        self.words.setObjectName("mergeWords")
        self.words.setChecked(True)

    def _build_page(self) -> None:
        self.planned = Foreseen(self._desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(4)
        for text, field in (
            (_("Tag that stays"), self.keep),
            (_("Name to keep"), self.name),
            (_("What it helps decide"), self.decides),
        ):
            head = label(text, "caption")
            head.setBuddy(field)
            column.addWidget(head)
            column.addWidget(field)
            column.addSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self.planned)
        column.addStretch(1)
        self.yes = button("", "primary", name="mergeYes")
        self.yes.setDefault(True)
        foot = QDialogButtonBox()
        foot.addButton(button(_("Cancel"), name="mergeCancel"), QDialogButtonBox.ButtonRole.RejectRole)
        foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        foot.rejected.connect(self.reject)
        column.addWidget(foot)

    def _connect(self) -> None:
        self.keep.currentIndexChanged.connect(lambda _place: self._show_kept())
        self.name.editTextChanged.connect(lambda _text: self._changed())
        self.decides.editTextChanged.connect(lambda _text: self._show_button())
        self.words.toggled.connect(lambda _on: self._changed())
        self.yes.clicked.connect(self._ask)
        self.planned.changed.connect(self._show_button)
        self.planned.changed.connect(lambda: grow(self))

    def _show_kept(self) -> None:
        """Offer the names and sentences of all tags that become one; those of the one that stays first."""
        keep = self.keep.currentData()
        tags = sorted(self._merged(), key=lambda tag: tag.id != keep)
        self.name.clear()
        self.name.addItems([tag.name for tag in tags] if keep is not None else [])
        self.decides.clear()
        self.decides.addItems(list(dict.fromkeys(tag.helps_decide for tag in tags if tag.helps_decide)))
        self._changed()

    def _changed(self) -> None:
        """Count again after a moment; until then nothing can be pressed."""
        merge, now = self.merge(), self._desk.now()
        work = (merge.tags, lambda session: merge.work(session, now)) if merge else None
        self.planned.count(work, _("Choose the tag that stays."))

    def _show_button(self) -> None:
        merge = self.merge()
        self.yes.setText(_("Merge into “{tag}”").format(tag=merge.name) if merge else _("Merge"))
        self.yes.setEnabled(merge is not None and self.planned.is_counted)

    def _ask(self) -> None:
        self.yes.setEnabled(False)
        self.asked.emit(self.merge())
