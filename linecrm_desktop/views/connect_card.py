"""What LINE said about a token: whose it is, the month's messages, the plan to confirm, what the account may do."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout

from linecrm_desktop.campaigns.connecting import Verified, suggested_plan
from linecrm_desktop.line.gateway import BUBBLES_MAX, MULTICAST_MAX, Quota
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import _, money, ngettext, number, price
from linecrm_desktop.views.widgets.basics import Card, label, line
from linecrm_desktop.views.widgets.chips import ChipLabel, status_chip
from linecrm_desktop.views.widgets.parts import Avatar

_LABEL_WIDTH = 184


class ConnectCard(Card):
    """Shows an answer of LINE; the plan is the only thing to choose."""

    def __init__(self) -> None:
        super().__init__(margins=(0, 0, 0, 0))
        self.setObjectName("connectCard")
        self._plans: Sequence[Plan] = ()
        self._quota: Quota | None = None
        self.avatar, self.name, self.account = Avatar(size=44), label(role="section"), label(role="caption")
        self.name.setObjectName("accountName")
        self.body.setSpacing(0)
        self.body.addLayout(self._build_head())
        self.body.addWidget(line())
        self.body.addLayout(self._build_rows())

    def show_answer(self, verified: Verified) -> None:
        """Show what LINE said, and suggest the plan that fits the quota."""
        account = verified.account
        self.avatar.show_name(account.name)
        self.name.setText(account.name)
        self.account.setText(account.basic_id)
        self.quota.setText(quota_words(verified.quota))
        self.reach.setText(_reach_words(verified.reach))
        self.may_read.setText(
            _("Yes. Only verified and premium accounts can.")
            if verified.may_read_friends
            else _("No. Only verified and premium accounts can; import the IDs instead.")
        )
        self._quota = verified.quota
        self._suggest()

    def offer_plans(self, plans: Sequence[Plan]) -> None:
        """Offer these plans, with the prices of the shop."""
        self._plans = plans
        self.plan.blockSignals(True)  # nobody chose anything: a question to LINE may be on its way
        self.plan.clear()
        self.plan.addItems([_("Choose your plan"), *(plan_words(plan) for plan in plans)])
        self.plan.blockSignals(False)
        if self._quota is not None:
            self._suggest()

    def plan_key(self) -> str | None:
        """Return the plan that is chosen, or None."""
        at = self.plan.currentIndex() - 1
        return self._plans[at].key if at >= 0 else None

    def _suggest(self) -> None:
        suggested = suggested_plan(self._plans, self._quota) if self._quota else None
        keys = [plan.key for plan in self._plans]
        self.plan.setCurrentIndex(keys.index(suggested.key) + 1 if suggested else 0)

    def _build_head(self) -> QHBoxLayout:
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setContentsMargins(14, 12, 14, 12)
        head.setSpacing(12)
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.account)
        head.addWidget(self.avatar)
        head.addLayout(words, 1)
        head.addWidget(ChipLabel(status_chip("good", _("Token works"))))
        return head

    def _build_rows(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(14, 14, 14, 14)
        grid.setVerticalSpacing(12)
        grid.setColumnMinimumWidth(0, _LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        self.quota, self.reach, self.may_read = label(wrap=True), label(wrap=True), label(wrap=True)
        self.quota.setObjectName("quotaWords")
        self.plan = QComboBox()
        self.plan.setObjectName("plan")
        self.plan.setProperty("small", True)
        self.plan.setAccessibleName(_("Plan and price"))
        limits = _("up to {friends} friends a request, {bubbles} bubbles a message").format(
            friends=number(MULTICAST_MAX), bubbles=number(BUBBLES_MAX)
        )
        rows: tuple[tuple[str, QLabel | QComboBox], ...] = (
            (_("Message quota this month"), self.quota),
            (_("Plan and price"), self.plan),
            (_("Target reach"), self.reach),
            (_("Can read friend IDs"), self.may_read),
            (_("Sending limits"), label(limits, wrap=True)),
        )
        for row, (text, shown) in enumerate(rows):
            grid.addWidget(label(text, "second"), row, 0)
            grid.addWidget(shown, row, 1)
        return grid


def quota_words(quota: Quota) -> str:
    """Say how many messages the month has and has left."""
    if quota.limit is None:
        return _("Unlimited by LINE’s answer · used {used}").format(used=number(quota.used))
    return _("{limit} · used {used} · left {left}").format(
        limit=number(quota.limit), used=number(quota.used), left=number(quota.left or 0)
    )


def plan_words(plan: Plan) -> str:
    """Say what a plan costs, in one line."""
    fee = money(plan.fee_minor, plan.currency)
    if not plan.steps:
        return _("{plan} — {fee} a month, no extra messages").format(plan=plan.name, fee=fee)
    each = price(plan.steps[0].price, plan.currency)
    return _("{plan} — {fee} a month, then {price} each").format(plan=plan.name, fee=fee, price=each)


def _reach_words(reach: int | None) -> str:
    if reach is None:
        return _("LINE has not counted it yet")
    return ngettext("{n} friend", "{n} friends", reach).format(n=number(reach))
