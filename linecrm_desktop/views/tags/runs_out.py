"""After how many days a tag falls off a friend when nothing renewed it: the usual numbers, or one of one's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from linecrm_desktop.tags.library import DAYS_MAX
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.widgets.number_field import NumberField

DAYS = (None, 30, 60, 90, 180, 365)
_OWN = "own"
_FIRST_OWN = 120


class RunsOutField(QWidget):
    """A choice; the last one shows a field for a number of one's own."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choice = QComboBox()
        self.choice.setObjectName("tagRunsOut")
        self.choice.setMinimumContentsLength(8)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for days in (*DAYS, _OWN):
            self.choice.addItem("", days)
        self.own = NumberField(1, DAYS_MAX, "tagRunsOutDays")
        self.own.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.choice)
        column.addWidget(self.own)
        self.choice.currentIndexChanged.connect(self._choose)
        self.own.valueChanged.connect(lambda _days: self.changed.emit())
        self.retranslate()

    def days(self) -> int | None:
        """Return the chosen number of days; None: it never runs out."""
        chosen = self.choice.currentData()
        return self.own.value() if chosen == _OWN else chosen

    def show_days(self, days: int | None) -> None:
        """Show a number of days."""
        self.own.setValue(days or _FIRST_OWN)
        self.choice.setCurrentIndex(DAYS.index(days) if days in DAYS else len(DAYS))

    def retranslate(self) -> None:
        for place, days in enumerate(DAYS):
            self.choice.setItemText(place, in_words(days))
        self.choice.setItemText(len(DAYS), _("Another number of days…"))
        self.choice.setAccessibleName(_("Runs out after"))
        self.own.setAccessibleName(_("Runs out after so many days"))

    def _choose(self) -> None:
        self.own.setVisible(self.choice.currentData() == _OWN)
        self.changed.emit()


def in_words(days: int | None) -> str:
    """Say after how long a tag falls off."""
    return _("Never") if days is None else ngettext("{n} day", "{n} days", days).format(n=number(days))
