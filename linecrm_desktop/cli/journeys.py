"""`journeys`: the shop's paths of messages: what they are, and letting them run."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, friend_named, pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.days import ShopDay
from linecrm_desktop.journeys import library, looking, templates
from linecrm_desktop.journeys.library import PathRow
from linecrm_desktop.journeys.looking import Look
from linecrm_desktop.journeys.story import story
from linecrm_desktop.settings.quiet_hours import clock_words
from linecrm_desktop.text import LANGUAGES, _, language, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `journeys` with its commands."""
    inner = group(commands, shared, "journeys", _("paths of messages, one for each core segment"))
    command(inner, shared, "list", show_all, _("list the paths"))
    _one(command(inner, shared, "show", show_one, _("show a path: its steps, who is on it, who left and why")))
    why = command(inner, shared, "explain", explain, _("say what became of each step for one friend, and why"))
    _one(why)
    why.add_argument("--friend", metavar="FRIEND", required=True, help=_("member number, LINE ID or number"))
    new = command(inner, shared, "new", make, _("make a path from a template, as a draft"))
    keys = ", ".join(one.core for one in templates.TEMPLATES)
    new.add_argument("--template", metavar="KEY", required=True, help=_("one of: {names}").format(names=keys))
    new.add_argument("--language", metavar="CODE", choices=LANGUAGES, help=_("the language of its messages"))
    start = command(inner, shared, "start", begin, _("let a path run, or run again after a pause"))
    _one(start)
    start.add_argument("--only-new", action="store_true", help=_("do not take in who is in its segment now"))
    _one(command(inner, shared, "pause", rest, _("let a path rest: nothing of it is due")))
    _one(command(inner, shared, "stop", end, _("end a path for good: everybody leaves it")))


def _one(parser: ArgumentParser) -> None:
    parser.add_argument("journey", metavar="JOURNEY", help=_("its name or number"))


def find(session: Session, wanted: str) -> PathRow:
    """Return the path with this name or number."""
    return pick(library.all_paths(session), wanted, _("There is no path “{wanted}”."))


def show_all(args: Namespace, world: World) -> Reply:
    """List the paths."""
    with reading(args) as shop, shop.database.read() as session:
        rows = library.all_paths(session)
    head = [_("Number"), _("Name"), _("State"), _("Steps"), _("Under way"), _("Entered")]
    cells = [
        [str(row.id), row.name, looking.state_words(row.state), *map(number, (row.steps, row.under_way, row.entered))]
        for row in rows
    ]
    return Reply({"journeys": [_data(shop, row) for row in rows]}, table(head, cells))


def show_one(args: Namespace, world: World) -> Reply:
    """Show one path."""
    with reading(args) as shop, shop.database.read() as session:
        row = find(session, args.journey)
        look = looking.look(session, row.id)
    return Reply(_data(shop, row) | _inside(look), [row.name, *_lines(look)])


def explain(args: Namespace, world: World) -> Reply:
    """Say what became of each step of a path for one friend."""
    with reading(args) as shop, shop.database.read() as session:
        row, friend = find(session, args.journey), friend_named(session, args.friend)
        told = story(session, row.id, friend.id, shop.day(world.now()).today)
        names = {"name": friend.name or args.friend, "path": row.name}
        who = {"id": friend.id, "name": friend.name, "member_number": friend.member_number}
    data: dict[str, Any] = {"journey": row.name, "friend": who, "entered_at": None, "kept_back": False}
    data |= {"left_at": None, "left": None, "steps": []}
    if told is None:
        return Reply(data, [_("{name} never entered “{path}”.").format(**names)])
    data |= {"entered_at": shop.moment(told.entered_at), "kept_back": told.is_held}
    data |= {"left_at": shop.moment(told.left_at), "left": str(told.left) if told.left is not None else None}
    data["steps"] = [asdict(one) | {"day": one.day.isoformat() if one.day else None} for one in told.steps]
    later = _("later")
    lines = [f"{one.message}: {one.sentence or later}" for one in told.steps]
    if told.left is not None:
        lines.append(_("Left the path: {why}").format(why=told.ended()))
    return Reply(data, [_("{name} on “{path}”").format(**names), *lines])


def make(args: Namespace, world: World) -> Reply:
    """Make a path from a template."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        path = templates.make(session, args.template, args.language or language(), shop.day(now), now)
        row = find(session, str(path))
    words = _("The path “{name}” is a draft with {n} steps. Start it with: tagwell journeys start {id}")
    return Reply(_data(shop, row), [words.format(name=row.name, n=number(row.steps), id=row.id)])


def begin(args: Namespace, world: World) -> Reply:
    """Let a path run."""

    def start(session: Session, path: int, day: ShopDay, now: datetime) -> None:
        library.start(session, path, day, now, only_new=args.only_new)

    return _changed(args, world, start, _("“{name}” runs: {n} under way."))


def rest(args: Namespace, world: World) -> Reply:
    """Let a path rest."""
    return _changed(args, world, library.pause, _("“{name}” rests: {n} under way wait on it."))


def end(args: Namespace, world: World) -> Reply:
    """End a path for good."""
    return _changed(args, world, library.stop, _("“{name}” was stopped: {n} under way."))


def _changed(
    args: Namespace, world: World, change: Callable[[Session, int, ShopDay, datetime], None], words: str
) -> Reply:
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        change(session, find(session, args.journey).id, shop.day(now), now)
        row = find(session, args.journey)
    return Reply(_data(shop, row), [words.format(name=row.name, n=number(row.under_way))])


def _data(shop: Opened, row: PathRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "segment": row.segment_name,
        "core": row.core,
        "state": str(row.state),
        "steps": row.steps,
        "entered": row.entered,
        "under_way": row.under_way,
        "kept_back": row.held,
        "started_at": shop.moment(row.started_at),
        "prepared_at": shop.moment(row.prepared_at),
        "changed_at": shop.moment(row.changed_at),
    }


def _inside(look: Look) -> dict[str, Any]:
    return {
        "keep_back": look.draft.keep_back,
        "path": [
            {
                "id": one.id,
                "message": one.message,
                "wait_days": one.wait_days,
                "send_from": one.send_from,
                "sent": one.sent,
                "skipped": dict(sorted(one.skipped.items())),
                "waiting": one.waiting,
            }
            for one in look.steps
        ],
        "left": {str(why): count for why, count in look.left.items()},
    }


def _lines(look: Look) -> list[str]:
    lines: list[str] = []
    for place, one in enumerate(look.steps, start=1):
        words = _("{place}. {message}: after {days} days, {sent} sent, {waiting} wait for it")
        line = words.format(
            place=place,
            message=one.message,
            days=number(one.wait_days),
            sent=number(one.sent),
            waiting=number(one.waiting),
        )
        at = _("from {time} on").format(time=clock_words(one.send_from)) if one.send_from is not None else ""
        lines.append(f"{line}, {at}" if at else line)
        lines += (f"   {words}" for words in looking.skipped_words(one))
    left = (f"{looking.left_words(why)}: {number(count)}" for why, count in look.left.items() if count)
    return [*lines, *left]
