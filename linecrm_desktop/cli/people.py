"""`settings people`: the names of who works for the shop."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import reading, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.settings import people
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add `people` to the commands of settings."""
    parser = command(inner, shared, "people", show, _("names to choose from: owners of tags, who did or looked"))
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--add", metavar="NAME", help=_("add a name"))
    one.add_argument("--remove", metavar="NAME", help=_("take a name out; what carries it keeps it"))


def show(args: Namespace, _world: World) -> Reply:
    """List the names, after a change if one is asked for."""
    changes = args.add is not None or args.remove is not None
    opened = writing(args) if changes else reading(args)
    with opened as shop, shop.database.write() if changes else shop.database.read() as session:
        if args.add is not None:
            people.add(session, args.add)
        if args.remove is not None:
            people.remove(session, args.remove)
        names = list(people.names(session))
    return Reply({"people": names}, names or [_("Nobody is written down yet.")])
