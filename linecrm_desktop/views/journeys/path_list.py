"""The paths at the left: name, segment, state, who is under way, and what is due."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from linecrm_desktop.journeys.library import PathRow
from linecrm_desktop.journeys.looking import state_words
from linecrm_desktop.models.journey import JourneyState
from linecrm_desktop.text import _, number
from linecrm_desktop.views import theme
from linecrm_desktop.views.journeys.reading import State
from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.chips import Chip, chip_width, paint_chip, status_chip
from linecrm_desktop.views.widgets.outside import follow_selection
from linecrm_desktop.views.widgets.parts import PictureLabel

_ROW_ROLE = Qt.ItemDataRole.UserRole
_STATES = {
    JourneyState.RUNNING: ("good", "play"),
    JourneyState.PAUSED: ("warn", "pause"),
    JourneyState.DRAFT: ("plain", "pencil-simple"),
    JourneyState.STOPPED: ("plain", "stop"),
}
WIDTH = 262


def state_chip(state: JourneyState) -> Chip:
    """Return the chip of a path's state."""
    tone, icon = _STATES[state]
    return status_chip(tone, state_words(state), icon)


class _Painter(QStyledItemDelegate):
    """Three lines a path."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(WIDTH, 3 * QFontMetrics(theme.font(13)).height() + 32)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, due = index.data(_ROW_ROLE)
        rect: QRect = option.rect
        view = option.widget
        chosen = isinstance(view, QListWidget) and view.currentIndex() == index
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.colour("sel" if chosen else "surface"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.colour("border"))
        if chosen:
            painter.fillRect(QRect(rect.left(), rect.top(), 3, rect.height()), theme.colour("accent"))
            if view is not None and view.hasFocus():
                painter.setPen(theme.pen("focus", 2))
                painter.drawRect(rect.adjusted(1, 1, -2, -2))
        self._paint_words(painter, rect, row)
        self._paint_counts(painter, rect, row, due)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, row: PathRow) -> None:
        top = rect.top() + 9
        for text, role, strong in ((row.name, "text", True), (row.segment_name, "text2", False)):
            painter.setFont(theme.font(13, strong=strong))
            painter.setPen(theme.colour(role))
            metrics = painter.fontMetrics()
            room = QRect(rect.left() + 14, top, rect.width() - 24, metrics.height())
            painter.drawText(room, 0, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
            top += metrics.height() + 1

    def _paint_counts(self, painter: QPainter, rect: QRect, row: PathRow, due: int) -> None:
        painter.setFont(theme.font(12))
        metrics = painter.fontMetrics()
        middle = rect.bottom() - 9 - metrics.height() / 2
        left = rect.left() + 14 + paint_chip(painter, QPointF(rect.left() + 14, middle), state_chip(row.state)) + 8
        right = rect.right() - 10
        if due:
            chip = _due_chip(due)
            right -= chip_width(chip, metrics)
            paint_chip(painter, QPointF(right, middle), chip)
        painter.setPen(theme.colour("text"))
        words = _under_way(row)
        room = QRect(int(left), int(middle - metrics.height() / 2), int(right - left - 6), metrics.height())
        painter.drawText(room, 0, metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width()))


def _least_width() -> int:
    return round(WIDTH * max(1.0, theme.text_scale()))


def _due_chip(due: int) -> Chip:
    chip = status_chip("info", _("{n} due").format(n=number(due)))
    return Chip(chip.text, "", chip.role, chip.ground)


def _under_way(row: PathRow) -> str:
    return _("{n} under way").format(n=number(row.under_way))


def _room_of_counts(row: PathRow, due: int) -> int:
    """Return how wide the line of counts is; numbers are never cut."""
    metrics = QFontMetrics(theme.font(12))
    chips = chip_width(state_chip(row.state), metrics) + (chip_width(_due_chip(due), metrics) if due else 0)
    return 14 + chips + 8 + metrics.horizontalAdvance(_under_way(row)) + 6 + 10 + 4


class PathList(QFrame):
    """The list, its head, and the sentence that nothing is sent by itself."""

    chosen = Signal(int)
    """The id of a path."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(_least_width())
        self.setProperty("ground", "surface")
        self._title, self._under_way = label("", "strong"), label("", "second")
        self.list = QListWidget()
        self.list.setObjectName("paths")
        follow_selection(self.list)
        self.list.setItemDelegate(_Painter(self.list))
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._note = label("", "second", wrap=True)
        head, foot, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.setContentsMargins(14, 10, 12, 10)
        head.addWidget(self._title)
        head.addStretch()
        head.addWidget(self._under_way)
        foot.setContentsMargins(14, 10, 12, 12)
        foot.setSpacing(6)
        foot.addWidget(PictureLabel("info", "text2", 14), 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self._note, 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.list.currentItemChanged.connect(self._tell)

    def show_state(self, state: State) -> None:
        """Show the paths; the one that is looked at is the current one."""
        under_way = sum(row.under_way for row in state.paths)
        self._under_way.setText(_("{n} under way").format(n=number(under_way)))
        rooms = [_room_of_counts(row, state.due_of(row.id)) for row in state.paths]
        self.setFixedWidth(max([_least_width(), *rooms]))
        self.list.blockSignals(True)
        self.list.clear()
        for row in state.paths:
            item, due = QListWidgetItem(), state.due_of(row.id)
            item.setData(_ROW_ROLE, (row, due))
            words = (row.name, row.segment_name, state_words(row.state), _("{n} under way").format(n=row.under_way))
            item.setData(Qt.ItemDataRole.AccessibleTextRole, ", ".join((*words, _("{n} due").format(n=due))))
            self.list.addItem(item)
            if state.look is not None and row.id == state.look.id:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)

    def retranslate(self) -> None:
        self._title.setText(_("Paths"))
        self.list.setAccessibleName(_("Paths"))
        self._note.setText(_("Tagwell never sends by itself. Each morning it prepares a queue; you approve it."))

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(_ROW_ROLE)[0].id)
