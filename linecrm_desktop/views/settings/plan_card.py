"""What LINE sells: prices in a table that can be written into, the plan of the shop, and when few messages are left."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.settings import own_prices, shop_rules
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import _, long_date, ngettext, number, price
from linecrm_desktop.views.desk import Desk
from linecrm_desktop.views.settings.facts import ShopSettings
from linecrm_desktop.views.settings.keeping import keep
from linecrm_desktop.views.settings.price_table import PriceTable
from linecrm_desktop.views.settings.steps_dialog import StepsDialog
from linecrm_desktop.views.widgets.account_choice import AccountChoice
from linecrm_desktop.views.widgets.basics import Card, button, label
from linecrm_desktop.views.widgets.number_field import NumberField
from linecrm_desktop.views.widgets.writing import reading, writing_inside

_QUIET_MS = 600


class PlanCard(Card):
    """Each change counts from the next send on; sends that were confirmed keep their price."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(margins=(0, 14, 0, 14))
        writing_inside(self)
        self._desk = desk
        self._facts: ShopSettings | None = None
        self.heading, self.note = label(role="section"), label(role="caption", wrap=True)
        self.note.setObjectName("pricesNote")
        self.table = PriceTable()
        self.account = reading(AccountChoice("planAccount"))
        self.account.setProperty("small", True)
        self.plan_label, self.plan = label(role="second"), QComboBox()
        self.plan.setObjectName("shopPlan")
        self.plan.setProperty("small", True)
        self.steps = button("", icon_name="list", name="priceSteps")
        self.steps_said = label(role="caption", wrap=True)
        self.looked = button("", icon_name="check", name="pricesChecked")
        self.ours = button("", "link", name="pricesReset")
        self.warn_label, self.warn_unit = label(role="second"), label(role="second")
        self.warn = NumberField(0, 1_000_000, "warnUnder")
        self.warn.setMinimumWidth(80)
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._build()
        self._connect()

    def show_facts(self, facts: ShopSettings) -> None:
        """Show the prices in use."""
        self._facts = facts
        known = {row.channel_id for row in facts.accounts}
        chosen = self.account.account()
        self.account.show_accounts(facts.accounts, chosen if chosen in known else None)
        if not self._quiet.isActive():
            self.warn.blockSignals(True)
            self.warn.setValue(facts.warn_under or 0)
            self.warn.blockSignals(False)
        self.retranslate()

    def retranslate(self) -> None:
        self.heading.setText(_("Message plan and prices"))
        self.plan_label.setText(_("Your plan"))
        self.plan.setAccessibleName(_("Your plan"))
        self.account.setAccessibleName(_("LINE account whose plan is shown"))
        self.looked.setText(_("Prices looked at today"))
        self.looked.setToolTip(_("Writes down that you compared the prices with LINE’s today."))
        self.ours.setText(_("Use Tagwell’s prices"))
        self.warn_label.setText(_("Warn when left is under"))
        self.warn.setAccessibleName(_("Warn when fewer messages of the month are left"))
        self.warn.setSpecialValueText(_("no warning"))
        self.warn_unit.setText(_("messages"))
        self.table.retranslate()
        if self._facts is not None:
            self._show(self._facts)

    def _build(self) -> None:
        head, plan, warn = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.heading)
        head.addWidget(self.note, 1)
        for part in (self.steps, self.looked, self.ours):
            part.setProperty("small", True)
        for part in (self.plan_label, self.account, self.plan, self.steps):
            plan.addWidget(part)
        plan.addWidget(self.steps_said, 1)
        for part in (self.warn_label, self.warn, self.warn_unit):
            warn.addWidget(part)
        warn.addStretch(1)
        warn.addWidget(self.ours)
        warn.addWidget(self.looked)
        for row in (head, plan, warn):
            row.setContentsMargins(16, 0, 16, 0)
        self.body.addLayout(head)
        self.body.addWidget(self.table)
        self.body.addLayout(plan)
        self.body.addLayout(warn)

    def _connect(self) -> None:
        self.plan.activated.connect(self._choose_plan)
        self.account.chosen.connect(lambda _account: self.retranslate())
        self.steps.clicked.connect(self._edit_steps)
        self.looked.clicked.connect(self._look)
        self.ours.clicked.connect(self._reset)
        self.table.changed.connect(self._change)
        self.table.refused.connect(lambda words: self._desk.toast(words, None))
        self.warn.valueChanged.connect(lambda _value: self._quiet.start())
        self._quiet.timeout.connect(self._keep_warning)

    def _show(self, facts: ShopSettings) -> None:
        own = self._own(facts)
        self.note.setText(self._note_words(facts))
        self.table.show_plans(facts.plans, own.key if own else None)
        self.plan.clear()
        self.plan.addItems([_("Choose your plan"), *(plan.name for plan in facts.plans)])
        self.plan.setCurrentIndex(facts.plans.index(own) + 1 if own else 0)
        count = len(own.steps) if own else 0
        words = ngettext("Edit {n} price step…", "Edit {n} price steps…", count).format(n=number(count))
        self.steps.setText(words if count else _("Edit price steps…"))
        self.steps.setEnabled(own is not None)
        self.steps_said.setText(_steps_words(own))
        self.ours.setVisible(any(plan.is_own for plan in facts.plans))

    def _key(self, facts: ShopSettings) -> str | None:
        """Return the plan of the account that is shown."""
        chosen = self.account.account()
        return next((row.plan for row in facts.accounts if row.channel_id == chosen), None)

    def _own(self, facts: ShopSettings) -> Plan | None:
        key = self._key(facts)
        return next((plan for plan in facts.plans if plan.key == key), None)

    def _note_words(self, facts: ShopSettings) -> str:
        country = _country(self._desk.shop.country)
        if not facts.plans:
            return _("No prices are known for this country.")
        if facts.prices_checked is not None:
            return _("{country}, before tax. Checked by you on {day}; LINE changes prices, so look again.").format(
                country=country, day=long_date(facts.prices_checked)
            )
        day = max(plan.checked for plan in facts.plans)
        return _("{country}, before tax. Checked by us on {day}; LINE changes prices, so compare them.").format(
            country=country, day=long_date(day)
        )

    def _change(self, plan: Plan) -> None:
        today = self._desk.day().today

        def write(session: Session) -> own_prices.Kept:
            return own_prices.set_plan_price(session, plan, today)

        said = _("{plan} has a new price from today on.").format(plan=plan.name)
        keep(self._desk, _("price of a plan"), write, own_prices.put_back, said)

    def _choose_plan(self, at: int) -> None:
        facts = self._facts
        key = facts.plans[at - 1].key if at and facts else None
        if facts is None or key == self._key(facts):
            return
        account = self.account.account()

        def write(session: Session, plan: str | None) -> str | None:
            return connecting.choose_plan(session, plan, account)

        keep(
            self._desk,
            _("message plan"),
            lambda session: write(session, key),
            write,
            _("The plan is chosen. Costs on every screen use it.") if key else _("No plan is chosen now."),
        )

    def _edit_steps(self) -> None:
        facts = self._facts
        own = self._own(facts) if facts else None
        if own is not None:
            dialog = StepsDialog(own, self.window())
            dialog.agreed.connect(lambda steps: self._change(replace(own, steps=steps)))
            dialog.open()

    def _look(self) -> None:
        today: date = self._desk.day().today
        keep(
            self._desk,
            _("day of the prices"),
            lambda session: own_prices.set_checked(session, today),
            own_prices.put_back,
            _("It is written down that you looked at the prices today."),
        )

    def _reset(self) -> None:
        said = _("The prices that come with Tagwell count again.")
        keep(self._desk, _("prices"), own_prices.forget, own_prices.put_back, said)

    def _keep_warning(self) -> None:
        wanted = self.warn.value() or None
        if self._facts is None or wanted == self._facts.warn_under:
            return
        said = _("There is no warning under a number of messages.")
        if wanted is not None:
            said = _("A warning is given when fewer than {n} messages are left.").format(n=number(wanted))
        keep(
            self._desk,
            _("warning about messages left"),
            lambda session: shop_rules.set_warning(session, wanted),
            shop_rules.set_warning,
            said,
        )


def _country(code: str) -> str:
    return {"TW": _("Taiwan"), "JP": _("Japan"), "TH": _("Thailand")}.get(code, code)


def _steps_words(plan: Plan | None) -> str:
    if plan is None:
        return ""
    if not plan.steps:
        return _("LINE sells no extra messages with this plan.")
    first = price(plan.steps[0].price, plan.currency)
    if len(plan.steps) == 1:
        return _("{price} each").format(price=first)
    return _("{price} falling with volume").format(price=first)
