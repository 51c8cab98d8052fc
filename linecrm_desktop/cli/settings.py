"""`settings`: what a shop decides once about all its sends: quiet hours, frequency cap, limits and plan."""

import re
from argparse import ArgumentParser, Namespace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli import people, prices
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import limits, own_prices, shop_rules
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.settings.quiet_hours import QuietHours, clock_words
from linecrm_desktop.settings.shop_rules import waiting_words
from linecrm_desktop.text import _, money, number, to_minor

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

OFF = "off"
CAP_MESSAGES, CAP_DAYS = range(1, 101), range(1, 366)
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_MOST = Decimal(10) ** 12


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `settings` with its commands."""
    inner = group(commands, shared, "settings", _("quiet hours, frequency cap, limits and plan of the shop"))
    command(inner, shared, "show", show, _("show the settings"))
    quiet = command(inner, shared, "quiet", set_quiet, _("send nothing in these hours of the day"))
    quiet.add_argument("hours", metavar="HOURS", nargs="+", help=_("two times such as 21:00 08:00, or “off”"))
    cap = command(inner, shared, "cap", set_cap, _("at most so many messages for a friend in so many days"))
    cap.add_argument("cap", metavar="CAP", nargs="+", help=_("messages and days such as 2 7, or “off”"))
    wait = command(inner, shared, "wait-after-purchase", set_wait, _("send a friend nothing for days after a purchase"))
    wait.add_argument("days", metavar="DAYS", help=_("a number of days, or “off”"))
    most = command(inner, shared, "limit", set_limit, _("what extra messages of a month may cost at most"))
    most.add_argument("amount", metavar="AMOUNT", help=_("in the shop’s currency, or “off”"))
    plan = command(inner, shared, "plan", set_plan, _("the shop’s message plan at LINE"))
    plan.add_argument("plan", metavar="PLAN", help=_("its key as “tagwell settings show” lists them, or “off”"))
    plan.add_argument("--channel", metavar="ACCOUNT", help=_("the further account whose plan it is; else the first’s"))
    under = command(inner, shared, "warn-under", set_warning, _("warn when fewer messages of the month are left"))
    under.add_argument("messages", metavar="MESSAGES", help=_("a number of messages, or “off”"))
    size = command(inner, shared, "size", set_size, _("change a size or a limit"))
    size.add_argument("size", metavar="SIZE", nargs=2, help=_("its name as “tagwell settings show” lists it, a number"))
    prices.add(inner, shared)
    people.add(inner, shared)
    told = command(inner, shared, "uninformed", set_uninformed, _("friends without a record of a privacy notice"))
    told.add_argument("what", metavar="WHAT", choices=("warn", "block"), help=_("“warn” or “block”"))


def show(args: Namespace, world: World) -> Reply:
    """Show the settings."""
    with reading(args) as shop, shop.database.read() as session:
        return _reply(shop, session, world)


def set_quiet(args: Namespace, world: World) -> Reply:
    """Set the quiet hours."""
    with writing(args) as shop, shop.database.write() as session:
        shop_rules.set_quiet(session, _quiet(args.hours))
        return _reply(shop, session, world)


def set_cap(args: Namespace, world: World) -> Reply:
    """Set the frequency cap."""
    with writing(args) as shop, shop.database.write() as session:
        messages, days = _cap(args.cap, session.get_one(Shop, 1).cap_days)
        shop_rules.set_cap(session, messages, days)
        return _reply(shop, session, world)


def set_wait(args: Namespace, world: World) -> Reply:
    """Set how long a friend gets nothing after a purchase."""
    typed = "0" if args.days.casefold() == OFF else args.days
    days = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else -1
    if not 0 <= days <= shop_rules.WAIT_MOST:
        raise ShopError(
            _("“{typed}” cannot be used for that.").format(typed=args.days),
            _("Write a number from {least} to {most}.").format(least=0, most=shop_rules.WAIT_MOST),
        )
    with writing(args) as shop, shop.database.write() as session:
        shop_rules.set_wait(session, days)
        return _reply(shop, session, world)


def set_limit(args: Namespace, world: World) -> Reply:
    """Set what extra messages may cost in a month."""
    with writing(args) as shop, shop.database.write() as session:
        shop_rules.set_most(session, _amount(args.amount, shop.currency))
        return _reply(shop, session, world)


def set_warning(args: Namespace, world: World) -> Reply:
    """Set under how many messages of the month a warning is given."""
    with writing(args) as shop, shop.database.write() as session:
        under = None if args.messages.casefold() == OFF else own_prices.messages(args.messages)
        shop_rules.set_warning(session, under)
        return _reply(shop, session, world)


def set_size(args: Namespace, world: World) -> Reply:
    """Change one of the sizes and limits."""
    name, typed = args.size
    allowed = limits.CHANGEABLE.get(name)
    if allowed is None:
        names = ", ".join(limits.CHANGEABLE)
        raise ShopError(
            _("There is no size “{name}”.").format(name=name), _("Known sizes: {names}").format(names=names)
        )
    value = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 8 else -1
    if value not in allowed:
        least, most = number(allowed.start), number(allowed.stop - 1)
        raise ShopError(
            _("“{typed}” cannot be used for that.").format(typed=typed),
            _("Write a number from {least} to {most}.").format(least=least, most=most),
        )
    with writing(args) as shop, shop.database.write() as session:
        limits.set_limit(session, name, value)
        return _reply(shop, session, world)


def set_plan(args: Namespace, world: World) -> Reply:
    """Set the message plan."""
    with writing(args) as shop, shop.database.write() as session:
        known = own_prices.plans_of(session.get_one(Shop, 1), _today(shop, world))
        connecting.choose_plan(session, _plan(args.plan, known), accounts.find(session, args.channel))
        return _reply(shop, session, world)


def set_uninformed(args: Namespace, world: World) -> Reply:
    """Set whether friends who were not informed stop a send."""
    with writing(args) as shop, shop.database.write() as session:
        shop_rules.set_blocking(session, args.what == "block")
        return _reply(shop, session, world)


def _quiet(typed: list[str]) -> QuietHours:
    if [word.casefold() for word in typed] == [OFF]:
        return QuietHours(0, 0)
    found = [_TIME.fullmatch(word) for word in typed]
    minutes = [int(one[1]) * 60 + int(one[2]) for one in found if one is not None]
    if len(typed) != 2 or len(minutes) != 2 or minutes[0] == minutes[1]:
        raise ShopError(_("These are no quiet hours."), _("Write two times of the day, such as 21:00 08:00, or off."))
    return QuietHours(*minutes)


def _cap(typed: list[str], days_before: int) -> tuple[int, int]:
    if [word.casefold() for word in typed] == [OFF]:
        return 0, days_before
    numbers = [int(word) for word in typed if word.isascii() and word.isdecimal() and len(word) < 5]
    if len(typed) != 2 or len(numbers) != 2 or numbers[0] not in CAP_MESSAGES or numbers[1] not in CAP_DAYS:
        raise ShopError(_("This is no frequency cap."), _("Write messages and days, such as 2 7, or off."))
    return numbers[0], numbers[1]


def _amount(typed: str, currency: str) -> int | None:
    if typed.casefold() == OFF:
        return None
    try:
        amount = Decimal(typed.replace(",", ""))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < _MOST:
        raise ShopError(
            _("“{typed}” is no amount.").format(typed=typed), _("Write a number such as 300, or off. 0 allows none.")
        )
    return to_minor(amount, currency)


def _plan(typed: str, known: list[Plan]) -> str | None:
    if typed.casefold() == OFF:
        return None
    found = next((plan for plan in known if typed in (plan.key, plan.name)), None)
    if found is None:
        keys = ", ".join(plan.key for plan in known)
        raise ShopError(
            _("There is no plan “{typed}”.").format(typed=typed), _("Known plans: {keys}").format(keys=keys)
        )
    return found.key


def _reply(shop: Opened, session: Session, world: World) -> Reply:
    row, quiet = session.get_one(Shop, 1), shop_rules.quiet(session)
    known = own_prices.plans_of(row, _today(shop, world))
    data: dict[str, Any] = {
        "quiet": [_iso(quiet.begins), _iso(quiet.ends)] if quiet.exist else None,
        "cap": {"messages": row.cap_messages, "days": row.cap_days} if row.cap_messages else None,
        "wait_after_purchase": row.cap_wait_days or None,
        "limit": row.extra_most,
        "currency": shop.currency,
        "plan": row.plan,
        "plans": [_plan_data(plan) for plan in known],
        "warn_under": row.warn_under,
        "sizes": limits.in_use(session),
        "uninformed": "block" if row.blocks_uninformed else "warn",
    }
    plans = [
        _("{key}  {name}: {fee} a month, {n} messages included").format(
            key=plan.key, name=plan.name, fee=money(plan.fee_minor, plan.currency), n=number(plan.included)
        )
        for plan in known
    ]
    return Reply(data, [*_lines(row, quiet), "", *plans])


def _today(shop: Opened, world: World) -> date:
    return shop.day(world.now()).today


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "name": plan.name,
        "fee": plan.fee_minor,
        "included": plan.included,
        "sells_extra": plan.sells_extra,
        "valid_from": plan.valid_from.isoformat() if plan.valid_from else None,
        "checked": plan.checked.isoformat(),
    }


def _lines(row: Shop, quiet: QuietHours) -> list[str]:
    hours: dict[str, str] = {"from": clock_words(quiet.begins), "to": clock_words(quiet.ends)}
    none, some = _("There are no quiet hours."), _("Nothing is sent from {from} to {to}.").format_map(hours)
    cap = _("At most {messages} messages per friend in {days} days.").format(
        messages=number(row.cap_messages), days=number(row.cap_days)
    )
    most = _("Extra messages have no limit of the shop’s own.")
    if row.extra_most is not None:
        most = _("Extra messages may cost {money} a month.").format(money=money(row.extra_most, row.currency))
    under = _("There is no warning under a number of messages.")
    if row.warn_under is not None:
        under = _("A warning is given when fewer than {n} messages are left.").format(n=number(row.warn_under))
    stop, warn = _("Friends who were not informed stop a send."), _("Friends who were not informed are a warning.")
    return [
        some if quiet.exist else none,
        cap if row.cap_messages else _("There is no frequency cap now."),
        waiting_words(row.cap_wait_days),
        most,
        under,
        _("Plan: {plan}").format(plan=row.plan or _("not chosen")),
        stop if row.blocks_uninformed else warn,
    ]


def _iso(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
