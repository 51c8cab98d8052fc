"""`test`: sends a message to the shop's testers before it goes to many; `testers` says who they are."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.campaigns import testing
from linecrm_desktop.campaigns.testing import TesterAnswer
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.messages import find
from linecrm_desktop.cli.shop import pick, reading, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.messages import library
from linecrm_desktop.messages.draft import LETTERS
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

OUTSIDE = 3


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `test` and `testers` with its commands."""
    parser = command(commands, shared, "test", send, _("send a message to the testers; each counts as a message"))
    parser.add_argument("message", metavar="MESSAGE", help=_("its name or number"))
    which = _("which variant; without it, each that was not tested")
    parser.add_argument("--variant", choices=tuple(LETTERS), help=which)
    parser.add_argument("--tester", metavar="NAME", action="append", help=_("only to this tester; may be repeated"))
    parser.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))
    inner = group(commands, shared, "testers", _("people who read messages before many do"))
    command(inner, shared, "list", show_all, _("list the testers"))
    new = command(inner, shared, "add", keep, _("add a tester"))
    new.add_argument("name", metavar="NAME", help=_("whose phone it is"))
    new.add_argument("user", metavar="ID", help=_("the LINE user ID: U and 32 digits or letters"))
    new.add_argument("--channel", metavar="ACCOUNT", help=_("the further account that knows them by this ID"))
    gone = command(inner, shared, "remove", remove, _("take a tester off the list"))
    gone.add_argument("tester", metavar="TESTER", help=_("name or number"))


def send(args: Namespace, world: World) -> Reply:
    """Send the test."""
    with writing(args) as shop:
        with shop.database.read() as session:
            message = find(session, args.message)
            draft, day = library.load(session, message.id), shop.day(world.now())
            through = draft.brief.channel_id
            known = testing.testers(session, through)
            wanted = [LETTERS.index(args.variant)] if args.variant else testing.untested(session, message.id, day)
        wanted = wanted or list(range(len(draft.variants)))
        missing = _("There is no tester “{wanted}”.")
        chosen = [pick(known, name, missing).id for name in args.tester] if args.tester else None
        with line_for(shop, world, through, token_from_stdin=args.token_stdin) as line:
            answers = [
                (LETTERS[variant], one)
                for variant in wanted
                for one in testing.send_test(shop.database, message.id, line, world.now, chosen, variant=variant)
            ]
    rows = [
        {"tester": one.name, "variant": letter, "accepted": one.accepted, "answer": one.words}
        for letter, one in answers
    ]
    lines = [_line(one, letter, len(draft.variants)) for letter, one in answers]
    code = 0 if all(one.accepted for _letter, one in answers) else OUTSIDE
    return Reply({"message": message.name, "tests": rows}, lines, code)


def _line(one: TesterAnswer, letter: str, variants: int) -> str:
    who = one.name if variants == 1 else f"{one.name} ({letter})"
    if one.accepted:
        return _("{name}: LINE took it.").format(name=who)
    return _("{name}: LINE did not take it. {words}").format(name=who, words=one.words)


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
        channel_id = accounts.find(session, args.channel)
        number = testing.add_tester(session, args.name, args.user, world.now(), channel_id)
    return Reply({"id": number, "name": args.name}, [_("{name} gets tests now.").format(name=args.name)])


def remove(args: Namespace, _world: World) -> Reply:
    """Take a tester off the list."""
    with writing(args) as shop, shop.database.write() as session:
        one = pick(testing.testers(session), args.tester, _("There is no tester “{wanted}”."))
        testing.remove_tester(session, one.id)
    return Reply({"id": one.id, "name": one.name}, [_("{name} gets no tests any more.").format(name=one.name)])
