"""`tags rules`: rules that tag friends, running them, and a starter set made from the shop's own data."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from linecrm_desktop.cli.arguments import command, group
from linecrm_desktop.cli.files import read_json
from linecrm_desktop.cli.segments import find as find_segment
from linecrm_desktop.cli.shop import Opened, pick, reading, writing
from linecrm_desktop.cli.tag_work import find_tag
from linecrm_desktop.cli.talk import Reply, table, tell
from linecrm_desktop.cli.world import World
from linecrm_desktop.models.friend import Friend
from linecrm_desktop.segments import codec, library
from linecrm_desktop.segments.known import Known
from linecrm_desktop.segments.rules import AllOf, AnyOf, Group, InSegment, NoneOf
from linecrm_desktop.segments.sentence import plain
from linecrm_desktop.tagging import rules, running, starting
from linecrm_desktop.tagging.rules import RuleDraft, RuleRow
from linecrm_desktop.tagging.running import Run, TagChange
from linecrm_desktop.tags.words import TAG_TYPES
from linecrm_desktop.text import _, ngettext, number

if TYPE_CHECKING:
    from linecrm_desktop.cli.arguments import Commands

_NAMED = 8
"""So many friends are named for each tag; in JSON all are."""


def add(tags: "Commands", shared: ArgumentParser) -> None:
    """Add `rules` with its commands to those of `tags`."""
    inner = group(tags, shared, "rules", _("rules that put tags on friends"))
    command(inner, shared, "list", show_all, _("list the rules; in an exclusive group the first that holds wins"))
    keep = command(inner, shared, "save", save, _("save a rule: who is found by it gets the tag"))
    keep.add_argument("tag", metavar="TAG", help=_("its name or number"))
    whom = keep.add_mutually_exclusive_group(required=True)
    whom.add_argument("--segment", metavar="SEGMENT", help=_("the friends of a segment, also when it changes"))
    whom.add_argument("--rule", metavar="FILE", help=_("rules as “segments show --json” prints them"))
    keep.add_argument("--name", metavar="TEXT", required=True, help=_("what friends carry as the reason for the tag"))
    keep.add_argument(
        "--keep", action="store_true", help=_("do not take the tag off again when the rule no longer holds")
    )
    keep.add_argument("--replace", metavar="ID", type=int, help=_("write over this rule instead of adding one"))
    gone = command(inner, shared, "remove", remove, _("delete a rule; friends keep the tag"))
    gone.add_argument("id", metavar="ID", type=int, help=_("the rule’s number"))
    go = command(inner, shared, "run", run, _("apply all rules, and let tags run out that nothing renewed"))
    go.add_argument("--dry-run", action="store_true", help=_("say exactly what would happen and change nothing"))
    start = command(
        inner, shared, "starter", starter, _("propose tags of all six types, made from the shop’s own data")
    )
    start.add_argument("--make", metavar="NAME", nargs="+", default=[], help=_("make these tags, with their rules"))


def show_all(args: Namespace, _world: World) -> Reply:
    """List the rules in plain words."""
    with reading(args) as shop, shop.database.read() as session:
        rows, known = rules.all_rules(session), library.rules(session)
        data = [_told(row, shop, known) for row in rows]
    cells = [[str(row["id"]), row["tag"], row["name"], row["problem"] or row["sentence"]] for row in data]
    lines = table([_("No."), _("Tag"), _("Name"), _("Rule")], cells)
    return Reply({"rules": data}, lines if rows else [_("There are no rules for tags yet.")])


def save(args: Namespace, world: World) -> Reply:
    """Save a rule."""
    with writing(args) as shop, shop.database.write() as session:
        tag = find_tag(session, args.tag)
        draft = RuleDraft(tag.id, args.name, _asked(session, args), takes_off=not args.keep)
        kept = rules.save(session, draft, world.now(), args.replace)
    said = _("“{name}” is saved as number {n}.").format(name=args.name, n=kept)
    return Reply({"id": kept, "tag": tag.name, "name": args.name}, [said])


def remove(args: Namespace, _world: World) -> Reply:
    """Delete a rule."""
    with writing(args) as shop, shop.database.write() as session:
        rules.remove(session, args.id)
    return Reply({"id": args.id}, [_("The rule is deleted. Friends keep the tag.")])


def run(args: Namespace, world: World) -> Reply:
    """Apply the rules, or say what that would do."""
    now = world.now()
    if args.dry_run:
        with reading(args) as shop, shop.database.read() as session:
            found = running.look(session, shop.day(now))
            people = _people(session, found)
    else:
        with writing(args) as shop, shop.database.write() as session:
            found = running.run(session, shop.day(now), now)
            people = _people(session, found)
    warn(found)
    head = _("This is what would happen. Nothing was changed.") if args.dry_run else said(found)
    data = {"dry_run": args.dry_run, **counted(found)}
    data["friends"] = [
        {"tag": one.name, **{key: [people[friend] for friend in who] for key, who in _sides(one).items()}}
        for one in found.changes
    ]
    return Reply(data, [head, *_lines(found, people)])


def starter(args: Namespace, world: World) -> Reply:
    """Propose a starter set, and make the tags that are named."""
    opened = writing if args.make else reading
    with opened(args) as shop:
        now = world.now()
        with shop.database.read() as session:
            found = starting.proposals(session, shop.day(now), shop.currency)
            known = library.rules(session)
        named = [_Named(place, one.draft.name) for place, one in enumerate(found, 1)]
        chosen = [found[pick(named, name, _("“{wanted}” is not proposed.")).id - 1] for name in args.make]
        if chosen:
            with shop.database.write() as session:
                starting.adopt(session, chosen, now)
        made = {one.draft.name for one in chosen}
        data = [
            {
                "name": one.draft.name,
                "type": str(one.draft.type),
                "helps_decide": one.draft.helps_decide,
                "group": one.draft.exclusive_group or None,
                "runs_out_days": one.draft.runs_out_days,
                "who": one.who,
                "sentence": plain(one.rule, known.names, shop.currency) if one.rule and not one.missing else None,
                "exists": one.tag_id is not None,
                "missing": one.missing or None,
                "made": one.draft.name in made,
            }
            for one in found
        ]
    cells = [[one.draft.name, _(TAG_TYPES[one.draft.type]), one.missing or one.who] for one in found]
    said_made = ngettext("{n} tag is made.", "{n} tags are made.", len(chosen)).format(n=number(len(chosen)))
    return Reply({"proposals": data}, [*table([_("Tag"), _("Type"), ""], cells), *([said_made] if chosen else [])])


def counted(found: Run) -> dict[str, Any]:
    """Return a run as JSON."""
    return {
        "operation": found.operation,
        "changes": [
            {"tag": one.name, "gain": len(one.gain), "lose": len(one.lose), "ran_out": len(one.ran_out)}
            for one in found.changes
        ],
        "not_applied": [{"id": row.id, "name": row.name, "problem": row.trouble} for row in found.troubles],
    }


def said(found: Run) -> str:
    """Say in one sentence what a run did."""
    return _("Rules put tags on {gained} times and took them off {lost} times.").format(
        gained=number(found.gained), lost=number(found.lost)
    )


def warn(found: Run) -> None:
    """Name the rules that cannot be applied."""
    for row in found.troubles:
        tell(_("The rule “{name}” was not applied. {why}").format(name=row.name, why=row.trouble))


class _Named:
    """A proposal as it is named on the command line."""

    def __init__(self, id: int, name: str) -> None:
        self.id, self.name = id, name


def _sides(change: TagChange) -> dict[str, tuple[int, ...]]:
    return {"gain": change.gain, "lose": change.lose, "ran_out": change.ran_out}


def _people(session: Session, found: Run) -> dict[int, dict[str, Any]]:
    """Return how the friends of a run are called."""
    ids = sorted({friend for one in found.changes for who in _sides(one).values() for friend in who})
    named: dict[int, dict[str, Any]] = {}
    for start in range(0, len(ids), 500):
        some = Friend.id.in_(ids[start : start + 500])
        for friend, name, member in session.execute(select(Friend.id, Friend.name, Friend.member_number).where(some)):
            named[friend] = {"id": friend, "name": name, "member": member}
    return named


def _lines(found: Run, people: dict[int, dict[str, Any]]) -> list[str]:
    """Lay out how many friends each tag gains and loses, and the first of them by name."""
    if not found.changes:
        return []
    words = {"gain": _("Gain it"), "lose": _("Lose it"), "ran_out": _("Ran out")}
    cells: list[list[str]] = []
    for one in found.changes:
        for key, who in _sides(one).items():
            if who:
                named = [people[friend]["name"] or str(friend) for friend in who[:_NAMED]]
                cells.append([one.name, words[key], number(len(who)), ", ".join(named) + ("…" if who[_NAMED:] else "")])
    return ["", *table([_("Tag"), "", _("Friends"), ""], cells)]


def _told(row: RuleRow, shop: Opened, known: Known) -> dict[str, Any]:
    return {
        "id": row.id,
        "tag": row.tag_name,
        "name": row.name,
        "active": row.is_active,
        "takes_off": row.takes_off,
        "sentence": plain(row.rule, known.names, shop.currency),
        "last_run": shop.moment(row.last_run_at),
        "problem": row.trouble or None,
    }


def _asked(session: Session, args: Namespace) -> Group:
    if args.segment:
        return AllOf((InSegment(find_segment(session, args.segment).id),))
    written = read_json(Path(args.rule))
    rule = codec.from_json(written.get("rule", written))
    return rule if isinstance(rule, AllOf | AnyOf | NoneOf) else AllOf((rule,))
