"""`channels`: the LINE accounts of a shop, each with its own token, month, plan and friends."""

from argparse import ArgumentParser, Namespace
from contextlib import suppress
from typing import TYPE_CHECKING

from linecrm_desktop.campaigns import connecting
from linecrm_desktop.channels import accounts, ids
from linecrm_desktop.channels.accounts import AccountRow
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.text import _, number, when

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `channels` with its commands."""
    inner = group(commands, shared, "channels", _("the LINE accounts of the shop"))
    command(inner, shared, "list", show_all, _("list the accounts with their month’s messages and their friends"))
    gone = command(inner, shared, "remove", remove, _("take a further account and its token away; what was sent stays"))
    gone.add_argument("channel", metavar="ACCOUNT", help=_("its name, basic ID or number"))


def show_all(args: Namespace, world: World) -> Reply:
    """List the accounts, the first one first."""
    with reading(args) as shop:
        with shop.database.read() as session:
            rows = [(row, ids.reachable(session, row.channel_id)) for row in accounts.rows(session)]
        data = [
            {
                "id": row.channel_id,
                "name": row.name or None,
                "basic_id": row.basic_id or None,
                "connected": row.is_connected,
                "same_provider": row.shares_ids or row.channel_id is None,
                "messages_limit": row.limit,
                "messages_used": row.used,
                "reach": row.reach,
                "friends": friends,
                "plan": row.plan,
                "read_at": shop.moment(row.read_at),
            }
            for row, friends in rows
        ]
        head = [_("No."), _("Name"), _("Basic ID"), _("Used"), _("Limit"), _("Friends"), _("Asked")]
        return Reply({"channels": data}, table(head, [_cells(row, friends, shop, world) for row, friends in rows]))


def remove(args: Namespace, world: World) -> Reply:
    """Take a further account out of the shop, and its token out of the password store."""
    with writing(args) as shop:
        with shop.database.write() as session:
            channel_id = accounts.find(session, args.channel)
            if channel_id is None:
                raise ShopError(
                    _("The first account stays with the shop."),
                    _("Nothing was changed. You can disconnect it in Settings, or connect another one in its place."),
                )
            called = accounts.name(session, channel_id)
            user_id = connecting.remove(session, channel_id, world.now())
        with suppress(OutsideError):  # without a password store there is no token either
            world.tokens.delete(shop.key, user_id)
    words = _("“{account}” is no longer an account of this shop. What was sent through it stays in Results.")
    return Reply({"id": channel_id, "name": called}, [words.format(account=called)])


def _cells(row: AccountRow, friends: int, shop: Opened, world: World) -> list[str]:
    today = shop.day(world.now())
    limit = number(row.limit) if row.limit is not None else "–"
    asked = when(today.local(row.read_at), today.today) if row.read_at is not None else "–"
    place = "–" if row.channel_id is None else str(row.channel_id)
    called = row.name if row.is_connected else _("{account} (not connected)").format(account=row.name or "–")
    return [place, called, row.basic_id, number(row.used), limit, number(friends), asked]
