"""Picking one tag: search, or read them grouped by type; a name that is not there yet can be made at once."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.library import TagRow, fold
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _, number
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.chip_delegate import CHIPS_ROLE, ChipDelegate
from linecrm_desktop.views.widgets.chips import tag_chip
from linecrm_desktop.views.widgets.parts import SearchField
from linecrm_desktop.views.widgets.writing import writing

_SIZE = (420, 480)


class TagPicker(QDialog):
    """Says which tag was picked, or which new one is wanted. It changes nothing itself."""

    picked = Signal(int, str)
    """Id and name of the tag."""
    named = Signal(str, object)
    """Name and type of a tag that is not there yet."""

    def __init__(
        self,
        title: str,
        yes: str,
        tags: Sequence[TagRow],
        counts: Mapping[int, int] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`counts` are the numbers beside the tags; with counts only those tags are offered, and none can be made."""
        super().__init__(parent)
        writing(self)
        self.setObjectName("tagPicker")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*_SIZE)
        self._may_make = counts is None
        self._tags = [tag for tag in tags if counts is None or tag.id in counts]
        self._counts = counts
        self._items: dict[int, QTreeWidgetItem] = {}
        self._build_list()
        self._build_making()
        self._build_foot(yes)
        self._connect()
        self._show("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.list.hasFocus():
            self.list.setFocus()
            self.list.event(event)
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        tag = self._chosen()
        if tag is not None:
            self.picked.emit(tag.id, tag.name)
        elif self._can_make():
            self.named.emit(" ".join(self.search.text().split()), TagType(self.type.currentData()))
        else:
            return
        super().accept()

    def _build_list(self) -> None:
        self.search = SearchField(
            _("Find a tag, or type a new one") if self._may_make else _("Find a tag"), "tagSearch"
        )
        self.list = QTreeWidget()
        self.list.setObjectName("tagList")
        self.list.setAccessibleName(_("Tags"))
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setItemDelegate(ChipDelegate(self.list))
        self.list.setIndentation(12)
        self.list.setUniformRowHeights(True)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, self.list.header().ResizeMode.Stretch)
        self.list.setColumnWidth(1, 72)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.search)
        self._column.addWidget(self.list, 1)

    def _build_making(self) -> None:
        self._making = QWidget()
        row = QHBoxLayout(self._making)
        row.setContentsMargins(0, 0, 0, 0)
        self._new = label("", "body", wrap=True)
        self.type = QComboBox()
        self.type.setObjectName("newTagType")
        self.type.setAccessibleName(_("Type of the new tag"))
        for type in TagType:
            self.type.addItem(icon(TAG_ICONS[type]), _(TAG_TYPES[type]), str(type))
        self.type.setCurrentIndex(list(TagType).index(TagType.INTEREST))
        row.addWidget(self._new, 1)
        row.addWidget(self.type)
        self._column.addWidget(self._making)

    def _build_foot(self, yes: str) -> None:
        self.foot = QDialogButtonBox()
        self.yes = button(yes, "primary", name="pickTag")
        self.yes.setDefault(True)
        cancel = button(_("Cancel"), name="cancelPick")
        self.foot.addButton(self.yes, QDialogButtonBox.ButtonRole.AcceptRole)
        self.foot.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        self._column.addWidget(self.foot)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._show)
        self.list.itemSelectionChanged.connect(self._show_state)
        self.list.itemActivated.connect(self.accept)
        self.foot.accepted.connect(self.accept)
        self.foot.rejected.connect(self.reject)

    def _show(self, text: str) -> None:
        """List the tags that hold the text; the first one is chosen when something is typed."""
        self.list.clear()
        self._items.clear()
        found = [tag for tag in self._tags if fold(text) in fold(tag.name)]
        for type in TagType:
            mine = [tag for tag in found if tag.type is type]
            if mine:
                self._add_group(type, mine)
        exact = next((tag for tag in found if fold(tag.name) == fold(text)), None)
        first = exact or (found[0] if found and text.strip() and not self._may_make else None)
        if first is not None:
            self.list.setCurrentItem(self._items[first.id])
        self._show_state()

    def _add_group(self, type: TagType, tags: Sequence[TagRow]) -> None:
        group = QTreeWidgetItem(self.list, [_(TAG_TYPES[type])])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        group.setFirstColumnSpanned(True)
        group.setIcon(0, icon(TAG_ICONS[type]))
        for tag in tags:
            count = tag.friends if self._counts is None else self._counts[tag.id]
            item = QTreeWidgetItem(group, [tag.name, number(count)])
            item.setData(0, Qt.ItemDataRole.UserRole, tag.id)
            self._items[tag.id] = item
            item.setData(0, CHIPS_ROLE, [tag_chip(tag.name, tag.type)])
            item.setToolTip(0, tag.helps_decide)
            item.setTextAlignment(1, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        group.setExpanded(True)

    def _chosen(self) -> TagRow | None:
        items = self.list.selectedItems()
        wanted = items[0].data(0, Qt.ItemDataRole.UserRole) if items else None
        return next((tag for tag in self._tags if tag.id == wanted), None)

    def _can_make(self) -> bool:
        text = fold(self.search.text())
        return self._may_make and bool(text) and all(fold(tag.name) != text for tag in self._tags)

    def _show_state(self) -> None:
        making = self._can_make() and self._chosen() is None
        self._making.setVisible(making)
        self._new.setText(_("Make the new tag “{tag}”, of type").format(tag=self.search.text().strip()))
        self.yes.setEnabled(making or self._chosen() is not None)
