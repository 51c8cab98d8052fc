"""`friends looked`: who looked at phones, e-mails and lists; and who asks when a command writes such a list."""

import getpass
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.consent import access, access_words
from linecrm_desktop.consent.access import Asked
from linecrm_desktop.models.access import Place
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_HASH = -1


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `looked` to the commands of friends."""
    parser = command(commands, shared, "looked", show, _("who looked at phones, e-mails and lists of people"))
    parser.add_argument("--most", metavar="N", type=int, default=50, help=_("how many to show; 0 shows all"))
    parser.add_argument("--out", metavar="FILE", help=_("write all of it to a CSV or xlsx file"))
    parser.add_argument("--purpose", metavar="TEXT", default="", help=_("with --out: what the list is for"))


def asking(now: datetime, purpose: str = "") -> Asked:
    """Say who asks for something personal on the command line."""
    return Asked(getpass.getuser(), Place.COMMAND, now, purpose)


def show(args: Namespace, world: World) -> Reply:
    """List who looked, the newest first. A file of it names people, so it is written down too."""
    opened = writing(args) if args.out else reading(args)
    with opened as shop, shop.database.write() if args.out else shop.database.read() as session:
        day = shop.day(world.now())
        looks = access.looks(session)
        rows = [access_words.cells(look, day) for look in looks]
        shown = looks[: args.most] if args.most > 0 else looks
        data = [
            {
                "at": shop.moment(look.at),
                "what": str(look.what),
                "by": look.by,
                "friend": look.friend_id,
                "place": str(look.place) if look.place else None,
                "about": look.about,
                "purpose": look.purpose,
                "people": look.people,
                "columns": list(look.columns),
                "sha256": look.sha256,
            }
            for look in shown
        ]
        file = Path(args.out) if args.out else None
        if file is not None:
            asked = asking(world.now(), args.purpose)
            access.save_list(session, asked, access.LOOKS, file, access_words.header(), rows)
    lines = table(access_words.header()[:_HASH], [row[:_HASH] for row in rows[: len(shown)]])
    return Reply(
        {"total": len(looks), "looks": data, "file": str(file) if file else None},
        lines if rows else [_("Nobody looked yet.")],
    )
