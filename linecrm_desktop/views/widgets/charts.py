"""Bars with their values written beside them; colour never stands alone."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from linecrm_desktop.views import theme

_ROW = 30
_SHARE = 8


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, value, written value and colour token."""

    label: str
    value: float
    written: str
    role: str = "chart1"


class _Chart(QWidget):
    """A painted chart whose numbers are also its accessible description."""

    def __init__(self, bars: list[Bar] | None = None) -> None:
        super().__init__()
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self.update)
        self.show_bars(bars or [])

    def show_bars(self, bars: list[Bar]) -> None:
        """Show these bars."""
        self._bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.written}" for bar in bars))
        self.updateGeometry()
        self.update()


class SegmentBar(_Chart):
    """Parts of one whole in one bar, with small gaps between them."""

    def sizeHint(self) -> QSize:
        return QSize(200, 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = sum(bar.value for bar in self._bars)
        x = 0.0
        if not whole:
            painter.fillRect(self.rect(), theme.colour("border"))
        for bar in self._bars if whole else []:
            width = self.width() * bar.value / whole
            if width > 0:
                painter.fillRect(QRectF(x, 0, max(1.0, width - 1.5), self.height()), theme.colour(bar.role))
            x += width


class ShareBar(QWidget):
    """How much of a whole: a filled part of a rounded bar. Its number is written by whoever shows it."""

    def __init__(self, share: float = 0.0) -> None:
        super().__init__()
        self._share = share
        self.setFixedHeight(_SHARE)
        theme.signals().changed.connect(self.update)

    def show_share(self, share: float) -> None:
        """Show another share."""
        self._share = share
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(87 * theme.text_scale()), _SHARE)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, _SHARE)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("border"))
        whole = QRectF(self.rect())
        painter.drawRoundedRect(whole, _SHARE / 2, _SHARE / 2)
        if self._share > 0:
            painter.setBrush(theme.colour("chart1"))
            whole.setWidth(max(_SHARE, whole.width() * self._share))
            painter.drawRoundedRect(whole, _SHARE / 2, _SHARE / 2)


class Legend(_Chart):
    """What the parts of a bar are: a square in the part's colour, its number, its name."""

    def sizeHint(self) -> QSize:
        return QSize(200, 22)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 22)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        x = 0
        for bar in self._bars:
            painter.fillRect(x, 6, 10, 10, theme.colour(bar.role))
            x += 18
            painter.setPen(theme.colour("text"))
            for words, strong in ((bar.written, True), (bar.label, False)):
                painter.setFont(theme.font(13, strong=strong))
                width = painter.fontMetrics().horizontalAdvance(words)
                painter.drawText(QRectF(x, 0, width + 2, 22), Qt.AlignmentFlag.AlignVCenter, words)
                x += width + 5
            x += 18


class HBars(_Chart):
    """One bar a row: label, bar, written value."""

    label_share = 0.42
    whole: float | None = None
    """What a full bar stands for; None: the longest of the bars."""

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        return QSize(180, _ROW * max(1, len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = painter.fontMetrics()
        most = self.whole or max((bar.value for bar in self._bars), default=0) or 1
        value_width = max((metrics.horizontalAdvance(bar.written) for bar in self._bars), default=0) + 12
        left = min(
            self.width() * self.label_share,
            max((metrics.horizontalAdvance(bar.label) for bar in self._bars), default=0) + 12,
        )
        room = max(10.0, self.width() - left - value_width)
        for row, bar in enumerate(self._bars):
            middle = row * _ROW + _ROW / 2
            painter.setPen(theme.colour("text"))
            words = metrics.elidedText(bar.label, Qt.TextElideMode.ElideRight, int(left - 8))
            painter.drawText(QRectF(0, middle - 12, left, 24), Qt.AlignmentFlag.AlignVCenter, words)
            painter.fillRect(QRectF(left, middle - 4, room, 8), theme.colour("border"))
            painter.fillRect(QRectF(left, middle - 4, room * bar.value / most, 8), theme.colour(bar.role))
            painter.setFont(theme.font(13, strong=True))
            place = QRectF(self.width() - value_width, middle - 12, value_width, 24)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, right, bar.written)
            painter.setFont(theme.font(13))


class Waterfall(_Chart):
    """From all who match to all who are left: each row takes its part away from the right end of the one before."""

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW * max(1, len(self._bars)))

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _ROW * max(1, len(self._bars)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics = painter.fontMetrics()
        whole = max((bar.value for bar in self._bars), default=0) or 1
        left = min(self.width() * 0.45, max((metrics.horizontalAdvance(b.label) for b in self._bars), default=0) + 16)
        value_width = max((metrics.horizontalAdvance(b.written) for b in self._bars), default=0) + 18
        room = max(10.0, self.width() - left - value_width)
        edge = 0.0
        for row, bar in enumerate(self._bars):
            middle = row * _ROW + _ROW / 2
            last = row == len(self._bars) - 1
            start, end = (0.0, bar.value) if row == 0 or last else (edge - bar.value, edge)
            edge = bar.value if row == 0 else start
            if last:
                painter.fillRect(QRectF(0, row * _ROW, self.width(), 1), theme.colour("border"))
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(0, middle - 12, left, 24), Qt.AlignmentFlag.AlignVCenter, bar.label)
            place = QRectF(left + room * start / whole, middle - 8, max(1.0, room * (end - start) / whole), 16)
            if bar.value:
                painter.fillRect(place, theme.colour(bar.role))
            painter.setFont(theme.font(13, strong=True))
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(self.width() - value_width, middle - 12, value_width, 24), right, bar.written)
            painter.setFont(theme.font(13))
