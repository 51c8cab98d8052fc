"""`backup` and `restore` keep copies of a shop and bring one back; `password` encrypts the shop file and its copies."""

from argparse import ArgumentParser, Namespace
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import key_of, reading, shop_path
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, long_task, read_password
from linecrm_desktop.errors import OutsideError, ShopError
from linecrm_desktop.safekeeping import backups, passwords
from linecrm_desktop.safekeeping.backups import Plan
from linecrm_desktop.settings import file_keys, preferences
from linecrm_desktop.store.backup import Backup, put_back, restore_beside
from linecrm_desktop.store.backup import backups as backups_in
from linecrm_desktop.store.driver import Key
from linecrm_desktop.store.opening import held, is_encrypted
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `backup`, `restore` and `password`."""
    backup = command(commands, shared, "backup", back_up, _("make a copy of the whole shop, opened and counted"))
    backup.add_argument("--to", metavar="DIR", help=_("the folder; without it, the one chosen in Settings"))
    backup.add_argument("--keep", type=int, metavar="N", help=_("how many are kept there; the oldest go first"))
    back = command(commands, shared, "restore", restore, _("list the backups, or open one as a copy beside the shop"))
    back.add_argument("backup", metavar="BACKUP", nargs="?", help=_("file of a backup; without it, they are listed"))
    back.add_argument("--in-place", action="store_true", help=_("let it take the shop’s place; the shop is kept"))
    lock = command(commands, shared, "password", change_password, _("give the shop file a password, or another one"))
    lock.add_argument("--remove", action="store_true", help=_("decrypt the file: anybody can read it then"))
    lock.add_argument("--keep", action="store_true", help=_("let the computer’s password store open the file"))


def back_up(args: Namespace, world: World) -> Reply:
    """Back the shop up; it may be open in a window meanwhile."""
    with reading(args) as shop, long_task(lambda: _("Stopped. There is no new backup.")) as task:
        plan = _plan(shop.path, args)
        now = world.now()
        made = backups.make(shop.database, plan, now, shop.day(now), task)
    return Reply({"backup": _data(made)}, [_("Backed up, opened and counted: {file}").format(file=made.path)])


def _plan(shop: Path, args: Namespace) -> Plan:
    plan = backups.plan_for(shop, preferences.load())
    if args.keep is not None and args.keep not in range(1, preferences.MOST_BACKUPS + 1):
        most = number(preferences.MOST_BACKUPS)
        raise ShopError(_("That many backups cannot be kept."), _("Keep 1 to {n}.").format(n=most))
    plan = replace(plan, keep=args.keep or plan.keep)
    return replace(plan, folder=Path(args.to), is_own=False) if args.to else plan


def _data(backup: Backup) -> dict[str, Any]:
    return {
        "file": str(backup.path.absolute()),
        "made": backup.at.isoformat(timespec="minutes"),
        "bytes": backup.size,
        "encrypted": is_encrypted(backup.path),
    }


def restore(args: Namespace, world: World) -> Reply:
    """List the backups, or bring one back: as a copy, or in the shop's place."""
    shop = shop_path(args)
    if args.backup is None:
        found = backups_in(backups.plan_for(shop, preferences.load()).folder, shop.stem)
        lines = [f"{one.at:%Y-%m-%d %H:%M}  {number(one.size // 1000)} kB  {one.path}" for one in found]
        return Reply({"backups": [_data(one) for one in found]}, lines or [_("There is no backup yet.")])
    backup = Path(args.backup)
    if not backup.is_file():
        raise ShopError(_("There is no backup “{file}”.").format(file=backup.name), _("List them: tagwell restore"))
    key = key_of(args, backup)
    if not args.in_place:
        copy = restore_beside(backup, shop, key)
        return Reply(
            {"copy": str(copy.absolute()), "kept": None},
            [_("The backup lies beside the shop as a copy: {file}").format(file=copy)],
        )
    with held(shop):
        copy = restore_beside(backup, shop, key)
        kept = put_back(copy, shop, _("before restoring"))
    return Reply(
        {"copy": str(shop.absolute()), "kept": str(kept.absolute())},
        [
            _("The backup is in the shop’s place: {file}").format(file=shop),
            _("The shop as it was is kept: {file}").format(file=kept),
        ],
    )


def change_password(args: Namespace, world: World) -> Reply:
    """Encrypt the shop file and its copies, change the password, or remove it."""
    shop = shop_path(args)
    old = key_of(args, shop)
    password = None if args.remove else _new_password()
    plan = backups.plan_for(shop, preferences.load())
    with long_task(lambda: _("Stopped. The shop file is whole.")) as task, held(shop):
        sealed = passwords.seal(shop, old, password, plan, task)
    if old is not None:
        _forget(world, old)
    if sealed.key is not None and args.keep:
        file_keys.keep(world.tokens, sealed.key.salt, sealed.key.words)
    return _sealed_reply(shop, sealed, kept=args.keep)


def _new_password() -> str:
    first = read_password(_("New password (it stays hidden):"))
    if wrong := passwords.check_new(first):
        raise ShopError(_("This password is too short."), wrong)
    if read_password(_("Once more:")) != first:
        raise ShopError(_("The two are not the same."), _("Nothing was changed. Try again."))
    return first


def _forget(world: World, old: Key) -> None:
    with suppress(OutsideError):  # where there is no store, nothing is kept
        file_keys.forget(world.tokens, old.salt)


def _sealed_reply(shop: Path, sealed: passwords.Sealed, *, kept: bool) -> Reply:
    if sealed.key is None:
        lines = [_("The shop file is not encrypted any more: whoever has it can read it.")]
        copies = ngettext("{n} copy of it can be read, too.", "{n} copies of it can be read, too.", sealed.copies)
    else:
        lines = [_("The shop file is encrypted. Without the password nobody can open it, and nobody can reset it.")]
        copies = ngettext("{n} copy has the same password.", "{n} copies have the same password.", sealed.copies)
    if sealed.copies:
        lines.append(copies.format(n=number(sealed.copies)))
    lines += [_("Left as it was: {file}").format(file=file) for file in sealed.left]
    data = {
        "shop": str(shop.absolute()),
        "encrypted": sealed.key is not None,
        "copies": sealed.copies,
        "left": [str(file.absolute()) for file in sealed.left],
        "kept_in_store": kept and sealed.key is not None,
    }
    return Reply(data, lines)
