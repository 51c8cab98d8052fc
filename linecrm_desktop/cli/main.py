"""Reads the arguments, runs one command, and turns every end into an exit code.

0 done, 2 the person can fix it, 3 the world failed, 1 our own bug, 130 stopped with Ctrl+C.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from linecrm_desktop import APP_NAME, __version__
from linecrm_desktop.cli.language import speak
from linecrm_desktop.cli.talk import Reply, open_streams, tell, write
from linecrm_desktop.cli.world import Interrupted, World, real_world
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.settings.places import log_folder
from linecrm_desktop.store.backup import ENDING
from linecrm_desktop.text import LANGUAGES, _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

BUG, FIX_IT, OUTSIDE, STOPPED = 1, 2, 3, 130
SELF_CHECK = "--self-check"
"""Another name of the command `self-check`, as installers and menus call it."""
SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
"""Without one of these Qt would end the program at once and without a sentence."""


class Parser(argparse.ArgumentParser):
    """An argument parser that answers a mistake with one sentence."""

    def error(self, message: str) -> NoReturn:
        raise ShopError(
            _("This command was not understood: {what}.").format(what=message),
            _("Try: {command} --help").format(command=self.prog),
        )


def main(arguments: list[str] | None = None, world: World | None = None) -> int:
    """Run one command and return the exit code; without a command, open the window."""
    if arguments is None:
        open_streams()
        arguments = sys.argv[1:]
    speak(arguments)
    try:
        return run(arguments, world)
    except ShopError as error:
        tell(error.sentence())
        return FIX_IT
    except OutsideError as error:
        tell(error.sentence())
        return OUTSIDE
    except Interrupted as stopped:
        tell(stopped.sentence)
        return STOPPED
    except KeyboardInterrupt:
        tell(_("Stopped. What was not finished was not changed."))
        return STOPPED
    except BrokenPipeError:  # the reader of a pipe had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        tell(_("The computer does not allow it: {why}.").format(why=error.strerror or type(error).__name__))
        return OUTSIDE
    except Exception as error:
        return _our_bug(error)


def run(arguments: list[str], world: World | None) -> int:
    """Run the command that the arguments name."""
    if any("\ud800" <= letter <= "\udfff" for argument in arguments for letter in argument):
        raise ShopError(_("What was typed is not readable text."), _("Write it in UTF-8. Nothing was changed."))
    chosen, rest = shared().parse_known_args(arguments)
    if not rest:
        return _open_window(Path(chosen.shop) if chosen.shop else None)
    if len(rest) == 1 and rest[0].endswith(ENDING) and not chosen.shop:
        return _open_window(Path(rest[0]))  # a double click on a shop file
    arguments, rest = (["self-check" if word == SELF_CHECK else word for word in words] for words in (arguments, rest))
    from linecrm_desktop.cli.results import with_verb

    args = parser().parse_args(with_verb(arguments, rest))
    work: Callable[[argparse.Namespace, World], Reply] = args.work
    args.tokens, args.now = (world := world or real_world()).tokens, world.now
    reply = work(args, world)
    write(reply, as_json=args.json)
    return reply.code


def _open_window(shop: Path | None) -> int:
    if sys.platform == "linux" and not any(os.environ.get(name) for name in SCREENS):
        raise OutsideError(_("There is no screen here to open the window on."), _("For commands see: tagwell --help"))
    from linecrm_desktop.app import run as open_window  # Qt is loaded for the window only

    return open_window(shop)


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands, in the language in use."""
    whole = Parser(prog="tagwell", description=_("Without a command, Tagwell opens its window."), parents=[shared()])
    whole.add_argument("--version", action="version", version=f"{APP_NAME} {__version__}")
    commands = whole.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=Parser)
    # Where a command is given none of the three itself, what stands before the command stays.
    again = shared(argparse.SUPPRESS)
    for add in _groups():
        add(commands, again)
    return whole


def _groups() -> tuple[Callable[["Commands", argparse.ArgumentParser], None], ...]:
    """Load the commands; the window needs none of them and opens sooner without."""
    from linecrm_desktop.cli import (
        audiences,
        channels,
        checking,
        connect,
        consent,
        due,
        fetch,
        friends,
        home,
        imports,
        journeys,
        messages,
        moving,
        past_imports,
        practice,
        requests,
        results,
        run_sheet,
        safekeeping,
        segments,
        send,
        settings,
        sharing,
        shops,
        sources,
        tags,
        tests,
    )

    people = (shops, home, connect, channels, imports, past_imports, fetch, friends, tags, sources)
    sends = (settings, segments, messages, tests, send, journeys, run_sheet, due)
    groups = (*people, *sends, results, consent, requests, audiences, safekeeping, moving, sharing, practice, checking)
    return tuple(group.add for group in groups)


def shared(default: str | None = None) -> argparse.ArgumentParser:
    """Return the options that every command takes."""
    options = Parser(prog="tagwell", add_help=False, argument_default=default)
    options.add_argument("--shop", metavar="FILE", help=_("the shop file; without it, the shop opened last"))
    options.add_argument("--lang", choices=tuple(LANGUAGES), help=_("speak this language"))
    options.add_argument("--json", action="store_true", help=_("answer with one JSON object"))
    options.add_argument(
        "--password-stdin", action="store_true", help=_("read the shop file’s password from the first line of stdin")
    )
    return options


def _our_bug(error: Exception) -> int:
    tell(_("Something went wrong in Tagwell itself. What was not finished was not changed."))
    with suppress(OSError):  # a folder that cannot be written has no log
        tell(_("The log has the details: {file}").format(file=_log(error)))
    if os.environ.get("TAGWELL_DEBUG"):
        traceback.print_exception(error)
    return BUG


def _log(error: Exception) -> Path:
    """Write where it happened, not what the error says: that may hold friends' names."""
    log = log_folder() / "tagwell.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("a", encoding="utf-8") as file:
        file.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {type(error).__name__}\n")
        file.writelines(traceback.format_tb(error.__traceback__))
    return log
