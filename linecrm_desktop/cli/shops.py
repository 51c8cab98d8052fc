"""`new` makes a shop file; `tour` makes pictures of every screen."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import facts
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.settings import preferences
from linecrm_desktop.store.database import Database
from linecrm_desktop.store.opening import COUNTRIES, create_shop, open_shop, with_ending
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `new` and `tour`."""
    new = command(commands, shared, "new", make, _("make a shop file"))
    new.add_argument("file", metavar="SHOP", help=_("where the shop file goes"))
    new.add_argument("--name", help=_("the shop’s name; without it, the file’s"))
    new.add_argument("--country", choices=tuple(COUNTRIES), default="TW", help=_("sets currency and time zone"))
    kind = new.add_mutually_exclusive_group()
    kind.add_argument("--sample", action="store_true", help=_("the sample shop: made-up friends and orders"))
    kind.add_argument("--practice", action="store_true", help=_("a practice shop: messages reach nobody"))
    tour = command(commands, shared, "tour", take_tour, _("make a picture of every screen"))
    tour.add_argument("--out", metavar="DIR", required=True, help=_("the folder for the pictures"))


def make(args: Namespace, world: World) -> Reply:
    """Make the shop file and remember it as the one opened last."""
    path = with_ending(Path(args.file))
    if args.sample:
        database = _sample(path, world)
    else:
        database = create_shop(path, args.name or path.stem, args.country, world.now(), practice=args.practice)
    try:
        shop = facts(database)
        with database.read() as session:
            friends = session.scalar(select(func.count()).select_from(Friend)) or 0
    finally:
        database.close()
    preferences.save(preferences.load().opened(path))
    data = {
        "shop": str(path.absolute()),
        "name": shop.name,
        "country": shop.country,
        "currency": shop.currency,
        "zone": shop.zone,
        "practice": shop.is_practice,
        "friends": friends,
    }
    sentence = ngettext(
        "“{name}” is ready in {file} with {n} friend.", "“{name}” is ready in {file} with {n} friends.", friends
    )
    return Reply(data, [sentence.format(name=shop.name, file=path, n=number(friends))])


def _sample(path: Path, world: World) -> Database:
    from linecrm_desktop.sample.shop import make_sample_shop

    with long_task(lambda: _("Stopped. No shop file was made.")) as task:
        make_sample_shop(path, world.now(), task)
    return open_shop(path)


def take_tour(args: Namespace, world: World) -> Reply:
    """Let the program show itself, and list the pictures."""
    from linecrm_desktop.tour.play import play

    folder = Path(args.out)
    pictures = play(folder)
    sentence = ngettext("{n} picture is in {folder}.", "{n} pictures are in {folder}.", len(pictures))
    return Reply(
        {"folder": str(folder.absolute()), "pictures": pictures},
        [sentence.format(n=number(len(pictures)), folder=folder)],
    )
