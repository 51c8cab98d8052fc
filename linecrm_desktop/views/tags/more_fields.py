"""What few tags need, behind a button: a group of which a friend has one tag, opposites, parents, review, old names."""

import re
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from linecrm_desktop.tagging.contracts import Contract
from linecrm_desktop.text import _, number
from linecrm_desktop.views.tags.reading import Offers
from linecrm_desktop.views.tagwork.tag_set import TagSet, text_of
from linecrm_desktop.views.widgets.basics import IconButton, label
from linecrm_desktop.views.widgets.day_field import DayField
from linecrm_desktop.views.widgets.writing import reading

_HEADS = ("group", "opposites", "parents", "words", "reason")
_COMMAS = re.compile(r"[,，、;；\n]")


class MoreFields(QWidget):
    """Shows its part of a contract, and writes it into one."""

    changed = Signal()
    folded = Signal()
    """The fields came into sight, or went."""

    def __init__(self) -> None:
        super().__init__()
        self._today = date.min
        self._build_fields()
        self._build_page()
        self._connect()
        self._fold(True)

    def show_contract(self, contract: Contract, offers: Offers, tag: int | None, today: date) -> None:
        """Show what is agreed about a tag; it is no opposite of itself."""
        others = [one for one in offers.tags if one.id != tag and not one.is_retired]
        self._today = today
        self.group.clear()
        self.group.addItems(["", *offers.groups])
        self.group.setEditText(contract.draft.exclusive_group)
        self.opposites.show_tags(contract.opposites, others)
        self.parents.show_tags(contract.parents, others)
        day = contract.draft.review_on
        self.reviews.setChecked(day is not None)
        shown = day or today
        self.review_on.show_day(shown)
        self.words.setText(_(", ").join(contract.words))
        self.reason.setText(contract.draft.lawful_reason)
        self.seasonal.setChecked(contract.draft.is_seasonal)
        self._show_title()

    def written(self, contract: Contract) -> Contract:
        """Return a contract with what is written here."""
        words = (" ".join(word.split()) for word in _COMMAS.split(self.words.text()))
        return replace(
            contract,
            draft=replace(
                contract.draft,
                exclusive_group=" ".join(self.group.currentText().split()),
                is_seasonal=self.seasonal.isChecked(),
                lawful_reason=self.reason.text().strip(),
                review_on=self.review_on.day if self.reviews.isChecked() else None,
            ),
            words=tuple(word for word in words if word),
            opposites=self.opposites.ids(),
            parents=self.parents.ids(),
        )

    def retranslate(self) -> None:
        for name, text in (
            ("group", _("One of a group: a friend has one of its tags at most")),
            ("opposites", _("Opposites: no friend can have both")),
            ("parents", _("Part of: every friend with it should have these too")),
            ("words", _("Also found as (old names, with commas between)")),
            ("reason", _("Why the shop may keep it, if it tells something personal")),
        ):
            self._heads[name].setText(text)
        self.reviews.setText(_("Ask again on"))
        self.reviews.setToolTip(_("On this day somebody should ask whether the tag still helps."))
        self.seasonal.setText(_("Seasonal: rests for most of the year"))
        for field, name in ((self.group, "group"), (self.words, "words"), (self.reason, "reason")):
            field.setAccessibleName(self._heads[name].text())
        self.opposites.choice.setAccessibleName(self._heads["opposites"].text())
        self.parents.choice.setAccessibleName(self._heads["parents"].text())
        self.review_on.setAccessibleName(_("Day of the review"))
        text_of(self.group).setPlaceholderText(_("for example: buying stage"))
        self._show_title()

    def _build_fields(self) -> None:
        self.title = reading(IconButton("", "caret-right", "link"))
        self.title.setObjectName("tagMore")
        self.title.setProperty("kind", "link")
        self.group = QComboBox()
        self.group.setObjectName("tagGroupName")
        self.group.setEditable(True)
        self.group.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.opposites, self.parents = TagSet("tagOpposite"), TagSet("tagParent")
        self.reviews = QCheckBox()
        self.reviews.setObjectName("tagReviews")
        self.review_on = DayField(name="tagReviewOn")
        self.review_on.setEnabled(False)
        self.words = QLineEdit()
        self.words.setObjectName("tagWords")
        self.reason, self.seasonal = QLineEdit(), QCheckBox()
        self.reason.setObjectName("tagReason")
        self.seasonal.setObjectName("tagSeasonal")
        self._heads = {name: label("", "caption", wrap=True) for name in _HEADS}

    def _build_page(self) -> None:
        self._fields = QWidget()
        inner = QVBoxLayout(self._fields)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(4)
        for name, field in (
            ("group", self.group),
            ("opposites", self.opposites),
            ("parents", self.parents),
            ("words", self.words),
            ("reason", self.reason),
        ):
            inner.addWidget(self._heads[name])
            inner.addWidget(field)
            inner.addSpacing(6)
        inner.addWidget(self.seasonal)
        review = QHBoxLayout()
        review.addWidget(self.reviews)
        review.addWidget(self.review_on, 1)
        inner.addLayout(review)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._fields)

    def _connect(self) -> None:
        self.title.clicked.connect(lambda: self._fold(not self._fields.isHidden()))
        self.reviews.toggled.connect(self.review_on.setEnabled)
        for signal in (
            *(self.group.editTextChanged, self.opposites.changed, self.parents.changed),
            *(self.reviews.toggled, self.review_on.dateChanged, self.words.textChanged),
            *(self.reason.textChanged, self.seasonal.toggled),
        ):
            signal.connect(lambda *_said: self._say_changed())

    def _say_changed(self) -> None:
        self._show_title()
        self.changed.emit()

    def _fold(self, is_folded: bool) -> None:
        self._fields.setHidden(is_folded)
        self.title.show_icon("caret-right" if is_folded else "caret-down")
        self._show_title()
        self.folded.emit()

    def _show_title(self) -> None:
        """Say how much is written here while it is folded."""
        filled = (
            self.group.currentText(),
            self.opposites.ids(),
            self.parents.ids(),
            self.words.text(),
            self.reason.text(),
        )
        count = sum(map(bool, filled)) + self.reviews.isChecked() + self.seasonal.isChecked()
        is_plain = not count or not self._fields.isHidden()
        self.title.setText(_("More") if is_plain else _("More · {n}").format(n=number(count)))
