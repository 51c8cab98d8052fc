"""The frequency cap: how many messages a friend gets at most, in how many days."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings, set_cap
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.number_field import NumberField

_QUIET_MS = 400


class CapCard(Card):
    """Two numbers in a sentence; they count from the next send on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._kept = (0, 0)
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.before, self.between, self.after = label(role="second"), label(role="second"), label(role="second")
        self.messages, self.days = NumberField(0, 30, "capMessages"), NumberField(1, 90, "capDays")
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._keep)
        row = QHBoxLayout()
        for part in (self.before, self.messages, self.between, self.days, self.after):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.note)
        self.body.addLayout(row)
        for field in (self.messages, self.days):
            field.valueChanged.connect(lambda _value: self._quiet.start())

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the cap in use."""
        self._kept = (facts.cap_messages, facts.cap_days)
        for field, value in ((self.messages, facts.cap_messages), (self.days, facts.cap_days)):
            field.blockSignals(True)
            field.setValue(value)
            field.blockSignals(False)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(_("Frequency cap"))
        self.note.setText(_("Checked before every send. Friends who had enough are left out, and you see how many."))
        self.before.setText(_("At most per friend"))
        self.between.setText(_("messages in"))
        self.after.setText(_("days"))
        self.messages.setAccessibleName(_("Messages per friend"))
        self.days.setAccessibleName(_("Days"))
        self.messages.setSpecialValueText(_("no cap"))

    def _keep(self) -> None:
        wanted = (self.messages.value(), self.days.value())
        if wanted != self._kept:
            self._kept = wanted
            self._desk.jobs.write(lambda session: set_cap(session, *wanted), self._kept_now)

    def _kept_now(self, before: tuple[int, int]) -> None:
        wanted = self._kept
        self._desk.undo.push(
            Act(
                self._desk,
                _("frequency cap"),
                lambda session: set_cap(session, *before),
                lambda session: set_cap(session, *wanted),
                changes(Word.SETTINGS),
            )
        )
        self._desk.toast(_cap_words(*wanted), self._desk.undo.undo)


def _cap_words(messages: int, days: int) -> str:
    if messages == 0:
        return _("There is no frequency cap now.")
    said = ngettext(
        "At most {n} message per friend in {days} days.", "At most {n} messages per friend in {days} days.", messages
    )
    return said.format(n=number(messages), days=number(days))
