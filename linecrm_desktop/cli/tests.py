"""`test`: sends a message to the shop's testers before it goes to many; `testers` says who they are."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.campaigns import testing
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.messages import find
from linecrm_desktop.cli.shop import pick, reading, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

OUTSIDE = 3


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `test` and `testers` with its commands."""
    parser = command(commands, shared, "test", send, _("send a message to the testers; each counts as a message"))
    parser.add_argument("message", metavar="MESSAGE", help=_("its name or number"))
    parser.add_argument("--tester", metavar="NAME", action="append", help=_("only to this tester; may be repeated"))
    parser.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))
    inner = group(commands, shared, "testers", _("people who read messages before many do"))
    command(inner, shared, "list", show_all, _("list the testers"))
    new = command(inner, shared, "add", keep, _("add a tester"))
    new.add_argument("name", metavar="NAME", help=_("whose phone it is"))
    new.add_argument("user", metavar="ID", help=_("the LINE user ID: U and 32 digits or letters"))
    gone = command(inner, shared, "remove", remove, _("take a tester off the list"))
    gone.add_argument("tester", metavar="TESTER", help=_("name or number"))


def send(args: Namespace, world: World) -> Reply:
    """Send the test."""
    with writing(args) as shop:
        with shop.database.read() as session:
            message = find(session, args.message)
            known = testing.testers(session)
        missing = _("There is no tester “{wanted}”.")
        chosen = [pick(known, wanted, missing).id for wanted in args.tester] if args.tester else None
        with line_for(shop, world, token_from_stdin=args.token_stdin) as line:
            answers = testing.send_test(shop.database, message.id, line, world.now, chosen)
    rows = [{"tester": one.name, "accepted": one.accepted, "answer": one.words} for one in answers]
    lines = [
        _("{name}: LINE took it.").format(name=one.name)
        if one.accepted
        else _("{name}: LINE did not take it. {words}").format(name=one.name, words=one.words)
        for one in answers
    ]
    code = 0 if all(one.accepted for one in answers) else OUTSIDE
    return Reply({"message": message.name, "tests": rows}, lines, code)


def show_all(args: Namespace, _world: World) -> Reply:
    """List the testers."""
    with reading(args) as shop, shop.database.read() as session:
        rows = testing.testers(session)
    data = [{"id": one.id, "name": one.name, "line_user_id": one.line_user_id} for one in rows]
    lines = [f"{one.id}  {one.name}  {one.line_user_id}" for one in rows] or [_("There is no tester.")]
    return Reply({"testers": data}, lines)


def keep(args: Namespace, world: World) -> Reply:
    """Add a tester."""
    with writing(args) as shop, shop.database.write() as session:
        number = testing.add_tester(session, args.name, args.user, world.now())
    return Reply({"id": number, "name": args.name}, [_("{name} gets tests now.").format(name=args.name)])


def remove(args: Namespace, _world: World) -> Reply:
    """Take a tester off the list."""
    with writing(args) as shop, shop.database.write() as session:
        one = pick(testing.testers(session), args.tester, _("There is no tester “{wanted}”."))
        testing.remove_tester(session, one.id)
    return Reply({"id": one.id, "name": one.name}, [_("{name} gets no tests any more.").format(name=one.name)])
