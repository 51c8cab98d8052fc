"""A field for a whole number: typed, or moved with the arrow keys and the wheel; it has no small buttons."""

from PySide6.QtWidgets import QSpinBox, QWidget

_INSET = 6


class NumberField(QSpinBox):
    """A spin box that looks like a text field; the style sheet cannot move its text, so this does."""

    def __init__(self, least: int, most: int, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setRange(least, most)
        self.setProperty("small", True)
        self.setMinimumWidth(56)
        self.lineEdit().setTextMargins(_INSET, 0, 0, 0)
