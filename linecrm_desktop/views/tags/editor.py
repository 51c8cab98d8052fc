"""Editing one tag beside the list. Nothing is kept until Save; what cannot be kept is said under the fields."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.tags.about import About
from linecrm_desktop.views.tags.cells import alike_in_words
from linecrm_desktop.views.tags.fields import TagFields
from linecrm_desktop.views.tags.reading import Offers, TagLine
from linecrm_desktop.views.tags.used_by import UsedBy
from linecrm_desktop.views.widgets.basics import button, icon_button, label, line
from linecrm_desktop.views.widgets.chips import ChipLabel, tag_chip
from linecrm_desktop.views.widgets.parts import Banner
from linecrm_desktop.views.widgets.scrolled import ScrollArea
from linecrm_desktop.views.widgets.writing import writing, writing_inside

_MIN_WIDTH = 280
_NEW = Contract(TagDraft("", TagType.INTEREST))


class TagEditor(QFrame):
    """Holds what is agreed about one tag, old or new."""

    saved = Signal(object)
    """The Contract to keep."""
    closed = Signal()
    menu_asked = Signal(object)
    """A QPoint: the menu of what else can be done with the tag."""
    retire_asked = Signal()
    restore_asked = Signal()
    compare_asked = Signal()
    """The tag should be compared, and perhaps merged, with the one that it may be the same as."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagEditor")
        self.setProperty("panel", "true")
        self.setMinimumWidth(_MIN_WIDTH)
        self._line: TagLine | None = None
        self._start = _NEW
        self._offers = Offers()
        self._today = date.min
        self._build_head()
        self._build_middle()
        self._build_foot()
        self._connect()
        self.retranslate()

    @property
    def tag_id(self) -> int | None:
        """The tag that is edited; None for a new one."""
        return self._line.tag.id if self._line else None

    @property
    def line(self) -> TagLine | None:
        """The tag as it was read."""
        return self._line

    @property
    def is_changed(self) -> bool:
        """Whether something was written that is not saved."""
        return self.contract() != self._start

    def offer(self, offers: Offers, today: date) -> None:
        """Take what there is to choose from, for the next tag that is shown."""
        self._offers, self._today = offers, today

    def edit(self, line: TagLine, contract: Contract) -> None:
        """Edit a tag that exists."""
        is_other = self.tag_id != line.tag.id
        self._line = line
        self._fill(contract)
        self.used.show_line(line)
        self._show_alike()
        if is_other:
            self.fields.show_origin("")
            self._scroll.verticalScrollBar().setValue(0)

    def make(self, type: TagType = TagType.INTEREST) -> None:
        """Begin a new tag."""
        self._line = None
        self._fill(replace(_NEW, draft=TagDraft("", type)))
        self.used.show_line(None)
        self._show_alike()
        self.fields.show_origin("")
        self.fields.name.setFocus()

    def show_about(self, about: About) -> None:
        """Say where the tag comes from and how many its segments reach."""
        if about.tag == self.tag_id:
            self.fields.show_origin(about.comes_from)
            self.used.show_reach(about.reach)

    def contract(self) -> Contract:
        """Return what is written now."""
        return self.fields.contract()

    def revert(self) -> None:
        """Put back what is saved."""
        self._fill(self._start)

    def take_as_saved(self) -> None:
        """Take what is written for what is saved."""
        self._start = self.contract()
        self.trouble.hide()
        self._show_state()

    def show_trouble(self, error: Exception) -> bool:
        """Say why it could not be saved; return False for errors that are not a person's to know."""
        if not isinstance(error, TagwellError):
            return False
        self.trouble.show_text("bad", error.sentence())
        self.trouble.show()
        self._scroll.ensureWidgetVisible(self.trouble)
        self.fields.name.setFocus()
        return True

    def retranslate(self) -> None:
        """Say everything anew."""
        self.fields.retranslate()
        self.used.retranslate()
        self._show_alike()
        self.close_button.setAccessibleName(_("Close the panel"))
        self.more_button.setAccessibleName(_("More actions"))
        self.more_button.setToolTip(_("More actions"))
        self.retire.setText(_("Retire…"))
        self.restore.setText(_("Restore"))
        self.revert_button.setText(_("Revert"))
        self._show_state()
        self._fit()

    def _build_head(self) -> None:
        self._kind = label("", "caption")
        self.chip = ChipLabel()
        self.more_button = icon_button("dots-three", "", "tagEditorMore")
        self.close_button = icon_button("x", "", "tagEditorClose")
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._kind)
        texts.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.addLayout(texts, 1)
        head.addWidget(self.more_button)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)

    def _build_middle(self) -> None:
        self.fields, self.used = writing_inside(TagFields()), UsedBy()
        self.trouble = Banner("bad")
        self.trouble.setObjectName("tagTrouble")
        self.trouble.hide()
        self._build_alike()
        inner = QFrame()
        inner.setProperty("panel", "true")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.fields, self.trouble, line(), self.used):
            column.addWidget(part)
        column.addWidget(self.alike)
        column.addStretch(1)
        self._scroll = ScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setWidget(inner)
        self._inner = inner
        self._column.addWidget(self._scroll, 1)

    def _build_alike(self) -> None:
        self.alike = QWidget()
        self._alike_words = Banner("warn")
        self._alike_words.setObjectName("tagAlike")
        self.compare = writing(button("", "link", name="tagCompare"))
        column = QVBoxLayout(self.alike)
        column.setContentsMargins(14, 0, 14, 12)
        column.setSpacing(4)
        column.addWidget(self._alike_words)
        column.addWidget(self.compare, 0, Qt.AlignmentFlag.AlignLeft)

    def _build_foot(self) -> None:
        self.retire = writing(button("", "default", "archive", "tagRetire"))
        self.restore = writing(button("", "default", "arrow-counter-clockwise", "tagRestore"))
        self.revert_button = writing(button("", name="tagRevert"))
        self.save = button("", "primary", name="tagSave")
        others = QHBoxLayout()
        others.addWidget(self.retire)
        others.addWidget(self.restore)
        others.addStretch(1)
        others.addWidget(self.revert_button)
        foot = QVBoxLayout()  # the panel is narrow, and “Save without a decision” is long in every language
        foot.setContentsMargins(14, 10, 14, 10)
        foot.setSpacing(8)
        foot.addLayout(others)
        foot.addWidget(self.save)
        self._column.addWidget(line())
        self._column.addLayout(foot)

    def _connect(self) -> None:
        self.fields.changed.connect(self._show_state)
        self.save.clicked.connect(lambda: self.saved.emit(self.contract()))
        self.revert_button.clicked.connect(self.revert)
        self.retire.clicked.connect(self.retire_asked)
        self.restore.clicked.connect(self.restore_asked)
        self.close_button.clicked.connect(self.closed)
        self.more_button.clicked.connect(self._ask_menu)
        self.compare.clicked.connect(self.compare_asked)
        self.fields.more.folded.connect(self._fit)
        theme.signals().changed.connect(self._fit)

    def _fit(self) -> None:
        """Keep so wide that nothing is cut off, also beside the scroll bar."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        for part in (self.fields.more, self.fields, self._inner):
            part.updateGeometry()
        self._scroll.setMinimumWidth(max(_MIN_WIDTH, self._inner.minimumSizeHint().width() + bar))

    def _fill(self, contract: Contract) -> None:
        self._start = contract
        self.fields.show_contract(contract, self._offers, self.tag_id, self._today)
        self._start = self.contract()  # as the fields write it, so that showing it changes nothing
        self.trouble.hide()
        self._show_state()

    def _ask_menu(self) -> None:
        self.menu_asked.emit(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))

    def _show_alike(self) -> None:
        alike = self._line.alike if self._line else None
        text = alike_in_words(alike, self._line.tag.id) if alike and self._line else ""
        self._alike_words.show_text("warn", text)
        self.compare.setText(_("Compare and merge…"))
        self.alike.setVisible(bool(text))

    def _show_state(self) -> None:
        """Show the chip as it would become, and what Save would do."""
        draft, is_retired = self.contract().draft, bool(self._line and self._line.tag.is_retired)
        self._kind.setText(_("Retired tag") if is_retired else _("Edit tag") if self._line else _("New tag"))
        self.chip.show_chip(tag_chip(draft.name or _("New tag"), draft.type))
        self.save.setText(_("Save") if draft.helps_decide else _("Save without a decision"))
        self.save.setEnabled(bool(draft.name) and self.is_changed)
        self.save.setVisible(not is_retired)
        self.fields.setEnabled(not is_retired)
        self.revert_button.setVisible(self.is_changed)
        self.retire.setVisible(self._line is not None and not is_retired)
        self.restore.setVisible(is_retired)
        self.restore.setEnabled(bool(self._line and not self._line.merged_into))
        self.more_button.setVisible(self._line is not None)
