"""`audiences`: what leaves the shop for ads, checked before, written down, asked about and taken back."""

from argparse import ArgumentParser, Namespace
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.audiences import at_line, register, saving
from linecrm_desktop.audiences.at_line import Moment
from linecrm_desktop.audiences.checks import Offer, Wish, offer
from linecrm_desktop.audiences.leaving import Identifier
from linecrm_desktop.audiences.register import Passport, counts
from linecrm_desktop.audiences.suggesting import suggestions
from linecrm_desktop.audiences.words import PARTS, since, way_name
from linecrm_desktop.channels import accounts
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.line import line_for
from linecrm_desktop.cli.segments import find
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.line.gateway import Line
from linecrm_desktop.models.share import ShareState, Way
from linecrm_desktop.text import _, number, when

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `audiences` with its commands."""
    inner = group(commands, shared, "audiences", _("lists that leave the shop for ads, and what became of them"))
    command(inner, shared, "list", show_all, _("list what was shared, and who refused since"))
    command(inner, shared, "suggest", suggest, _("say which segments could be shared, and why the others cannot"))
    check = command(inner, shared, "check", check_one, _("count and check a list without sharing it"))
    _wish(check)
    share = command(inner, shared, "share", share_one, _("upload a list to LINE, or write it into files"))
    _wish(share)
    share.add_argument("--out", metavar="FOLDER", help=_("write files into this folder instead of uploading"))
    _token(share)
    status = command(inner, shared, "status", ask, _("ask LINE how the uploaded lists stand"))
    _token(status)
    for name, work, about in (
        ("again", again, _("share a list again without those who refused since")),
        ("add", add_new, _("add those who came into the segment since to a list at LINE")),
        ("delete", delete, _("delete a list at LINE")),
    ):
        made = command(inner, shared, name, work, about)
        made.add_argument("number", metavar="LIST", type=int, help=_("its number in “audiences list”"))
        if name == "again":
            made.add_argument("--out", metavar="FOLDER", help=_("the folder for files that are written again"))
        _token(made)


def _wish(parser: ArgumentParser) -> None:
    parser.add_argument("segment", metavar="SEGMENT", help=_("its name or number"))
    ways = [str(way) for way in Way]
    parser.add_argument("--for", dest="way", choices=ways, default=str(Way.UPLOAD), help=_("what the list is for"))
    parser.add_argument("--purpose", metavar="TEXT", default="", help=_("why it is shared; kept with the list"))
    parser.add_argument("--to", metavar="NAME", default="", help=_("who gets a list for another tool"))
    parser.add_argument(
        "--with",
        dest="identifiers",
        action="append",
        choices=[str(identifier) for identifier in Identifier],
        help=_("what leaves; may be given several times; without it, LINE user IDs"),
    )
    parser.add_argument("--channel", metavar="ACCOUNT", help=_("the LINE account whose user IDs leave; else the first"))


def _token(parser: ArgumentParser) -> None:
    parser.add_argument("--token-stdin", action="store_true", help=_("read the token from stdin"))


def show_all(args: Namespace, world: World) -> Reply:
    """List what was shared."""
    with reading(args) as shop, shop.database.read() as session:
        return _listed(register.history(session), _moment(shop, world))


def suggest(args: Namespace, world: World) -> Reply:
    """Say which segments could be shared."""
    with reading(args) as shop, shop.database.read() as session:
        found = suggestions(session, shop.day(world.now()))
    cells = [[str(one.segment_id), one.name, one.sentence] for one in found]
    data = [{**asdict(one), "verdict": str(one.verdict)} for one in found]
    return Reply({"segments": data}, table([_("No."), _("Name"), _("To share")], cells))


def check_one(args: Namespace, world: World) -> Reply:
    """Count and check; exit code 2 while a check is red."""
    with reading(args) as shop, shop.database.read() as session:
        segment = find(session, args.segment)
        found = offer(session, _wished(session, args, segment.rule), shop.day(world.now()))
    return _checked(segment.name, found)


def share_one(args: Namespace, world: World) -> Reply:
    """Share a list."""
    with writing(args) as shop:
        with shop.database.read() as session:
            segment = find(session, args.segment)
            wish = _wished(session, args, segment.rule)
        at = _moment(shop, world)
        if args.out is not None:
            made = saving.save(shop.database, wish, segment.id, Path(args.out), at)
        elif wish.way is Way.CSV:
            raise ShopError(_("A list for another tool is a file."), _("Name a folder with --out."))
        else:
            with line_for(shop, world, wish.channel_id, token_from_stdin=args.token_stdin) as line:
                made = at_line.upload(shop.database, line, wish, segment.id, at)
        return _one(shop, made, at)


def ask(args: Namespace, world: World) -> Reply:
    """Ask LINE how the lists stand."""
    with writing(args) as shop:
        with shop.database.read() as session:
            holders = at_line.accounts_of(session)
        for channel_id in holders:
            with line_for(shop, world, channel_id, token_from_stdin=args.token_stdin) as line:
                at_line.ask(shop.database, line, world.now(), channel_id)
        with shop.database.read() as session:
            return _listed(register.history(session), _moment(shop, world))


def again(args: Namespace, world: World) -> Reply:
    """Share a list again without those who refused since."""
    with writing(args) as shop:
        at = _moment(shop, world)
        with shop.database.read() as session:
            told = register.passport(session, args.number)
        if told.state is ShareState.SAVED:
            if args.out is None:
                raise ShopError(_("This list was saved as files."), _("Name a folder with --out."))
            return _one(shop, saving.again(shop.database, args.number, Path(args.out), at), at)
        with line_for(shop, world, told.channel_id, token_from_stdin=args.token_stdin) as line:
            return _one(shop, at_line.again(shop.database, line, args.number, at), at)


def add_new(args: Namespace, world: World) -> Reply:
    """Add newcomers to a list at LINE."""
    with writing(args) as shop:
        at = _moment(shop, world)
        with _line_of_list(shop, args, world) as line:
            at_line.add(shop.database, line, args.number, at)
        return _one(shop, args.number, at)


def delete(args: Namespace, world: World) -> Reply:
    """Delete a list at LINE."""
    with writing(args) as shop:
        at = _moment(shop, world)
        with _line_of_list(shop, args, world) as line:
            at_line.delete(shop.database, line, args.number, at.now)
        return _one(shop, args.number, at)


def _line_of_list(shop: Opened, args: Namespace, world: World) -> AbstractContextManager[Line]:
    """Connect the account that a list is at."""
    with shop.database.read() as session:
        channel_id = register.passport(session, args.number).channel_id
    return line_for(shop, world, channel_id, token_from_stdin=args.token_stdin)


def _moment(shop: Opened, world: World) -> Moment:
    now = world.now()
    return Moment(shop.day(now), now)


def _wished(session: Session, args: Namespace, rule: Any) -> Wish:
    wanted = frozenset(Identifier(name) for name in args.identifiers or [Identifier.LINE_ID])
    return Wish(rule, Way(args.way), args.purpose, wanted, args.to, accounts.find(session, args.channel))


def _checked(segment: str, found: Offer) -> Reply:
    told = counts(found)
    rows = [[_(PARTS[name]), number(n)] for name, n in told.items()]
    lines = [*table(["", ""], rows)[1:], *(f"{check.title}: {check.sentence}" for check in found.checks)]
    checks = [
        {"key": check.key, "state": str(check.tone), "title": check.title, "sentence": check.sentence}
        for check in found.checks
    ]
    files = {str(identifier): n for identifier, n in found.lines.items()}
    data = {"segment": segment, "counts": told, "lines": files, "checks": checks, "may_share": not found.blocking}
    return Reply(data, lines, 2 if found.blocking else 0)


def _one(shop: Opened, number_of: int, at: Moment) -> Reply:
    with shop.database.read() as session:
        told = register.passport(session, number_of)
    lines = _table([told], at)
    lines += [f"{one['identifier']}: {number(one['lines'])}, SHA-256 {one['sha256']}" for one in told.contents]
    return Reply(saving.as_data(told, at), lines)


def _listed(found: list[Passport], at: Moment) -> Reply:
    data = [saving.as_data(one, at) for one in found]
    return Reply({"lists": data}, _table(found, at) if found else [_("Nothing was shared yet.")])


def _table(found: list[Passport], at: Moment) -> list[str]:
    head = [_("No."), _("When"), _("Segment"), _("For"), _("People"), _("Since then")]
    cells = [
        [
            *(str(one.id), when(at.day.local(one.at), at.day.today), one.segment),
            *(way_name(one.way), number(one.people), since(one, at).sentence),
        ]
        for one in found
    ]
    return table(head, cells)
