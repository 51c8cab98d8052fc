"""Measures and paints what a message is made of. The same in light and dark: a phone does not follow this computer."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QTextLayout, QTextOption

from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import pixmap
from linecrm_desktop.views.messages.chat.nodes import (
    INK,
    LINE_COLOUR,
    LINK,
    Align,
    Balloon,
    Column,
    Node,
    Picture,
    Row,
    Rule,
    Tap,
    Words,
)

RADIUS = 12
WIDEST = 218.0
"""A balloon of words is no wider."""
_TAP, _RULE, _ICON = 34.0, 1.0, 28
_PAPER, _NO_PICTURE, _ON_GROUND = "#FFFFFF", "#DDE3E8", "#FFFFFF"
_ALIGN = {
    Align.START: Qt.AlignmentFlag.AlignLeft,
    Align.CENTRE: Qt.AlignmentFlag.AlignHCenter,
    Align.END: Qt.AlignmentFlag.AlignRight,
}


class Painting:
    """Paints balloons with the pictures that are there already."""

    def __init__(self, pictures: Mapping[str, QPixmap]) -> None:
        self._pictures = pictures

    def size(self, balloon: Balloon) -> tuple[float, float]:
        """Return width and height of a balloon."""
        width = balloon.width or min(WIDEST, max(32.0, self._natural(balloon.node)))
        return width, self.height(balloon.node, width)

    def draw_balloon(self, painter: QPainter, balloon: Balloon, box: QRectF) -> None:
        """Paint a balloon into its box."""
        if balloon.is_bare:
            self.draw(painter, balloon.node, box)
            return
        shape = QPainterPath()
        shape.addRoundedRect(box, RADIUS, RADIUS)
        painter.save()
        painter.fillPath(shape, QColor(_PAPER))
        painter.setClipPath(shape, Qt.ClipOperation.IntersectClip)
        self.draw(painter, balloon.node, box)
        painter.restore()

    def height(self, node: Node, width: float) -> float:
        """Return how high a node is at a width."""
        match node:
            case Words():
                return _laid_out(node, width)[2]
            case Picture():
                return width * node.ratio
            case Tap():
                return max(_TAP, _laid_out(_label(node), width - 16)[2] + 14)
            case Rule():
                return _RULE
            case Column():
                inner = [self.height(part, width - 2 * node.pad) for part in node.parts]
                return sum(inner) + node.gap * max(0, len(inner) - 1) + 2 * node.pad
            case Row():
                shared = zip(node.parts, _widths(node, width), strict=True)
                return max((self.height(part, wide) for part, wide in shared), default=0) + 2 * node.pad

    def draw(self, painter: QPainter, node: Node, box: QRectF) -> None:
        """Paint a node into a box of its height."""
        match node:
            case Words():
                _draw_words(painter, node, box.topLeft(), box.width())
            case Picture():
                self._draw_picture(painter, node, box)
            case Tap():
                _draw_tap(painter, node, box)
            case Rule():
                painter.fillRect(box, QColor(LINE_COLOUR))
            case Column():
                self._draw_column(painter, node, box)
            case Row():
                left = box.left() + node.pad
                for part, wide in zip(node.parts, _widths(node, box.width()), strict=True):
                    self.draw(painter, part, QRectF(left, box.top() + node.pad, wide, self.height(part, wide)))
                    left += wide + node.gap

    def _draw_column(self, painter: QPainter, node: Column, box: QRectF) -> None:
        if node.ground:
            painter.fillRect(box, QColor(node.ground))
        top, width = box.top() + node.pad, box.width() - 2 * node.pad
        for part in node.parts:
            height = self.height(part, width)
            self.draw(painter, part, QRectF(box.left() + node.pad, top, width, height))
            top += height + node.gap

    def _draw_picture(self, painter: QPainter, node: Picture, box: QRectF) -> None:
        there = self._pictures.get(node.address)
        if there is not None and not there.isNull():
            whole = there.rect().toRectF()
            side = min(whole.width(), whole.height() * box.width() / max(1.0, box.height()))
            high = side * box.height() / max(1.0, box.width())
            part = QRectF(whole.center().x() - side / 2, whole.center().y() - high / 2, side, high)
            painter.drawPixmap(box, there, part)
            return
        painter.fillRect(box, QColor(_NO_PICTURE))
        icon = pixmap(node.icon, "text3", _ICON)
        painter.drawPixmap(QPointF(box.center().x() - _ICON / 2, box.center().y() - _ICON / 2), icon)

    def _natural(self, node: Node) -> float:
        """Return how wide a node would like to be."""
        match node:
            case Words():
                return _laid_out(node, WIDEST)[1] + 1
            case Column():
                return max((self._natural(part) for part in node.parts), default=0) + 2 * node.pad
            case _:
                return WIDEST


def _widths(row: Row, width: float) -> list[float]:
    free = width - 2 * row.pad - row.gap * max(0, len(row.parts) - 1)
    whole = sum(row.shares) or 1
    return [free * share / whole for share in row.shares]


def _label(node: Tap) -> Words:
    return Words(node.label, 13, colour=_on(node.ground), align=Align.CENTRE)


def _on(ground: str) -> str:
    if not ground:
        return LINK
    return INK if QColor(ground).lightnessF() > 0.75 else _ON_GROUND


def _draw_tap(painter: QPainter, node: Tap, box: QRectF) -> None:
    if node.ground:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(node.ground))
        painter.drawRoundedRect(box.adjusted(0, 2, 0, -2), 6, 6)
    words = _label(node)
    high = _laid_out(words, box.width() - 16)[2]
    _draw_words(painter, words, QPointF(box.left() + 8, box.top() + (box.height() - high) / 2), box.width() - 16)


def _draw_words(painter: QPainter, words: Words, at: QPointF, width: float) -> None:
    layout, _wide, _high = _laid_out(words, width)
    painter.setPen(QPen(QColor(words.colour)))
    layout.draw(painter, at)


def _laid_out(words: Words, width: float) -> tuple[QTextLayout, float, float]:
    font = theme.font(words.size, strong=words.is_strong)
    font.setStrikeOut(words.is_struck)
    layout = QTextLayout(words.text.replace("\n", "\u2028"), font)
    option = QTextOption(_ALIGN[words.align])
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    wide = high = 0.0
    count = 0
    line = layout.createLine()
    while line.isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, high))
        wide, high, count = max(wide, line.naturalTextWidth()), high + line.height() + 1, count + 1
        if count == words.most_lines:
            break
        line = layout.createLine()
    layout.endLayout()
    return layout, wide, high
