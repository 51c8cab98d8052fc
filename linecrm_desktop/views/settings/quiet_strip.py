"""The 24 hours of a day as a strip; the two ends of the quiet hours are dragged, or moved with the arrow keys."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from linecrm_desktop.settings.quiet_hours import DAY, QuietHours, clock_words
from linecrm_desktop.text import _
from linecrm_desktop.views import theme

STEP = 15
"""Minutes that one press of an arrow key moves an end, and to which a dragged end jumps."""
_BAR, _GAP, _HOURS = 20, 4, 24
_SIDE = 6
"""Room at both sides, so that an end at midnight can be taken."""


class QuietStrip(QWidget):
    """Shows quiet hours; Left and Right move their beginning, with Shift their end."""

    moved = Signal(int, int)
    """Beginning and end in minutes of the day, after each move by a person."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("quietStrip")
        self._quiet = QuietHours(0, 0)
        self._dragged_end: bool | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        theme.signals().changed.connect(self._fit)

    def show_hours(self, quiet: QuietHours) -> None:
        """Show these hours."""
        self._quiet = quiet
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Quiet hours on the strip of the day"))
        words = {"from": clock_words(self._quiet.begins), "to": clock_words(self._quiet.ends)}
        said = _("Nothing is sent from {from} to {to}.") if self._quiet.exist else _("There are no quiet hours.")
        self.setAccessibleDescription(said.format_map(words))
        self.setToolTip(_("Left and Right move the beginning, with Shift the end."))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(420, self.fontMetrics().height() + _GAP + _BAR + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -STEP, Qt.Key.Key_Right: STEP}
        if event.key() not in steps:
            super().keyPressEvent(event)
            return
        at_end = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        now = self._quiet.ends if at_end else self._quiet.begins
        self._move(at_end, now + steps[Qt.Key(event.key())])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        minute = self._minute(event.position().x())
        self._dragged_end = _apart(minute, self._quiet.ends) < _apart(minute, self._quiet.begins)
        self._move(self._dragged_end, minute)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged_end is not None:
            self._move(self._dragged_end, self._minute(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._dragged_end = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        top = self.height() - _BAR - 1
        painter.setPen(theme.colour("text2"))
        for hour in range(0, _HOURS, 3):
            box = QRectF(self._x(hour * 60), 0, self._x(180) - self._x(0), top - _GAP)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, f"{hour:02}:00")
        painter.setPen(Qt.PenStyle.NoPen)
        for hour in range(_HOURS):
            left, right = self._x(hour * 60), self._x(hour * 60 + 60) - 1
            painter.fillRect(QRectF(left, top, right - left, _BAR), theme.colour("chart1"))
        for begin, end in _spans(self._quiet):
            painter.fillRect(QRectF(self._x(begin), top, self._x(end) - self._x(begin), _BAR), theme.colour("chart4"))
        painter.setBrush(theme.colour("surface"))
        painter.setPen(theme.pen("focus" if self.hasFocus() else "text", 2))
        for minute in (self._quiet.begins, self._quiet.ends):
            painter.drawRoundedRect(QRectF(self._x(minute) - 3, top - 1, 6, _BAR + 1), 2, 2)

    def _fit(self) -> None:
        self.updateGeometry()
        self.update()

    def _x(self, minute: int) -> float:
        return _SIDE + (self.width() - 2 * _SIDE) * minute / DAY

    def _minute(self, x: float) -> int:
        share = (x - _SIDE) / max(1, self.width() - 2 * _SIDE)
        return round(share * DAY / STEP) * STEP

    def _move(self, at_end: bool, minute: int) -> None:
        minute %= DAY
        before = self._quiet
        self.show_hours(QuietHours(before.begins, minute) if at_end else QuietHours(minute, before.ends))
        if self._quiet != before:
            self.moved.emit(self._quiet.begins, self._quiet.ends)


def _apart(one: int, other: int) -> int:
    """Return how many minutes lie between two times of the day, the shorter way round."""
    between = abs(one - other) % DAY
    return min(between, DAY - between)


def _spans(quiet: QuietHours) -> list[tuple[int, int]]:
    """Return the quiet parts of one day from midnight to midnight."""
    if not quiet.exist:
        return []
    if quiet.begins < quiet.ends:
        return [(quiet.begins, quiet.ends)]
    return [(0, quiet.ends), (quiet.begins, DAY)]
