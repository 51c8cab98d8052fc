"""A combo box as wide as what it shows now, so that the row it stands in reads like a sentence."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

_BESIDE = 54
"""Pixels that the frame, its padding and the arrow take beside the text."""
_NARROWEST, _WIDEST = 72, 260


class SnugCombo(QComboBox):
    """Its list is as wide as its longest entry all the same; the wheel scrolls the page unless the cursor is in it."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.currentTextChanged.connect(self.updateGeometry)

    def words(self) -> str:
        """Return what the closed box shows."""
        return self.currentText()

    def sizeHint(self) -> QSize:
        wide = self.fontMetrics().horizontalAdvance(self.words()) + _BESIDE
        return QSize(max(_NARROWEST, min(wide, _WIDEST)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def showPopup(self) -> None:
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + _BESIDE)
        super().showPopup()

    def paintEvent(self, event: QEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        room = self.width() - _BESIDE + 4
        option.currentText = self.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
