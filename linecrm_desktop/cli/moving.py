"""`move` brings a shop to a server and back; `join` writes the file by which another computer opens a shared shop."""

from argparse import ArgumentParser, Namespace
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import key_of
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, long_task, read_password
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.settings import file_keys, preferences
from linecrm_desktop.settings.secrets import TokenStore
from linecrm_desktop.store import address, sharing
from linecrm_desktop.store.address import Address
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import with_ending
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_EXAMPLE = "postgresql://user@server/database"


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `move` and `join`."""
    move = command(commands, shared, "move", move_shop, _("move a shop to a server, or from a server to a file"))
    move.add_argument("source", metavar="FROM", help=_("a shop file, or postgresql://user@server/database"))
    move.add_argument("target", metavar="TO", help=_("postgresql://user@server/database, or a new shop file"))
    join = command(commands, shared, "join", join_shop, _("make the file that opens a shared shop on this computer"))
    join.add_argument("address", metavar="ADDRESS", help=_("the address, such as {example}").format(example=_EXAMPLE))
    join.add_argument("file", metavar="SHOP", help=_("where the file goes"))
    for parser in (move, join):
        parser.add_argument("--certificate", metavar="FILE", help=_("the certificate that proves the server"))


def move_shop(args: Namespace, world: World) -> Reply:
    """Move a shop, all of it or nothing, and say what was counted."""
    from linecrm_desktop.store import moving

    to_server = address.is_url(args.target)
    if to_server == address.is_url(args.source):
        raise ShopError(_("A shop moves from a file to a server, or from a server to a file."), _("Name one of each."))
    where = address_of(args.target if to_server else args.source, args.certificate)
    key = key_of(args, with_ending(Path(args.source))) if to_server else None
    password = password_of(where, world.tokens)
    with long_task(lambda: _("Stopped. Nothing was moved.")) as task:
        if to_server:
            moved = moving.to_server(with_ending(Path(args.source)), key, where, password, task)
        else:
            moved = moving.to_file(where, password, Path(args.target), task)
    keep_password(world.tokens, password)
    preferences.save(preferences.load().opened(moved.path))
    data = {
        "shop": str(moved.path.absolute()),
        "before": str(moved.before.absolute()) if moved.before else None,
        "address": where.url(),
        "rows": moved.rows,
        "tables": [asdict(one) for one in moved.tables],
    }
    lines = [
        ngettext(
            "Moved {n} row in {tables} tables; each table was counted and compared.",
            "Moved {n} rows in {tables} tables; each table was counted and compared.",
            moved.rows,
        ).format(n=number(moved.rows), tables=number(len(moved.tables))),
        _("Open it with: {file}").format(file=moved.path),
    ]
    if moved.before is not None:
        lines.append(_("The file that it was: {file}").format(file=moved.before))
    return Reply(data, lines)


def join_shop(args: Namespace, world: World) -> Reply:
    """Ask the server whether the shop is there, then write the file that names it."""
    where, path = address_of(args.address, args.certificate), with_ending(Path(args.file))
    if path.exists():
        raise ShopError(_("“{file}” is there already.").format(file=path.name), _("Choose another name, or open it."))
    password = password_of(where, world.tokens)
    sharing.version(where, password)
    where.write(path)
    keep_password(world.tokens, password)
    preferences.save(preferences.load().opened(path))
    return Reply(
        {"shop": str(path.absolute()), "address": where.url()},
        [_("This computer opens the shared shop with: {file}").format(file=path)],
    )


def address_of(words: str, certificate: str | None) -> Address:
    """Read an address as it is written on the command line. Raises ShopError."""
    found, password = address.parse(words)
    if password:
        raise ShopError(
            _("Leave the password out of the address: others can read it there."), _("Tagwell asks for it.")
        )
    if certificate:
        found = Address(found.server, found.database, found.user, found.port, str(Path(certificate).absolute()))
    return found


def password_of(where: Address, tokens: TokenStore) -> Key | None:
    """Return the password that this computer keeps for a server, or ask for it."""
    with suppress(OutsideError):  # without a password store the person is asked
        kept = Key.from_words(file_keys.kept(tokens, where.salt))
        if kept is not None:
            return kept
    asking = _("Password of {user} on {server} (it stays hidden):").format(user=where.user, server=where.server)
    password = read_password(asking)
    return Key.of_server(password, where.salt) if password else None


def keep_password(tokens: TokenStore, password: Key | None) -> None:
    """Keep a password that let somebody in."""
    if password is not None:
        with suppress(OutsideError):  # it is asked for again where the computer keeps no passwords
            file_keys.keep(tokens, password.salt, password.words)
