"""`share` says who may do what in a shared shop, and gives somebody a part in it."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.moving import address_of, keep_password, password_of
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, read_password
from linecrm_desktop.errors import ShopError
from linecrm_desktop.safekeeping import passwords
from linecrm_desktop.text import N_, _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_MAY = {
    "owner": N_("{user}: owner, may do everything and give others a part"),
    "staff": N_("{user}: staff, reads and writes"),
    "reader": N_("{user}: reads, and changes nothing"),
}


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `share`."""
    share = command(commands, shared, "share", share_shop, _("say who may do what in a shared shop"))
    share.add_argument("address", metavar="ADDRESS", help="postgresql://user@server/database")
    share.add_argument("--with", dest="user", metavar="USER", help=_("a user of the server who gets a part"))
    parts = ("owner", "staff", "reader", "nobody")
    share.add_argument("--as", dest="part", choices=parts, help=_("the part; nobody takes it away"))
    share.add_argument("--certificate", metavar="FILE", help=_("the certificate that proves the server"))


def share_shop(args: Namespace, world: World) -> Reply:
    """Give a part where one is named, then list everybody who has one."""
    from linecrm_desktop.store import parts, roles

    if (args.user is None) is not (args.part is None):
        raise ShopError(_("Name both: a user and a part."), _("Like --with mei --as staff"))
    where = address_of(args.address, args.certificate)
    key = password_of(where, world.tokens)
    if args.user is None:
        found = roles.members(where, key)
    else:
        new = "" if args.part == "nobody" or roles.knows(where, key, args.user) else _new_password(args.user)
        found = roles.give(where, key, args.user, parts.Part(args.part), new)
    keep_password(world.tokens, key)
    data = {"address": where.url(), "members": [{"user": one.user, "part": str(one.part)} for one in found]}
    return Reply(data, [_(_MAY[one.part]).format(user=one.user) for one in found])


def _new_password(user: str) -> str:
    written = read_password(_("Password for the new user {user} (it stays hidden):").format(user=user))
    wrong = passwords.check_new(written)
    if wrong:
        raise ShopError(wrong, _("Nothing was changed."))
    return written
