"""`segments explain` and `segments compare`: why a friend is in or out, and what two segments have in common."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.campaigns import audience
from linecrm_desktop.campaigns.states import why_sentence
from linecrm_desktop.cli.arguments import command
from linecrm_desktop.cli.shop import friend_named, pick, reading
from linecrm_desktop.cli.talk import Reply, table
from linecrm_desktop.cli.world import World
from linecrm_desktop.errors import ShopError
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments import codec, comparing, library
from linecrm_desktop.segments.explaining import Explained, explained
from linecrm_desktop.text import _, number, percent

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_HOLDS, _FAILS, _UNKNOWN = "✓", "✗", "?"


def add(inner: "Commands", shared: ArgumentParser) -> None:
    """Add `explain` and `compare` to the commands of `segments`."""
    asked = command(inner, shared, "explain", explain, _("say rule by rule why a friend is in a segment or not"))
    asked.add_argument("segment", metavar="SEGMENT", help=_("its name or number"))
    asked.add_argument("--friend", metavar="FRIEND", required=True, help=_("member number, LINE ID or number"))
    two = command(inner, shared, "compare", compare, _("count who is in both of two segments, and who only in one"))
    two.add_argument("first", metavar="A", help=_("a segment’s name or number"))
    two.add_argument("second", metavar="B", help=_("another segment’s name or number"))


def explain(args: Namespace, world: World) -> Reply:
    """Say for each rule of a segment whether it holds for a friend, and whether a message may be sent to them."""
    with reading(args) as shop, shop.database.read() as session:
        row = _find(session, args.segment)
        friend = friend_named(session, args.friend)
        now = world.now()
        day = shop.day(now)
        answer = explained(session, row.rule, friend.id, day, shop.currency)
        reason = audience.reason(session, day, now)
        left_out = session.scalars(select(reason).where(Friend.id == friend.id)).one()
        data = {
            "segment": row.name,
            "friend": {"id": friend.id, "name": friend.name, "member_number": friend.member_number},
            "day": day.today.isoformat(),
            "inside": answer.holds,
            "left_out": left_out or None,
            "rule": _data(answer),
        }
        lines = [_line(depth, part) for depth, part in answer.lines()]
        head = _("{name} is in “{segment}”.") if answer.holds else _("{name} is not in “{segment}”.")
        lines = [head.format(name=friend.name or args.friend, segment=row.name), "", *lines]
    return Reply(data, [*lines, "", why_sentence(left_out)] if answer.holds and left_out else lines)


def compare(args: Namespace, world: World) -> Reply:
    """Count two segments against each other."""
    with reading(args) as shop, shop.database.read() as session:
        first, second = _find(session, args.first), _find(session, args.second)
        if first.id == second.id:
            raise ShopError(_("A segment cannot be compared with itself."), _("Name two segments."))
        found = comparing.compare(session, first.id, second.id, shop.day(world.now()))
    rows = [
        (_("In both"), found.both),
        (_("Only in “{segment}”").format(segment=first.name), found.only_a),
        (_("Only in “{segment}”").format(segment=second.name), found.only_b),
    ]
    lines = table(["", ""], [[label, number(n)] for label, n in rows])[1:]
    share = _("{share} of the larger one is in both.").format(share=percent(found.share, 0))
    return Reply({"a": first.name, "b": second.name, **asdict(found), "share": round(found.share, 4)}, [*lines, share])


def _data(part: Explained) -> dict[str, Any]:
    return {
        "kind": codec.KINDS[type(part.rule)],
        "sentence": part.sentence,
        "holds": part.holds,
        "unknown": part.is_unknown,
        "proof": part.proof,
        "rules": [_data(inner) for inner in part.inner],
    }


def _line(depth: int, part: Explained) -> str:
    mark = _HOLDS if part.holds else _UNKNOWN if part.is_unknown else _FAILS
    proof = f" [{part.proof}]" if part.proof else ""
    return f"{'  ' * depth}{mark} {part.head}{proof}"


def _find(session: Session, wanted: str) -> library.SegmentRow:
    rows = [*library.all_segments(session), *library.archived(session)]
    return pick(rows, wanted, _("There is no segment “{wanted}”."))
