"""`practice-line`: a LINE on this computer that takes everything, reaches nobody, and goes wrong as it is told."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `practice-line`."""
    from linecrm_desktop.line.practice import add_arguments

    about = _("run a LINE on this computer that reaches nobody, until Ctrl+C")
    add_arguments(command(commands, shared, "practice-line", run, about))


def run(args: Namespace, _world: World) -> Reply:
    """Listen until the person ends it; the address is the first line of the output."""
    from linecrm_desktop.line.practice import serve

    return Reply({}, code=serve(args))
