"""Asks for another moment for a send that was planned."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, label
from linecrm_desktop.views.widgets.time_field import MomentField


class TimeDialog(QDialog):
    """One field and two buttons."""

    chosen = Signal(object)
    """The moment (aware)."""

    def __init__(self, moment: datetime, zone: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Choose another time"))
        self.moment = MomentField(zone, "otherTime")
        self.moment.show_moment(moment)
        self.moment.setAccessibleName(_("Day and time by the shop’s clock"))
        keep, cancel = button(_("Plan it"), "primary", "clock", "planIt"), button(_("Cancel"))
        keep.setDefault(True)
        buttons, whole = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch()
        buttons.addWidget(cancel)
        buttons.addWidget(keep)
        whole.setContentsMargins(20, 16, 20, 16)
        whole.setSpacing(12)
        whole.addWidget(label(_("The list that was confirmed stays as it is; only its time changes."), wrap=True))
        whole.addWidget(self.moment)
        whole.addLayout(buttons)
        keep.clicked.connect(self._keep)
        cancel.clicked.connect(self.reject)

    def _keep(self) -> None:
        self.chosen.emit(self.moment.moment)
        self.accept()
