"""Rows of a list that is walked through: a name, a note below it, a tick where something is done, lines between."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import pixmap

NOTE_ROLE = Qt.ItemDataRole.UserRole + 21
"""A row's note; without one, what follows the first line of its text."""
DONE_ROLE = Qt.ItemDataRole.UserRole + 22
"""Whether a row has a tick."""
_EDGE, _GAP, _MARK, _TICK = 12, 7, 3, 16
_Index = QModelIndex | QPersistentModelIndex


class TwoLines(QStyledItemDelegate):
    """Paints a row; the current one has the ground of what is selected and an edge."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        note = _line(12, strong=False) + 2 if _note(index) else 0
        return QSize(80, _line(13, strong=True) + note + 2 * _GAP + 1)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.save()
        box = option.rect
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, theme.colour("sel"))
            painter.fillRect(box.left(), box.top(), _MARK, box.height(), theme.colour("accent"))
        painter.setPen(theme.colour("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        inside = box.adjusted(_EDGE, _GAP, -_EDGE, -_GAP)
        if index.data(DONE_ROLE):
            top = inside.top() + (_line(13, strong=True) - _TICK) // 2
            painter.drawPixmap(inside.right() - _TICK + 1, top, pixmap("check-circle-fill", "good", _TICK))
            inside.setRight(inside.right() - _TICK - 8)
        name = QRect(inside.left(), inside.top(), inside.width(), _line(13, strong=True))
        _write(painter, name, str(index.data()).partition("\n")[0], "text", 13, strong=True)
        note = QRect(inside.left(), name.bottom() + 3, inside.width(), _line(12, strong=False))
        _write(painter, note, _note(index), "text2", 12, strong=False)
        painter.restore()


def _note(index: _Index) -> str:
    return str(index.data(NOTE_ROLE) or str(index.data()).partition("\n")[2])


def _line(size: int, *, strong: bool) -> int:
    return QFontMetrics(theme.font(size, strong=strong)).lineSpacing()


def _write(painter: QPainter, box: QRect, text: str, role: str, size: int, *, strong: bool) -> None:
    painter.setFont(theme.font(size, strong=strong))
    painter.setPen(theme.colour(role))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
