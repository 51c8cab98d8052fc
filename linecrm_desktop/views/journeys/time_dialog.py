"""Asks from what time of day on today's steps leave."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.time_field import TimeField
from linecrm_desktop.views.widgets.writing import writing

_USUAL = 18 * 60


class TimeOfDayDialog(QDialog):
    """One field, and a way back to the steps' own times."""

    chosen = Signal(object)
    """Minutes of the day, or None for each step's own time."""

    def __init__(self, minute: int | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        writing(self)
        self.setWindowTitle(_("Change time"))
        self.time = TimeField("todayTime")
        self.time.show_minute(_USUAL if minute is None else minute)
        self.time.setAccessibleName(_("Leaves from"))
        keep, own = button(_("Use this time today"), "primary", "clock", "useTime"), button(_("Each step’s own time"))
        own.setObjectName("ownTimes")
        keep.setDefault(True)
        whole, buttons = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label(_("Today only. A time that has passed means at once."), wrap=True))
        whole.addWidget(self.time)
        buttons.addStretch()
        buttons.addWidget(own)
        buttons.addWidget(keep)
        whole.addLayout(buttons)
        keep.clicked.connect(lambda: self._tell(self.time.minute))
        own.clicked.connect(lambda: self._tell(None))

    def _tell(self, minute: int | None) -> None:
        self.chosen.emit(minute)
        self.accept()
