"""Editing one tag beside the tree. Nothing is kept until Save; what cannot be kept is said beside the fields."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from linecrm_desktop.errors import TagwellError
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.words import ASK_DECISION, TAG_TYPES
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.tags.cells import type_role
from linecrm_desktop.views.tags.reading import TagLine
from linecrm_desktop.views.widgets.basics import button, clear, icon_button, label, line
from linecrm_desktop.views.widgets.chips import ChipLabel, tag_chip
from linecrm_desktop.views.widgets.parts import Banner, PictureLabel

_DECISION_LINES = 3
_MIN_WIDTH = 280


class TagEditor(QFrame):
    """Holds the draft of one tag, old or new."""

    saved = Signal(object)
    """The TagDraft to keep."""
    closed = Signal()
    retire_asked = Signal()
    friends_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tagEditor")
        self.setProperty("panel", "true")
        self.setMinimumWidth(_MIN_WIDTH)
        self._line: TagLine | None = None
        self._start = TagDraft("", TagType.INTEREST)
        self._build_head()
        self._build_fields()
        self._build_used_by()
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
        return self.draft() != self._start

    def edit(self, line: TagLine) -> None:
        """Edit a tag that exists."""
        self._line = line
        self._fill(line.tag.draft)

    def make(self, type: TagType = TagType.INTEREST) -> None:
        """Begin a new tag."""
        self._line = None
        self._fill(TagDraft("", type))
        self.name.setFocus()

    def draft(self) -> TagDraft:
        """Return what is written now."""
        return replace(
            self._start,
            name=" ".join(self.name.text().split()),
            type=TagType(self.type.currentData()),
            helps_decide=self.decides.toPlainText().strip(),
            owner=self.owner.text().strip(),
            is_sensitive=self.sensitive.isChecked(),
        )

    def revert(self) -> None:
        """Put back what is saved."""
        self._fill(self._start)

    def take_as_saved(self) -> None:
        """Take what is written for what is saved."""
        self._start = self.draft()
        self.trouble.hide()
        self._show_state()

    def show_trouble(self, error: Exception) -> bool:
        """Say why it could not be saved; return False for errors that are not a person's to know."""
        if not isinstance(error, TagwellError):
            return False
        self.trouble.show_text("bad", error.sentence())
        self.trouble.show()
        self.name.setFocus()
        return True

    def retranslate(self) -> None:
        """Say everything anew."""
        self._heads["name"].setText(_("Name of the tag"))
        self._heads["type"].setText(_("Type"))
        self._heads["decides"].setText(_("Helps decide (required)"))
        self._heads["owner"].setText(_("Owner"))
        self.decides.setPlaceholderText(_(ASK_DECISION))
        self.sensitive.setText(_("Sensitive: never export, never use for ads"))
        self.close_button.setAccessibleName(_("Close the panel"))
        self._used_title.setText(_("Used by"))
        self.retire.setText(_("Retire…"))
        self.revert_button.setText(_("Revert"))
        for field, key in ((self.name, "name"), (self.type, "type"), (self.decides, "decides"), (self.owner, "owner")):
            field.setAccessibleName(self._heads[key].text())
        for row, type in enumerate(TagType):
            self.type.setItemText(row, _(TAG_TYPES[type]))
        self._show_state()
        self._show_used_by()

    def _build_head(self) -> None:
        self._kind = label("", "caption")
        self.chip = ChipLabel()
        self.close_button = icon_button("x", "", "tagEditorClose")
        texts = QVBoxLayout()
        texts.setSpacing(4)
        texts.addWidget(self._kind)
        texts.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        head = QHBoxLayout()
        head.setContentsMargins(14, 12, 14, 8)
        head.addLayout(texts, 1)
        head.addWidget(self.close_button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)

    def _build_fields(self) -> None:
        self.name, self.type, self.decides, self.owner = QLineEdit(), QComboBox(), QPlainTextEdit(), QLineEdit()
        for field, name in (
            (self.name, "tagName"),
            (self.type, "tagType"),
            (self.decides, "tagDecides"),
            (self.owner, "tagOwner"),
        ):
            field.setObjectName(name)
        self.decides.setTabChangesFocus(True)
        self.decides.setFixedHeight(self.decides.fontMetrics().lineSpacing() * _DECISION_LINES + 14)
        for type in TagType:
            self.type.addItem("", str(type))
        self.sensitive = QCheckBox()
        self.sensitive.setObjectName("tagSensitive")
        self.trouble = Banner("bad")
        self.trouble.setObjectName("tagTrouble")
        self.trouble.hide()
        self._heads = {key: label("", "caption") for key in ("name", "type", "decides", "owner")}
        fields = QVBoxLayout()
        fields.setContentsMargins(14, 0, 14, 12)
        fields.setSpacing(4)
        for key, field in zip(self._heads, (self.name, self.type, self.decides, self.owner), strict=True):
            self._heads[key].setBuddy(field)
            fields.addWidget(self._heads[key])
            fields.addWidget(field)
            fields.addSpacing(6)
        fields.addWidget(self.sensitive)
        fields.addWidget(self.trouble)
        self._column.addLayout(fields)
        self._column.addWidget(line())

    def _build_used_by(self) -> None:
        self._used_title = label("", "section")
        self._used = QVBoxLayout()
        self._used.setSpacing(6)
        self.friends = button("", "link", name="tagFriends")
        self._used_box = QWidget()
        column = QVBoxLayout(self._used_box)
        column.setContentsMargins(14, 10, 14, 10)
        column.addWidget(self._used_title)
        column.addLayout(self._used)
        column.addWidget(self.friends, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._used_box)
        self._column.addStretch(1)

    def _build_foot(self) -> None:
        self.retire = button("", "default", "archive", "tagRetire")
        self.revert_button = button("", name="tagRevert")
        self.save = button("", "primary", name="tagSave")
        foot = QHBoxLayout()
        foot.setContentsMargins(14, 10, 14, 10)
        foot.addWidget(self.retire)
        foot.addStretch(1)
        foot.addWidget(self.revert_button)
        foot.addWidget(self.save)
        self._column.addWidget(line())
        self._column.addLayout(foot)

    def _connect(self) -> None:
        self.name.textChanged.connect(self._show_state)
        self.type.currentIndexChanged.connect(self._show_state)
        self.decides.textChanged.connect(self._show_state)
        self.owner.textChanged.connect(self._show_state)
        self.sensitive.toggled.connect(self._show_state)
        self.save.clicked.connect(lambda: self.saved.emit(self.draft()))
        self.revert_button.clicked.connect(self.revert)
        self.retire.clicked.connect(self.retire_asked)
        self.friends.clicked.connect(self.friends_asked)
        self.close_button.clicked.connect(self.closed)
        theme.signals().changed.connect(self._draw_types)
        self._draw_types()

    def _fill(self, draft: TagDraft) -> None:
        self._start = draft
        self.name.setText(draft.name)
        self.type.setCurrentIndex(list(TagType).index(draft.type))
        self.decides.setPlainText(draft.helps_decide)
        self.owner.setText(draft.owner)
        self.sensitive.setChecked(draft.is_sensitive)
        self.trouble.hide()
        self._show_state()
        self._show_used_by()

    def _draw_types(self) -> None:
        for row, type in enumerate(TagType):
            self.type.setItemIcon(row, icon(TAG_ICONS[type], type_role(type)))

    def _show_state(self) -> None:
        """Show the chip as it would become, and what Save would do."""
        draft = self.draft()
        self._kind.setText(_("Edit tag") if self._line else _("New tag"))
        self.chip.show_chip(tag_chip(draft.name or _("New tag"), draft.type))
        self.save.setText(_("Save") if draft.helps_decide else _("Save without a decision"))
        self.save.setEnabled(bool(draft.name) and self.is_changed)
        self.revert_button.setVisible(self.is_changed)
        self.retire.setVisible(self._line is not None)

    def _show_used_by(self) -> None:
        self._used_box.setVisible(self._line is not None)
        clear(self._used)
        if self._line is None:
            return
        for name in self._line.used_by:
            row = QHBoxLayout()
            row.addWidget(PictureLabel("intersect"))
            row.addWidget(label(name, wrap=True), 1)
            self._used.addLayout(row)
        if not self._line.used_by:
            self._used.addWidget(label(_("No segment uses it."), "second"))
        count = self._line.tag.friends
        self.friends.setText(ngettext("Show {n} friend", "Show {n} friends", count).format(n=number(count)))
        self.friends.setEnabled(count > 0)
