"""`tags merge`, `split`, `rename`, `retire`, `restore`, `undo`, `history`: work on tags that can be taken back."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Set
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.files import read_json
from linecrm_desktop.cli.segments import find as find_segment
from linecrm_desktop.cli.shop import Opened, pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import codec
from linecrm_desktop.segments.rules import Rule
from linecrm_desktop.tagging import changing, history, planning, undoing
from linecrm_desktop.tagging.merging import merge
from linecrm_desktop.tagging.planning import Plan
from linecrm_desktop.tagging.splitting import Part, split
from linecrm_desktop.tagging.words import WHERE
from linecrm_desktop.tags import library, names
from linecrm_desktop.tags.library import TagDraft
from linecrm_desktop.text import _, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NONE = "none"
Act = Callable[[Session], int]
"""Does the work and returns the operation."""


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add the commands to those of `tags`."""
    one = command(inner, shared, "merge", merge_tags, _("make two tags one"))
    one.add_argument("keep", metavar="KEEP", help=_("the tag that stays: its name or number"))
    one.add_argument("drop", metavar="DROP", help=_("the tag that goes into it"))
    one.add_argument("--name", metavar="NAME", help=_("the name to have afterwards; without it, that of KEEP"))
    one.add_argument("--helps-decide", metavar="TEXT", help=_("which decision it helps with; without it, as before"))
    one.add_argument("--no-word", action="store_true", help=_("do not keep the other name as a search word"))
    one = command(inner, shared, "split", split_tag, _("make two or more tags of one"))
    one.add_argument("tag", metavar="TAG", help=_("its name or number"))
    one.add_argument(
        *("--part",),
        nargs=2,
        action="append",
        default=[],
        metavar=("NAME", "WHO"),
        help=_("a new tag, and for whom: a segment, or a JSON file of rules; who fits several gets the first"),
    )
    one.add_argument("--rest", metavar="NAME", help=_("a new tag for all others; without it, they keep the old one"))
    one = command(inner, shared, "rename", rename, _("give a tag another name; it is still found by the old one"))
    one.add_argument("tag", metavar="TAG", help=_("its name or number"))
    one.add_argument("name", metavar="NAME", help=_("the new name"))
    _add_edit(inner, shared)
    for name, work, about in (
        ("retire", retire, _("take a tag out of use; its friends keep it in their history")),
        ("restore", restore, _("bring a retired tag back with its friends")),
    ):
        command(inner, shared, name, work, about).add_argument("tag", metavar="TAG", help=_("its name or number"))
    back = command(inner, shared, "undo", take_back, _("take back work on tags, for 30 days"))
    back.add_argument("id", metavar="ID", type=int, help=_("the number that “tags history” shows"))
    for name in ("merge", "split", "rename", "edit", "retire", "restore", "undo"):
        inner.choices[name].add_argument(
            "--dry-run", action="store_true", help=_("say exactly what would happen and change nothing")
        )
    command(inner, shared, "history", show_history, _("list what was done to tags, the newest first"))


def _add_edit(inner: "Commands", shared: ArgumentParser) -> None:
    one = command(inner, shared, "edit", edit, _("change what tags promise, all of them at once"))
    one.add_argument("tags", metavar="TAG", nargs="+", help=_("its name or number"))
    one.add_argument("--type", choices=[str(kind) for kind in TagType], help=_("its type"))
    one.add_argument("--helps-decide", metavar="TEXT", help=_("which decision it helps with"))
    one.add_argument("--owner", metavar="TEXT", help=_("who looks after it"))
    one.add_argument(
        "--review", metavar="DAY", help=_("when to ask again whether it helps, as 2027-01-31; “none”: never")
    )
    one.add_argument("--runs-out", metavar="DAYS", help=_("days after which it falls off a friend; “none”: never"))
    one.add_argument("--group", metavar="NAME", help=_("a group of which a friend has one tag; “none”: of no group"))
    one.add_argument("--sensitive", choices=("yes", "no"), help=_("it tells something sensitive"))
    one.add_argument("--seasonal", choices=("yes", "no"), help=_("it rests for most of the year"))
    one.add_argument("--lawful", metavar="TEXT", help=_("why the shop may keep it although it looks personal"))


def find_tag(session: Session, wanted: str) -> library.TagRow:
    """Return the tag of this number or name, also a retired one, or the tag that had this name before."""
    rows = [row for row in library.all_tags(session, retired=True) if row.merged_into is None]
    meant = names.known(session).get(names.fold(wanted))
    found = [row for row in rows if row.id == meant and wanted not in {str(one.id) for one in rows}]
    return found[0] if found else pick(rows, wanted, _("There is no tag “{wanted}”."))


def merge_tags(args: Namespace, world: World) -> Reply:
    """Merge one tag into another."""
    with writing(args) as shop, shop.database.write() as session:
        keep, drop = find_tag(session, args.keep).id, find_tag(session, args.drop).id
        now = world.now()

        def act(inner: Session) -> int:
            told = {"name": args.name, "helps_decide": args.helps_decide}
            return merge(inner, keep, drop, now, **told, as_word=not args.no_word)

        return _done(args, shop, session, world, {keep, drop}, act)


def split_tag(args: Namespace, world: World) -> Reply:
    """Split a tag."""
    with writing(args) as shop, shop.database.write() as session:
        tag, now = find_tag(session, args.tag), world.now()
        parts = [Part(TagDraft(name, tag.type, owner=tag.owner), _who(session, who)) for name, who in args.part]
        if args.rest:
            parts.append(Part(TagDraft(args.rest, tag.type, owner=tag.owner), None))
        day = shop.day(now)
        return _done(args, shop, session, world, {tag.id}, lambda inner: split(inner, tag.id, parts, day, now))


def rename(args: Namespace, world: World) -> Reply:
    """Give a tag another name."""
    now = world.now()
    return _of_one(args, world, lambda session, tag: changing.rename(session, tag, args.name, now))


def edit(args: Namespace, world: World) -> Reply:
    """Change what is written about one or many tags."""
    with writing(args) as shop, shop.database.write() as session:
        rows = [find_tag(session, wanted) for wanted in args.tags]
        drafts = {row.id: replace(row.draft, **_promised(args)) for row in rows}
        now = world.now()
        return _done(args, shop, session, world, drafts.keys(), lambda inner: changing.edit(inner, drafts, now))


def retire(args: Namespace, world: World) -> Reply:
    """Retire a tag."""
    now = world.now()
    return _of_one(args, world, lambda session, tag: changing.retire(session, tag, now))


def restore(args: Namespace, world: World) -> Reply:
    """Restore a tag."""
    now = world.now()
    return _of_one(args, world, lambda session, tag: changing.restore(session, tag, now))


def take_back(args: Namespace, world: World) -> Reply:
    """Undo an operation, or say whether it can be undone."""
    now = world.now()
    with writing(args) as shop, shop.database.write() as session:
        titles = {row.id: row.title for row in history.operations(session)}
        reason = undoing.why_not(session, args.id, now)
        if not args.dry_run:
            undoing.undo(session, args.id, now)
    title = titles.get(args.id)
    data = {"id": args.id, "title": title, "dry_run": args.dry_run, "can_undo": reason is None, "why_not": reason}
    if not args.dry_run:
        return Reply(data, [_("Taken back: {what}").format(what=title)])
    said = _("It can be undone.") if reason is None else _("It cannot be undone: {why}").format(why=reason)
    return Reply(data, [*([title] if title else []), said])


def show_history(args: Namespace, world: World) -> Reply:
    """List the operations, with whether each can be undone."""
    with reading(args) as shop:
        with shop.database.read() as session:
            rows = [(row, undoing.why_not(session, row.id, world.now())) for row in history.operations(session)]
        data = [
            {
                "id": row.id,
                "kind": str(row.kind),
                "at": shop.moment(row.at),
                "by": row.by,
                "title": row.title,
                "undone_at": shop.moment(row.undone_at),
                "can_undo": reason is None,
                "why_not": reason,
            }
            for row, reason in rows
        ]
        cells = [
            [
                str(row.id),
                f"{shop.day(row.at).local(row.at):%Y-%m-%d %H:%M}",
                row.title,
                reason or _("It can be undone."),
            ]
            for row, reason in rows
        ]
    lines = table([_("No."), _("When"), _("What"), ""], cells)
    return Reply({"operations": data}, lines if rows else [_("Nothing was done to tags yet.")])


def _promised(args: Namespace) -> dict[str, Any]:
    """Return what is to be written, by the names of a draft."""
    told = {
        "type": None if args.type is None else TagType(args.type),
        "helps_decide": args.helps_decide,
        "owner": args.owner,
        "lawful_reason": args.lawful,
        "is_sensitive": None if args.sensitive is None else args.sensitive == "yes",
        "is_seasonal": None if args.seasonal is None else args.seasonal == "yes",
    }
    found: dict[str, Any] = {name: value for name, value in told.items() if value is not None}
    if args.group is not None:
        found["exclusive_group"] = "" if args.group == _NONE else args.group
    if args.review is not None:
        found["review_on"] = None if args.review == _NONE else _day(args.review)
    if args.runs_out is not None:
        if args.runs_out != _NONE and not args.runs_out.isdecimal():
            raise ShopError(_("“{value}” is no number of days.").format(value=args.runs_out), _("Nothing was changed."))
        found["runs_out_days"] = None if args.runs_out == _NONE else int(args.runs_out)
    return found


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written)
    except ValueError as error:
        raise ShopError(_("“{value}” is not a date").format(value=written), _("Write it like 2027-01-31.")) from error


def _of_one(args: Namespace, world: World, work: Callable[[Session, int], int]) -> Reply:
    with writing(args) as shop, shop.database.write() as session:
        tag = find_tag(session, args.tag).id
        return _done(args, shop, session, world, {tag}, lambda inner: work(inner, tag))


def _done(args: Namespace, shop: Opened, session: Session, world: World, tags: Set[int], act: Act) -> Reply:
    """Say what some work comes to, and do it unless it is a dry run."""
    found = planning.plan(session, tags, act, shop.day(world.now()))
    operation = None if args.dry_run else act(session)
    title = next((row.title for row in history.operations(session) if row.id == operation), None)
    data = {"operation": operation, "title": title, "dry_run": args.dry_run, **_data(found)}
    head = _("This is what would happen. Nothing was changed.") if title is None else title
    last = [] if operation is None else [_("To take it back: tagwell tags undo {id}").format(id=operation)]
    return Reply(data, [head, *_lines(found), *last])


def _data(found: Plan) -> dict[str, Any]:
    return {
        "tags": [{"name": one.name, "before": one.before, "after": one.after} for one in found.tags],
        "segments": [
            {"id": one.id, "name": one.name, "before": one.before, "after": one.after} for one in found.segments
        ],
        "references": [
            {"kind": str(one.kind), "id": one.id, "name": one.name, "direct": one.is_direct} for one in found.references
        ],
        "asks_again": [{"id": one.id, "name": one.name} for one in found.asks_again],
        "segments_changed": list(found.changed),
        "friends_losing_a_message": found.losing,
    }


def _lines(found: Plan) -> list[str]:
    sizes = [(_("Tag"), found.tags), (_("Segment"), found.segments)]
    lines: list[str] = []
    for head, rows in sizes:
        if rows:
            cells = [[row.name, _count(row.before), _count(row.after)] for row in rows]
            lines += ["", *table([head, _("Before"), _("After")], cells)]
    if found.references:
        cells = [[_(WHERE[one.kind]), one.name] for one in found.references]
        lines += ["", *table([_("Asks for it"), ""], cells)]
    again = [_("The send “{name}” asks again before it goes.").format(name=one.name) for one in found.asks_again]
    return [*lines, *([""] if lines or again else []), *again]


def _count(friends: int | None) -> str:
    return "—" if friends is None else number(friends)


def _who(session: Session, wanted: str) -> Rule:
    """Return the rules of a JSON file, or of a segment."""
    path = Path(wanted)
    if path.suffix == ".json":
        written = read_json(path)
        return codec.from_json(written.get("rule", written))
    return find_segment(session, wanted).rule
