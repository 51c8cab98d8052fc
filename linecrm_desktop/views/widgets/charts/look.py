"""What a chart is painted with: colours, fonts and sizes, of the window or of a sheet of paper.

A sheet is always light and of normal text size, whatever the window looks like.
"""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QApplication

from linecrm_desktop.views import theme
from linecrm_desktop.views.theme import LIGHT, Tokens

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


@dataclass(frozen=True, slots=True)
class Look:
    """Colour tokens and a text size; on paper fonts are measured in the sheet's own units of 1/96 inch."""

    tokens: Tokens
    scale: float = 1.0
    paper: bool = False

    def colour(self, token: str) -> QColor:
        """Return the colour of a token by its name."""
        return theme.of(self.tokens, token)

    def pen(self, token: str, width: float = 1.0, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """Return a pen in the colour of a token."""
        return QPen(self.colour(token), width, style)

    def font(self, pixels: float = 13, *, strong: bool = False) -> QFont:
        """Return the program's font in a size of the design."""
        if not self.paper:
            return theme.font(pixels, strong=strong)
        found = QFont(QApplication.font())
        found.setPixelSize(round(pixels * self.scale))
        found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        found.setWeight(QFont.Weight.DemiBold if strong else QFont.Weight.Normal)
        return found

    def metrics(self, pixels: float = 13, *, strong: bool = False) -> QFontMetricsF:
        """Return the measures of that font."""
        return QFontMetricsF(self.font(pixels, strong=strong))

    def wide(self, words: str, pixels: float = 13, *, strong: bool = False) -> float:
        """Return how wide some words are, with a pixel to spare."""
        return self.metrics(pixels, strong=strong).horizontalAdvance(words) + 1 if words else 0.0

    def widest(self, words: list[str], pixels: float = 13, *, strong: bool = False) -> float:
        """Return how wide the widest of some words are."""
        return max((self.wide(one, pixels, strong=strong) for one in words), default=0.0)

    def px(self, pixels: float) -> float:
        """Return a length of the design in the text size in use."""
        return pixels * self.scale


def on_screen() -> Look:
    """Return the look in use in the window."""
    return Look(theme.tokens(), theme.text_scale())


def on_paper() -> Look:
    """Return the look of a printed sheet."""
    return Look(LIGHT, paper=True)


def write(
    painter: QPainter,
    box: QRectF,
    words: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Write one line into a box; what does not fit ends with three dots."""
    painter.setFont(font)
    painter.setPen(colour)
    fitting = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, box.width() + 1)
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, fitting)


def around(x: float, middle: float, width: float, height: float) -> QRectF:
    """Return a box that begins at x and has its middle at a height."""
    return QRectF(x, middle - height / 2, width, height)
