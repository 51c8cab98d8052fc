"""A combo box that says where its text is cut off, and says all of it when the mouse rests on it."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

_BESIDE = 50
"""Pixels that the frame, its padding and the arrow take beside the text."""
_GAP = 4


class CutCombo(QComboBox):
    """Qt's own box cuts a long text off in the middle of a letter."""

    def paintEvent(self, event: QEvent) -> None:
        painter, option = QStylePainter(self), QStyleOptionComboBox()
        self.initStyleOption(option)
        icon = 0 if option.currentIcon.isNull() else self.iconSize().width() + _GAP
        room = self.width() - _BESIDE - icon
        option.currentText = self.fontMetrics().elidedText(self.currentText(), Qt.TextElideMode.ElideRight, room)
        self.setToolTip(self.currentText() if option.currentText != self.currentText() else "")
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
