"""Paints a change as its check box, the chips of its tags, and the words between them."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from linecrm_desktop.audit.changes import (
    Assign,
    Change,
    Decide,
    Justify,
    Merge,
    Nest,
    Rename,
    Restrict,
    Retire,
    Retype,
    Settle,
    Split,
)
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.tags.audit.state import AuditState
from linecrm_desktop.views.widgets.chip_delegate import ChipDelegate
from linecrm_desktop.views.widgets.chips import Chip, paint_chip, tag_chip

PARTS_ROLE = Qt.ItemDataRole.UserRole + 8
"""A cell's chips and words, in order."""
_GAP, _BETWEEN = 6, 8
_ARROW = "→"
Parts = list[Chip | str]


class ChangeDelegate(ChipDelegate):
    """Paints the parts of a change; other cells as in every table."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        parts = index.data(PARTS_ROLE)
        if not parts:
            super().paint(painter, option, index)
            return
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, theme.colour("sel"))
        box = QStyleOptionViewItem(option)
        self.initStyleOption(box, index)
        box.text = ""
        box.state &= ~QStyle.StateFlag.State_Selected
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, box, painter, option.widget)
        self._paint_parts(painter, style.subElementRect(_TEXT, box, option.widget), parts)
        painter.setPen(theme.colour("border"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())

    def _paint_parts(self, painter: QPainter, room: QRect, parts: Parts) -> None:
        painter.save()
        painter.setFont(theme.font(12))
        painter.setClipRect(room)
        x, middle = float(room.left() + _GAP), room.center().y() + 0.5
        for part in parts:
            left = int(room.right() - x)
            if left <= 0:
                break
            if isinstance(part, Chip):
                x += paint_chip(painter, QPointF(x, middle), part, left) + _BETWEEN
            else:
                painter.setPen(theme.colour("text"))
                words = painter.fontMetrics().elidedText(part, Qt.TextElideMode.ElideRight, left)
                line = QRect(int(x), room.top(), left, room.height())
                painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
                x += painter.fontMetrics().horizontalAdvance(words) + _BETWEEN
        painter.restore()


_TEXT = QStyle.SubElement.SE_ItemViewItemText


def parts(state: AuditState, change: Change) -> Parts:
    """Return the chips of a change and the words between them."""
    match change:
        case Merge(keep=keep, drop=drop, name=name):
            return [_chip(state, drop), _ARROW, _chip(state, keep, name)]
        case Rename(tag=tag, name=name):
            return [_chip(state, tag), _ARROW, _chip(state, tag, name)]
        case Retype(tag=tag, type=type):
            return [_chip(state, tag), _ARROW, _chip(state, tag, type=type)]
        case Split(tag=tag, parts=made):
            return [_chip(state, tag), _ARROW, *(_chip(state, tag, part.name) for part in made)]
        case Nest(inner=inner, outer=outer):
            return [_chip(state, inner), _("inside"), _chip(state, outer)]
        case Settle(one=one, other=other, stays=0):
            return [_chip(state, one), _chip(state, other), _("the newer one stays")]
        case Settle(one=one, other=other, stays=stays):
            return [_chip(state, stays), _("stays, not"), _chip(state, other if stays == one else one)]
        case Decide(tag=tag, helps_decide=words) | Justify(tag=tag, why=words):
            return [_chip(state, tag), _("“{text}”").format(text=words)]
        case Assign(tag=tag, owner=owner):
            return [_chip(state, tag), owner]
        case Retire(tag=tag) | Restrict(tag=tag):
            return [_chip(state, tag)]
        case _:
            return []


def _chip(state: AuditState, tag: int, name: str = "", type: TagType | None = None) -> Chip:
    found = state.tag(tag)
    return tag_chip(name or state.name(tag), type or (found.type if found else TagType.NONE))
