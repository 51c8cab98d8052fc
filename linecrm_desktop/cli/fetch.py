"""`fetch`: friends from LINE itself, for accounts that may list them."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.shop import writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.consent.ledger import Origin
from linecrm_desktop.errors import ShopError
from linecrm_desktop.imports import from_line
from linecrm_desktop.models.friend import Answer
from linecrm_desktop.tagging.running import after_import
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `fetch`."""
    parser = command(commands, shared, "fetch", fetch, _("bring in the friends that LINE lists for the account"))
    parser.add_argument("--source", metavar="TEXT", default="", help=_("where these people’s data came from"))
    parser.add_argument("--purpose", metavar="TEXT", default="", help=_("what it was collected for"))
    answers = [str(answer) for answer in Answer]
    parser.add_argument("--informed", choices=answers, default="unknown", help=_("were they told what it is used for"))
    parser.add_argument("--evidence", metavar="TEXT", default="", help=_("what shows that they were told"))
    parser.add_argument("--no-names", action="store_true", help=_("do not ask LINE for the names of the new friends"))
    parser.add_argument("--channel", metavar="ACCOUNT", help=_("the LINE account that is asked; else the first"))
    parser.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))


def fetch(args: Namespace, world: World) -> Reply:
    """Bring in friends, going on where the last time was broken off."""
    if not (args.source.strip() and args.purpose.strip()):
        raise ShopError(
            _("Say where these people’s data came from and what it was collected for."),
            _("Add --source and --purpose. Nothing was imported."),
        )
    origin = Origin(args.source.strip(), args.purpose.strip(), Answer(args.informed), args.evidence.strip())
    with writing(args) as shop:
        with shop.database.read() as session:
            channel_id = accounts.find(session, args.channel)
        with (
            line_for(shop, world, channel_id, token_from_stdin=args.token_stdin) as line,
            long_task(lambda: _("Stopped. What came in so far is kept; the same command goes on.")) as task,
        ):
            done = from_line.fetch(
                shop.database, line, origin, task, world.now(), names=not args.no_names, channel_id=channel_id
            )
        shop.database.optimise()
        after_import(shop.database, shop.zone, world.now())
    told = ngettext("LINE named {n} friend", "LINE named {n} friends", done.found).format(n=number(done.found))
    new = ngettext("{n} is new", "{n} are new", done.new).format(n=number(done.new))
    named = ngettext("{n} name was filled in", "{n} names were filled in", done.named).format(n=number(done.named))
    lines = [f"{told}. {new}. {named}."]
    if done.absent:
        away = _("{n} friends of the shop were not among them: they may block the account, or belong to another one.")
        lines.append(away.format(n=number(done.absent)))
    if done.left_out:
        words = ngettext(
            "{n} of them asked to be erased and is left out.",
            "{n} of them asked to be erased and are left out.",
            done.left_out,
        )
        lines.append(words.format(n=number(done.left_out)))
    data = {"batch": done.batch_id, "found": done.found, "new": done.new, "named": done.named}
    return Reply({**data, "gone": done.gone, "absent": done.absent, "left_out": done.left_out}, lines)
