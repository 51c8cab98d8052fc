"""The fields of one tag: name, type, what it helps decide, who looks after it, how long it lasts, and more."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.tags.words import ASK_DECISION, TAG_TYPES
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.tags.cells import type_role
from linecrm_desktop.views.tags.more_fields import MoreFields
from linecrm_desktop.views.tags.reading import Offers
from linecrm_desktop.views.tags.runs_out import RunsOutField
from linecrm_desktop.views.tagwork.tag_set import text_of
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.writing import reading

_DECISION_LINES = 3


class TagFields(QWidget):
    """Shows a contract, and says what is written now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._start = Contract(TagDraft("", TagType.INTEREST))
        self._build_fields()
        self._build_page()
        self._connect()

    def show_contract(self, contract: Contract, offers: Offers, tag: int | None, today: date) -> None:
        """Show what is agreed about a tag."""
        draft = contract.draft
        self._start = contract
        self.name.setText(draft.name)
        self.type.setCurrentIndex(list(TagType).index(draft.type))
        self.decides.setPlainText(draft.helps_decide)
        self.owner.clear()
        self.owner.addItems(["", *offers.owners])
        self.owner.setEditText(draft.owner)
        self.runs_out.show_days(draft.runs_out_days)
        self.sensitive.setChecked(draft.is_sensitive)
        self.more.show_contract(contract, offers, tag, today)

    def contract(self) -> Contract:
        """Return what is written now."""
        draft = replace(
            self._start.draft,
            name=" ".join(self.name.text().split()),
            type=TagType(self.type.currentData()),
            helps_decide=self.decides.toPlainText().strip(),
            owner=self.owner.currentText().strip(),
            is_sensitive=self.sensitive.isChecked(),
            runs_out_days=self.runs_out.days(),
        )
        return self.more.written(replace(self._start, draft=draft))

    def show_origin(self, text: str) -> None:
        """Say how friends come by the tag; an empty text hides that line."""
        self.origin.setText(text)
        for part in (self._heads["origin"], self._came):
            part.setVisible(bool(text))

    def retranslate(self) -> None:
        for name, text in (
            ("name", _("Name of the tag")),
            ("type", _("Type")),
            ("decides", _("Helps decide (required)")),
            ("origin", _("Comes from")),
            ("owner", _("Owner")),
            ("runs_out", _("Runs out after")),
        ):
            self._heads[name].setText(text)
        self.decides.setPlaceholderText(_(ASK_DECISION))
        self.sensitive.setText(_("Sensitive: never export, never use for ads"))
        self.rules.setText(_("Rules…"))
        self.rules.setToolTip(_("Which rules give the tag, and running them"))
        self.runs_out.setToolTip(_("The tag falls off a friend when nothing renewed it for so long."))
        for field, name in ((self.name, "name"), (self.type, "type"), (self.decides, "decides"), (self.owner, "owner")):
            field.setAccessibleName(self._heads[name].text())
        for row, type in enumerate(TagType):
            self.type.setItemText(row, _(TAG_TYPES[type]))
        self.runs_out.retranslate()
        self.more.retranslate()

    def _build_fields(self) -> None:
        self.name, self.type, self.decides = QLineEdit(), QComboBox(), QPlainTextEdit()
        self.owner = QComboBox()
        self.owner.setEditable(True)
        self.owner.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.owner.setMinimumContentsLength(6)
        self.sensitive = QCheckBox()
        for field, name in (
            (self.name, "tagName"),
            (self.type, "tagType"),
            (self.decides, "tagDecides"),
            (self.owner, "tagOwners"),
            (text_of(self.owner), "tagOwner"),
            (self.sensitive, "tagSensitive"),
        ):
            field.setObjectName(name)
        self.decides.setTabChangesFocus(True)
        self.decides.setFixedHeight(self.decides.fontMetrics().lineSpacing() * _DECISION_LINES + 14)
        for type in TagType:
            self.type.addItem("", str(type))
        self.origin = label("", wrap=True)
        self.origin.setObjectName("tagOrigin")
        self.rules = reading(button("", "link", name="tagRulesOpen"))
        self._came = QWidget()
        came = QHBoxLayout(self._came)
        came.setContentsMargins(0, 0, 0, 0)
        came.addWidget(self.origin, 1)
        came.addWidget(self.rules, 0, Qt.AlignmentFlag.AlignTop)
        self.runs_out, self.more = RunsOutField(), MoreFields()
        names = ("name", "type", "decides", "origin", "owner", "runs_out")
        self._heads = {key: label("", "caption") for key in names}

    def _build_page(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 0, 14, 12)
        column.setSpacing(4)
        for key, field in (
            ("name", self.name),
            ("type", self.type),
            ("decides", self.decides),
            ("origin", self._came),
        ):
            self._heads[key].setBuddy(field)
            column.addWidget(self._heads[key])
            column.addWidget(field)
            column.addSpacing(6)
        pair = QGridLayout()
        pair.setHorizontalSpacing(10)
        pair.setVerticalSpacing(4)
        for place, (key, field) in enumerate((("owner", self.owner), ("runs_out", self.runs_out))):
            pair.addWidget(self._heads[key], 0, place)
            pair.addWidget(field, 1, place)
            pair.setColumnStretch(place, 1)
        column.addLayout(pair)
        column.addSpacing(6)
        column.addWidget(self.sensitive)
        column.addWidget(self.more)

    def _connect(self) -> None:
        for signal in (
            *(self.name.textChanged, self.type.currentIndexChanged, self.decides.textChanged),
            *(self.owner.editTextChanged, self.sensitive.toggled, self.runs_out.changed, self.more.changed),
        ):
            signal.connect(lambda *_said: self.changed.emit())
        theme.signals().changed.connect(self._draw_types)
        self._draw_types()

    def _draw_types(self) -> None:
        for row, type in enumerate(TagType):
            self.type.setItemIcon(row, icon(TAG_ICONS[type], type_role(type)))
