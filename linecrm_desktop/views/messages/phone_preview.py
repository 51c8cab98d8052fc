"""Our own drawing of a chat: how a message reads on a phone. No artwork of LINE, and the same in light and dark."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views import theme

WIDTH = 284
_HEIGHT = 480
_HEAD = 42
_MARGIN = 10
_BUBBLE = 218
_PAD_X, _PAD_Y = 10, 8
_GAP = 8
_RADIUS = 12
_GROUND, _HEAD_GROUND, _FRAME = "#93A9C4", "#8298B5", "#5D6E86"
_INK, _PAPER, _TIME_INK = "#1B2320", "#FFFFFF", "#26323F"


class PhonePreview(QWidget):
    """Paints the bubbles that one friend would get."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._account = ""
        self._time = ""
        self._texts: tuple[str, ...] = ()
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def texts(self) -> tuple[str, ...]:
        """The bubbles shown, filled for the chosen friend."""
        return self._texts

    def show_chat(self, account: str, texts: tuple[str, ...], time: str) -> None:
        """Draw these bubbles under the account's name."""
        self._account, self._texts, self._time = account, texts, time
        self.setAccessibleName(_("Preview of the chat"))
        self.setAccessibleDescription("\n".join(texts))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, max(_HEIGHT, round(self._content_height())))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_phone(painter)
        self._paint_head(painter)
        painter.setClipRect(QRectF(1, _HEAD, WIDTH - 2, self.height() - _HEAD - 2))
        top = float(_HEAD + _GAP)
        for text in self._texts:
            top += self._paint_bubble(painter, text, top) + _GAP

    def _paint_phone(self, painter: QPainter) -> None:
        painter.setPen(QPen(QColor(_FRAME), 1))
        painter.setBrush(QColor(_GROUND))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 16, 16)

    def _paint_head(self, painter: QPainter) -> None:
        painter.save()
        painter.setClipRect(QRectF(1, 1, WIDTH - 2, _HEAD - 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_HEAD_GROUND))
        painter.drawRoundedRect(QRectF(1, 1, WIDTH - 2, _HEAD * 2), 15, 15)
        painter.setPen(QPen(QColor(_INK), 1.5))
        painter.drawPolyline([QPointF(21, 17), QPointF(17, 21.5), QPointF(21, 26)])
        bold = theme.font(13, strong=True)
        painter.setFont(bold)
        name = QFontMetricsF(bold).elidedText(self._account, Qt.TextElideMode.ElideRight, WIDTH - 56)
        painter.drawText(QRectF(36, 0, WIDTH - 48, _HEAD), Qt.AlignmentFlag.AlignVCenter, name)
        painter.restore()

    def _paint_bubble(self, painter: QPainter, text: str, top: float) -> float:
        layout, width, height = self._laid_out(text)
        box = QRectF(_MARGIN, top, max(width, 12) + 2 * _PAD_X, height + 2 * _PAD_Y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(box, _RADIUS, _RADIUS)
        painter.setPen(QColor(_INK))
        layout.draw(painter, QPointF(box.left() + _PAD_X, box.top() + _PAD_Y))
        painter.setFont(theme.font(11))
        painter.setPen(QColor(_TIME_INK))
        painter.drawText(QPointF(box.right() + 5, box.bottom() - 4), self._time)
        return box.height()

    def _laid_out(self, text: str) -> tuple[QTextLayout, float, float]:
        layout = QTextLayout(text.replace("\n", "\u2028"), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        width = height = 0.0
        line = layout.createLine()
        while line.isValid():
            line.setLineWidth(_BUBBLE - 2 * _PAD_X)
            line.setPosition(QPointF(0, height))
            width, height = max(width, line.naturalTextWidth()), height + line.height() + 1
            line = layout.createLine()
        layout.endLayout()
        return layout, width, height

    def _content_height(self) -> float:
        heights = [self._laid_out(text)[2] + 2 * _PAD_Y + _GAP for text in self._texts]
        return _HEAD + 2 * _GAP + sum(heights)
