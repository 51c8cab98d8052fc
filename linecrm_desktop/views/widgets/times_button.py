"""A button that offers the half hours of a day at once; those in which the shop writes to nobody are grey."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QPushButton, QVBoxLayout, QWidget, QWidgetAction

from linecrm_desktop.settings.quiet_hours import DAY, QuietHours, clock_words
from linecrm_desktop.text import _
from linecrm_desktop.views.widgets.basics import button, icon_button, label

_STEP = 30
_COLUMNS = 6


class TimesButton(QWidget):
    """Stands beside a field for a moment and gives it a time of the day."""

    chosen = Signal(int)
    """A minute of the day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quiet = QuietHours(0, 0)
        self.button = icon_button("clock", "", "pickTime")
        self.menu = QMenu(self)
        self.times: dict[int, QPushButton] = {}
        self._note = label("", "caption", wrap=True)
        self._note.setObjectName("quietNote")
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.button)
        self.button.clicked.connect(self.open)
        self.retranslate()

    def show_quiet(self, quiet: QuietHours) -> None:
        """Grey the times that lie in these hours."""
        self._quiet = quiet
        for minute, time in self.times.items():
            time.setEnabled(not quiet.covers(minute))
        self.retranslate()

    def open(self) -> None:
        """Show the times under the button, with the first one that can be chosen in focus."""
        self.menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        first = next((time for time in self.times.values() if time.isEnabled()), None)
        if first is not None:
            first.setFocus()

    def retranslate(self) -> None:
        self.button.setAccessibleName(_("Pick a time of the day"))
        self.button.setToolTip(_("Pick a time of the day"))
        for minute, time in self.times.items():
            time.setText(clock_words(minute))
            quiet = _("{time}: quiet hours").format(time=clock_words(minute))
            time.setAccessibleName("" if time.isEnabled() else quiet)
        words = {"from": clock_words(self._quiet.begins), "to": clock_words(self._quiet.ends)}
        self._note.setText(_("Grey: the quiet hours, {from} to {to}.").format_map(words))
        self._note.setVisible(self._quiet.exist)

    def _build(self) -> None:
        inside, grid = QWidget(), QGridLayout()
        inside.setObjectName("times")
        whole = QVBoxLayout(inside)
        whole.setContentsMargins(12, 10, 12, 10)
        whole.setSpacing(8)
        grid.setSpacing(4)
        for place, minute in enumerate(range(0, DAY, _STEP)):
            time = self.times[minute] = button("", name=f"time{minute}")
            time.setProperty("small", True)
            time.clicked.connect(lambda _on=False, minute=minute: self._choose(minute))
            grid.addWidget(time, place // _COLUMNS, place % _COLUMNS)
        whole.addLayout(grid)
        whole.addWidget(self._note)
        action = QWidgetAction(self.menu)
        action.setDefaultWidget(inside)
        self.menu.addAction(action)

    def _choose(self, minute: int) -> None:
        self.menu.close()
        self.chosen.emit(minute)
