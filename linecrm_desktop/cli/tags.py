"""`tags`: the shop's tags, and putting them on friends or taking them off."""

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.cli import tag_audit, tag_review, tag_rules, tag_work
from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.segments import find as find_segment
from linecrm_desktop.cli.shop import Opened, pick, reading, writing
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.models.tag import TagType
from linecrm_desktop.segments import library as segments
from linecrm_desktop.tags import friends_tags, giving, library
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands


def add(commands: "Commands", shared: ArgumentParser) -> None:
    """Add `tags` with its commands."""
    inner = group(commands, shared, "tags", _("tags, and which friends carry them"))
    every = command(inner, shared, "list", show_all, _("list the tags"))
    every.add_argument("--retired", action="store_true", help=_("list retired tags too"))
    new = command(inner, shared, "new", make, _("make a tag"))
    new.add_argument("name", metavar="NAME", help=_("the tag’s name"))
    new.add_argument("--type", choices=[str(kind) for kind in TagType], required=True, help=_("its type"))
    new.add_argument("--helps-decide", metavar="TEXT", required=True, help=_("which decision it helps with"))
    new.add_argument("--owner", metavar="TEXT", default="", help=_("who looks after it"))
    new.add_argument("--sensitive", action="store_true", help=_("it tells something sensitive"))
    tag_audit.add(inner, shared)
    tag_review.add(inner, shared)
    for name, work, about in (
        ("add", put_on, _("put a tag on friends")),
        ("remove", take_off, _("take a tag off friends")),
    ):
        change = command(inner, shared, name, work, about)
        change.add_argument("tag", metavar="TAG", help=_("its name or number"))
        whom = change.add_mutually_exclusive_group(required=True)
        whom.add_argument("--member", metavar="NUMBER", nargs="+", help=_("friends by their member numbers"))
        whom.add_argument("--segment", metavar="SEGMENT", help=_("the friends of a segment"))
    tag_work.add(inner, shared)
    tag_rules.add(inner, shared)


def show_all(args: Namespace, _world: World) -> Reply:
    """List the tags with how many friends carry each."""
    with reading(args) as shop:
        with shop.database.read() as session:
            rows = library.all_tags(session, retired=args.retired)
        data = [
            {
                "id": row.id,
                "name": row.name,
                "type": str(row.type),
                "helps_decide": row.helps_decide,
                "owner": row.owner,
                "sensitive": row.is_sensitive,
                "friends": row.friends,
                "last_used": shop.moment(row.last_used),
                "retired": row.is_retired,
                "review_on": row.review_on.isoformat() if row.review_on else None,
                "runs_out_days": row.runs_out_days,
                "group": row.exclusive_group or None,
                "old_names": list(row.words),
            }
            for row in rows
        ]
    cells = [[str(row.id), row.name, str(row.type), number(row.friends), row.helps_decide] for row in rows]
    lines = table([_("No."), _("Name"), _("Type"), _("Friends"), _("Helps decide")], cells)
    return Reply({"tags": data}, lines if rows else [_("There are no tags yet.")])


def make(args: Namespace, world: World) -> Reply:
    """Make a tag."""
    draft = library.TagDraft(args.name, TagType(args.type), args.helps_decide, args.owner, args.sensitive)
    with writing(args) as shop, shop.database.write() as session:
        made = library.create(session, draft, world.now())
    data = {"id": made, "name": args.name, "type": args.type, "helps_decide": args.helps_decide}
    return Reply(data, [_("“{name}” is saved as number {n}.").format(name=args.name, n=made)])


def put_on(args: Namespace, world: World) -> Reply:
    """Put a tag on friends who do not carry it yet; other tags of its exclusive group go."""
    with writing(args) as shop, shop.database.write() as session:
        tag = _find(session, args.tag)
        friends = _whom(session, args, shop, world)
        given = giving.give(session, tag.id, friends, world.now())
    changed = len(given.newly)
    sentence = ngettext("{n} friend newly carries “{tag}”.", "{n} friends newly carry “{tag}”.", changed)
    reply = _changed(tag, friends, changed, sentence)
    went = _("Of its group a friend has one tag only, so this went: {tags}.").format(tags=", ".join(given.names))
    return Reply({**reply.data, "instead_of": list(given.names)}, [*reply.lines, *([went] if given.names else [])])


def take_off(args: Namespace, world: World) -> Reply:
    """Take a tag off the friends who carry it."""
    with writing(args) as shop, shop.database.write() as session:
        tag = _find(session, args.tag)
        friends = _whom(session, args, shop, world)
        changed = len(friends_tags.remove(session, tag.id, friends, world.now()))
    sentence = ngettext("{n} friend no longer carries “{tag}”.", "{n} friends no longer carry “{tag}”.", changed)
    return _changed(tag, friends, changed, sentence)


def _changed(tag: library.TagRow, friends: list[int], changed: int, sentence: str) -> Reply:
    data = {"tag": tag.name, "asked": len(friends), "changed": changed}
    return Reply(data, [sentence.format(n=number(changed), tag=tag.name)])


def _find(session: Session, wanted: str) -> library.TagRow:
    return pick(library.all_tags(session), wanted, _("There is no tag “{wanted}”."))


def _whom(session: Session, args: Namespace, shop: Opened, world: World) -> list[int]:
    if args.segment:
        return segments.members(session, find_segment(session, args.segment).rule, shop.day(world.now()))
    wanted = list(dict.fromkeys(args.member))
    found: dict[str, int] = {}
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        rows = session.execute(select(Friend.member_number, Friend.id).where(Friend.member_number.in_(some)))
        found |= {str(member): friend for member, friend in rows}
    unknown = [member for member in wanted if member not in found]
    if unknown:
        raise ShopError(
            _("No friend has the member number {numbers}.").format(numbers=", ".join(unknown[:8])),
            _("Nothing was changed."),
        )
    return list(found.values())
