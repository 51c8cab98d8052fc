"""The head of the friends' table: it sorts by the columns that can be sorted; its box checks everybody or nobody."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from linecrm_desktop.friends.directory import FriendOrder
from linecrm_desktop.views import theme
from linecrm_desktop.views.friends.columns import SORTS, Column
from linecrm_desktop.views.friends.delegate import paint_box

_HEIGHT = 32
_PAD = 8
_ARROW = 12


class CheckHeader(QHeaderView):
    """A head whose first section is a box with three states. The order in use is told by an arrow."""

    box_pressed = Signal()
    sort_asked = Signal(object, bool)
    """The FriendOrder wanted, and whether it descends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._state = Qt.CheckState.Unchecked
        self._sorted, self._descending = Column.LAST_ORDER, True
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setFirstSectionMovable(False)
        self.setHighlightSections(False)
        self.sectionClicked.connect(self._clicked)

    def show_state(self, state: Qt.CheckState) -> None:
        """Draw the box as checked, unchecked or in between."""
        self._state = state
        self.viewport().update()

    def show_sort(self, order: FriendOrder, *, descending: bool) -> None:
        """Draw the arrow of the order in use."""
        self._sorted = next(column for column, sorts in SORTS.items() if sorts is order)
        self._descending = descending
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), max(_HEIGHT, self.fontMetrics().height() + 12))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        painter.save()
        super().paintSection(painter, rect, section)
        painter.restore()
        if section == Column.CHECK:
            paint_box(painter, rect, self._state)
        elif section == self._sorted:
            self._paint_arrow(painter, rect)

    def _paint_arrow(self, painter: QPainter, rect: QRect) -> None:
        """Draw the arrow beside the words, on the side where there is room."""
        painter.save()
        font = theme.font(12, strong=True)
        words = QFontMetrics(font).horizontalAdvance(str(self.model().headerData(self._sorted, self.orientation())))
        alignment = self.model().headerData(self._sorted, self.orientation(), Qt.ItemDataRole.TextAlignmentRole)
        left = rect.left() + _PAD + words + 2
        if alignment & Qt.AlignmentFlag.AlignRight:
            left = rect.right() - _PAD - words - _ARROW
        painter.setFont(theme.font(10))
        painter.setPen(theme.colour("text2"))
        place = QRectF(left, rect.top(), _ARROW, rect.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "▾" if self._descending else "▴")
        painter.restore()

    def _clicked(self, section: int) -> None:
        column = Column(section)
        if column == Column.CHECK:
            self.box_pressed.emit()
        elif column in SORTS:
            # Names begin with the first, dates and sums with the newest and largest; a second press turns it round.
            first = column != Column.FRIEND
            self.sort_asked.emit(SORTS[column], not self._descending if column == self._sorted else first)
