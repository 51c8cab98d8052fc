"""The path as boxes on one line, or two when there are many: entrance, steps, end. Arrow keys move between them."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from linecrm_desktop.views import theme
from linecrm_desktop.views.widgets.basics import CutLabel, clear, label, restyle
from linecrm_desktop.views.widgets.parts import PictureLabel

_ON_ONE_LINE = 7
"""Entrance, five steps and the end."""


@dataclass(frozen=True, slots=True)
class Box:
    """What a box says: icon, heading, one line, a number with its word, and one more line."""

    icon: str
    title: str
    says: str
    number: str
    what: str
    more: str = ""
    step: int | None = None
    """None: the entrance or the end."""
    notes: tuple[str, ...] = ()
    """What else there is to say, shown when the mouse rests on the box and read aloud."""

    @property
    def spoken(self) -> str:
        words = (self.title, self.says, f"{self.number} {self.what}", self.more, *self.notes)
        return ", ".join(part for part in words if part)


class _BoxView(QFrame):
    """One box."""

    opened = Signal(int)
    moved = Signal(int)
    focused = Signal()

    def __init__(self, box: Box) -> None:
        super().__init__()
        self.box = box
        self.setObjectName(f"step{box.step}" if box.step is not None else f"box_{box.icon}")
        self.setProperty("card", "true")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(box.spoken)
        self.setMinimumWidth(104)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        head, count, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.setSpacing(6)
        head.addWidget(PictureLabel(box.icon, "accent", 16))
        title = CutLabel(box.title, "strong")
        self.setToolTip("\n".join((box.title, box.says, *box.notes)))
        head.addWidget(title, 1)
        count.setSpacing(5)
        count.addWidget(label(box.number, "strong"))
        count.addWidget(CutLabel(box.what, "second"), 1)
        column.setContentsMargins(11, 10, 9, 10)
        column.setSpacing(3)
        column.addLayout(head)
        column.addWidget(CutLabel(box.says, "second"))
        column.addSpacing(3)
        column.addLayout(count)
        column.addWidget(CutLabel(box.more, "second"))
        column.addStretch()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if by:
            self.moved.emit(by)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.box.step is not None:
            self.opened.emit(self.box.step)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self.box.step is not None:
            self.opened.emit(self.box.step)

    def focusInEvent(self, event: object) -> None:
        restyle(self, "card", "chosen")
        super().focusInEvent(event)  # pyright: ignore[reportArgumentType]

    def focusOutEvent(self, event: object) -> None:
        restyle(self, "card", "true")
        super().focusOutEvent(event)  # pyright: ignore[reportArgumentType]


class _Arrow(QWidget):
    """The wait between two boxes."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._words = words
        self.setMinimumWidth(round(50 * theme.text_scale()))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(words)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, right = self.height() * 0.36, self.width() - 1.0
        painter.setPen(theme.colour("text2"))
        painter.setFont(theme.font(12))
        words = painter.fontMetrics().elidedText(self._words, Qt.TextElideMode.ElideRight, self.width() - 2)
        above = QRectF(0, 0, self.width(), middle - 4)
        painter.drawText(above, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom, words)
        painter.setPen(QPen(theme.colour("ctl"), 1.4))
        painter.drawLine(QPointF(0, middle), QPointF(right, middle))
        head = QPolygonF([QPointF(right, middle), QPointF(right - 6, middle - 4), QPointF(right - 6, middle + 4)])
        painter.setBrush(theme.colour("ctl"))
        painter.drawPolygon(head)


class Boxes(QWidget):
    """All boxes with their waits."""

    opened = Signal(int)
    """A step was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("boxes")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(10)
        self._views: list[_BoxView] = []

    def show_boxes(self, boxes: list[Box], waits: list[str]) -> None:
        """Show boxes; `waits` stand between them."""
        clear(self._grid)
        self._views = []
        a_line = len(boxes) if len(boxes) <= _ON_ONE_LINE else -(-len(boxes) // 2)
        for place, box in enumerate(boxes):
            line, column = divmod(place, a_line)
            view = _BoxView(box)
            view.opened.connect(self.opened)
            view.moved.connect(lambda by, at=place: self._move(at + by))
            self._views.append(view)
            if place:
                self._grid.addWidget(_Arrow(waits[place - 1]), line, 2 * column)
            self._grid.addWidget(view, line, 2 * column + 1)
            self._grid.setColumnStretch(2 * column + 1, 2 if place == len(boxes) - 1 else 3)

    def _move(self, place: int) -> None:
        if 0 <= place < len(self._views):
            self._views[place].setFocus(Qt.FocusReason.TabFocusReason)
