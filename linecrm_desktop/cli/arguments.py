"""How commands are put into the parser: one line a command, its work beside it."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World

if TYPE_CHECKING:
    from argparse import _SubParsersAction  # pyright: ignore[reportPrivateUsage]

    Commands = _SubParsersAction[Any]

Work = Callable[[Namespace, World], Reply]


def command(commands: "Commands", shared: ArgumentParser, name: str, work: Work, about: str) -> ArgumentParser:
    """Add a command that does `work`; `about` is its line in the help."""
    parser = commands.add_parser(name, parents=[shared], help=about, description=about)
    parser.set_defaults(work=work)
    return parser


def group(commands: "Commands", shared: ArgumentParser, name: str, about: str) -> "Commands":
    """Add a command that has commands of its own, such as `segments`."""
    parser = commands.add_parser(name, parents=[shared], help=about, description=about)
    return parser.add_subparsers(dest="subcommand", metavar="COMMAND", required=True, parser_class=type(parser))
