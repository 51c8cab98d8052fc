"""Draws a variable inside a text as one grey chip: "name · or “there”". To the cursor it is one character."""

from PySide6.QtCore import QObject, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QPainter,
    QPyTextObject,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from linecrm_desktop.messages.variables import Variable, label
from linecrm_desktop.text import _
from linecrm_desktop.views import theme

CHIP = QTextFormat.ObjectTypes.UserObject + 1
CHIP_CHARACTER = "\ufffc"
_NAME = QTextFormat.Property.UserProperty + 1
_FALLBACK = QTextFormat.Property.UserProperty + 2
_PAD = 6
_RADIUS = 4


def chip_format(variable: Variable, around: QTextCharFormat) -> QTextCharFormat:
    """Return the format that makes the object character a chip of this variable."""
    chip = QTextCharFormat(around)
    chip.setObjectType(CHIP)
    chip.setProperty(_NAME, variable.name)
    chip.setProperty(_FALLBACK, variable.fallback)
    chip.setVerticalAlignment(QTextCharFormat.VerticalAlignment.AlignNormal)
    return chip


def variable_of(text_format: QTextFormat) -> Variable | None:
    """Return the variable that a chip's format stands for."""
    if text_format.objectType() != CHIP:
        return None
    return Variable(str(text_format.property(_NAME)), str(text_format.property(_FALLBACK) or ""))


def insert_chip(cursor: QTextCursor, variable: Variable) -> None:
    """Put a chip at the cursor and go on with plain text after it."""
    plain = QTextCharFormat()
    cursor.insertText(CHIP_CHARACTER, chip_format(variable, plain))
    cursor.setCharFormat(plain)


def chip_text(variable: Variable) -> str:
    """Return what the chip says."""
    name = label(variable.name).lower()
    if not variable.fallback.strip():
        return _("{variable} · no fallback").format(variable=name)
    return _("{variable} · or “{fallback}”").format(variable=name, fallback=variable.fallback)


class ChipObject(QPyTextObject):
    """Tells the document how large a chip is and paints it."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)

    def intrinsicSize(self, doc: QTextDocument, posInDocument: int, format: QTextFormat) -> QSizeF:  # noqa: N803
        metrics = QFontMetricsF(doc.defaultFont())
        variable = variable_of(format)
        width = metrics.horizontalAdvance(chip_text(variable)) if variable else 0
        # The object stands on the baseline: its ascent is the text's, so that lines keep their height.
        return QSizeF(width + 2 * _PAD + 2, metrics.ascent() + 2)

    def drawObject(
        self,
        painter: QPainter,
        rect: QRectF | QRect,
        doc: QTextDocument,
        posInDocument: int,  # noqa: N803
        format: QTextFormat,
    ) -> None:
        variable = variable_of(format)
        if variable is None:
            return
        bare = not variable.fallback.strip()
        metrics = QFontMetricsF(doc.defaultFont())
        ground = QRectF(rect).adjusted(1, 0, -1, metrics.descent())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("bad_soft" if bare else "tag_con_soft"))
        painter.drawRoundedRect(ground, _RADIUS, _RADIUS)
        painter.setPen(theme.colour("bad" if bare else "tag_con"))
        painter.setFont(doc.defaultFont())
        painter.drawText(ground, Qt.AlignmentFlag.AlignCenter, chip_text(variable))
        painter.restore()
