"""What was found about one thing in a file, with a mark that says whether it is as it should be."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from linecrm_desktop.views.widgets.basics import label
from linecrm_desktop.views.widgets.parts import PictureLabel


class FoundNote(QWidget):
    """A tick or a warning sign, and a few words; nothing at all where there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "caption", wrap=True)
        self._mark = PictureLabel("check-circle", "good")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words, 1)

    def show_text(self, text: str, *, is_good: bool = True) -> None:
        """Say what was found."""
        self.words.setText(text)
        self._mark.show_icon("check-circle" if is_good else "warning", "good" if is_good else "warn")
        self._mark.setVisible(bool(text))
