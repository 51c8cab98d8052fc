"""A row of equal parts that goes on in further rows where the window is too narrow for all of them."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from linecrm_desktop.views import theme


class FitGrid(QWidget):
    """Parts of equal width, each at least so wide (in pixels of the design, growing with the text)."""

    def __init__(self, parts: Sequence[QWidget], least: int, gap: int = 12) -> None:
        super().__init__()
        self._parts, self._least, self._gap = parts, least, gap
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(gap)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        theme.signals().changed.connect(self._fit)
        self._place(len(parts))

    def minimumSizeHint(self) -> QSize:
        """Say that it can be as narrow as one part: it takes more rows then."""
        return QSize(min(self._least, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Take as many columns as fit, but no more than fill the rows evenly."""
        fitting = max(1, int((self.width() + self._gap) // (self._least * theme.text_scale() + self._gap)))
        rows = -(-len(self._parts) // min(fitting, len(self._parts)))
        self._place(-(-len(self._parts) // rows))

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        for column in range(max(columns, self._columns)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._columns = columns
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // columns, place % columns)
