"""A few other tags, each with a button that takes it out, and a choice that adds one."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QPushButton, QVBoxLayout, QWidget

from linecrm_desktop.tags.library import TagRow
from linecrm_desktop.text import _
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.widgets.basics import button, clear
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.flow import FlowLayout


class TagSet(QWidget):
    """Holds ids of tags."""

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._called: dict[int, str] = {}
        self._ids: frozenset[int] = frozenset()
        self._chips = QWidget()
        self._flow = FlowLayout(self._chips, gap=4)
        self.choice = tag_choice(f"{name}Add")
        self.choice.activated.connect(self._add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._chips)
        column.addWidget(self.choice)

    def ids(self) -> frozenset[int]:
        """Return the tags."""
        return self._ids

    def show_tags(self, ids: Iterable[int], offered: Sequence[TagRow]) -> None:
        """Show these tags, and offer the others."""
        self._called = {tag.id: tag.name for tag in offered}
        self._ids = frozenset(ids)
        fill_tags(self.choice, offered, _("Add a tag…"))
        self._show()

    def _show(self) -> None:
        clear(self._flow)
        for tag in sorted(self._ids, key=lambda one: self._called.get(one, "")):
            self._flow.addWidget(self._chip(tag))
        self._chips.setVisible(bool(self._ids))
        self.choice.setCurrentIndex(0)

    def _chip(self, tag: int) -> QPushButton:
        name = self._called.get(tag, "…")
        made = button(name, "default", "x", f"{self._name}_{tag}")
        made.setProperty("small", True)
        made.setAccessibleName(_("Take out “{tag}”").format(tag=name))
        made.setToolTip(_("Take out “{tag}”").format(tag=name))
        made.clicked.connect(lambda _checked=False: self._set(self._ids - {tag}))
        return made

    def _add(self, place: int) -> None:
        tag = self.choice.itemData(place)
        if tag is not None:
            self._set(self._ids | {tag})

    def _set(self, ids: frozenset[int]) -> None:
        self._ids = ids
        self._show()
        self.changed.emit()


def tag_choice(name: str) -> QComboBox:
    """Return a choice of one tag; typing finds a part of its name."""
    made = QComboBox()
    made.setObjectName(name)
    made.setMinimumContentsLength(8)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    let_search(made)
    return made


def text_of(choice: QComboBox) -> QLineEdit:
    """Return the field of a choice that can be written into."""
    found = choice.lineEdit()
    assert found is not None
    return found


def let_search(choice: QComboBox) -> None:
    """Let typing find the lines of a choice by any part of them; what is no line is not taken."""
    choice.setEditable(True)
    choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    completer = QCompleter(choice.model(), choice)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    choice.setCompleter(completer)


def fill_tags(choice: QComboBox, tags: Sequence[TagRow], first: str = "") -> None:
    """Offer these tags, under a first line that is none if there is one."""
    choice.clear()
    if first:
        choice.addItem(first, None)
    for tag in tags:
        choice.addItem(icon(TAG_ICONS[tag.type], tag_chip("", tag.type).role), tag.name, tag.id)
