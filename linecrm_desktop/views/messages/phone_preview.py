"""Our own drawing of a phone with a chat: how a message reads there. No artwork of LINE; the same in light and dark."""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views import theme
from linecrm_desktop.views.messages.chat.nodes import Balloon, Chat, said
from linecrm_desktop.views.messages.chat.painting import Painting

WIDTH = 284
_HEIGHT = 480
_HEAD = 42
_MARGIN = 10
_GAP = 8
_REPLIES, _REPLY = 42, 28
_GROUND, _HEAD_GROUND, _FRAME = "#93A9C4", "#8298B5", "#5D6E86"
_INK, _PAPER, _TIME_INK = "#1B2320", "#FFFFFF", "#26323F"


class PhonePreview(QWidget):
    """Paints the message that one friend would get."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._account = ""
        self._time = ""
        self._chat = Chat()
        self._painting = Painting({})
        self.setFixedWidth(WIDTH)
        self.setMinimumHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    @property
    def texts(self) -> tuple[str, ...]:
        """The words of each bubble, filled for the chosen friend."""
        return tuple("\n".join(said(balloon.node) for balloon in line) for line in self._chat.lines)

    def show_chat(self, account: str, chat: Chat, time: str, pictures: Mapping[str, QPixmap]) -> None:
        """Draw a message under the account's name, with the pictures that are there already."""
        self._account, self._chat, self._time, self._painting = account, chat, time, Painting(pictures)
        self.setAccessibleName(_("Preview of the chat"))
        self.setAccessibleDescription("\n".join((*self.texts, *chat.replies)))
        self.setMinimumHeight(max(_HEIGHT, round(self._content_height())))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, self.minimumHeight())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._paint_phone(painter)
        self._paint_head(painter)
        painter.setClipRect(QRectF(1, _HEAD, WIDTH - 2, self.height() - _HEAD - 2))
        top = float(_HEAD + _GAP)
        for line in self._chat.lines:
            top += self._paint_line(painter, line, top) + _GAP
        self._paint_replies(painter)

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

    def _paint_line(self, painter: QPainter, line: tuple[Balloon, ...], top: float) -> float:
        left, highest = float(_MARGIN), 0.0
        sizes = [self._painting.size(balloon) for balloon in line]
        for balloon, (width, height) in zip(line, sizes, strict=True):
            self._painting.draw_balloon(painter, balloon, QRectF(left, top, width, height))
            left, highest = left + width + 6, max(highest, height)
        if left < WIDTH - 30:
            painter.setFont(theme.font(11))
            painter.setPen(QColor(_TIME_INK))
            painter.drawText(QPointF(left - 1, top + highest - 4), self._time)
        return highest

    def _paint_replies(self, painter: QPainter) -> None:
        if not self._chat.replies:
            return
        font = theme.font(12)
        painter.setFont(font)
        left, top = float(_MARGIN), self.height() - _REPLIES + 4.0
        for reply in self._chat.replies:
            width = QFontMetricsF(font).horizontalAdvance(reply) + 22
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(_PAPER))
            painter.drawRoundedRect(QRectF(left, top, width, _REPLY), _REPLY / 2, _REPLY / 2)
            painter.setPen(QColor(_INK))
            painter.drawText(QRectF(left, top, width, _REPLY), Qt.AlignmentFlag.AlignCenter, reply)
            left += width + 6

    def _content_height(self) -> float:
        heights = [max(self._painting.size(balloon)[1] for balloon in line) + _GAP for line in self._chat.lines if line]
        return _HEAD + 2 * _GAP + sum(heights) + (_REPLIES if self._chat.replies else 0)
