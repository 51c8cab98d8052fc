"""The caps: how many messages a friend gets at most, in how many days, and how long nothing after a purchase."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.settings import shop_rules
from linecrm_desktop.settings.shop_rules import WAIT_MOST, waiting_words
from linecrm_desktop.text import _, ngettext, number
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings, set_cap
from linecrm_desktop.views.settings.keeping import keep
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.writing import writing_inside

_QUIET_MS = 400


class CapCard(Card):
    """Numbers in two sentences; they count from the next send on."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._kept, self._waits = (0, 0), 0
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.before, self.between, self.after = label(role="second"), label(role="second"), label(role="second")
        self.messages, self.days = NumberField(0, 30, "capMessages"), NumberField(1, 90, "capDays")
        self.wait_before, self.wait_after = label(role="second"), label(role="second")
        self.wait = NumberField(0, WAIT_MOST, "capWait")
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._keep)
        rows, row, second = QGridLayout(), QHBoxLayout(), QHBoxLayout()
        for part in (self.messages, self.between, self.days, self.after):
            row.addWidget(part)
        for part in (self.wait, self.wait_after):
            second.addWidget(part)
        for at, (name, parts) in enumerate(((self.before, row), (self.wait_before, second))):
            parts.addStretch(1)
            rows.addWidget(name, at, 0)
            rows.addLayout(parts, at, 1)
        rows.setColumnStretch(1, 1)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.note)
        self.body.addLayout(rows)
        for field in (self.messages, self.days, self.wait):
            field.valueChanged.connect(lambda _value: self._quiet.start())

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the cap in use."""
        self._kept, self._waits = (facts.cap_messages, facts.cap_days), facts.cap_wait_days
        values = facts.cap_messages, facts.cap_days, facts.cap_wait_days
        for field, value in zip((self.messages, self.days, self.wait), values, strict=True):
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
        self.wait_before.setText(_("Wait after a purchase"))
        self.wait_after.setText(_("days without a message"))
        self.wait.setAccessibleName(_("Days to wait after a purchase"))
        self.wait.setSpecialValueText(_("no waiting"))

    def _keep(self) -> None:
        waits = self.wait.value()
        if waits != self._waits:
            self._waits = waits
            said = waiting_words(waits)
            name = _("waiting after a purchase")
            keep(self._desk, name, lambda session: shop_rules.set_wait(session, waits), shop_rules.set_wait, said)
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
