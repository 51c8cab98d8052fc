"""`friends erase`: erasing a person for good, or saying what that would do."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import friend_named, reading, writing
from linecrm_desktop.cli.talk import Reply
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.erasing import erase as erasing
from linecrm_desktop.erasing import words
from linecrm_desktop.erasing.erase import Erased, Plan
from linecrm_desktop.errors import ShopError
from linecrm_desktop.text import _

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NOT_CLEAN = 3


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `erase` to the commands of friends."""
    parser = command(commands, shared, "erase", erase, _("erase a friend for good"))
    parser.add_argument("friend", metavar="FRIEND", help=_("member number or LINE user ID"))
    parser.add_argument("--confirm", metavar="TEXT", help=_("the member number once more, or the name without one"))
    parser.add_argument("--dry-run", action="store_true", help=_("only say what goes, stays and cannot be reached"))


def erase(args: Namespace, world: World) -> Reply:
    """Erase a friend for good, or say what that would do."""
    if args.dry_run:
        with reading(args) as shop, shop.database.read() as session:
            plan = erasing.plan(session, friend_named(session, args.friend).id)
        return Reply(_data(plan, None), _told(plan))
    if args.confirm is None:
        raise ShopError(
            _("Nothing was erased."), _("Look with --dry-run first, then repeat the member number with --confirm.")
        )
    with writing(args) as shop, long_task(lambda: _("Stopped. Nothing was erased.")) as task:
        with shop.database.read() as session:
            friend = friend_named(session, args.friend).id
        done = erasing.erase(shop.database, friend, args.confirm, task, world.now(), shop.zone)
    lines = [_("This person is erased."), *words.proof(done), "", *_told(done.plan)]
    return Reply(_data(done.plan, done), lines, 0 if done.is_wiped and done.searched.is_clean else _NOT_CLEAN)


def _told(plan: Plan) -> list[str]:
    parts = (
        (_("What goes"), words.goes(plan)),
        (_("What stays, without the person"), words.stays(plan)),
        (_("What cannot be reached"), words.unreachable(plan)),
    )
    return [line for head, lines in parts for line in (head, *(f"  {line}" for line in lines))]


def _data(plan: Plan, done: Erased | None) -> dict[str, Any]:
    """Write what was done for a program, without a word of the person."""
    data: dict[str, Any] = {
        "done": done is not None,
        "friend": plan.friend_id,
        "goes": {"tags": plan.tags, "fields": plan.fields, "events": plan.events, "ledger_lines": plan.ledger},
        "stays": {"orders": plan.orders, "copies_of_sends": plan.copies, "shared_keys": len(plan.shared)},
        "backups": list(plan.backups),
        "erasure": done.erasure if done else None,
        "wiped": done.is_wiped if done else None,
        "searched": None,
    }
    if done is not None:
        searched = done.searched
        places = sorted({place for one in searched.found for place in one.places})
        data["searched"] = {
            "words": searched.words,
            "too_short": searched.too_short,
            "files": list(searched.files),
            "bytes": searched.size,
            "left": len(searched.remainders),
            "of_others_too": len(searched.found) - len(searched.remainders),
            "where": places,
        }
    return data
