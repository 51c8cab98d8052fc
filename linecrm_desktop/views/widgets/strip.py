"""A thin line across the whole window for what holds on every page: practice, a send that is not over."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.parts import PictureLabel

_ICONS = {"warn": "warning", "info": "info"}


class Strip(QFrame):
    """An icon, a sentence, at most one action."""

    pressed = Signal()

    def __init__(self, tone: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("strip", tone)
        self.words = label(role="caption")
        self.words.setObjectName(f"{name}Text")
        self.words.setProperty("tone", tone)
        self.action = button("", "link", name=f"{name}Action")
        self.action.setProperty("small", True)
        self.action.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 2, 20, 2)
        row.setSpacing(8)
        row.addWidget(PictureLabel(_ICONS[tone], tone, 16), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.words)
        row.addWidget(self.action)
        row.addStretch(1)
        self.setMinimumHeight(28)

    def show_text(self, text: str, action: str = "") -> None:
        """Say this, with the name of what can be done about it."""
        self.words.setText(text)
        self.action.setText(action)
        self.action.setVisible(bool(action))
