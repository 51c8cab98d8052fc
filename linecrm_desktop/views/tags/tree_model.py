"""The tag library as a tree: groups, and under each its tags; or, without groups, the tags alone."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from linecrm_desktop.days import ShopDay
from linecrm_desktop.text import N_, _
from linecrm_desktop.views.icons import icon
from linecrm_desktop.views.tags import cells, grouping
from linecrm_desktop.views.tags.columns import Column
from linecrm_desktop.views.tags.grouping import Group, GroupBy, Order
from linecrm_desktop.views.tags.reading import TagLine

Index = QModelIndex | QPersistentModelIndex
LINE_ROLE = Qt.ItemDataRole.UserRole
"""The whole TagLine behind a cell."""
SORT_ROLE = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
"""How many tags a group holds and shows, in words."""
LINK_ROLE = Qt.ItemDataRole.UserRole + 4
"""What a group's link does: show all of its tags, or the few again. Groups that are short have none."""
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


class TagTreeModel(QAbstractItemModel):
    """Two levels: what stands at the top has the internal id 0, a tag in a group the group's row plus 1."""

    decided = Signal(int, str)
    """Somebody wrote into a cell what a tag helps decide; the cell changes when that is kept."""

    def __init__(self, day: Callable[[], ShopDay], parent: Any = None) -> None:
        super().__init__(parent)
        self._day = day
        self._lines: Sequence[TagLine] = ()
        self._is_whole = True
        self._opened: set[str] = set()
        self._groups: list[Group] = []
        self.by = GroupBy.TYPE
        self.order = Order()

    def show_lines(self, lines: Sequence[TagLine], *, is_whole: bool = True) -> None:
        """Show these tags; without `is_whole`, long groups show only those that need attention most."""
        self._lines, self._is_whole = lines, is_whole
        self._regroup()

    def group_by(self, by: GroupBy) -> None:
        """Cut the list another way."""
        self.beginResetModel()  # whoever listens still sees the list as it was
        self.by = by
        self._opened.clear()
        self._groups = self._grouped()
        self.endResetModel()

    def show_all(self, key: str, *, all: bool) -> None:
        """Show all tags of a group, or the few again."""
        (self._opened.add if all else self._opened.discard)(key)
        self._regroup()

    def show_all_groups(self) -> None:
        """Show all tags of every group."""
        self._opened |= {group.key for group in self._groups}
        self._regroup()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        self.order = Order(Column(max(0, column)), order == Qt.SortOrder.DescendingOrder)
        self._regroup()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)

    def line(self, index: Index) -> TagLine | None:
        """Return the tag at an index, or None for a group."""
        if not index.isValid() or (not index.internalId() and not self._is_flat):
            return None
        return self._groups[max(0, index.internalId() - 1)].shown[index.row()]

    def group(self, index: Index) -> Group | None:
        """Return the group at an index, or None for a tag."""
        if not index.isValid() or index.internalId() or self._is_flat:
            return None
        return self._groups[index.row()]

    def index_of(self, tag_id: int, column: Column = Column.TAG) -> QModelIndex:
        """Return where a tag stands; invalid when it is not listed."""
        for row, group in enumerate(self._groups):
            for place, line in enumerate(group.shown):
                if line.tag.id == tag_id:
                    return self.createIndex(place, column, 0 if self._is_flat else row + 1)
        return QModelIndex()

    def open_group_of(self, tag_id: int) -> None:
        """Show all of the group in which a tag is hidden."""
        for group in self._groups:
            if group.is_cut and any(line.tag.id == tag_id for line in group.lines):
                self.show_all(group.key, all=True)

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
            return sum(len(group.shown) for group in self._groups) if self._is_flat else len(self._groups)
        if parent.column() or parent.internalId() or self._is_flat:
            return 0
        return len(self._groups[parent.row()].shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        line = self.line(index)
        if line is None:
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        flags = super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren
        may_write = index.column() == Column.DECIDES and not line.tag.is_retired
        return flags | Qt.ItemFlag.ItemIsEditable if may_write else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(Column):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _(HEADS[Column(section)])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == Column.FRIENDS else _LEFT
        if role == Qt.ItemDataRole.DecorationRole and section == self.order.column and self.order != Order():
            return icon("caret-down" if self.order.is_falling else "caret-up")
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
            return grouping.value(line, column)
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

    @property
    def _is_flat(self) -> bool:
        return self.by is GroupBy.NONE

    def _regroup(self) -> None:
        self.beginResetModel()
        self._groups = self._grouped()
        self.endResetModel()

    def _grouped(self) -> list[Group]:
        return grouping.grouped(self._lines, self.by, self.order, opened=self._opened, is_whole=self._is_whole)

    def _group_data(self, index: Index, role: int) -> Any:
        group = self.group(index)
        if group is None or index.column():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, SORT_ROLE):
            return group.title
        if role == COUNT_ROLE:
            return cells.group_count(group)
        if role == LINK_ROLE:
            return cells.group_link(group, is_whole=self._is_whole)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cells.group_in_words(group, is_whole=self._is_whole)
        if role == Qt.ItemDataRole.DecorationRole:
            return icon(*group.picture)
        return None
