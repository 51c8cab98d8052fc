"""`settings prices`: what LINE's plans cost, and the prices that a shop writes down itself."""

from argparse import ArgumentParser, Namespace
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.shop import Shop
from linecrm_desktop.settings import own_prices
from linecrm_desktop.settings.prices import Plan
from linecrm_desktop.text import _, long_date, money, number, price

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `prices` with its commands."""
    inner = group(commands, shared, "prices", _("what LINE’s message plans cost"))
    command(inner, shared, "show", show, _("show the prices in use, their price steps and where they come from"))
    changed = command(inner, shared, "set", set_price, _("write down what a plan costs from today on"))
    changed.add_argument("plan", metavar="PLAN", help=_("its key"))
    changed.add_argument("--fee", metavar="AMOUNT", help=_("a month, without tax"))
    changed.add_argument("--included", metavar="N", help=_("messages in the plan"))
    step = _("price of an extra message, such as 50000:0.2 up to the 50,000th, then :0.15 for all further ones")
    changed.add_argument("--step", metavar="UPTO:PRICE", action="append", help=step)
    changed.add_argument("--no-extra", action="store_true", help=_("LINE sells no extra messages with it"))
    command(inner, shared, "checked", checked, _("write down that the prices were compared with LINE’s today"))
    command(inner, shared, "reset", reset, _("go back to the prices that come with Tagwell"))


def show(args: Namespace, world: World) -> Reply:
    """Show the prices in use."""
    with reading(args) as shop, shop.database.read() as session:
        return _reply(shop, session, world)


def set_price(args: Namespace, world: World) -> Reply:
    """Write down what a plan costs from today on."""
    with writing(args) as shop, shop.database.write() as session:
        today = shop.day(world.now()).today
        known = own_prices.plans_of(session.get_one(Shop, 1), today)
        found = next((one for one in known if args.plan in (one.key, one.name)), None)
        if found is None:
            keys = ", ".join(one.key for one in known)
            raise ShopError(
                _("There is no plan “{typed}”.").format(typed=args.plan), _("Known plans: {keys}").format(keys=keys)
            )
        own_prices.set_plan_price(session, _changed(args, found), today)
        return _reply(shop, session, world)


def checked(args: Namespace, world: World) -> Reply:
    """Write down that the prices were looked at today."""
    with writing(args) as shop, shop.database.write() as session:
        own_prices.set_checked(session, shop.day(world.now()).today)
        return _reply(shop, session, world)


def reset(args: Namespace, world: World) -> Reply:
    """Go back to the prices that come with the program."""
    with writing(args) as shop, shop.database.write() as session:
        own_prices.forget(session)
        return _reply(shop, session, world)


def _changed(args: Namespace, plan: Plan) -> Plan:
    if args.fee is None and args.included is None and not args.step and not args.no_extra:
        raise ShopError(_("Nothing was said to change."), _("Give --fee, --included, --step or --no-extra."))
    if args.step and args.no_extra:
        raise ShopError(_("Price steps and no extra messages exclude each other."), _("Give one of the two."))
    if args.fee is not None:
        plan = replace(plan, fee_minor=own_prices.fee(args.fee, plan.currency))
    if args.included is not None:
        plan = replace(plan, included=own_prices.messages(args.included))
    if args.no_extra:
        plan = replace(plan, steps=())
    if args.step:
        typed = [(up_to, cost) for up_to, _colon, cost in (step.partition(":") for step in args.step)]
        plan = replace(plan, steps=own_prices.steps(typed))
    return plan


def _reply(shop: Opened, session: Session, world: World) -> Reply:
    row = session.get_one(Shop, 1)
    known, day = own_prices.plans_of(row, shop.day(world.now()).today), own_prices.checked_on(row)
    data: dict[str, Any] = {
        "country": row.country,
        "plan": row.plan,
        "checked": day.isoformat() if day else None,
        "prices": [_data(plan) for plan in known],
    }
    said = _("The shop has not checked the prices yet.")
    if day is not None:
        said = _("The shop checked the prices on {day}.").format(day=long_date(day))
    return Reply(data, [said, *(line for plan in known for line in _lines(plan))])


def _data(plan: Plan) -> dict[str, Any]:
    return {
        "key": plan.key,
        "name": plan.name,
        "currency": plan.currency,
        "fee": plan.fee_minor,
        "included": plan.included,
        "steps": [{"up_to": step.up_to, "price": str(step.price)} for step in plan.steps],
        "valid_from": plan.valid_from.isoformat() if plan.valid_from else None,
        "source": plan.source,
        "own": plan.is_own,
    }


def _lines(plan: Plan) -> list[str]:
    head = _("{key}  {name}: {fee} a month, {n} messages included").format(
        key=plan.key, name=plan.name, fee=money(plan.fee_minor, plan.currency), n=number(plan.included)
    )
    lines = ["", head]
    for step in plan.steps:
        each = price(step.price, plan.currency)
        if step.up_to is None:
            lines.append("  " + _("all further extra messages: {price} each").format(price=each))
        else:
            lines.append("  " + _("up to extra message {n}: {price} each").format(n=number(step.up_to), price=each))
    if not plan.steps:
        lines.append("  " + _("no extra messages"))
    source = _("the shop’s own") if plan.is_own else plan.source
    since = long_date(plan.valid_from) if plan.valid_from else _("no date known")
    return [*lines, "  " + _("Since: {day}. Source: {source}").format(day=since, source=source)]
