"""`connect` checks a channel access token with LINE and keeps it in the computer's password store."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.line import connected, practice_for
from linecrm_desktop.cli.shop import Opened, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, read_token
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.door import PRACTICE_TOKEN, check_host
from linecrm_desktop.text import _, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `connect`."""
    about = _("connect the shop to its LINE channel; the token comes from a hidden prompt or from stdin")
    parser = command(commands, shared, "connect", connect, about)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--add", action="store_true", help=_("connect one more account beside the first one"))
    which.add_argument("--channel", metavar="ACCOUNT", help=_("a new token for this further account"))
    parser.add_argument(
        "--same-provider",
        action="store_true",
        help=_("with --add: it belongs to the first account’s provider and knows people by the same LINE user IDs"),
    )
    parser.add_argument("--host", metavar="URL", help=_("another address of the Messaging API; https or this computer"))


def connect(args: Namespace, world: World) -> Reply:
    """Verify the token, then keep it, then write down what LINE said."""
    with writing(args) as shop:
        if args.same_provider and not args.add:
            raise ShopError(_("--same-provider belongs to --add."), _("Nothing was changed."))
        host = check_host(args.host) if args.host else None
        with shop.database.read() as session:
            channel_id = accounts.find(session, args.channel)
        token = PRACTICE_TOKEN if shop.is_practice else read_token()
        if not token:
            raise ShopError(_("There was no token."), _("Paste it at the prompt, or give it on stdin."))
        with connected(host, token, practice_for(shop)) as line:
            verified = connecting.verify(line, world.now())
        with shop.database.write() as session:
            if args.add:
                connecting.add(session, verified, host, world.now(), shares_ids=args.same_provider)
            else:
                connecting.remember(session, verified, host, world.now(), channel_id)
        # Last, because without a password store the shop is connected all the same: `send --token-stdin` works.
        if not shop.is_practice:
            world.tokens.set(shop.key, verified.account.user_id, token)
        return _reply(shop, verified, world)


def _reply(shop: Opened, verified: connecting.Verified, world: World) -> Reply:
    account, quota = verified.account, verified.quota
    data = {
        "shop": str(shop.path.absolute()),
        "account": {"name": account.name, "basic_id": account.basic_id},
        "messages_limit": quota.limit,
        "messages_used": quota.used,
        "messages_left": quota.left,
        "may_read_friends": verified.may_read_friends,
        "reach": verified.reach,
        "token_kept_in": None if shop.is_practice else world.tokens.place_name(),
    }
    left = _("no limit by LINE’s answer") if quota.left is None else number(quota.left)
    lines = [
        _("Connected to {name} ({id}).").format(name=account.name, id=account.basic_id),
        _("Messages left this month: {n}").format(n=left),
    ]
    if shop.is_practice:
        lines.append(_("This is a practice shop: messages go to the practice LINE and reach nobody."))
    else:
        lines.append(_("The token is kept in: {place}").format(place=world.tokens.place_name()))
    return Reply(data, lines)
