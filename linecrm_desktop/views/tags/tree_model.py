"""The tag library as a tree: the types that have tags, and under each its tags."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from linecrm_desktop.days import ShopDay
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.icons import TAG_ICONS, icon
from linecrm_desktop.views.tags import cells
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.reading import TagLine

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole
"""The whole TagLine behind a cell."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
"""How many tags a group holds, in words."""
HEADS = {
    Column.TAG: N_("Tag"),
    Column.DECIDES: N_("Helps decide"),
    Column.USED_BY: N_("Used by"),
    Column.FRIENDS: N_("Friends"),
    Column.LAST_USED: N_("Last used"),
    Column.OWNER: N_("Owner"),
    Column.HEALTH: N_("Health"),
}
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class _Group:
    type: TagType
    lines: tuple[TagLine, ...]


class TagTreeModel(QAbstractItemModel):
    """Two levels: a group's internal id is 0, a tag's is its group's row plus 1."""

    decided = Signal(int, str)
    """Somebody wrote into a cell what a tag helps decide; the cell changes when that is kept."""

    def __init__(self, day: Callable[[], ShopDay], parent: Any = None) -> None:
        super().__init__(parent)
        self._day = day
        self._groups: list[_Group] = []

    def show_lines(self, lines: Sequence[TagLine]) -> None:
        """Show these tags; within a type those with most friends first."""
        self.beginResetModel()
        self._groups = []
        for type in TagType:
            mine = sorted((line for line in lines if line.tag.type is type), key=lambda line: -line.tag.friends)
            if mine:
                self._groups.append(_Group(type, tuple(mine)))
        self.endResetModel()

    def line(self, index: Index) -> TagLine | None:
        """Return the tag at an index, or None for a group."""
        if not index.isValid() or not index.internalId():
            return None
        return self._groups[index.internalId() - 1].lines[index.row()]

    def group_type(self, index: Index) -> TagType | None:
        """Return the type of a group, or None for a tag."""
        if not index.isValid() or index.internalId():
            return None
        return self._groups[index.row()].type

    def index_of(self, tag_id: int, column: Column = Column.TAG) -> QModelIndex:
        """Return where a tag stands; invalid when it is not listed."""
        for row, group in enumerate(self._groups):
            for place, line in enumerate(group.lines):
                if line.tag.id == tag_id:
                    return self.createIndex(place, column, row + 1)
        return QModelIndex()

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, child: Index | None = None) -> Any:
        if child is None:
            return super().parent()
        if not child.isValid() or not child.internalId():
            return QModelIndex()
        return self.createIndex(child.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if not parent.isValid():
            return len(self._groups)
        if parent.column() or parent.internalId():
            return 0
        return len(self._groups[parent.row()].lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if self.line(index) is None:
            return flags
        flags |= Qt.ItemFlag.ItemNeverHasChildren
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == Column.DECIDES else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == Column.FRIENDS else _LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.line(index)
        if line is None:
            return self._group_data(index, role)
        column = Column(index.column())
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if column == Column.FRIENDS else _LEFT
        if role == SORT_ROLE:
            return cells.value(line, column)
        maker = cells.MAKERS.get(role)
        return None if maker is None else maker(line, column, self._day())

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        line = self.line(index)
        if line is None or index.column() != Column.DECIDES or role != Qt.ItemDataRole.EditRole:
            return False
        if str(value).strip() != line.tag.helps_decide:
            self.decided.emit(line.tag.id, str(value).strip())
        return True

    def retell(self) -> None:
        """Draw everything anew, in the language and colours in use."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self.layoutChanged.emit()

    def _group_data(self, index: Index, role: int) -> Any:
        if index.column():
            return None
        group = self._groups[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, SORT_ROLE):
            return _(TAG_TYPES[group.type])
        if role == COUNT_ROLE:
            return cells.tags_in_words(len(group.lines))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cells.group_in_words(_(TAG_TYPES[group.type]), len(group.lines))
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(TAG_ICONS[group.type], cells.type_role(group.type))
        return None
