"""Chips: a tag with the colour and icon of its type, or a status as icon and word; also painted in table cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from linecrm_desktop.models.tag import TagType
from linecrm_desktop.views import theme
from linecrm_desktop.views.icons import TAG_ICONS, icon

HEIGHT = 22
_PAD = 8
_ICON = 14
_GAP = 5
_STATUS_ICONS = {"good": "check-circle", "warn": "warning", "bad": "x-circle", "info": "info", "plain": ""}


@dataclass(frozen=True, slots=True)
class Chip:
    """What a chip shows: a text, an icon and the names of its two colours (empty ground: only a border)."""

    text: str
    icon: str = ""
    role: str = "text2"
    ground: str = ""


_TYPE_ROLES = {
    TagType.SOURCE: "tag_src",
    TagType.INTEREST: "tag_int",
    TagType.STAGE: "tag_stg",
    TagType.VALUE: "tag_val",
    TagType.ENGAGEMENT: "tag_eng",
    TagType.CONSENT: "tag_con",
}


def tag_chip(name: str, tag_type: TagType) -> Chip:
    """Return the chip of a tag."""
    role = _TYPE_ROLES.get(tag_type)
    return Chip(name, TAG_ICONS[tag_type], role or "text2", f"{role}_soft" if role else "")


def status_chip(tone: str, text: str, icon_name: str = "") -> Chip:
    """Return the chip of a status; tone is good, warn, bad, info or plain."""
    if tone == "plain":
        return Chip(text, icon_name)
    return Chip(text, icon_name or _STATUS_ICONS[tone], tone, f"{tone}_soft")


def chip_width(chip: Chip, metrics: QFontMetrics) -> int:
    """Return how wide a chip is when nothing is elided."""
    return 2 * _PAD + (_ICON + _GAP if chip.icon else 0) + metrics.horizontalAdvance(chip.text)


def chips_width(chips: Sequence[Chip]) -> int:
    """Return how wide chips are side by side in a table cell."""
    metrics = QFontMetrics(theme.font(12))
    return sum(chip_width(chip, metrics) for chip in chips) + _GAP * max(0, len(chips) - 1)


def paint_chip(
    painter: QPainter, left_middle: QPointF, chip: Chip, max_width: int = 10_000, look: theme.Tokens | None = None
) -> int:
    """Paint a chip with its left edge's middle at a point, in the look in use or in another; return the width used."""
    look = look or theme.tokens()
    metrics = QFontMetrics(painter.font())
    width = min(chip_width(chip, metrics), max_width)
    height = max(HEIGHT, metrics.height() + 4)
    box = QRectF(left_middle.x(), left_middle.y() - height / 2, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen if chip.ground else QPen(theme.of(look, "border")))
    painter.setBrush(theme.of(look, chip.ground) if chip.ground else QColor(Qt.GlobalColor.transparent))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    x = box.left() + _PAD
    if chip.icon:
        icon_box = QRect(round(x), round(left_middle.y() - _ICON / 2), _ICON, _ICON)
        icon(chip.icon, chip.role, look).paint(painter, icon_box)
        x += _ICON + _GAP
    painter.setPen(theme.of(look, chip.role))
    room = QRectF(x, box.top(), box.right() - _PAD - x + 2, height)
    words = metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
    return width


def paint_chips(painter: QPainter, rect: QRect, chips: list[Chip]) -> None:
    """Paint as many chips as fit into a cell, then how many more there are."""
    painter.save()
    painter.setFont(theme.font(12))
    metrics = QFontMetrics(painter.font())
    x, middle = float(rect.left()), rect.center().y() + 0.5
    for index, chip in enumerate(chips):
        rest = len(chips) - index - 1
        more = metrics.horizontalAdvance(f"+{rest}") + _GAP if rest else 0
        width = chip_width(chip, metrics)
        if index and x + width + more > rect.right():
            painter.setPen(theme.colour("text2"))
            place = QRectF(x, rect.top(), rect.right() - x, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, f"+{rest + 1}")
            break
        x += paint_chip(painter, QPointF(x, middle), chip, int(rect.right() - x - more)) + _GAP
    painter.restore()


class ChipLabel(QWidget):
    """A chip on its own."""

    def __init__(self, chip: Chip | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chip = chip or Chip("")
        self.setAccessibleName(self._chip.text)
        theme.signals().changed.connect(self._look_changed)
        self._look_changed()

    def show_chip(self, chip: Chip) -> None:
        """Show another chip."""
        self._chip = chip
        self.setAccessibleName(chip.text)
        self._look_changed()

    def text(self) -> str:
        """Return the chip's word."""
        return self._chip.text

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(12))
        return QSize(chip_width(self._chip, metrics), max(HEIGHT, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(theme.font(12))
        paint_chip(painter, QPointF(0, self.height() / 2), self._chip, self.width())

    def _look_changed(self) -> None:
        self.updateGeometry()
        self.update()
