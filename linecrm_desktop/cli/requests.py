"""`requests`: what friends ask of the shop about their data, step by step until each is answered."""

import getpass
import re
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, friend_named, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.days import ShopDay
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.data_request import Ending, RequestStep, Wants
from linecrm_desktop.requests import copying, deadlines, register, words
from linecrm_desktop.requests.collecting import Section
from linecrm_desktop.requests.register import RequestRow
from linecrm_desktop.text import _, ngettext, number, short_date

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NUMBER = re.compile(r"(?:R-)?0*([1-9]\d{0,17})", re.IGNORECASE | re.ASCII)
STEPS = tuple(str(step) for step in RequestStep if step is not RequestStep.CLOSE)


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `requests` with its commands."""
    inner = group(commands, shared, "requests", _("what friends ask about their data"))
    listed = command(inner, shared, "list", show, _("list the requests"))
    listed.add_argument("--open", action="store_true", help=_("only those that wait for an answer"))
    made = command(inner, shared, "new", new, _("write down what a friend asks"))
    made.add_argument("friend", metavar="FRIEND", help=_("member number or LINE user ID"))
    made.add_argument("--wants", required=True, choices=[str(wants) for wants in Wants], help=_("what they ask for"))
    made.add_argument("--asked", metavar="DAY", help=_("the day on which it came, such as 2026-11-12; else today"))
    made.add_argument("--about", metavar="TEXT", default="", help=_("what exactly, such as the entry that is wrong"))
    done = command(inner, shared, "step", step, _("write down that a step was done"))
    _named(done)
    done.add_argument("--done", required=True, choices=STEPS, help=_("the step"))
    done.add_argument("--how", metavar="TEXT", default="", help=_("how you know who is asking"))
    saved = command(inner, shared, "copy", copy, _("save a copy of the friend’s data"))
    _named(saved)
    saved.add_argument("--out", metavar="FILE", required=True, help=_("the zip file"))
    closed = command(inner, shared, "close", close, _("close a request"))
    _named(closed)
    endings = [str(ending) for ending in Ending]
    closed.add_argument("--as", dest="ending", choices=endings, default=endings[0], help=_("how it ended"))
    closed.add_argument("--note", metavar="TEXT", default="", help=_("why, when it was not done"))
    limits = command(inner, shared, "days", set_days, _("by when requests must be answered"))
    limits.add_argument("--wants", choices=[str(wants) for wants in Wants], help=_("what they ask for"))
    limits.add_argument("--set", metavar="DAYS", help=_("so many days; 0 is at once, “law” what the country has"))


def _named(parser: ArgumentParser) -> None:
    parser.add_argument("request", metavar="REQUEST", help=_("its number, such as R-0007"))
    parser.add_argument("--by", metavar="NAME", help=_("who does it; else the name at this computer"))


def show(args: Namespace, world: World) -> Reply:
    """List the requests, the newest first."""
    with reading(args) as shop, shop.database.read() as session:
        day = shop.day(world.now())
        rows = [row for row in register.rows(session, day) if row.is_open or not args.open]
        law = words.law(deadlines.days(session))
    cells = [
        [
            *(row.name, words.friend(row), words.wants(row), short_date(row.asked, day.today)),
            *(words.answer_by(row, day.today), words.state(row, day)),
        ]
        for row in rows
    ]
    header = [_("No."), _("Friend"), _("Wants"), _("Asked"), _("Answer by"), _("State")]
    waiting = sum(row.is_open for row in rows)
    total = ngettext("{n} request waits for an answer.", "{n} requests wait for an answer.", waiting)
    lines = [*(table(header, cells) if rows else []), total.format(n=number(waiting)), law]
    return Reply({"open": waiting, "requests": [_data(row, shop, day) for row in rows]}, lines)


def new(args: Namespace, world: World) -> Reply:
    """Write a request down."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        day, friend = shop.day(now), friend_named(session, args.friend).id
        asked = _day(args.asked)
        made = register.write_down(session, friend, Wants(args.wants), day, now, asked, args.about)
        return _reply(register.one(session, made, day), shop, day)


def step(args: Namespace, world: World) -> Reply:
    """Write down that a step was done."""
    now, wanted = world.now(), _number(args.request)
    with writing(args) as shop, shop.database.write() as session:
        day = shop.day(now)
        copying.do(session, wanted, RequestStep(args.done), _by(args), args.how, day, now)
        return _reply(register.one(session, wanted, day), shop, day)


def copy(args: Namespace, world: World) -> Reply:
    """Save the copy, and tell its password this once; Qt is loaded only now."""
    from linecrm_desktop.views.report import data_copy, offscreen

    now, wanted, path = world.now(), _number(args.request), Path(args.out)

    def to_pdf(row: RequestRow, parts: tuple[Section, ...]) -> bytes:
        return data_copy.to_pdf(shop.name, row, parts, day)

    with writing(args) as shop:
        day = shop.day(now)
        offscreen.prepare()
        saved = copying.save(shop.database, wanted, path, to_pdf, day, _by(args), now)
    lines = [
        _("The copy is in “{file}”.").format(file=path),
        _("Its password, shown only now: {password}").format(password=saved.password),
        _("Give it to the friend by another way than the file."),
    ]
    return Reply({"file": str(path), "password": saved.password, "files": list(saved.files)}, lines)


def close(args: Namespace, world: World) -> Reply:
    """Close a request."""
    now, wanted = world.now(), _number(args.request)
    with writing(args) as shop, shop.database.write() as session:
        day = shop.day(now)
        register.close(session, wanted, Ending(args.ending), _by(args), args.note, now)
        return _reply(register.one(session, wanted, day), shop, day)


def set_days(args: Namespace, world: World) -> Reply:
    """Show the days for an answer, or set one of them."""
    if args.set is None:
        with reading(args) as shop, shop.database.read() as session:
            return _days(deadlines.days(session), shop)
    if args.wants is None:
        raise ShopError(_("For which requests?"), _("Name them with --wants. Nothing was changed."))
    if args.set != "law" and not re.fullmatch(r"\d{1,3}", args.set, re.ASCII):
        raise ShopError(
            _("“{typed}” is no number of days.").format(typed=args.set), _("Write a number such as 15, or law.")
        )
    with writing(args) as shop, shop.database.write() as session:
        deadlines.set_days(session, Wants(args.wants), None if args.set == "law" else int(args.set))
        return _days(deadlines.days(session), shop)


def _days(days: deadlines.Days, shop: Opened) -> Reply:
    return Reply({"country": shop.country, "days": {str(key): n for key, n in days.items()}}, [words.law(days)])


def _by(args: Namespace) -> str:
    return args.by if args.by is not None else getpass.getuser()


def _number(typed: str) -> int:
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        raise ShopError(
            _("“{typed}” is no number of a request.").format(typed=typed),
            _("Write it like R-0007. Nothing was changed."),
        )
    return int(found[1])


def _day(typed: str | None) -> date | None:
    try:
        return None if typed is None else date.fromisoformat(typed)
    except ValueError as error:
        raise ShopError(_("“{day}” is no day.").format(day=typed), _("Write it like 2026-11-12.")) from error


def _reply(row: RequestRow, shop: Opened, day: ShopDay) -> Reply:
    head = _("{number}: {what}, {friend}, {state}").format(
        number=row.name, what=words.wants(row), friend=words.friend(row), state=words.state(row, day)
    )
    lines = [head]
    for place in RequestStep:
        mark = "x" if row.done(place) else " "
        lines.append(f"  [{mark}] {words.step_name(row, place)}: {words.step_said(row, place, day)}")
    return Reply(_data(row, shop, day), lines)


def _data(row: RequestRow, shop: Opened, day: ShopDay) -> dict[str, Any]:
    steps = [{"step": str(done.step), "at": shop.moment(done.at), "by": done.by, "how": done.how} for done in row.steps]
    return {
        "request": row.name,
        "friend": row.friend_id,
        "name": row.friend,
        "erased": row.is_erased,
        "wants": str(row.wants),
        "about": row.about,
        "asked": row.asked.isoformat(),
        "answer_by": row.answer_by.isoformat(),
        "days_left": row.left(day.today) if row.is_open else None,
        "next": str(row.next) if row.next else None,
        "ending": str(row.ending) if row.ending else None,
        "note": row.note,
        "steps": steps,
    }
