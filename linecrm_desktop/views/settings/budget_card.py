"""How much extra messages may cost in a month."""

from PySide6.QtCore import QSignalBlocker, QTimer
from PySide6.QtWidgets import QHBoxLayout

from linecrm_desktop.jobs import Word, changes
from linecrm_desktop.text import CURRENCY_DIGITS, _, money, symbol
from linecrm_desktop.views.act import Act
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings, set_most
from linecrm_desktop.views.widgets.basics import Card, label
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.writing import writing_inside

_QUIET_MS = 600
_MOST = 10_000_000


class BudgetCard(Card):
    """One amount in whole units of the shop's currency; none by default."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        writing_inside(self)
        self._desk = desk
        self._unit = 10 ** CURRENCY_DIGITS.get(desk.shop.currency, 2)
        self._kept: int | None = None
        self.heading, self.note, self.before = (
            label(role="section"),
            label(role="caption", wrap=True),
            label(role="second"),
        )
        self.currency = label(symbol(desk.shop.currency).strip(), "second")
        self.most = NumberField(-1, _MOST, "extraMost")
        self.most.setMinimumWidth(120)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._keep)
        row = QHBoxLayout()
        for part in (self.before, self.currency, self.most):
            row.addWidget(part)
        row.addStretch(1)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.note)
        self.body.addLayout(row)
        self.most.valueChanged.connect(lambda _value: self._quiet.start())

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the amount in use."""
        if not self._quiet.isActive():
            self._kept = facts.extra_most
            with QSignalBlocker(self.most):
                self.most.setValue(-1 if facts.extra_most is None else facts.extra_most // self._unit)

    def retranslate(self) -> None:
        self.heading.setText(_("Extra messages"))
        self.note.setText(_("A send that would make the month’s extra messages dearer than this is refused."))
        self.before.setText(_("At most a month"))
        self.most.setAccessibleName(_("Most that extra messages may cost in a month"))
        self.most.setSpecialValueText(_("no limit"))

    def _keep(self) -> None:
        wanted = None if self.most.value() < 0 else self.most.value() * self._unit
        if wanted != self._kept:
            self._kept = wanted
            self._desk.jobs.write(lambda session: set_most(session, wanted), self._kept_now)

    def _kept_now(self, before: int | None) -> None:
        wanted = self._kept
        self._desk.undo.push(
            Act(
                self._desk,
                _("limit for extra messages"),
                lambda session: set_most(session, before),
                lambda session: set_most(session, wanted),
                changes(Word.SETTINGS),
            )
        )
        said = _("Extra messages have no limit of the shop’s own.")
        if wanted is not None:
            said = _("Extra messages may cost {money} a month.").format(money=money(wanted, self._desk.shop.currency))
        self._desk.toast(said, self._desk.undo.undo)
