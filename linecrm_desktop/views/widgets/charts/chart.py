"""The widget that shows a drawing: Tab goes in, the arrow keys move from value to value, a ring shows where one is."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.announcing import announce
from linecrm_desktop.views.widgets.charts.drawing import Drawing
from linecrm_desktop.views.widgets.charts.look import on_screen

_RING = 2
_AWAY = 2
"""Pixels between a value's place and the middle of its ring."""


class Chart(QWidget):
    """Shows one drawing; its accessible description is all its values in words."""

    moved = Signal(int)
    """Which value the person went to."""

    def __init__(self, drawing: Drawing | None = None, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drawing: Drawing | None = None
        self._places: list[QRectF] = []
        self._at = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self._dress)
        self.show_drawing(drawing, title)

    def show_drawing(self, drawing: Drawing | None, title: str = "") -> None:
        """Show this drawing, or nothing. The title is what a screen reader calls the chart."""
        self._drawing = drawing
        values = drawing.values() if drawing else []
        self._at = max(0, min(self._at, len(values) - 1))
        self.setAccessibleName(title)
        self.setAccessibleDescription("; ".join(str(value) for value in values))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if values else Qt.FocusPolicy.NoFocus)
        self._dress()

    def drawing(self) -> Drawing | None:
        """Return what is shown."""
        return self._drawing

    def said(self) -> str:
        """Return the value under the ring in words."""
        values = self._drawing.values() if self._drawing else []
        return str(values[self._at]) if values else ""

    def sizeHint(self) -> QSize:
        return self._drawing.size(on_screen()) if self._drawing else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        wished = self.sizeHint()
        return QSize(wished.width() // 2, wished.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._drawing is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._places = self._drawing.paint(painter, QRectF(self.rect()), on_screen())
        if self.hasFocus() and self._at < len(self._places):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.pen("focus", _RING))
            inside = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            ring = self._places[self._at].adjusted(-_AWAY, -_AWAY, _AWAY, _AWAY)
            painter.drawRoundedRect(ring.intersected(inside), 4, 4)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        count = len(self._drawing.values()) if self._drawing else 0
        across = self._drawing.across() if self._drawing else 1
        to = {
            Qt.Key.Key_Left: self._at - 1,
            Qt.Key.Key_Right: self._at + 1,
            Qt.Key.Key_Up: self._at - across,
            Qt.Key.Key_Down: self._at + across,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }.get(Qt.Key(event.key()))
        if to is None or not count:
            super().keyPressEvent(event)
        elif 0 <= to < count:
            self._go(to)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._tell()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        QToolTip.hideText()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self._under(event.position())
        if found is None:
            super().mousePressEvent(event)
        else:
            self._go(found)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip and self._drawing is not None:
            found = self._under(QPointF(event.pos()))
            if found is not None:
                QToolTip.showText(event.globalPos(), str(self._drawing.values()[found]), self)
                return True
        return super().event(event)

    def _under(self, point: QPointF) -> int | None:
        return next((at for at, place in enumerate(self._places) if place.contains(point)), None)

    def _go(self, at: int) -> None:
        self._at = at
        self.update()
        self._tell()
        self.moved.emit(at)

    def _tell(self) -> None:
        """Say the value under the ring: to a screen reader, and as a tooltip beside it."""
        announce(self, self.said())
        if self._at < len(self._places) and self.isVisible():
            place = self._places[self._at].bottomLeft().toPoint()
            QToolTip.showText(self.mapToGlobal(place), self.said(), self)

    def _dress(self) -> None:
        self.updateGeometry()
        self.update()
