"""A list to choose one of: searched while typing, in groups, moved through with the arrow keys alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import pixmap
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.parts import SearchField

_PICK = Qt.ItemDataRole.UserRole + 1
_EDGE, _GAP, _ICON = 10, 6, 16
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Pick:
    """One line. Lines of one group stand together under its name."""

    key: Any
    name: str
    note: str = ""
    icon: str = ""
    group: str = ""

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word is found somewhere in the line."""
        text = f"{self.name} {self.note} {self.group}".casefold()
        return all(word in text for word in words)


class PickList(QWidget):
    """Search field and list. The cursor stays in the field; the arrow keys move in the list."""

    moved = Signal(object)
    """The line that is chosen now, or None."""
    taken = Signal(object)
    """Enter, or a double click."""

    def __init__(self, searches_for: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picks: Sequence[Pick] = ()
        self.search = SearchField(searches_for, "pickSearch")
        self.search.installEventFilter(self)
        self.rows = QListWidget()
        self.rows.setObjectName("picks")
        follow_selection(self.rows)
        self.rows.setAccessibleName(searches_for)
        self.rows.setItemDelegate(_PickDelegate(self.rows))
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.nothing = label(_("Nothing found."), "second")
        self.nothing.setObjectName("nothingFound")
        self.nothing.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.search, self.nothing, self.rows):
            column.addWidget(part)
        self.setFocusProxy(self.search)
        self.search.textChanged.connect(lambda _text: self._fill(self.current))
        self.rows.currentItemChanged.connect(lambda _now, _before: self.moved.emit(self.current))
        self.rows.itemActivated.connect(lambda _item: self._take())

    @property
    def current(self) -> Pick | None:
        """The line that is chosen now."""
        item = self.rows.currentItem()
        return item.data(_PICK) if item is not None else None

    def show_picks(self, picks: Sequence[Pick], chosen: Any = None) -> None:
        """Show these lines; the one with the key `chosen`, else the one chosen before, stays chosen."""
        now = self.current
        self._picks = picks
        wanted = next((pick for pick in picks if chosen is not None and pick.key == chosen), now)
        self._fill(wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._step(_STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take()
                return True
        return super().eventFilter(watched, event)

    def _fill(self, wanted: Pick | None) -> None:
        words = self.search.text().casefold().split()
        found = [pick for pick in self._picks if pick.matches(words)]
        self.rows.blockSignals(True)
        self.rows.clear()
        group = ""
        for pick in found:
            if pick.group != group:
                group = pick.group
                caption = QListWidgetItem(group, self.rows)
                caption.setFlags(Qt.ItemFlag.NoItemFlags)
            item = QListWidgetItem(pick.name, self.rows)
            item.setData(_PICK, pick)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join(part for part in (pick.name, pick.note) if part))
            item.setToolTip("\n".join(part for part in (pick.name, pick.note) if part))
        keys = [pick.key for pick in found]
        self._choose(keys.index(wanted.key) if wanted is not None and wanted.key in keys else 0)
        self.rows.blockSignals(False)
        self.nothing.setVisible(not found)
        self.moved.emit(self.current)

    def _choosable(self) -> list[int]:
        return [row for row in range(self.rows.count()) if self.rows.item(row).data(_PICK) is not None]

    def _choose(self, place: int) -> None:
        rows = self._choosable()
        if rows:
            self.rows.setCurrentRow(rows[max(0, min(place, len(rows) - 1))])

    def _step(self, by: int) -> None:
        rows = self._choosable()
        now = self.rows.currentRow()
        self._choose((rows.index(now) if now in rows else 0) + by)

    def _take(self) -> None:
        if self.current is not None:
            self.taken.emit(self.current)


class _PickDelegate(QStyledItemDelegate):
    """Paints a name with its note below, and the names of groups."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(80, self._high(index.data(_PICK)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        pick: Pick | None = index.data(_PICK)
        painter.save()
        if pick is None:
            self._write(painter, option.rect.adjusted(_EDGE, _GAP, -_EDGE, 0), str(index.data()), "text3", 12, True)
        else:
            self._paint_pick(painter, option, pick)
        painter.restore()

    def _paint_pick(self, painter: QPainter, option: QStyleOptionViewItem, pick: Pick) -> None:
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("sel"))
        box = option.rect.adjusted(_EDGE, _GAP, -_EDGE, -_GAP)
        if pick.icon:
            high = _line(13, True)
            painter.drawPixmap(box.left(), box.top() + (high - _ICON) // 2, pixmap(pick.icon, "text2", _ICON))
        box.setLeft(box.left() + _ICON + 10)
        name = QRect(box.left(), box.top(), box.width(), _line(13, True))
        self._write(painter, name, pick.name, "text", 13, True)
        if pick.note:
            note = QRect(box.left(), name.bottom() + 2, box.width(), _line(12, False))
            self._write(painter, note, pick.note, "text2", 12, False)

    @staticmethod
    def _high(pick: Pick | None) -> int:
        if pick is None:
            return _line(12, True) + 2 * _GAP
        return _line(13, True) + (_line(12, False) + 1 if pick.note else 0) + 2 * _GAP

    @staticmethod
    def _write(painter: QPainter, box: QRect, text: str, role: str, size: int, strong: bool) -> None:
        painter.setFont(theme.font(size, strong=strong))
        painter.setPen(theme.colour(role))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _line(size: int, strong: bool) -> int:
    return QFontMetrics(theme.font(size, strong=strong)).lineSpacing()
