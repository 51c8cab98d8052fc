"""`results`: what came of each send, of one send, of each month; and LINE's numbers of opens and clicks."""

from argparse import ArgumentParser, Namespace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from linecrm_desktop.cli import results_report, results_text
from linecrm_desktop.cli.access import asking
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.shop import Opened, pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.results import reading as line_numbers
from linecrm_desktop.results import send_list, tables, totals
from linecrm_desktop.results.outcome import Outcome, all_campaigns
from linecrm_desktop.results.tables import Table
from linecrm_desktop.text import N_, _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NO_SEND = N_("There is no send “{wanted}”.")


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `results` and what belongs to it."""
    parser = command(commands, shared, "results", show_all, _("show what came of the sends, or of one"))
    parser.add_argument("--out", metavar="FILE", help=_("write the table to a CSV or xlsx file"))
    inner = parser.add_subparsers(dest="subcommand", metavar="COMMAND", parser_class=type(parser))
    one = command(inner, shared, "show", show, _("show one send in full"))
    one.add_argument("campaign", metavar="CAMPAIGN", help=_("its name or number"))
    one.add_argument("--out", metavar="FILE", help=_("write its groups to a CSV or xlsx file"))
    months = command(inner, shared, "months", show_months, _("show the months beside each other"))
    months.add_argument("--out", metavar="FILE", help=_("write the table to a CSV or xlsx file"))
    results_report.add(inner, shared)
    people = command(inner, shared, "friends", friends, _("write one line for each friend of a send, with the reason"))
    people.add_argument("campaign", metavar="CAMPAIGN", help=_("its name or number"))
    people.add_argument("--out", metavar="CSV", required=True, help=_("the file"))
    people.add_argument("--purpose", metavar="TEXT", required=True, help=_("what the list is for; it is written down"))
    ask = command(inner, shared, "fetch", fetch, _("ask LINE for opens and clicks"))
    ask.add_argument("campaign", metavar="CAMPAIGN", nargs="?", help=_("its name or number; without it, all sends"))
    ask.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))


def show_all(args: Namespace, world: World) -> Reply:
    """Show all sends in a table, with their sum."""
    with reading(args) as shop:
        rows = _outcomes(shop, world)
        written = _save(tables.sends(rows, shop.day(world.now()), shop.currency), args.out)
        told = totals.total([row for row in rows if row.is_practice == shop.is_practice])
        data = {"campaigns": [results_text.data(row, shop) for row in rows], "total": results_text.total_data(told)}
        lines = results_text.overview(rows, told, shop) if rows else [_("Nothing was sent yet.")]
        return Reply({"currency": shop.currency, **data, **written[0]}, [*lines, *written[1]])


def show(args: Namespace, world: World) -> Reply:
    """Show one send in full."""
    with reading(args) as shop:
        row = pick(_outcomes(shop, world), args.campaign, _(_NO_SEND))
        written = _save(tables.groups(row, shop.currency), args.out)
        data = {"currency": shop.currency, "campaign": results_text.data(row, shop), **written[0]}
        return Reply(data, [*results_text.in_full(row, shop), *written[1]])


def show_months(args: Namespace, world: World) -> Reply:
    """Show each month's sends together."""
    with reading(args) as shop:
        day = shop.day(world.now())
        with shop.database.read() as session:
            mine = [row for row in all_campaigns(session, day) if row.is_practice == shop.is_practice]
            months = totals.months(session, mine, day)
        found = tables.months(months, shop.currency)
        written = _save(found, args.out)
        data = {"currency": shop.currency, "months": [results_text.month_data(month) for month in months]}
        lines = table(found.header, found.rows) if months else [_("Nothing was sent yet.")]
        return Reply({**data, **written[0]}, [*lines, *written[1]])


def friends(args: Namespace, world: World) -> Reply:
    """Write what became of each friend's copy of one send."""
    with writing(args) as shop:
        row = pick(_outcomes(shop, world), args.campaign, _(_NO_SEND))
        path, now = Path(args.out), world.now()
        with shop.database.write() as session:
            n = send_list.save(session, row.id, path, shop.day(now), asking(now, args.purpose))
    saved = ngettext("{n} line saved", "{n} lines saved", n).format(n=number(n))
    return Reply({"campaign": row.id, "lines": n, "file": str(path)}, [saved])


def fetch(args: Namespace, world: World) -> Reply:
    """Ask LINE for opens and clicks: of all sends that are due, or of one."""
    with (
        writing(args) as shop,
        long_task(lambda: _("Stopped. The numbers that were read are kept.")) as task,
    ):
        wanted = pick(_outcomes(shop, world), args.campaign, _(_NO_SEND)).id if args.campaign else None
        connect = partial(line_for, shop, world, token_from_stdin=args.token_stdin)
        asked = line_numbers.read(
            shop.database, connect, world.now(), task, campaign_id=wanted, is_practice=shop.is_practice
        )
    said = ngettext("LINE was asked {n} time.", "LINE was asked {n} times.", asked.read).format(n=number(asked.read))
    lines = [said]
    if asked.later:
        more = _("{n} more have to wait: LINE may be asked 60 times an hour.").format(n=number(asked.later))
        lines.append(more)
    return Reply({"asked": asked.read, "later": asked.later}, lines)


def with_verb(arguments: list[str], spoken: list[str]) -> list[str]:
    """Spell out `results NAME` as `results show NAME`; `spoken` is what is left without the shared options."""
    verbs = ("show", "months", "report", "friends", "fetch")
    if len(spoken) < 2 or spoken[0] != "results" or spoken[1].startswith("-") or spoken[1] in verbs:
        return arguments
    after = arguments.index("results") + 1
    return [*arguments[:after], "show", *arguments[after:]]


def _outcomes(shop: Opened, world: World) -> list[Outcome]:
    with shop.database.read() as session:
        return all_campaigns(session, shop.day(world.now()))


def _save(found: Table, out: str | None) -> tuple[dict[str, str], list[str]]:
    if not out:
        return {}, []
    path = Path(out)
    found.save(path)
    return {"file": str(path)}, [_("Written: {file}").format(file=path)]
