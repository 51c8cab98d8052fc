"""`sources`: places where friends find the shop, with their entry links and QR codes, and how much is known of where
friends come from.
"""

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.shop import Opened, reading, writing
from linecrm_desktop.cli.talk import Reply, table, tell
from linecrm_desktop.cli.world import World, long_task
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.source import LinkKind
from linecrm_desktop.sources import links, places, saving
from linecrm_desktop.sources.coverage import SourceShare, coverage
from linecrm_desktop.sources.links import LinkRow
from linecrm_desktop.sources.words import HELPS_DECIDE, KINDS, PRACTICE, PREPARED, TRACED
from linecrm_desktop.tagging import linking
from linecrm_desktop.tagging.linking import LinksDraft, Made
from linecrm_desktop.tagging.words import made_links
from linecrm_desktop.text import _, month, ngettext, number, percent

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_SHOWN = 3
"""So many sources of a month are named to a person; JSON has all."""


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `sources` with its commands."""
    inner = group(commands, shared, "sources", _("places where friends find the shop, their links and QR codes"))
    every = command(inner, shared, "list", show_all, _("list the links and how many friends came by each"))
    every.add_argument("--stopped", action="store_true", help=_("list the links that are not used any more too"))
    _add_make(inner, shared)
    end = command(inner, shared, "stop", stop, _("stop using links; what is known of friends stays"))
    end.add_argument("codes", metavar="CODE", nargs="+", help=_("the code of a link"))
    files = command(inner, shared, "save", save, _("write the QR codes of links into a folder, with a list of them"))
    files.add_argument("folder", metavar="FOLDER", help=_("made if it is not there"))
    files.add_argument("--code", metavar="CODE", nargs="+", help=_("these links only; without it, all that are in use"))
    files.add_argument("--form", choices=saving.FORMS, nargs="+", help=_("which pictures; without it, both"))
    command(inner, shared, "coverage", cover, _("say of how many new friends of each month the source is known"))


def _add_make(inner: "Commands", shared: ArgumentParser) -> None:
    one = command(inner, shared, "make", make, _("make source tags and entry links for places"))
    one.add_argument(
        "places", metavar="PLACE", nargs="*", help=_("such as “Shop counter”, or “Poster 1..20” for twenty")
    )
    one.add_argument("--file", metavar="FILE", help=_("a text file with a place on each line"))
    kinds = [str(kind) for kind in LinkKind]
    one.add_argument("--kind", choices=kinds, default=kinds[0], help=_("what the link opens"))
    one.add_argument("--account", metavar="ID", help=_("basic ID of the LINE account; without it, the shop’s own"))
    one.add_argument("--text", metavar="TEXT", help=_("the prepared text, with {code} where the code goes"))
    one.add_argument("--link", metavar="URL", default="", help=_("your own link, with {code} if it takes the code"))
    one.add_argument("--tag", metavar="NAME", default="", help=_("one source tag for all places"))
    one.add_argument("--helps-decide", metavar="TEXT", help=_("which decision the new tags help with"))
    one.add_argument("--dry-run", action="store_true", help=_("say exactly what would happen and change nothing"))


def show_all(args: Namespace, _world: World) -> Reply:
    """List the links."""
    with reading(args) as shop, shop.database.read() as session:
        rows = links.all_links(session, stopped=args.stopped)
        data = [_told(row, shop) for row in rows]
    return Reply({"links": data}, _table(rows) if rows else [_("There are no entry links yet.")])


def make(args: Namespace, world: World) -> Reply:
    """Make tags and links, or say what would be made."""
    names = places.read("\n".join([*args.places, *_lines_of(args.file)]))
    with (reading if args.dry_run else writing)(args) as shop:
        if args.dry_run:
            with shop.database.read() as session:
                made, rows = linking.look(session, _draft(session, args, names)), []
        else:
            with shop.database.write() as session:
                made = linking.make(session, _draft(session, args, names), world.now())
                rows = links.all_links(session, ids=made.links)
        if rows and shop.is_practice:
            tell(_(PRACTICE))
        data = {"dry_run": args.dry_run, **_made(made), "links": [_told(row, shop) for row in rows]}
    head = [_("This is what would happen. Nothing was changed.")] if args.dry_run else []
    honest = [_(TRACED[LinkKind(args.kind)])] if rows else []
    return Reply(data, [*head, *made_links(made), *(_table(rows) if rows else []), *honest])


def stop(args: Namespace, world: World) -> Reply:
    """Stop using links."""
    with writing(args) as shop, shop.database.write() as session:
        rows = _find(links.all_links(session), args.codes)
        operation = linking.stop(session, [row.id for row in rows], world.now())
    said = ngettext("Stopped using {n} entry link", "Stopped using {n} entry links", len(rows))
    return Reply(
        {"operation": operation, "codes": [row.code for row in rows]}, [f"{said.format(n=number(len(rows)))}."]
    )


def save(args: Namespace, _world: World) -> Reply:
    """Write QR codes and their list."""
    folder = Path(args.folder)
    with reading(args) as shop, shop.database.read() as session:
        rows = links.all_links(session, stopped=bool(args.code))
    rows = _find(rows, args.code) if args.code else rows
    if not rows:
        raise ShopError(_("There are no entry links yet."), _("Make some with “sources make”."))
    with long_task(lambda: _("Stopped. The files that are written stay.")) as task:
        written = saving.save(rows, folder, task, args.form or saving.FORMS)
    said = ngettext("Wrote {n} file into “{folder}”.", "Wrote {n} files into “{folder}”.", len(written))
    data = {"folder": str(folder.absolute()), "files": [path.name for path in written]}
    return Reply(data, [said.format(n=number(len(written)), folder=folder.name or str(folder))])


def cover(args: Namespace, world: World) -> Reply:
    """Say how much is known of where friends come from."""
    with reading(args) as shop, shop.database.read() as session:
        found = coverage(session, shop.day(world.now()))
    months = [
        {
            "month": f"{one.first:%Y-%m}",
            "joined": one.joined,
            "known": one.known,
            "sources": [_share(source) for source in one.sources],
        }
        for one in found.months
    ]
    data = {"months": months, "joined": found.joined, "known": found.known}
    data |= {"sources": [_share(source) for source in found.sources], "undated": found.undated}
    cells = [
        [
            *(month(one.first), number(one.joined), number(one.known)),
            *("—" if one.share is None else percent(one.share, 0), _named(one.sources)),
        ]
        for one in found.months
    ]
    header = [_("Month"), _("Joined"), _("Source known"), _("Share"), _("Most came from")]
    return Reply(data, table(header, cells))


def _draft(session: Session, args: Namespace, names: Sequence[str]) -> LinksDraft:
    return LinksDraft(
        places=names,
        kind=LinkKind(args.kind),
        helps_decide=_(HELPS_DECIDE) if args.helps_decide is None else args.helps_decide,
        account=links.known_account(session) if args.account is None else args.account,
        text=_(PREPARED) if args.text is None else args.text,
        own_link=args.link,
        one_tag=args.tag,
    )


def _lines_of(file: str | None) -> list[str]:
    if file is None:
        return []
    path = Path(file)
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ShopError(
            _("“{file}” cannot be read.").format(file=path.name), _("It is a text file in UTF-8. Nothing was changed.")
        ) from error


def _find(rows: Sequence[LinkRow], codes: Iterable[str]) -> list[LinkRow]:
    known = {row.code: row for row in rows}
    wanted = list(dict.fromkeys(code.upper() for code in codes))
    unknown = [code for code in wanted if code not in known]
    if unknown:
        raise ShopError(
            _("No link has the code {codes}.").format(codes=_(", ").join(unknown)), _("Nothing was changed.")
        )
    return [known[code] for code in wanted]


def _told(row: LinkRow, shop: Opened) -> dict[str, Any]:
    return {
        "place": row.place,
        "code": row.code,
        "tag": row.tag.name,
        "kind": str(row.kind),
        "text": row.text,
        "link": row.url,
        "made_at": shop.moment(row.made_at),
        "stopped_at": shop.moment(row.stopped_at),
        "friends": row.friends,
        "last_at": shop.moment(row.last_at),
    }


def _made(made: Made) -> dict[str, Any]:
    return {
        "operation": made.operation,
        "places": list(made.places),
        "new_tags": list(made.new_tags),
        "reused_tags": list(made.reused_tags),
        "kept": list(made.kept),
    }


def _table(rows: Sequence[LinkRow]) -> list[str]:
    cells = [[row.place, row.code, row.tag.name, _(KINDS[row.kind]), number(row.friends), row.url] for row in rows]
    return table([_("Place"), _("Code"), _("Tag"), _("Kind of link"), _("Friends"), _("Link")], cells)


def _share(source: SourceShare) -> dict[str, Any]:
    return {"name": source.name, "friends": source.friends, "tag": source.is_tag}


def _named(sources: Sequence[SourceShare]) -> str:
    return _(", ").join(f"{one.name} {number(one.friends)}" for one in sources[:_SHOWN])
