"""`friends edit`: correcting what the shop knows of a friend."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import friend_named, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.friends import correcting
from linecrm_desktop.friends.correcting import Edit
from linecrm_desktop.models.correction import COLUMNS
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `edit` to the commands of friends."""
    parser = command(commands, shared, "edit", edit, _("correct what the shop knows of a friend"))
    parser.add_argument("friend", metavar="FRIEND", help=_("member number or LINE user ID"))
    parser.add_argument("--name", metavar="TEXT", help=_("the name"))
    parser.add_argument("--phone", metavar="TEXT", help=_("the phone; an empty text takes it away"))
    parser.add_argument("--email", metavar="TEXT", help=_("the e-mail; an empty text takes it away"))
    parser.add_argument("--member-number", metavar="TEXT", help=_("the member number"))
    parser.add_argument(
        "--field",
        metavar="NAME=TEXT",
        action="append",
        default=[],
        help=_("a field of the shop’s own; may be repeated"),
    )
    parser.add_argument("--take-back", metavar="CORRECTION", help=_("take this correction back instead"))


def edit(args: Namespace, world: World) -> Reply:
    """Correct a friend, or take a correction back."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        friend = friend_named(session, args.friend).id
        if args.take_back:
            correcting.take_back(session, args.take_back, now, friend)
            return Reply({"friend": friend, "correction": None}, [_("The correction is taken back.")])
        told = {column: getattr(args, column) for column in COLUMNS}
        action = correcting.correct(session, friend, Edit(**told, fields=_fields(session, friend, args.field)), now)
    if not action:
        return Reply({"friend": friend, "correction": None}, [_("Nothing is different. Nothing was changed.")])
    return Reply({"friend": friend, "correction": action}, [_("Corrected. It is called {name}.").format(name=action)])


def _fields(session: Session, friend: int, typed: list[str]) -> dict[int, str]:
    there = {field.name.casefold(): field.id for field in correcting.known(session, friend).fields}
    found: dict[int, str] = {}
    for one in typed:
        name, sign, text = one.partition("=")
        if not sign or name.strip().casefold() not in there:
            raise ShopError(_("The shop has no field “{name}”.").format(name=name.strip()), _("Write it as NAME=TEXT."))
        found[there[name.strip().casefold()]] = text
    return found
