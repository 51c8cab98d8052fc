"""What a report is made of. Each block knows its height at a width, paints itself, and a table can be cut in two.

Lengths are in 1/96 inch, whatever the printer measures in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from linecrm_desktop.views.widgets.charts.drawing import Drawing
from linecrm_desktop.views.widgets.charts.look import LEFT, RIGHT, Look, write

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_CELL = 6.0
_ROW, _HEAD = 24.0, 26.0
_TILE = 66.0


class Block(Protocol):
    """A part of a report."""

    def height(self, width: float, look: Look) -> float:
        """Return how high it is at a width."""
        ...

    def cut(self, width: float, room: float, look: Look) -> "tuple[Block | None, Block | None]":
        """Return what goes into the room, and what is left for the next page."""
        ...

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> None:
        """Paint it at the top of the room."""
        ...


class Whole:
    """A block that stays in one piece."""

    def height(self, width: float, look: Look) -> float:
        """Return how high it is at a width."""
        raise NotImplementedError

    def cut(self, width: float, room: float, look: Look) -> "tuple[Block | None, Block | None]":
        """Go into the room whole, or not at all."""
        mine: Block = self  # type: ignore[assignment]
        return (mine, None) if self.height(width, look) <= room else (None, mine)


@dataclass(frozen=True, slots=True)
class Words(Whole):
    """A paragraph, or with a size of its own a heading."""

    text: str
    pixels: int = 13
    strong: bool = False
    role: str = "text"
    gap: float = 8.0
    keeps: bool = False
    """Never the last on a page: it belongs to what comes next."""

    def height(self, width: float, look: Look) -> float:
        box = look.metrics(self.pixels, strong=self.strong).boundingRect(QRectF(0, 0, width, 10_000), _WRAP, self.text)
        return box.height() + self.gap

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> None:
        painter.setFont(look.font(self.pixels, strong=self.strong))
        painter.setPen(look.colour(self.role))
        painter.drawText(room, _WRAP, self.text)


def heading(text: str) -> Words:
    """Return the heading of a part."""
    return Words(text, 16, strong=True, keeps=True)


@dataclass(frozen=True, slots=True)
class Figure(Whole):
    """A chart, at most so wide."""

    drawing: Drawing
    most: float = 720.0
    gap: float = 14.0

    def height(self, width: float, look: Look) -> float:
        return self.drawing.size(look).height() + self.gap

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> None:
        wide = min(room.width(), self.most)
        self.drawing.paint(painter, QRectF(room.left(), room.top(), wide, room.height() - self.gap), look)


@dataclass(frozen=True, slots=True)
class KeyNumbers(Whole):
    """Numbers side by side: title, number, note."""

    numbers: tuple[tuple[str, str, str], ...]

    def height(self, width: float, look: Look) -> float:
        return _TILE + 14

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> None:
        wide = (room.width() - 8 * (len(self.numbers) - 1)) / max(1, len(self.numbers))
        for at, (title, shown, note) in enumerate(self.numbers):
            box = QRectF(room.left() + at * (wide + 8), room.top(), wide, _TILE)
            painter.setPen(look.pen("border"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, 4, 4)
            lines = ((title, 11, False, "text2"), (shown, 18, True, "text"), (note, 11, False, "text2"))
            for row, (text, pixels, strong, role) in enumerate(lines):
                place = QRectF(box.left() + 8, box.top() + 4 + row * 20, wide - 16, 19)
                write(painter, place, text, look.font(pixels, strong=strong), look.colour(role))


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header that is repeated on each page; the last row may be a sum."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()
    """Columns that stand at the right."""
    has_sum: bool = False
    widths: tuple[float, ...] = ()
    """Shares of the columns, measured over all rows once; a table that was cut keeps them."""
    gap: float = 14.0

    def height(self, width: float, look: Look) -> float:
        return _HEAD + _ROW * len(self.rows) + self.gap

    def cut(self, width: float, room: float, look: Look) -> "tuple[Block | None, Block | None]":
        """Take as many rows as fit, never the header alone, and never a sum alone on the next page."""
        fit = int((room - _HEAD - self.gap) // _ROW)
        if fit >= len(self.rows):
            return self, None
        if self.has_sum and fit == len(self.rows) - 1:
            fit -= 1
        if fit < 1:
            return None, self
        kept = replace(self, widths=self.widths or self._shares(look))
        return replace(kept, rows=self.rows[:fit], has_sum=False), replace(kept, rows=self.rows[fit:])

    def paint(self, painter: QPainter, room: QRectF, look: Look) -> None:
        shares = self.widths or self._shares(look)
        head = QRectF(room.left(), room.top(), room.width(), _HEAD)
        painter.fillRect(head, look.colour("alt"))
        self._paint_row(painter, head, self.header, shares, look, strong=True)
        for at, row in enumerate(self.rows):
            box = QRectF(room.left(), room.top() + _HEAD + at * _ROW, room.width(), _ROW)
            self._paint_row(painter, box, row, shares, look, strong=self.has_sum and at == len(self.rows) - 1)

    def _paint_row(
        self, painter: QPainter, box: QRectF, cells: Sequence[str], shares: Sequence[float], look: Look, *, strong: bool
    ) -> None:
        x = box.left()
        for at, (cell, share) in enumerate(zip(cells, shares, strict=True)):
            wide = box.width() * share
            place = QRectF(x + _CELL, box.top(), wide - 2 * _CELL, box.height())
            align = RIGHT if at in self.numbers else LEFT
            write(painter, place, cell, look.font(11, strong=strong), look.colour("text"), align)
            x += wide
        painter.setPen(look.pen("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())

    def _shares(self, look: Look) -> tuple[float, ...]:
        """Give each column what its widest text needs, as a share of all."""
        needs = [
            max(look.wide(text, 11, strong=True) for text in (self.header[at], *(row[at] for row in self.rows)))
            for at in range(len(self.header))
        ]
        wide = [need + 2 * _CELL for need in needs]
        return tuple(one / sum(wide) for one in wide)
