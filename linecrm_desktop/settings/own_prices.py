"""Prices that a shop wrote down itself: each from a day on, beside those that came with the program.

An earlier price stays in the list, so a day gives the price of that day; a newer list of the program wins from its own
first day on. What is kept is small and is written whole, so taking a change back is writing the old value again.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.line_account import LineAccount
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import prices
from linecrm_desktop.settings.prices import Plan, Step
from linecrm_desktop.text import _, to_minor

Kept = dict[str, Any] | None
"""The column of the shop: when the prices were checked last, and the plans with the day each begins on."""
_MOST = Decimal(10) ** 9
_MESSAGES_MAX = 10**9


def plans_of(shop: Shop, on: date) -> list[Plan]:
    """Return the plans of the shop's country on a day, with the shop's own prices where it wrote some down."""
    return prices.plans(shop.country, on, _own(shop.own_prices))


def plan_of(shop: Shop, on: date, account: LineAccount | None = None) -> Plan | None:
    """Return the message plan of an account, without one of the shop's first, on a day; None: not chosen or known."""
    key = (account or shop).plan
    return next((plan for plan in plans_of(shop, on) if plan.key == key), None)


def checked_on(shop: Shop) -> date | None:
    """Return when a person of the shop last compared the prices with LINE's; None: never."""
    told = (shop.own_prices or {}).get("checked")
    return date.fromisoformat(told) if told else None


def set_plan_price(session: Session, changed: Plan, today: date) -> Kept:
    """Let a plan cost this from today on; return what was kept before. Raises ShopError for what is no price."""
    _check(changed)
    shop = session.get_one(Shop, 1)
    own = replace(changed, valid_from=today, checked=today, is_own=True, source="", note="")
    others = [one for one in _own(shop.own_prices) if (one.key, one.valid_from) != (own.key, today)]
    return _keep(shop, {"checked": today.isoformat(), "plans": [prices.to_json(one) for one in (*others, own)]})


def set_checked(session: Session, today: date) -> Kept:
    """Write down that the prices were compared with LINE's today; return what was kept before."""
    shop = session.get_one(Shop, 1)
    return _keep(shop, {"plans": [], **(shop.own_prices or {}), "checked": today.isoformat()})


def forget(session: Session) -> Kept:
    """Go back to the prices that came with the program; return what was kept before."""
    return _keep(session.get_one(Shop, 1), None)


def put_back(session: Session, kept: Kept) -> Kept:
    """Keep again what one of the others returned."""
    return _keep(session.get_one(Shop, 1), kept)


def steps(typed: list[tuple[str, str]]) -> tuple[Step, ...]:
    """Understand price steps as they were typed: up to which extra message (empty: all further ones), and the price.

    Raises ShopError.
    """
    found = [Step(_whole(up_to) if up_to.strip() else None, amount(price)) for up_to, price in typed]
    _check_steps(tuple(found))
    return tuple(found)


def amount(typed: str) -> Decimal:
    """Understand a price as a person writes it, with or without the currency's sign. Raises ShopError."""
    plain = typed.strip().replace(",", "").removeprefix("NT$").removeprefix("¥").removeprefix("฿").strip()
    if not plain.isascii() or not plain.replace(".", "", 1).isdecimal() or Decimal(plain) >= _MOST:
        raise ShopError(_("“{typed}” is no price.").format(typed=typed.strip()), _("Write a number such as 0.2."))
    return Decimal(plain)


def fee(typed: str, currency: str) -> int:
    """Understand a plan's monthly price, in smallest units. Raises ShopError."""
    return to_minor(amount(typed), currency)


def messages(typed: str) -> int:
    """Understand a number of messages. Raises ShopError."""
    return _whole(typed)


def _own(kept: Kept) -> list[Plan]:
    return [prices.from_json(row) for row in (kept or {}).get("plans", [])]


def _keep(shop: Shop, kept: Kept) -> Kept:
    before, shop.own_prices = shop.own_prices, kept
    return before


def _whole(typed: str) -> int:
    plain = typed.strip().replace(",", "")
    if not plain.isascii() or not plain.isdecimal() or int(plain[:12]) > _MESSAGES_MAX:
        raise ShopError(
            _("“{typed}” is no number of messages.").format(typed=typed.strip()),
            _("Write a whole number such as 6000."),
        )
    return int(plain)


def _check(plan: Plan) -> None:
    _check_steps(plan.steps)
    if plan.fee_minor < 0 or plan.included < 0:
        raise ShopError(_("A price cannot be below 0."), _("Write a number such as 0.2."))


def _check_steps(found: tuple[Step, ...]) -> None:
    ends = [step.up_to for step in found]
    closed = [end for end in ends if end is not None]
    if found and (ends[-1] is not None or None in ends[:-1]):
        raise ShopError(
            _("The last price step must have no end."), _("Leave “up to” empty in the last row, and only there.")
        )
    if any(end <= before for before, end in zip([0, *closed], closed, strict=False)):
        raise ShopError(_("Each price step must reach further than the one before."), _("Put them in order."))
