"""Thin strips without a cursor of their own: parts of a whole, a share, and the legend that says their numbers."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.charts.bars import Bar

_SHARE = 8


class _Strip(QWidget):
    """A painted strip whose numbers are also its accessible description."""

    def __init__(self, bars: Sequence[Bar] = ()) -> None:
        super().__init__()
        self._bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.signals().changed.connect(self.update)
        self.show_bars(bars)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars."""
        self._bars = bars
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.written}" for bar in bars))
        self.updateGeometry()
        self.update()


class SegmentBar(_Strip):
    """Parts of one whole in one bar, with small gaps between them."""

    def sizeHint(self) -> QSize:
        return QSize(200, 10)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 10)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = sum(bar.value or 0 for bar in self._bars)
        x = 0.0
        if not whole:
            painter.fillRect(self.rect(), theme.colour("border"))
        for bar in self._bars if whole else []:
            width = self.width() * (bar.value or 0) / whole
            if width > 0:
                painter.fillRect(QRectF(x, 0, max(1.0, width - 1.5), self.height()), theme.colour(bar.role))
            x += width


class ShareBar(QProgressBar):
    """How much of a whole: a filled part of a rounded bar. Its number is written by whoever shows it.

    Other programs read the name, which is what the share is of, and the share in percent.
    """

    def __init__(self, share: float = 0.0, name: str = "") -> None:
        super().__init__()
        self._share = share
        self.setRange(0, 100)
        self.setProperty("share", True)
        self.setTextVisible(False)
        self.setFixedHeight(_SHARE)
        theme.signals().changed.connect(self.update)
        self.show_share(share, name)

    def show_share(self, share: float, name: str = "") -> None:
        """Show another share; without a name it keeps the one it has."""
        self._share = share
        self.setValue(round(share * 100))
        if name:
            self.setAccessibleName(name)
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


class Legend(_Strip):
    """What the parts of a bar are: a square in the part's colour, its number, its name."""

    def sizeHint(self) -> QSize:
        strong, plain = (QFontMetrics(theme.font(13, strong=is_strong)) for is_strong in (True, False))
        texts = (strong.horizontalAdvance(bar.written) + plain.horizontalAdvance(bar.label) for bar in self._bars)
        return QSize(max(120, sum(texts) + 46 * len(self._bars)), 22)

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
