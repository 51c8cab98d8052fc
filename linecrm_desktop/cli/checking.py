"""`self-check`: whether this installation works, tried with a shop of its own that is thrown away again."""

import platform
import sqlite3
import tempfile
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linecrm_desktop import APP_NAME, __version__
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.talk import Reply, show_progress
from linecrm_desktop.cli.world import World
from linecrm_desktop.text import N_, _, ngettext, number
from linecrm_desktop.trial.checks import Bench, Check, Outcome, Verdict, tried

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

BROKEN = 3
"""Exit code of an installation in which something is broken."""


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `self-check`."""
    command(commands, shared, "self-check", check, _("try whether this installation works"))


def check(_args: Namespace, world: World) -> Reply:
    """Try every part: shop files, counting, tables, LINE's stand-in, the password store, each screen and language."""
    outcomes = _outcomes(world)
    broken = sum(outcome.verdict is Verdict.FAILED for outcome in outcomes)
    versions = {
        "tagwell": __version__,
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": sqlite3.sqlite_version,
        "qt": version("PySide6-Essentials"),
        "line_sdk": version("line-bot-sdk"),
    }
    data: dict[str, Any] = {**versions, "works": not broken, "checks": [asdict(outcome) for outcome in outcomes]}
    lines = [
        *[outcome.line for outcome in outcomes],
        *[f"{name} {said}" for name, said in versions.items()],
        _("{app} works on this computer.").format(app=APP_NAME) if not broken else _broken(broken),
    ]
    return Reply(data, lines, BROKEN if broken else 0)


def _outcomes(world: World) -> list[Outcome]:
    """Try the parts without a window, then whether Qt can be loaded at all, then what needs it."""
    from linecrm_desktop.trial import parts

    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(prefix="tagwell-") as folder:
        bench = Bench(Path(folder), world.now(), world.tokens)
        for outcome in tried((*parts.PARTS, _QT), bench):
            outcomes.append(outcome)
            show_progress(len(outcomes), len(parts.PARTS) + 1, outcome.title)
        if outcomes[-1].verdict is Verdict.OK:
            from linecrm_desktop.trial import window

            outcomes += tried(window.PARTS, bench)
    return outcomes


def _load_qt(_bench: Bench) -> str:
    import_module("linecrm_desktop.trial.window")  # the screens, and Qt with them
    return _("the parts of the window were loaded")


_QT = Check("window", N_("Window"), _load_qt)


def _broken(n: int) -> str:
    said = ngettext(
        "{n} part of {app} does not work on this computer. Install it anew.",
        "{n} parts of {app} do not work on this computer. Install it anew.",
        n,
    )
    return said.format(n=number(n), app=APP_NAME)
