"""A choice of several: a combo box whose list stays open while its entries are ticked, shown as chips where it can."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QStyle, QStyleOptionComboBox, QStylePainter

from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.rules.snug_combo import SnugCombo
from linecrm_desktop.views.widgets.chips import Chip, chip_width, paint_chips

_BESIDE = 44
"""Pixels that the frame, its padding and the arrow take beside the chips."""
_BETWEEN = 5
_WIDEST = 420


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tick: its key, its text, the heading that it stands under, and its chip if it has one."""

    key: int
    text: str
    heading: str = ""
    chip: Chip | None = None


class CheckCombo(SnugCombo):
    """Shows the ticked entries as its text; Space or a click ticks, Escape closes the list."""

    ticked = Signal(tuple)
    closed = Signal()
    """The list was closed."""

    def __init__(self, entries: Sequence[Entry], chosen: Collection[int], empty: str) -> None:
        super().__init__()
        self._empty = empty
        self._keeps_open = False
        self.is_open = False
        self._chips = {entry.key: entry.chip for entry in entries if entry.chip is not None}
        self._items = QStandardItemModel(self)
        self.setModel(self._items)
        group = ""
        for entry in entries:
            if entry.heading != group:
                group = entry.heading
                self._add_heading(group)
            self._add(entry, is_ticked=entry.key in chosen)
        self.view().pressed.connect(self._pressed)
        self.view().installEventFilter(self)

    def chosen(self) -> tuple[int, ...]:
        """Return the keys of the ticked entries."""
        return tuple(item.data() for item in self._ticked())

    def tick(self, keys: Collection[int]) -> None:
        """Tick these entries and no others, without saying so."""
        for item in self._all():
            item.setCheckState(Qt.CheckState.Checked if item.data() in keys else Qt.CheckState.Unchecked)
        self._changed()

    def words(self) -> str:
        """Return what the closed box shows, in words."""
        return _(", ").join(item.text() for item in self._ticked()) or self._empty

    def sizeHint(self) -> QSize:
        chips = self._shown_chips()
        if not chips:
            return super().sizeHint()
        metrics = QFontMetrics(theme.font(12))
        wide = sum(chip_width(chip, metrics) + _BETWEEN for chip in chips)
        return QSize(min(wide + _BESIDE, _WIDEST), super().sizeHint().height())

    def paintEvent(self, event: QEvent) -> None:
        chips = self._shown_chips()
        if not chips:
            super().paintEvent(event)
            return
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        paint_chips(painter, QRect(8, 0, self.width() - _BESIDE + _BETWEEN, self.height()), chips)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show:
            self.is_open = True
        elif event.type() == QEvent.Type.Hide:
            self.is_open = False
            self.closed.emit()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            self._toggle(self.view().currentIndex())
            return True
        return super().eventFilter(watched, event)

    def hidePopup(self) -> None:
        if self._keeps_open:
            self._keeps_open = False
        else:
            super().hidePopup()

    def _shown_chips(self) -> list[Chip]:
        return [self._chips[key] for key in self.chosen() if key in self._chips]

    def _add_heading(self, text: str) -> None:
        heading = QStandardItem(text)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)
        self._items.appendRow(heading)

    def _add(self, entry: Entry, *, is_ticked: bool) -> None:
        item = QStandardItem(entry.text)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
        item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)
        item.setData(entry.key)
        self._items.appendRow(item)

    def _all(self) -> list[QStandardItem]:
        items = [self._items.item(row) for row in range(self._items.rowCount())]
        return [item for item in items if item.data() is not None]

    def _ticked(self) -> list[QStandardItem]:
        return [item for item in self._all() if item.checkState() is Qt.CheckState.Checked]

    def _pressed(self, index: QModelIndex) -> None:
        self._keeps_open = True  # when the mouse lets go, the list would close
        self._toggle(index)

    def _toggle(self, index: QModelIndex) -> None:
        item = self._items.itemFromIndex(index)
        if item is None or item.data() is None:
            return
        was = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if was else Qt.CheckState.Checked)
        self._changed()
        self.ticked.emit(self.chosen())

    def _changed(self) -> None:
        self.setAccessibleDescription(self.words())
        self.updateGeometry()
        self.update()
